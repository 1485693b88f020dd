"""The decisions of the yearly cycle in plain Python."""
