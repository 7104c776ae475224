"""A standard's query as text, for whoever has the data in a register: the engine's own query, laid out and explained."""
