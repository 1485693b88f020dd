"""When a delivery is tried again: plain Python."""
