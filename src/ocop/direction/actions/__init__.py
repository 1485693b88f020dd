"""Writes of direction."""
