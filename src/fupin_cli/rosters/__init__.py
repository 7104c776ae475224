"""Several rosters brought together before anybody is judged: another office's beside the first, and those of successive years."""
