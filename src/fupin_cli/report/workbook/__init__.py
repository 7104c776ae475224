"""Workbooks that people get back: their own sheets with what is to be done, and lists to filter."""
