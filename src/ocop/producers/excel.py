"""Producers from Excel: one row is a producer with its legal form and its address."""

from collections.abc import Iterator
from typing import Any

from simple_history.utils import bulk_create_with_history

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import Refusal
from ocop.kit.excel import Column, Importer, Kind, Lookup
from ocop.kit.registry import announce
from ocop.kit.text import fold
from ocop.producers.enums import LegalForm, SizeClass
from ocop.producers.models import Producer, ProducerForm, ProducerSite
from ocop.producers.permissions import REGISTRARS
from ocop.producers.rules import tax_codes
from ocop.units.enums import UnitLevel
from ocop.units.lookups import UnitLookup

REGISTER = "producers.import"
CHUNK = 900


class ProducersImport:
    """The import as one officer may do it: into the units of the own reach; old unit names lead to today's."""

    def __init__(self, by: User) -> None:
        self.by, self.today = by, clock.today()
        reach = scope_of(by).unit_ids(*REGISTRARS).values_list("covered_id", flat=True)
        units = UnitLookup(reach, self.today, levels=[UnitLevel.COMMUNE])
        forms = [(form.label, form.value) for form in LegalForm] + [
            ("HTX", LegalForm.COOPERATIVE), ("THT", LegalForm.COOPERATIVE_GROUP), ("Hộ", LegalForm.HOUSEHOLD),
            ("Hộ kinh doanh", LegalForm.HOUSEHOLD), ("Hộ sản xuất", LegalForm.HOUSEHOLD),
            ("Công ty", LegalForm.ENTERPRISE), ("Hội", LegalForm.ASSOCIATION),
        ]  # fmt: skip
        sizes = [(size.label, size.value) for size in SizeClass if size.value]
        self.columns = (
            Column("name", "Tên chủ thể", required=True, max_length=250, example="HTX Nông nghiệp Trường An", width=40),
            Column("brand", "Tên thương hiệu", max_length=200, width=26,
                   hint="Tên công khai; với hộ sản xuất không ghi họ tên chủ hộ"),
            Column("form", "Loại hình", Kind.CHOICE, required=True, width=22, example="Hợp tác xã",
                   lookup=Lookup(forms, what="danh sách loại hình")),
            Column("size", "Quy mô", Kind.CHOICE, width=12, lookup=Lookup(sizes, what="danh sách quy mô"),
                   hint="Chỉ ghi cho doanh nghiệp"),
            Column("unit", "Xã, phường", Kind.CHOICE, required=True, width=26, example="Xã Thạch Khê",
                   lookup=units, hint="Tên cũ hay mới đều được", aliases=("Địa bàn", "Xã", "Đơn vị")),
            Column("address", "Địa chỉ", max_length=250, width=30, hint="Thôn, xóm, đường"),
            Column("tax_code", "Mã số thuế", Kind.CODE, width=16, hint="10, 13 hoặc 12 số"),
            Column("registration_number", "Số giấy đăng ký", max_length=60, width=18),
            Column("registered_on", "Ngày cấp", Kind.DATE, width=12),
        )  # fmt: skip
        self.importer = Importer(
            register=REGISTER,
            columns=self.columns,
            create=self.create,
            natural_key=("name", "unit"),
            known=self.known,
            check=self.check,
        )

    def check(self, values: dict[str, Any]) -> Iterator[str]:
        """What is wrong with a row beyond its cells."""
        if values.get("size") and values["form"] != LegalForm.ENTERPRISE:
            yield "Quy mô: chỉ ghi cho doanh nghiệp"
        values["tax_code"] = values.get("tax_code") or ""
        if values["tax_code"]:
            verdict = tax_codes.check(values["tax_code"])
            if isinstance(verdict, Refusal):
                yield f"Mã số thuế: {verdict.reason}"
            values["tax_code"] = tax_codes.clean(values["tax_code"])
            yield from self._tax_code_taken(values["tax_code"])

    def _tax_code_taken(self, digits: str) -> Iterator[str]:
        if not hasattr(self, "_taken"):
            rows = Producer.objects.exclude(tax_code="")
            self._taken = set(rows.values_list("tax_code", flat=True).iterator())
            self._in_file: set[str] = set()
        if digits in self._taken:
            yield "Mã số thuế: đã có ở một chủ thể trong sổ"
        elif digits in self._in_file:
            yield "Mã số thuế: đã có ở một dòng khác của tệp"
        self._in_file.add(digits)

    def known(self, keys: list[tuple]) -> set[tuple]:
        """Rows whose producer stands in the register already: same name in the same unit, whatever the marks."""
        units = sorted({unit for _, unit in keys})
        held: set[tuple[str, int]] = set()
        for start in range(0, len(units), CHUNK):
            rows = Producer.objects.filter(unit_id__in=units[start : start + CHUNK])
            held |= {(fold(name), unit) for name, unit in rows.values_list("name", "unit_id").iterator()}
        return {key for key in keys if (fold(key[0]), key[1]) in held}

    def create(self, rows: list[dict[str, Any]], by: User) -> int:
        """Write the rows with form, address and history in bulk; answers how many."""
        now = clock.now()
        made = []
        for row in rows:
            producer = Producer(
                name=row["name"], brand=row.get("brand") or "", unit_id=row["unit"], tax_code=row["tax_code"],
                registration_number=row.get("registration_number") or "", registered_on=row.get("registered_on"),
                created_at=now, source="Nhập từ Excel",
            )  # fmt: skip
            producer.set_search()
            made.append(producer)
        made = bulk_create_with_history(
            made,
            Producer,
            batch_size=500,
            default_user=by,
            default_date=now,
            default_change_reason="Nhập từ Excel",
        )
        ProducerForm.objects.bulk_create(
            (
                ProducerForm(
                    producer=producer, form=row["form"], size=row.get("size") or "", valid_from=self.today
                )
                for producer, row in zip(made, rows, strict=True)
            ),
            batch_size=500,
        )
        ProducerSite.objects.bulk_create(
            (
                ProducerSite(
                    producer=producer,
                    unit_id=producer.unit_id,
                    address=row.get("address") or "",
                    valid_from=self.today,
                )
                for producer, row in zip(made, rows, strict=True)
            ),
            batch_size=500,
        )
        announce("producers.imported", by=by, rows=len(made))
        return len(made)
