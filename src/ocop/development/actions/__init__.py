"""What is done for the development of producers and products."""
