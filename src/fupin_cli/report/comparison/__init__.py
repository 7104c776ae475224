"""What becomes of verdicts under other rules: the reports of ``fupin what-if``."""
