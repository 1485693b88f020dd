"""Reads of direction."""
