"""Reads of certificates: what a code means, what a product holds, how a state is shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncMonth

from ocop.kit import clock
from ocop.products.models import Media, Product
from ocop.recognition.enums import ReissueState, State
from ocop.recognition.models import Certificate, Decision, PaperCopy, Reissue
from ocop.recognition.models.certificate import CertificateQuerySet
from ocop.recognition.rules.codes import readings
from ocop.rulebook.queries import setting


def expiring_days(day: date) -> int:
    """How many days before the last valid day a certificate counts as expiring (Art. 7.6: 180)."""
    return int(setting("certificate_expiring_days", settings.OCOP_PROVINCE, day))


def check_address(certificate: Certificate) -> str:
    """The absolute address of the public validity page: what the QR code of the certificate says."""
    return f"{settings.OCOP_SITE_URL}{certificate.check_path}"


def certificates_by_code(typed: str) -> list[Certificate]:
    """Published certificates that a typed code may mean: none, one, or very rarely more. One query at most."""
    codes = readings(typed)
    if not codes:
        return []
    rows = Certificate.objects.public().select_related(
        "product__producer", "product__group", "decision__issuer", "issuer", "unit"
    )
    found = list(rows.filter(code__in=codes))
    exact = [row for row in found if row.code == codes[0]]
    return exact or found


def history_of(product: Product, day: date) -> list[Certificate]:
    """The published certificates of a product with their state on that day, newest first."""
    rows = Certificate.objects.public().filter(product=product)
    rows = rows.with_state(day, expiring_days=expiring_days(day)).select_related("decision__issuer", "unit")
    return list(rows.order_by("-issued_year", "-pk"))


def current_of(product_id: int, day: date) -> QuerySet[Certificate]:
    """The certificate that speaks for a product on that day (at most one row)."""
    return Certificate.objects.public().latest_of_product(day).filter(product=product_id)


def search(user: Any, folded: str, raw: str, limit: int) -> Iterable[tuple[str, str, str]]:
    """Global search: certificates the person may see, by number, code, product or producer."""
    rows = Certificate.objects.visible_to(user).found_by(raw)[:limit]
    return [
        (
            str(row),
            " · ".join(part for part in (row.number, row.producer_name) if part),
            row.get_absolute_url(),
        )
        for row in rows
    ]


def count_certificates(user: Any, product: Product) -> int:
    """How many certificates a product has had; for the tab."""
    return Certificate.objects.filter(product=product).count()


def may_see_photo(user: Any, file: Any) -> bool:
    """File reader: photographs of a product whose recognition is published are public, as its page is."""
    if not getattr(file, "is_photo", False):
        return False
    return Media.objects.filter(
        file=file, product__recognition_certificates__published_at__isnull=False
    ).exists()


def copies_of(subject: Certificate | Decision) -> QuerySet[PaperCopy]:
    """The papers on file of a certificate or a decision, the newest first."""
    return subject.copies.kept().select_related("file", "by")


def may_read_copy(user: Any, file: Any) -> bool:
    """File reader: scans and signed papers open for those who see the record, also after they were taken off."""
    return PaperCopy.objects.visible_to(user).filter(file=file).exists()


def last_copy(certificate: Certificate) -> Reissue | None:
    """The newest copy that was issued of a certificate; None when there is only the first."""
    return certificate.reissues.filter(state=ReissueState.ISSUED).order_by("-number").first()


def paper_data(certificate: Certificate) -> dict[str, Any]:
    """What the printed certificate says: names of then, decision, term; of a new copy also which one and its day."""
    decision = certificate.decision
    copy = last_copy(certificate)
    issuer = certificate.issuer or (decision.issuer if decision else None)
    return {
        "stars": certificate.stars,
        "number": certificate.number,
        "product": certificate.product_name,
        "producer": certificate.producer_name,
        "unit": certificate.unit.title,
        "issuer": issuer.name if issuer else "",
        "place": "Hà Tĩnh",
        "decision": decision.number if decision else "",
        "decided_on": f"{decision.issued_on:%d/%m/%Y}" if decision else "",
        "issued_on": copy.issued_on if copy else certificate.issued_on,
        "valid_to": f"{certificate.valid_to:%d/%m/%Y}" if certificate.valid_to else "",
        "signer": copy.signer if copy else decision.signer if decision else "",
        "copy": copy.number if copy else 0,
        "copy_on": f"{copy.issued_on:%d/%m/%Y}" if copy else "",
        "code": certificate.code,
        "address": check_address(certificate),
        "demo": certificate.is_demo,
        "today": clock.today(),
    }


@dataclass
class ExpiryMonth:
    """How many stars run out in one month: by star, and how many of them have run out by today."""

    first: date
    stars: dict[int, int] = field(default_factory=dict)
    gone: int = 0

    @property
    def total(self) -> int:
        return sum(self.stars.values())

    @property
    def by_star(self) -> list[int]:
        """Counts of 5, 4 and 3 stars."""
        return [self.stars.get(number, 0) for number in (5, 4, 3)]

    @property
    def key(self) -> str:
        """The month in an address: 2027-05."""
        return f"{self.first:%Y-%m}"


def _speaking(user: Any, day: date) -> CertificateQuerySet:
    """Certificates that speak for their product, have a term, and were neither revoked nor replaced."""
    rows = Certificate.objects.visible_to(user).public().latest_of_product(day).with_state(day)
    return rows.filter(valid_to__isnull=False).exclude(state_that_day__in=(State.REVOKED, State.REPLACED))


def expiry_months(user: Any, day: date) -> list[ExpiryMonth]:
    """Every month in which a star of the user's units runs out, the earliest first; one query."""
    found: dict[date, ExpiryMonth] = {}
    counts = _speaking(user, day).order_by().annotate(month=TruncMonth("valid_to"))
    for month, stars, state, number in counts.values_list("month", "stars", "state_that_day").annotate(
        n=Count("pk")
    ):
        one = found.setdefault(month, ExpiryMonth(month))
        one.stars[stars] = one.stars.get(stars, 0) + number
        one.gone += number if state == State.EXPIRED else 0
    return [found[month] for month in sorted(found)]


