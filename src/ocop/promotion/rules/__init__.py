"""Decisions of promotion in plain Python."""
