"""Pages beside the registers."""
