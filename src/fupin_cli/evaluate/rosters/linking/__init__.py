"""How the rosters of successive years are tied together, step by step: ``evaluate.rosters.years`` says what the answer means."""
