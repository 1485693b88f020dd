"""Reads of the yearly cycle."""
