"""What evaluation puts into the kit's registries, one module per desk; `apps.py` calls each `register()` at start-up."""
