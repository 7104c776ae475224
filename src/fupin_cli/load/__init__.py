"""From bytes to cells: what a file is, whether it is safe, and what stands in it."""
