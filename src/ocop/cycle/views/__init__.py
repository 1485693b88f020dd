"""Pages of the cycle."""
