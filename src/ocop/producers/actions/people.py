"""Representatives: recorded with consent, viewed with a trace, corrected, erased."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.rules import phones
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.producers import permissions
from ocop.producers.models import Producer, Representative

CONSENT = (
    "Tôi đồng ý để UBND cấp xã và cơ quan quản lý OCOP của tỉnh dùng họ tên, chức vụ, giới tính, dân tộc, "
    "số điện thoại, thư điện tử và số định danh của tôi để lập và xét hồ sơ OCOP của cơ sở, liên hệ và thống kê "
    "của Chương trình. Dữ liệu này không công khai; tôi có thể yêu cầu sửa hoặc xóa."
)
PRIVACY = "Nghị định 13/2023/NĐ-CP, Điều 11"
FIELDS = ("full_name", "position", "gender", "ethnicity", "phone", "email", "personal_id")
ERASED = "Đã xóa dữ liệu cá nhân"


def _checked(details: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(details) - set(FIELDS)
    if unknown:
        raise TypeError(f"a representative has no fields {sorted(unknown)}")
    values = {name: str(value or "").strip() for name, value in details.items()}
    if values.get("phone"):
        values["phone"] = phones.normalise(values["phone"]) or ""
        if not values["phone"]:
            raise Refused("person.phone", "Số điện thoại chưa đúng. Ví dụ: 0912 345 678.")
    number = values.get("personal_id", "")
    if number and not (number.isdigit() and len(number) == 12):
        raise Refused("person.id", "Số định danh cá nhân gồm đúng 12 chữ số.")
    return values


def record_representative(
    producer: Producer,
    *,
    by: User,
    agreed: bool,
    since: date | None = None,
    at: datetime | None = None,
    **details: Any,
) -> Representative:
    """A new representative from a day on (default today); the one before ends on the eve.

    Raises `Forbidden`; `Refused` without the person's consent or name, and for a bad phone or ID number.
    """
    require(permissions.may_edit(by, producer))
    at = at or clock.now()
    since = since or clock.local_day(at)
    if not agreed:
        raise Refused(
            "person.consent", "Cần có sự đồng ý của người đại diện trước khi lưu dữ liệu cá nhân.", PRIVACY
        )
    values = _checked(details)
    if not values.get("full_name"):
        raise Refused("person.name", "Cần ghi họ và tên người đại diện.")
    with transaction.atomic():
        Producer.objects.select_for_update().get(pk=producer.pk)
        for old in producer.representatives.filter(valid_to__isnull=True, erased_at__isnull=True):
            if old.valid_from >= since:
                old.delete()
            else:
                old.valid_to = since - timedelta(days=1)
                old.save(update_fields=["valid_to"])
        person = Representative.objects.create(
            producer=producer,
            valid_from=since,
            consent_text=CONSENT,
            consent_at=at,
            consent_recorded_by=by,
            **values,
        )
        announce(
            "personal.recorded", by=by, subject=producer, fields=sorted(k for k, v in values.items() if v)
        )
    return person


def correct_representative(person: Representative, *, by: User, changes: Mapping[str, Any]) -> Representative:
    """Correct personal data (Decree 13/2023/NĐ-CP, Article 15); the log names the fields, never the values.

    Raises `Forbidden`; `Refused` for erased data and as `record_representative`.
    """
    require(permissions.may_edit(by, person.producer))
    require(permissions.may_see_personal(by, person.producer))
    values = _checked(changes)
    with transaction.atomic():
        row = Representative.objects.select_for_update().get(pk=person.pk)
        if row.erased_at is not None:
            raise Refused("person.erased", "Dữ liệu này đã được xóa, hãy ghi người đại diện mới.", PRIVACY)
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, values[name])
        if not row.full_name:
            raise Refused("person.name", "Cần ghi họ và tên người đại diện.")
        row.save()
        if changed:
            announce("personal.corrected", by=by, subject=row.producer, fields=changed)
    return row


def view_representative(producer: Producer, *, by: User, request: Any = None) -> Representative | None:
    """The representative of today in full; an officer's view is announced, so that the log keeps it.

    Raises `Forbidden` for people whose work does not need it.
    """
    require(permissions.may_see_personal(by, producer))
    person = producer.representatives.valid_on(clock.today()).filter(erased_at__isnull=True).first()
    if person is not None and not permissions.access_kinds_of(by, producer):
        announce("personal.viewed", by=by, subject=producer, request=request, fields=["representative"])
    return person


def erase_representative(
    person: Representative, *, by: User, reason: str, at: datetime | None = None
) -> Representative:
    """Erase the personal data of a representative; the row stays, empty (Decree 13/2023/NĐ-CP, Article 16).

    Raises `Forbidden`, and `Refused` without a reason.
    """
    require(permissions.may_erase(by, person.producer))
    if not reason.strip():
        raise Refused("person.reason", "Cần ghi lý do xóa dữ liệu.")
    with transaction.atomic():
        row = Representative.objects.select_for_update().get(pk=person.pk)
        wipe(row, at or clock.now())
        announce("personal.erased", by=by, subject=row.producer)
    return row


def wipe(row: Representative, at: datetime) -> None:
    """Empty the personal columns of a row and save it."""
    for name in FIELDS:
        setattr(row, name, "")
    row.full_name = ERASED
    row.erased_at = row.erased_at or at
    if row.valid_to is None:
        row.valid_to = max(clock.local_day(at), row.valid_from)
    row.save()
