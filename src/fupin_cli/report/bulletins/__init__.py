"""What each kind of result has to announce as findings, for the formats in ``ci``."""
