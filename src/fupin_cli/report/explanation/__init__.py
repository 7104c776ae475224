"""Reports of why one subject's verdict is what it is."""
