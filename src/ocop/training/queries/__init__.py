"""Reads of capacity building and of the apparatus."""
