"""Declared figures against their parts: 勾稽."""
