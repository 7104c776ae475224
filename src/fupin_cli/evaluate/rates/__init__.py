"""Rates of samples: exact intervals, what they say about a limit, and how large a sample has to be."""
