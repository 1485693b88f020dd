"""Rules of capacity building: flows, counts, attendance, prizes; plain Python."""
