"""Drafts for offices in Word: what a county reports after its own check, and what a village assembly decides on."""
