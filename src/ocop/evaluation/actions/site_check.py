"""Whether a re-evaluation is checked on site, recorded with its reason (Art. 7.6 of Decision 26/2026/QĐ-TTg)."""

from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.road import locked
from ocop.evaluation.models import Dossier, SiteCheck
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.site_check import own_level
from ocop.evaluation.rules.renewal import ARTICLE
from ocop.files.models import StoredFile
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registry import announce


def record_site_check(
    dossier: Dossier,
    *,
    is_needed: bool,
    reason: str,
    by: User,
    visited_on: date | None = None,
    minutes: StoredFile | None = None,
    at: datetime | None = None,
) -> SiteCheck:
    """Keep the choice of the person's office; day and minutes may follow, minutes once kept stay.

    Raises Forbidden for others than the office on whose desk the dossier lies, Refused without a reason, for a day
    ahead, and for a check that is not needed but was made.
    """
    at = at or clock.now()
    if not reason.strip():
        raise Refused("site_check.reason", "Cần ghi vì sao kiểm tra hoặc không kiểm tra thực tế.", ARTICLE)
    if visited_on and visited_on > clock.local_day(at):
        raise Refused("site_check.ahead", "Ngày kiểm tra thực tế ở tương lai.", ARTICLE)
    if not is_needed and (visited_on or minutes):
        raise Refused("site_check.made", "Đã kiểm tra thực tế thì chọn “cần kiểm tra”.", ARTICLE)
    with transaction.atomic():
        row = locked(dossier)
        level = own_level(row, roles_for(by, row))
        if level is None:
            raise Forbidden(
                "site_check.role", "Cơ quan đang giữ hồ sơ đánh giá lại ghi việc kiểm tra thực tế.", ARTICLE
            )
        known = SiteCheck.objects.filter(dossier=row, level=level).first()
        kept = minutes or (known.minutes if known and is_needed else None)
        values = {
            "is_needed": is_needed, "reason": reason.strip(), "visited_on": visited_on, "minutes": kept,
            "by": by, "at": at,
        }  # fmt: skip
        check, _ = SiteCheck.objects.update_or_create(dossier=row, level=level, defaults=values)
        announce("dossier.site_check", by=by, subject=row, level=str(level), needed=is_needed)
    return check
