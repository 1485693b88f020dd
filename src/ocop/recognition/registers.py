"""The registers of certificates and of decisions."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.kit.excel import Kind
from ocop.kit.models import count_of
from ocop.kit.registers import Column, Register, Section
from ocop.producers.models import VIEWING_ROLES
from ocop.recognition.enums import State
from ocop.recognition.models import Certificate, Decision
from ocop.recognition.permissions import may_keep_copies
from ocop.recognition.presses import with_presses
from ocop.recognition.queries import copies_of, expiring_days
from ocop.recognition.reissuing import ASK, is_renamed
from ocop.units.fields import UnitField
from ocop.units.models import Unit
from ocop.units.queries import match_ids

HIDDEN = Refusal("register.hidden", "Sổ này dành cho cán bộ.")
STARS = [(number, f"{number} sao") for number in (5, 4, 3)]


def officers_only(user: Any) -> Verdict:
    """These registers list rows of many producers; a producer reads its own on the product's page."""
    return ALLOWED if scope_of(user).has_any(*VIEWING_ROLES) else HIDDEN


class UnitFilter(django_filters.Filter):
    """A unit by its old or new name; the rows of its subtree and of what it wholly absorbed."""

    field_class = UnitField

    def filter(self, rows: QuerySet, value: Unit | None) -> QuerySet:
        if value is None:
            return rows
        return rows.filter(**{f"{self.field_name}__in": match_ids(value, clock.today())})


class CertificateFilters(django_filters.FilterSet):
    """State of today, star, unit, year."""

    state = django_filters.ChoiceFilter(
        label="Hiệu lực", choices=State.choices, field_name="state_that_day", empty_label="Tất cả"
    )
    stars = django_filters.ChoiceFilter(label="Hạng sao", choices=STARS, empty_label="Tất cả")
    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    issued_year = django_filters.NumberFilter(label="Năm công nhận")

    class Meta:
        model = Certificate
        fields = ["state", "stars", "unit", "issued_year"]


def state_label(row: Certificate) -> str:
    """The state of today in words."""
    return State(row.state_that_day).label  # type: ignore[attr-defined]


class CertificatesRegister(Register):
    """Every star ever given, with what it is worth today."""

    key = "certificates"
    model = Certificate
    title = "Sổ giấy chứng nhận"
    noun = "giấy chứng nhận"
    section = "Chu trình"
    icon = "certificate"
    order = 10
    has_api = False
    columns = (
        Column("product_name", "Sản phẩm", template="recognition/_product_cell.html", on="list excel"),
        Column("producer_name", "Chủ thể", on="list detail excel"),
        Column("stars", "Hạng sao", template="recognition/_stars_cell.html", on="list detail excel"),
        Column(
            "state", "Hiệu lực hôm nay", value=state_label, sort="valid_to",
            template="recognition/_state_cell.html", on="list detail excel",
        ),
        Column("number", on="list detail excel"),
        Column("decision", "Quyết định", on="detail excel", sort=""),
        Column("issued_on", "Ngày cấp", on="list detail excel"),
        Column(
            "issued_year",
            "Năm công nhận",
            kind=Kind.CODE,
            value=lambda row: str(row.issued_year or ""),  # a year is no number to be grouped in thousands
            on="detail excel",
        ),
        Column("valid_to", "Có hiệu lực đến hết", on="list detail excel"),
        Column("unit.title", "Địa bàn", on="list detail excel", sort="unit__name"),
        Column("code", "Mã tra cứu", on="detail excel", sort=""),
        Column("source", on="detail excel", sort=""),
    )  # fmt: skip
    filterset_class = CertificateFilters
    sections = (
        Section("Giấy chứng nhận", (
            "producer_name", "stars", "state", "number", "decision", "issued_on", "issued_year", "valid_to",
            "unit.title", "code", "source",
        )),
    )  # fmt: skip
    related = ("unit", "decision", "product__producer")
    ordering = ("-issued_year", "product_name", "pk")
    detail_template = "recognition/certificate_detail.html"
    empty_text = "Giấy chứng nhận có ở đây khi văn thư ghi số quyết định công nhận."

    def scope(self, user: Any) -> QuerySet:
        today = clock.today()
        return Certificate.objects.visible_to(user).with_state(today, expiring_days=expiring_days(today))

    def detail_context(self, user: Any, row: Certificate) -> dict[str, Any]:
        """Presses, papers on file, whether the producer bears another name today, every change with who wrote it."""
        presses = with_presses(user, [row])[0].presses  # type: ignore[attr-defined]
        return {
            "copies": copies_of(row),
            "keeps_copies": bool(may_keep_copies(user, row)),
            "presses": presses,
            "ask_url": next((one.url for one in presses if one.label == ASK), ""),
            "renamed": row.in_validity and is_renamed(row),
            "shown_changes": row.changes.select_related("decision", "by"),
        }

    def may_export(self, user: Any) -> Verdict:
        return officers_only(user)

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {"stars": 3 + number % 3, "issued_on": clock.today(), "issued_year": clock.today().year}

    def menu_entry(self) -> Any:
        """Officers see it in the rail; a producer reaches its certificates from its product."""
        entry = super().menu_entry()
        return type(entry)(**{**vars(entry), "shown": lambda user: bool(officers_only(user))})


class DecisionFilters(django_filters.FilterSet):
    """Kind of decision, year."""

    year = django_filters.NumberFilter(label="Năm", field_name="issued_on", lookup_expr="year")

    class Meta:
        model = Decision
        fields = ["kind", "year"]


class DecisionsRegister(Register):
    """Decisions that recognise, approve or take back, with their certificates."""

    key = "decisions"
    model = Decision
    title = "Sổ quyết định về sao"
    noun = "quyết định"
    section = "Chu trình"
    icon = "file-text"
    order = 12
    has_api = False
    columns = (
        Column("number", on="list detail excel"),
        Column("issued_on", on="list detail excel"),
        Column("kind", on="list detail excel"),
        Column("title", on="list detail excel"),
        Column("issuer.name", "Cơ quan ban hành", on="list detail excel", sort="issuer__name"),
        Column("certificate_count", "Số giấy chứng nhận", on="list detail excel", sort="certificate_count"),
        Column("signer", on="detail excel"),
        Column("source", on="detail excel", sort=""),
    )
    filterset_class = DecisionFilters
    related = ("issuer",)
    ordering = ("-issued_on", "number")
    detail_template = "recognition/decision_detail.html"
    empty_text = "Quyết định công nhận có ở đây khi văn thư ghi số và ngày ban hành."

    def scope(self, user: Any) -> QuerySet:
        return Decision.objects.visible_to(user).annotate(
            certificate_count=count_of(Certificate.objects.all(), "decision")
        )

    def may_see(self, user: Any) -> Verdict:
        return officers_only(user)

    def detail_context(self, user: Any, row: Decision) -> dict[str, Any]:
        """The papers on file, and whether this user attaches more."""
        return {"copies": copies_of(row), "keeps_copies": bool(may_keep_copies(user, row))}


CERTIFICATES = CertificatesRegister()
DECISIONS = DecisionsRegister()
