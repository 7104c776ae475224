"""Packs and tables to a Result: conditions become SQL, one query per standard."""
