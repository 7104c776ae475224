"""Nouns only: tables, packs, problems, results. No module here reads a file, runs SQL or prints."""
