"""Two rosters of households compared: who stands in both, and who in only one."""
