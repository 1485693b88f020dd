"""What the public validity page reads, in three written-out queries at most.

The page is asked by every scan of a label and may not be kept anywhere, so the ORM's work on six joined tables, which
costs more than the rest of the page, is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.enums import ChangeKind, State, ground_label
from ocop.recognition.models import Certificate, CertificateChange, Decision
from ocop.recognition.rules.codes import readings
from ocop.recognition.rules.validity import Facts, state_on
from ocop.rulebook.models import DatedSetting
from ocop.rulebook.rules.settings import BY_KEY
from ocop.units.enums import UnitType
from ocop.units.models import Agency, Succession, Unit

_TABLES = {
    "certificate": Certificate._meta.db_table,
    "change": CertificateChange._meta.db_table,
    "decision": Decision._meta.db_table,
    "product": Product._meta.db_table,
    "producer": Producer._meta.db_table,
    "unit": Unit._meta.db_table,
    "succession": Succession._meta.db_table,
    "agency": Agency._meta.db_table,
    "setting": DatedSetting._meta.db_table,
}
# Written out with the names of our own tables; every value is bound.
_FIND = """
SELECT c.id, c.code, c.stars, c.number, c.issued_on, c.issued_year, c.valid_to, c.extended_to, c.revoked_on,
  c.replaced_on, c.product_name, c.producer_name, c.source, c.is_demo, p.id, p.public_code, r.code, u.id, u.type,
  u.name, u.valid_from, u.valid_to, d.number, d.issued_on, a.name,
  (SELECT s.value FROM {setting} s WHERE s.key = 'certificate_expiring_days' AND s.province IN (%s, '')
   AND s.valid_from <= %s AND (s.valid_to IS NULL OR s.valid_to >= %s)
   ORDER BY s.province DESC, s.valid_from DESC LIMIT 1)
FROM {certificate} c JOIN {product} p ON p.id = c.product_id JOIN {producer} r ON r.id = p.producer_id
JOIN {unit} u ON u.id = c.unit_id LEFT JOIN {decision} d ON d.id = c.decision_id
LEFT JOIN {agency} a ON a.id = d.issuer_id
WHERE c.published_at IS NOT NULL AND c.code IN ({{codes}})
""".format(**_TABLES)  # noqa: S608
_CHANGES = """
SELECT h.kind, h."on", h.ground, h.text, d.number, d.issued_on, a.name
FROM {change} h LEFT JOIN {decision} d ON d.id = h.decision_id LEFT JOIN {agency} a ON a.id = d.issuer_id
WHERE h.certificate_id = %s ORDER BY h.at, h.id
""".format(**_TABLES)
_HEIRS = """
WITH RECURSIVE chain (id) AS (
  SELECT u.id FROM {unit} u WHERE u.id = %s
  UNION
  SELECT s.successor_id FROM chain c JOIN {unit} u ON u.id = c.id AND u.valid_to < %s
  JOIN {succession} s ON s.predecessor_id = c.id AND s."on" <= %s
)
SELECT u.type, u.name FROM chain c JOIN {unit} u ON u.id = c.id
WHERE u.valid_from <= %s AND (u.valid_to IS NULL OR u.valid_to >= %s) ORDER BY u.name, u.id
""".format(**_TABLES)  # noqa: S608


@dataclass(frozen=True, slots=True)
class Act:
    """A decision as a page names it."""

    number: str
    issued_on: date
    issuer: str


@dataclass(frozen=True, slots=True)
class Change:
    """One event in the life of a certificate, in words."""

    what: str
    on: date | None
    ground: str
    text: str
    decision: Act | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A published certificate with what the validity page says of it."""

    pk: int
    code: str
    stars: int
    number: str
    issued_year: int | None
    facts: Facts
    product_name: str
    producer_name: str
    source: str
    is_demo: bool
    product_id: int
    product_code: str
    producer_code: str
    unit_id: int
    unit: str
    unit_in_force: bool
    decision: Act | None
    expiring_days: int
    state: State

    @property
    def check_path(self) -> str:
        """The path of this page."""
        return f"/kiem-tra/{self.code}"


def _day(value: Any) -> date | None:
    """A day as the driver gives it: a date, or ISO text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _act(number: str | None, issued_on: Any, issuer: str | None) -> Act | None:
    day = _day(issued_on)
    return Act(number, day, issuer or "") if number and day else None


def check_code(typed: str, day: date) -> Checked | None:
    """The one published certificate that a typed or scanned code means, with its state on that day; None otherwise."""
    codes = readings(typed)
    if not codes:
        return None
    marks = ", ".join(["%s"] * len(codes))
    with connection.cursor() as cursor:
        cursor.execute(_FIND.replace("{codes}", marks), [settings.OCOP_PROVINCE, day, day, *codes])
        rows = cursor.fetchall()
    if len(rows) > 1:
        rows = [row for row in rows if row[1] == codes[0]]
    return _checked(rows[0], day) if len(rows) == 1 else None


def _checked(row: Sequence[Any], day: date) -> Checked:
    facts = Facts(_day(row[4]), _day(row[6]), _day(row[7]), _day(row[8]), _day(row[9]))
    known = BY_KEY["certificate_expiring_days"]
    ahead = int(known.default if row[25] is None else row[25])
    begun, ended = _day(row[20]), _day(row[21])
    return Checked(
        pk=row[0],
        code=row[1],
        stars=row[2],
        number=row[3],
        issued_year=row[5],
        facts=facts,
        product_name=row[10],
        producer_name=row[11],
        source=row[12],
        is_demo=bool(row[13]),
        product_id=row[14],
        product_code=row[15],
        producer_code=row[16],
        unit_id=row[17],
        unit=f"{UnitType(row[18]).label} {row[19]}",
        unit_in_force=begun is not None and begun <= day and (ended is None or day <= ended),
        decision=_act(row[22], row[23], row[24]),
        expiring_days=ahead,
        state=state_on(facts, day, expiring_days=ahead),
    )


def changes_of(certificate_id: int) -> list[Change]:
    """Everything recorded of a certificate, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [certificate_id])
        rows = cursor.fetchall()
    return [
        Change(
            ChangeKind(kind).label,
            _day(on),
            ground_label(ground),
            text,
            _act(number, issued_on, issuer),
        )
        for kind, on, ground, text, number, issued_on, issuer in rows
    ]


def heirs_of(unit_id: int, day: date) -> list[str]:
    """Type and name of the units that hold on that day what a unit was, following the chain; one query.

    The same answer as `units.queries.successors_on`, in the order of the names.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEIRS, [unit_id, day, day, day, day])
        rows = cursor.fetchall()
    return [f"{UnitType(kind).label.lower()} {name}" for kind, name in rows]
