"""What a report says, before any format: papers, and how each kind of result becomes one."""
