"""The office's past: certificates of earlier years from Excel, with the units of their days and without doubles."""
