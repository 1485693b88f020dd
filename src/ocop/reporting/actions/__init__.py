"""Writes of figures."""
