"""Rules of direction: plain Python."""