def without_term(user: Any, day: date) -> int:
    """How many stars of the user's units have no known term, so that no month can hold them."""
    rows = Certificate.objects.visible_to(user).public().latest_of_product(day).with_state(day)
    return rows.filter(state_that_day=State.UNKNOWN).count()


def chosen_month(typed: str, months: list[date], day: date) -> date | None:
    """The month asked for (2027-05) when it holds stars; else the first from today on, else the last before."""
    for month in months:
        if typed == f"{month:%Y-%m}":
            return month
    ahead = [month for month in months if month >= day.replace(day=1)]
    return next(iter(ahead or months[-1:]), None)


def expiring_in(user: Any, month: date, day: date) -> CertificateQuerySet:
    """The stars that run out in that month, with `warned_at`, when people were last told."""
    rows = _speaking(user, day).with_state(day, expiring_days=expiring_days(day))
    rows = rows.filter(valid_to__year=month.year, valid_to__month=month.month)
    told = rows.annotate(warned_at=Max("expiry_warnings__at"))
    return told.select_related("product__producer", "unit").order_by("valid_to", "product_name", "pk")


def starred_on(day: date) -> QuerySet:
    """Ids of the products whose star counts on that day; for the board of the cycle."""
    return Certificate.objects.public().latest_of_product(day).in_validity(day).values("product_id")


def star_ended_by(day: date) -> QuerySet:
    """Ids of the products that had a star which has run out or was taken back by that day."""
    rows = Certificate.objects.public().latest_of_product(day).with_state(day)
    return rows.filter(state_that_day__in=(State.EXPIRED, State.REVOKED)).values("product_id")


def star_words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    """Stars, state and last day of these products' certificates, with the address of each; one query."""
    rows = (
        Certificate.objects.public().latest_of_product(day).with_state(day, expiring_days=expiring_days(day))
    )
    found = {}
    for row in rows.filter(product_id__in=ids):
        state = State(row.state_that_day)  # type: ignore[attr-defined]
        until = f" {row.valid_to:%d/%m/%Y}" if row.valid_to and state != State.REVOKED else ""
        found[row.product_id] = (f"{row.stars} sao, {state.label.lower()}{until}", row.get_absolute_url())
    return found
