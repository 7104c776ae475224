"""What people need before they check: templates to fill in."""
