"""Rules of development: plain Python."""
