"""The report on counties, for whoever leads one and for whoever checks it."""
