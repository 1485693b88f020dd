"""The office's own Word templates: the menu entry and who opens the files."""

from ocop.evaluation.queries.office_templates import keeps_templates, may_read_template
from ocop.kit import registry


def register() -> None:
    """Add them."""
    registry.file_readers.add(registry.FileReader("evaluation.templates", may_read_template))
    registry.menu.add(
        registry.MenuEntry(
            key="evaluation.templates",
            section="Quản trị",
            label="Mẫu giấy tờ",
            url_name="evaluation:template-list",
            icon="file-text",
            shown=keeps_templates,
            order=320,
        )
    )
