"""The desks of commune and province: their papers."""

from ocop.evaluation.queries.papers import may_read_paper_file
from ocop.kit import registry


def register() -> None:
    """Add them."""
    registry.file_readers.add(registry.FileReader("evaluation.papers", may_read_paper_file))
