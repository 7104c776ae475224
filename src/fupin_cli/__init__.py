"""fupin: poverty-exit eligibility checks whose every verdict can be retraced."""
