"""The story of the changes between years, in every format."""
