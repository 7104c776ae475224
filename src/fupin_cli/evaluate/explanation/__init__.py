"""Why one subject's verdict is what it is, what would settle it, and what would change it."""
