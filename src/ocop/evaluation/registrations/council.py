"""The council's desk: its to-dos, its papers, its menu entry."""

from ocop.evaluation.actions.council.written import KIND
from ocop.evaluation.models import Seat
from ocop.evaluation.queries.council_papers import may_read_council_file
from ocop.evaluation.queries.council_todo import council_todos
from ocop.evaluation.queries.session import SEAT, works_with_councils
from ocop.evaluation.queries.site_check import may_read_minutes
from ocop.kit import registry


def register() -> None:
    """Add them."""
    registry.attachments.add(registry.Attachment(SEAT, lambda day: Seat.objects.all()))
    registry.todos.add(registry.TodoSource("evaluation.council", "Hội đồng", council_todos, order=20))
    registry.file_readers.add(registry.FileReader("evaluation.council", may_read_council_file))
    registry.file_readers.add(registry.FileReader("evaluation.site_check", may_read_minutes))
    registry.notice_kinds.add(registry.NoticeKind(KIND, "Xin ý kiến Hội đồng bằng văn bản"))
    registry.menu.add(
        registry.MenuEntry(
            key="evaluation.sessions",
            section="Hồ sơ",
            label="Phiên họp Hội đồng",
            url_name="evaluation:session-list",
            icon="gavel",
            shown=works_with_councils,
            order=30,
        )
    )
