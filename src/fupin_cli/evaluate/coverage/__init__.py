"""How far worked cases, or a roster, try the conditions of a standard."""
