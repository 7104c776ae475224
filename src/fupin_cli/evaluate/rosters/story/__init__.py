"""The story of the changes between the rosters of neighbouring years."""
