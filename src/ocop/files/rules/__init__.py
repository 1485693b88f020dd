"""Limits, names, ranges: plain Python."""
