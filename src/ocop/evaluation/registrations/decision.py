"""The decision's desk: its to-dos, its papers, its menu entry."""

from ocop.evaluation.queries.drafts import draft_todos, drafts_shown, may_read_paper
from ocop.kit import registry


def register() -> None:
    """Add them."""
    registry.file_readers.add(registry.FileReader("evaluation.drafts", may_read_paper))
    registry.todos.add(registry.TodoSource("evaluation.drafts", "Quyết định", draft_todos, order=20))
    registry.menu.add(
        registry.MenuEntry(
            key="evaluation.drafts",
            section="Hồ sơ",
            label="Quyết định công nhận",
            url_name="evaluation:draft-list",
            icon="file",
            shown=drafts_shown,
            order=40,
        )
    )
