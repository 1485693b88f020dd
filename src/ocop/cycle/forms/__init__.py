"""What the pages of the cycle ask."""
