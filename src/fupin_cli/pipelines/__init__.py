"""One module per question that is more than a check: each a pipeline over the same rooms, none knowing another."""
