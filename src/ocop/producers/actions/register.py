"""Entering a producer and changing what is counted over time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refusal, Refused, require
from ocop.kit.registry import announce
from ocop.producers import permissions
from ocop.producers.enums import LegalForm, SizeClass
from ocop.producers.models import Producer, ProducerForm, ProducerSite
from ocop.producers.rules import tax_codes
from ocop.producers.signing import signed
from ocop.units.models import Unit

FIELDS = frozenset(
    {
        "name", "brand", "tax_code", "registration_number", "registration_issuer", "registered_on", "founded_year",
        "note", "is_demo", "source",
    }
)  # fmt: skip


def checked_tax_code(typed: str, *, but: Producer | None = None) -> str:
    """The digits of a tax code that nobody else in the register has; raises `Refused`. Empty stays empty."""
    if not typed.strip():
        return ""
    verdict = tax_codes.check(typed)
    if isinstance(verdict, Refusal):
        raise Refused.because([verdict])
    digits = tax_codes.clean(typed)
    others = Producer.objects.filter(tax_code=digits)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise Refused(
            "tax_code.taken",
            "Mã số thuế này đã có ở một chủ thể trong sổ. Nếu là cơ sở của bạn, hãy bấm “Nhận cơ sở”.",
        )
    return digits


def open_producer(
    *,
    name: str,
    form: str,
    unit: Unit,
    by: User,
    size: str = "",
    address: str = "",
    since: date | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> Producer:
    """Write a new producer with its legal form and main address; asks no permission (callers do).

    Raises `Refused` for an empty name, an unknown form, a size that does not fit, a bad or taken tax code and a
    unit that is no longer in force.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    _check_form(form, size)
    if not name.strip():
        raise Refused("producers.name", "Cần ghi tên cơ sở.")
    if not unit.in_force(day):
        raise Refused(
            "producers.unit", f"{unit.title} không còn là đơn vị hành chính, hãy chọn đơn vị hiện nay."
        )
    unknown = set(fields) - FIELDS
    if unknown:
        raise TypeError(f"open_producer() got unexpected fields {sorted(unknown)}")
    with transaction.atomic():
        fields["tax_code"] = checked_tax_code(fields.get("tax_code", ""))
        producer = Producer(name=name.strip(), unit=unit, created_at=at, **fields)
        signed(producer, by).save()
        ProducerForm.objects.create(producer=producer, form=form, size=size, valid_from=since or day)
        ProducerSite.objects.create(
            producer=producer, unit=unit, address=address.strip(), valid_from=since or day
        )
        announce("producers.opened", by=by, subject=producer)
    return producer


def register_producer(*, unit: Unit, by: User, **details: Any) -> Producer:
    """The commune (or the province) enters a producer of its area; arguments as `open_producer`.

    Raises `Forbidden` outside the reach of `by`, `Refused` as `open_producer`.
    """
    require(permissions.may_register(by, unit.pk))
    return open_producer(unit=unit, by=by, **details)


def update_producer(producer: Producer, *, by: User, changes: Mapping[str, Any]) -> Producer:
    """Correct plain facts (names, registration paper, tax code); raises `Forbidden`, `Refused` for a bad tax code."""
    require(permissions.may_edit(by, producer))
    unknown = set(changes) - FIELDS
    if unknown:
        raise TypeError(f"update_producer() got unexpected fields {sorted(unknown)}")
    with transaction.atomic():
        row = Producer.objects.select_for_update().get(pk=producer.pk)
        for name, value in changes.items():
            setattr(row, name, checked_tax_code(value, but=row) if name == "tax_code" else value)
        signed(row, by).save()
        announce("producers.changed", by=by, subject=row, fields=sorted(changes))
    return row


def change_form(
    producer: Producer, *, form: str, by: User, size: str = "", since: date | None = None, basis: str = ""
) -> ProducerForm:
    """A new legal form or size class from a day on (default today); the old one ends the day before.

    Raises `Forbidden`; `Refused` when the day lies before the start of the present form or in the future.
    """
    require(permissions.may_edit(by, producer))
    return write_form(producer, form=form, by=by, size=size, since=since, basis=basis)


def write_form(
    producer: Producer, *, form: str, by: User, size: str = "", since: date | None = None, basis: str = ""
) -> ProducerForm:
    """`change_form` for an action above that has asked its own permission."""
    _check_form(form, size)
    since = since or clock.today()
    with transaction.atomic():
        Producer.objects.select_for_update().get(pk=producer.pk)
        old = producer.forms.filter(valid_to__isnull=True).first()
        if old is not None and (old.form, old.size) == (form, size):
            return old
        _close(old, since)
        new = ProducerForm.objects.create(
            producer=producer, form=form, size=size, valid_from=since, basis=basis
        )
        announce("producers.form_changed", by=by, subject=producer, form=form, size=size)
    return new


def move_producer(
    producer: Producer, *, unit: Unit, by: User, address: str = "", since: date | None = None
) -> ProducerSite:
    """The main address moves from a day on (default today); the register's unit follows, products keep theirs.

    Raises `Forbidden`; `Refused` for a unit that is not in force and a day before the present address.
    """
    require(permissions.may_edit(by, producer))
    since = since or clock.today()
    if not unit.in_force(since):
        raise Refused(
            "producers.unit", f"{unit.title} không có hiệu lực ngày {since:%d/%m/%Y}, hãy chọn đơn vị khác."
        )
    with transaction.atomic():
        row = Producer.objects.select_for_update().get(pk=producer.pk)
        old = row.sites.filter(valid_to__isnull=True, is_main=True).first()
        if old is not None and old.unit_id == unit.pk:
            old.address = address.strip()
            old.save(update_fields=["address"])
            return old
        _close(old, since)
        site = ProducerSite.objects.create(producer=row, unit=unit, address=address.strip(), valid_from=since)
        row.unit = unit
        signed(row, by).save()
        announce("producers.moved", by=by, subject=row, unit=unit.pk)
    return site


def _close(old: ProducerForm | ProducerSite | None, since: date) -> None:
    """End an open dated row on the eve; a row that began the same day was a slip and goes."""
    if since > clock.today():
        raise Refused("producers.day", "Ngày thay đổi không được ở tương lai.")
    if old is None:
        return
    if since < old.valid_from:
        raise Refused("producers.day", f"Ngày thay đổi phải từ {old.valid_from:%d/%m/%Y} trở đi.")
    if since == old.valid_from:
        old.delete()
        return
    old.valid_to = since - timedelta(days=1)
    old.save(update_fields=["valid_to"])


def _check_form(form: str, size: str) -> None:
    if form not in LegalForm.values:
        raise Refused("producers.form", "Hãy chọn loại hình của cơ sở.")
    if size and (size not in SizeClass.values or form != LegalForm.ENTERPRISE):
        raise Refused("producers.size", "Quy mô chỉ ghi cho doanh nghiệp.", "Điều 5 Nghị định 80/2021/NĐ-CP")


def tax_code_for(producer: Producer, *, by: User, request: Any = None) -> str:
    """The whole tax code for one page; a person's number needs the right to it, an officer's view is announced."""
    if not tax_codes.is_personal(producer.tax_code):
        return producer.tax_code
    require(permissions.may_see_personal(by, producer))
    if not permissions.access_kinds_of(by, producer):
        announce("personal.viewed", by=by, subject=producer, request=request, fields=["tax_code"])
    return producer.tax_code


__all__ = [
    "change_form", "checked_tax_code", "move_producer", "open_producer", "register_producer",
    "tax_code_for", "update_producer", "write_form",
]  # fmt: skip
