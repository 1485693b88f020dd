"""The register of targets."""

from typing import Any

from django.db.models import QuerySet

from ocop.kit import formats
from ocop.kit.errors import Verdict
from ocop.kit.registers import Column
from ocop.producers.casework import OfficeForm, OfficeRegister
from ocop.reporting.models import Target
from ocop.reporting.permissions import DESK


class TargetForm(OfficeForm):
    """A target of a unit."""

    class Meta:
        model = Target
        fields = ["programme", "indicator", "unit", "year", "value", "clause", "note"]


class TargetsRegister(OfficeRegister):
    """What the province and its units are to reach (section II.2 of the plan)."""

    key = "targets"
    model = Target
    title = "Chỉ tiêu được giao"
    noun = "chỉ tiêu"
    section = "Số liệu & báo cáo"
    icon = "target"
    order = 20
    keepers = DESK
    producer_path = ""
    columns = (
        Column("indicator", on="list detail excel import api"),
        Column("programme", on="list detail excel import api", sort="programme__valid_from"),
        Column("unit", on="list detail excel import api", sort="unit__name"),
        Column("year", "Năm", value=lambda row: str(row.year or "cả giai đoạn"), on="list detail excel api"),
        Column("year", on="import"),
        Column("value", on="list detail excel import api", places=2),
        Column("measure", "Đơn vị tính", on="list detail excel api", sort=""),
        Column("clause", on="detail excel import"),
        Column("note", on="detail excel import"),
    )
    filters = ("programme", "indicator", "year")
    form_class = TargetForm
    related = ("programme", "unit")
    ordering = ("programme", "indicator", "unit", "year")
    natural_key = ("programme", "indicator", "unit", "year")
    empty_text = "Chỉ tiêu của tỉnh lấy từ kế hoạch; tỉnh giao thêm cho từng địa bàn, từng năm ở đây."
    detail_template = "reporting/target_detail.html"

    def detail_context(self, user: Any, row: Target) -> dict[str, Any]:
        """What the units under this one were given for the same, and the sum where a count can be added up."""
        parts = self._parts(user, row)
        total = sum((part.value for part in parts), start=0)
        declared = row.declared
        adds_up = declared is not None and not declared.is_share
        return {
            "parts": parts,
            "total": formats.number(total, 2) if adds_up and parts else "",
            "differs": bool(adds_up and parts and total != row.value),
        }

    def _parts(self, user: Any, row: Target) -> list[Target]:
        under = self.rows(user).filter(
            programme=row.programme_id,
            indicator=row.indicator,
            year=row.year,
            unit__covers__holder=row.unit_id,
        )
        return list(_right_below(under.exclude(pk=row.pk)))

    def may_edit(self, user: Any, row: Target) -> Verdict:
        return self.may_keep(user, row.unit_id)


def _right_below(rows: QuerySet) -> list[Target]:
    """Those that lie under no other of the rows: a district's, not also those of its communes."""
    found = list(rows)
    units = [row.unit_id for row in found]
    from_above = set(
        rows.filter(unit__covers__holder__in=units)
        .exclude(unit__covers__holder=None)
        .values_list("unit_id", "unit__covers__holder")
    )
    held = {unit for unit, holder in from_above if unit != holder and holder in units}
    return [row for row in found if row.unit_id not in held]


TARGETS = TargetsRegister()
