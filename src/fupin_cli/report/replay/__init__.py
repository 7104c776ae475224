"""What came of running a run again, in each format."""
