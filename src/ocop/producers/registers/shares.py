"""The register of local labour and local material by producer and year (clause IV.10)."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet

from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Refused, Verdict
from ocop.kit.excel import Kind
from ocop.kit.once import new_key
from ocop.kit.registers import Column, Preset, Section
from ocop.producers import permissions
from ocop.producers.casework import OfficeForm, OfficeRegister
from ocop.producers.models import LocalShare
from ocop.producers.registers.parts import UnitFilter

MORE_LOCAL = "Lao động địa phương không được nhiều hơn tổng số lao động."
MORE_WOMEN = "Lao động nữ không được nhiều hơn tổng số lao động."
MORE_MATERIAL = "Nguyên liệu địa phương không được nhiều hơn tổng nguyên liệu."


def faults(values: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """(field, sentence) where a part is more than its whole."""
    for part, whole, sentence in (
        ("local_workers", "workers", MORE_LOCAL),
        ("women", "workers", MORE_WOMEN),
        ("local_material", "material", MORE_MATERIAL),
    ):
        if (values.get(part) or 0) > (values.get(whole) or 0):
            yield part, sentence


class ShareForm(OfficeForm):
    """The figures of a year."""

    class Meta:
        model = LocalShare
        fields = [
            "producer", "year", "workers", "local_workers", "women", "measure", "material", "local_material", "source",
        ]  # fmt: skip
        help_texts = {
            "local_workers": "Người thường trú trong tỉnh.",
            "material": "Tổng nguyên liệu dùng trong năm, tính bằng đồng hoặc ki-lô-gam theo cách tính đã chọn.",
            "local_material": "Phần mua hoặc tự sản xuất trong tỉnh.",
            "source": "Ví dụ: bảng lương tháng 12, hợp đồng thu mua, phiếu nhập kho.",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, sentence in faults(data):
            self.add_error(name, sentence)
        return data


class ShareFilters(django_filters.FilterSet):
    """Year, unit of the producer, confirmed or not."""

    unit = UnitFilter(field_name="producer__unit_id", label="Địa bàn")
    confirmed = django_filters.ChoiceFilter(
        label="Xác nhận",
        choices=[("roi", "xã đã xác nhận"), ("chua", "chưa xác nhận")],
        method="by_confirmed",
    )

    class Meta:
        model = LocalShare
        fields = ["year", "unit", "confirmed"]

    def by_confirmed(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Figures that a commune stands behind, or those that wait for it."""
        return rows.filter(confirmed_at__isnull=value == "chua")


def _waiting(register: Any, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(confirmed_at__isnull=True)


class LocalSharesRegister(OfficeRegister):
    """Figures by producer and year: entered by the producer or the office, confirmed by the commune."""

    key = "local_shares"
    model = LocalShare
    title = "Lao động, nguyên liệu địa phương"
    noun = "bảng số liệu năm"
    section = "Chủ thể & sản phẩm"
    icon = "percentage"
    order = 70
    with_producers = True
    unit_path = "producer__unit_id"
    story = ("producer",)
    columns = (
        Column("producer", sort="producer__name"),
        Column("year", kind=Kind.CODE),
        Column("workers", total=True),
        Column("local_workers", on="detail excel import api", total=True),
        Column("labour_share", "Lao động địa phương (%)", kind=Kind.DECIMAL, places=1, on="list detail excel api",
               sort=""),
        Column("women", on="detail excel import api", total=True),
        Column("women_share", "Lao động nữ (%)", kind=Kind.DECIMAL, places=1, on="list detail excel api", sort=""),
        Column("measure", on="detail excel import api"),
        Column("material", on="detail excel import api"),
        Column("local_material", on="detail excel import api"),
        Column("material_share", "Nguyên liệu địa phương (%)", kind=Kind.DECIMAL, places=1,
               on="list detail excel api", sort=""),
        Column("source", on="detail excel import"),
        Column("confirmed_at", "Xã xác nhận lúc", on="list detail excel api"),
        Column("confirmed_unit.title", "Xã xác nhận", on="detail excel", sort=""),
        Column("confirmed_by.full_name", "Người xác nhận", on="detail", sort=""),
    )  # fmt: skip
    filterset_class = ShareFilters
    form_class = ShareForm
    sections = (
        Section(
            "Lao động",
            ("producer", "year", "workers", "local_workers", "labour_share", "women", "women_share"),
        ),
        Section("Nguyên liệu", ("measure", "material", "local_material", "material_share")),
        Section(
            "Nguồn, xác nhận", ("source", "confirmed_at", "confirmed_unit.title", "confirmed_by.full_name")
        ),
    )
    related = ("producer__unit", "confirmed_unit", "confirmed_by")
    ordering = ("-year", "producer__name", "pk")
    natural_key = ("producer", "year")
    presets = (Preset("cho-xac-nhan", "Chờ xã xác nhận", _waiting, "Không có số liệu nào chờ xác nhận."),)
    detail_template = "producers/share_detail.html"
    empty_text = "Số lao động và nguyên liệu địa phương từng năm của chủ thể sẽ có ở đây."

    def may_create(self, user: Any) -> Verdict:
        """The office, and the people of a producer for their own."""
        if super().may_create(user) or (self.may_see(user) and not scope_of(user).is_official):
            return ALLOWED
        return Refusal("shares.create", "Số liệu do chủ thể hoặc cán bộ phụ trách địa bàn ghi.")

    def may_import(self, user: Any) -> Verdict:
        return super().may_create(user)

    def may_edit(self, user: Any, row: LocalShare) -> Verdict:
        return permissions.may_keep_shares(user, row.producer)

    def save(self, form: Any, *, by: Any, is_new: bool) -> LocalShare:
        """Changed figures wait for the commune again."""
        row: LocalShare = form.save(commit=False)
        verdict = permissions.may_keep_shares(by, row.producer)
        if isinstance(verdict, Refusal):
            raise Refused.because([verdict])
        row.confirmed_at = row.confirmed_by = row.confirmed_unit = None
        row.save()
        return row

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """No part is more than its whole."""
        yield from super().check_row(values, user)
        yield from (sentence for _, sentence in faults(values))

    def detail_context(self, user: Any, row: LocalShare) -> dict[str, Any]:
        """Whether the user confirms for the commune."""
        return {
            "once": new_key(),
            "can_confirm": row.confirmed_at is None
            and bool(permissions.may_confirm_shares(user, row.producer)),
        }


LOCAL_SHARES = LocalSharesRegister()
