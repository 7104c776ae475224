"""``fupin rules``: one file per question that can be put to a pack."""
