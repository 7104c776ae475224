"""Samples of households: the frame, the draw, and the sheet that goes into the field."""
