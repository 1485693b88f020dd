"""Rules of partners: plain Python."""
