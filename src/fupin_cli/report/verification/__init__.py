"""Findings about rosters for machines and for reviewers: one module for each format."""
