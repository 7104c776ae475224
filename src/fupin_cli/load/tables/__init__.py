"""Cells to tables: headers, rows, typed columns, and where every row went. Nothing here knows a file format."""
