"""The council's desk."""


def register() -> None:
    """Add its to-dos, papers and menu entries."""
