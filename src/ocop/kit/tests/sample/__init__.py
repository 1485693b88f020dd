"""A small app that exists in tests only: a register with everything in it, to try the machinery on."""
