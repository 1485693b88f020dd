"""The desks of commune and province: their papers, the notices of the road, the experts' list."""

from typing import Any

from ocop.accounts.queries import scope_of
from ocop.evaluation.actions.notices import remind_communes, tell_of_moves
from ocop.evaluation.queries.papers import may_read_paper_file
from ocop.evaluation.queries.province import EXPERTS
from ocop.evaluation.rules.notices import KIND_DEADLINE, KIND_NEWS, KIND_WORK
from ocop.evaluation.tasks import on_announcement
from ocop.kit import registry

NOTICE_KINDS = (
    (KIND_WORK, "Hồ sơ chờ tôi xử lý"),
    (KIND_NEWS, "Diễn biến hồ sơ liên quan"),
    (KIND_DEADLINE, "Nhắc hạn đánh giá của xã"),
)


def is_expert(user: Any) -> bool:
    """Members of the expert team find their dossiers in the menu."""
    return bool(user.is_authenticated and scope_of(user).has_any(*EXPERTS))


def register() -> None:
    """Add them."""
    registry.file_readers.add(registry.FileReader("evaluation.papers", may_read_paper_file))
    for key, label in NOTICE_KINDS:
        registry.notice_kinds.add(registry.NoticeKind(key, label))
    registry.listen(on_announcement)
    registry.cron_jobs.add(
        registry.CronJob("evaluation.notices", "* * * * *", tell_of_moves, "Thông báo diễn biến hồ sơ")
    )
    registry.cron_jobs.add(
        registry.CronJob("evaluation.reminders", "0 7 * * *", remind_communes, "Nhắc hạn đánh giá của xã")
    )
    registry.menu.add(
        registry.MenuEntry(
            key="evaluation.experts",
            section="Hồ sơ",
            label="Hồ sơ thẩm định",
            url_name="evaluation:expert-assigned",
            icon="checklist",
            shown=is_expert,
            order=20,
        )
    )
