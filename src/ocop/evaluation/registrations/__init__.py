"""What evaluation puts into the kit's registries, one module per desk, each with a `register()`."""
