"""Bytes to cells: every format that is read, each cell with its kind and its place. Nothing here knows a field."""
