"""Forms of capacity building and of the apparatus."""
