"""Findings about rosters: which there are, which of them are accepted, and whether they make a run fail."""
