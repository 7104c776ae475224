"""What a roster is made of, and how far its people are below the line."""
