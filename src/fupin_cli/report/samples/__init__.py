"""Samples and their plans, for people and machines."""
