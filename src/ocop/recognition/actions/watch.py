"""The daily look at the terms of all stars: nobody finds out from an empty shelf."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.inbox.actions import notify, notify_each
from ocop.kit import clock, formats
from ocop.producers.models import ProducerAccess
from ocop.recognition.models import Certificate, ExpiryWarning
from ocop.recognition.rules.watch import WARN_BEFORE, warning_due
from ocop.rulebook.queries import setting, setting_row
from ocop.rulebook.rules.settings import BY_KEY
from ocop.units.queries import heirs_on

KIND = "recognition.expiring"
OFFICERS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.STANDING_OFFICER)
WINDOW = ("renewal_opens_days", "renewal_closes_days")
LISTED = 15  # lines of one officer's notice; the board shows the rest


def warn_of_expiry(*, today: date | None = None, at: datetime | None = None) -> int:
    """Tell producers, and the officers of commune and standing agency, of stars that run out; answers how many stars.

    A producer is told of each star, an officer of all of the day in one notice. All of a day is one transaction: a
    job that is killed has told nobody, and run again it tells nobody twice.
    """
    today = today or clock.today()
    at = at or clock.now()
    with transaction.atomic():
        due = list(_due(today))
        ExpiryWarning.objects.bulk_create(
            ExpiryWarning(certificate=row, days=days, at=at) for row, days in due
        )
        for row, days in due:
            _tell_producer(row, days, today, at)
        for person, rows in _by_officer((row for row, _ in due), today):
            _tell_officer(person, rows, today, at)
    return len(due)


def _due(today: date) -> Iterable[tuple[Certificate, int]]:
    rows = Certificate.objects.public().latest_of_product(today).in_validity(today)
    rows = rows.filter(valid_to__range=(today, today + timedelta(days=max(WARN_BEFORE))))
    rows = rows.select_for_update(of=("self",)).select_related("product__producer", "unit")
    for row in rows.prefetch_related("expiry_warnings").order_by("valid_to", "pk"):
        told = {warning.days: clock.local_day(warning.at) for warning in row.expiry_warnings.all()}
        days = warning_due(last_day_of(row), today, told)
        if days is not None:
            yield row, days


def last_day_of(row: Certificate) -> date:
    """The last valid day of a certificate whose term is known; raises ValueError for another."""
    if row.valid_to is None:
        raise ValueError(f"{row.code} has no term")
    return row.valid_to


def _window(today: date) -> str:
    """When a re-evaluation is to be handed in, as the settings of that day say, with where they come from."""
    opens, closes = (setting(key, settings.OCOP_PROVINCE, today) for key in WINDOW)
    row = setting_row(WINDOW[1], settings.OCOP_PROVINCE, today)
    source = (row.source if row else BY_KEY[WINDOW[1]].source).split(":")[0]
    return f"Hồ sơ đánh giá lại nộp từ {opens} đến {closes} ngày trước ngày cuối ({source})."


def _left(row: Certificate, today: date) -> str:
    left = (last_day_of(row) - today).days
    return f"còn {left} ngày" if left else "hôm nay là ngày cuối"


def _tell_producer(row: Certificate, days: int, today: date, at: datetime) -> None:
    access = ProducerAccess.objects.valid_on(today).filter(producer=row.product.producer_id)
    notify_each(
        User.objects.filter(pk__in=access.values("user_id"), is_active=True),
        kind=KIND,
        title=f"{row.stars} sao của {row.product.name}: {_left(row, today)}",
        text=f"Giấy chứng nhận có hiệu lực đến hết {formats.day(row.valid_to)}. {_window(today)}",
        url=reverse("recognition:of_product", args=[row.product.public_code]),
        subject_key=f"certificate:{row.code}",
        dedupe_key=f"expiry:{row.pk}:{days}",
        at=at,
    )


def _by_officer(rows: Iterable[Certificate], today: date) -> Iterable[tuple[User, list[Certificate]]]:
    """Officers of today over the units that stand where the certificate's unit stood, each with all the rows."""
    by_unit: dict[int, list[Certificate]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row)
    units = {certificates[0].unit_id: certificates[0].unit for certificates in by_unit.values()}
    heirs = heirs_on(units.values(), today)
    found: dict[int, tuple[User, dict[int, Certificate]]] = {}
    for unit_id, certificates in by_unit.items():
        for unit in heirs.get(unit_id) or [units[unit_id]]:
            for person in holders_of(*OFFICERS, unit=unit, day=today):
                own = found.setdefault(person.pk, (person, {}))[1]
                own.update({row.pk: row for row in certificates})
    for person, own in found.values():
        yield person, sorted(own.values(), key=lambda row: (last_day_of(row), row.pk))


def _tell_officer(person: User, rows: list[Certificate], today: date, at: datetime) -> None:
    lines = [
        f"{row.product.name}, {row.stars} sao, đến hết {formats.day(row.valid_to)}" for row in rows[:LISTED]
    ]
    if len(rows) > LISTED:
        lines.append(f"và {len(rows) - LISTED} sản phẩm khác")
    notify(
        kind=KIND,
        to=person,
        title=f"{len(rows)} sao OCOP sắp hết hạn",
        text="; ".join(lines) + f". {_window(today)}",
        url=reverse("recognition:expiry_board"),
        dedupe_key=f"expiry:{today:%Y-%m-%d}",
        at=at,
    )
