"""Loads the recognitions of the province's real register as historical certificates, each with its source.

Most rows know only the year: their term is then unknown, and every page says "chưa xác minh thời hạn". A row with a
decision of a known day has its 36 months.
"""

import csv
from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction

from ocop.kit import clock
from ocop.products.models import Product
from ocop.recognition.enums import ChangeKind, DecisionKind, RevocationGround
from ocop.recognition.models import Certificate, CertificateChange, Decision
from ocop.recognition.rules.validity import last_valid_day
from ocop.units.models import Agency, Unit
from ocop.units.queries import agency_with, province_of

Log = Callable[[str], None]
PUBLISHED = "công bố trên báo, đài; hệ thống chưa thấy giấy chứng nhận"


class BadRegister(ValueError):  # noqa: N818 - it names the file that is bad
    """A row of the data file does not fit the registers below."""


def read_rows() -> list[dict[str, str]]:
    """The rows of data/recognition/recognitions.csv."""
    path = settings.OCOP_REFERENCE_DIR / "recognition" / "recognitions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_recognitions(log: Log) -> None:
    """Certificates of the real register that are not there yet; nothing that exists is changed.

    Raises BadRegister for a product that the register of products does not hold.
    """
    rows = read_rows()
    keys = {row["key"] for row in rows}
    products = {
        product.data_key: product
        for product in Product.objects.filter(data_key__in=keys).select_related("producer", "unit")
    }
    missing = sorted(keys - set(products))
    if missing:
        raise BadRegister(f"recognitions.csv: không có sản phẩm {', '.join(missing[:5])}")
    done = set(Certificate.objects.filter(data_key__in=keys).values_list("data_key", flat=True))
    added = 0
    for key in sorted(keys - done):
        added += _load_product(products[key], [row for row in rows if row["key"] == key])
    log(f"công nhận: thêm {added} giấy chứng nhận, đã có {len(done)}")


def _load_product(product: Product, rows: Sequence[dict[str, str]]) -> int:
    """The certificates of one product in the order of the years; a later one replaces the one before."""
    running: Certificate | None = None
    stars = [row for row in rows if row["event"] != "revoked"]
    for row in sorted(stars, key=lambda row: row["year"]):
        decision = _decision(row, DecisionKind.RECOGNITION, product)
        issued_on = decision.issued_on if decision else None
        if running is not None:
            running.replaced_on = issued_on or date(int(row["year"]), 1, 1)
            running.save()
            _change(running, ChangeKind.REPLACED, running.replaced_on, decision)
        running = Certificate.objects.create(
            product=product,
            stars=int(row["stars"]),
            decision=decision,
            issuer=decision.issuer if decision else None,
            issued_on=issued_on,
            issued_year=int(row["year"]) if row["year"] else None,
            valid_to=last_valid_day(issued_on) if issued_on else None,
            product_name=product.name,
            producer_name=product.producer.public_name,
            unit=product.unit,
            published_at=clock.now(),
            source=row["source"],
            data_key=product.data_key,
        )
        _change(running, ChangeKind.ISSUED, issued_on, decision, PUBLISHED)
    for row in rows:
        if row["event"] == "revoked" and running is not None:
            decision = _decision(row, DecisionKind.REVOCATION, product)
            running.revoked_on = decision.issued_on if decision else date(int(row["year"]), 1, 1)
            running.save()
            _change(running, ChangeKind.REVOKED, running.revoked_on, decision)
    return len(stars)


def _change(
    certificate: Certificate, kind: ChangeKind, on: date | None, decision: Decision | None, text: str = ""
) -> None:
    ground = RevocationGround.OTHER if kind == ChangeKind.REVOKED else ""
    CertificateChange.objects.create(
        certificate=certificate, kind=kind, on=on, decision=decision, ground=ground, text=text, at=clock.now()
    )


def _decision(row: dict[str, str], kind: DecisionKind, product: Product) -> Decision | None:
    """The decision that the source names, issued by the province's committee; None where only the year is known."""
    if not row["decision"]:
        return None
    day = date.fromisoformat(row["decided_on"])
    issuer = _issuer(province_of(product.unit), day)
    decision, _ = Decision.objects.get_or_create(
        issuer=issuer,
        number=row["decision"],
        issued_on=day,
        defaults={
            "kind": kind,
            "title": kind.label,
            "source": row["source"],
            "recorded_at": clock.now(),
        },
    )
    return decision


def _issuer(province: Unit | None, day: date) -> Agency:
    """The province's people's committee of that day; of the first day held for earlier decisions."""
    issuer = agency_with("decides", max(day, date(2023, 1, 1)), province)
    if issuer is None:
        raise BadRegister("chưa nạp cơ quan ban hành (UBND tỉnh)")
    return issuer
