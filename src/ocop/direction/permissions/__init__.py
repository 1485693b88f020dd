"""Who does what in direction."""
