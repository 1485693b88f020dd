"""First step: read the list, find units, agencies, producers and products, say what is wrong; nothing is written."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.kit import clock, excel
from ocop.kit.errors import require
from ocop.kit.excel import Column, Kind
from ocop.kit.excel.converting import convert, text_of
from ocop.kit.excel.reading import MAX_BYTES
from ocop.kit.models import ImportBatch
from ocop.kit.once import new_key
from ocop.kit.text import fold
from ocop.recognition.models import Decision
from ocop.recognition.past.book import Book
from ocop.recognition.past.places import Agencies, Places
from ocop.recognition.permissions import PAST_KEEPERS, may_import_past
from ocop.recognition.rules.past import serial_of, tidy_number, turned_into_date
from ocop.recognition.rules.validity import last_valid_day
from ocop.units.models import Agency, Unit

REGISTER = "recognition.past"
SAMPLE = 10
COLUMNS = (
    Column("number", "Số giấy chứng nhận", Kind.CODE, max_length=60, width=20, example="012/2024",
           hint="Định dạng cột là Văn bản, kẻo Excel đổi 12/2024 thành ngày", aliases=("Số GCN",)),
    Column("product", "Tên sản phẩm", required=True, max_length=200, width=34, example="Kẹo cu đơ"),
    Column("product_code", "Mã sản phẩm", Kind.CODE, max_length=30, width=16),
    Column("producer", "Tên chủ thể", required=True, max_length=250, width=34, example="HTX Trường An"),
    Column("producer_code", "Mã chủ thể", Kind.CODE, max_length=20, width=16, hint="Mã trong sổ hoặc mã số thuế",
           aliases=("Mã số thuế",)),
    Column("unit", "Địa bàn", required=True, max_length=160, width=30, example="Xã Đỉnh Bàn, huyện Thạch Hà",
           hint="Tên xã, phường khi đó; tên cũ hay mới đều được", aliases=("Xã, phường", "Xã", "Đơn vị")),
    Column("stars", "Hạng sao", Kind.INTEGER, required=True, width=10, example="4", aliases=("Số sao",)),
    Column("decision", "Số quyết định", Kind.CODE, max_length=60, width=20, example="3018/QĐ-UBND"),
    Column("decided_on", "Ngày quyết định", Kind.DATE, width=14, example="20/12/2024"),
    Column("agency", "Cơ quan ban hành", max_length=200, width=26, example="UBND huyện Thạch Hà",
           hint="Để trống: UBND tỉnh"),
    Column("issued_on", "Ngày cấp", Kind.DATE, width=12, hint="Để trống: ngày quyết định"),
    Column("valid_to", "Hiệu lực đến hết", Kind.DATE, width=14, hint="Để trống: 36 tháng từ ngày cấp",
           aliases=("Ngày hết hạn",)),
    Column("year", "Năm công nhận", Kind.INTEGER, width=10, hint="Chỉ khi không rõ ngày"),
)  # fmt: skip


class PastReader:
    """Reads one list as one officer may: into the units of the own reach."""

    def __init__(self, by: User) -> None:
        self.today = clock.today()
        self.places = Places()
        self.agencies = Agencies(self.places)
        self.book = Book(self.places)
        self.reach = set(scope_of(by).unit_ids(*PAST_KEEPERS).values_list("covered_id", flat=True))
        rows = Decision.objects.order_by("pk").values_list("issuer_id", "number", "issued_on")
        self.decided = {(issuer, fold(tidy_number(no)), day.year): day for issuer, no, day in rows.iterator()}
        self.numbers: dict[tuple[int, int, str], int] = {}
        self.given: dict[tuple[Any, ...], int] = {}

    def row(self, values: dict[str, Any], number: int) -> tuple[dict[str, Any], list[str], str]:
        """One row ready to be written, what is wrong with it, and of which kind that is ("" when nothing)."""
        faults = list(self._days(values))
        if not 3 <= values["stars"] <= 5:
            faults.append("Hạng sao: chỉ 3, 4 hoặc 5 sao được cấp giấy chứng nhận")
        if values["number"] and turned_into_date(values["number"]):
            faults.append(
                "Số giấy chứng nhận: Excel đã đổi số thành ngày; hãy định dạng cột là Văn bản rồi gõ lại"
            )
        day = values["decided_on"] or values["issued_on"]
        then = day or (date(values["year"], 12, 31) if values["year"] else None)
        if faults or then is None:
            return {}, faults or ["Cần ngày quyết định, ngày cấp hoặc năm công nhận"], "error"
        unit, agency = self.places.unit_of(values["unit"], then), None
        if isinstance(unit, str):
            faults.append(unit)
        elif unit.pk not in self.reach:
            faults.append(f"Địa bàn: {unit.title} không thuộc địa bàn bạn phụ trách")
        if day or values["number"]:
            agency = self.agencies.agency_of(values["agency"] or "", then)
            if isinstance(agency, str):
                faults.append(agency)
        if faults or not isinstance(unit, Unit) or isinstance(agency, str):
            return {}, faults, "error"
        return self._ready(values, number, unit, agency)

    def _days(self, values: dict[str, Any]) -> Iterator[str]:
        decided, issued, last = values["decided_on"], values["issued_on"], values["valid_to"]
        if values["decision"] and not decided:
            yield "Ngày quyết định: cần ghi khi có số quyết định"
        for label, day in (("Ngày quyết định", decided), ("Ngày cấp", issued)):
            if day and day > self.today:
                yield f"{label}: {day:%d/%m/%Y} ở tương lai"
        issued = issued or decided
        if decided and issued < decided:
            yield f"Ngày cấp: {issued:%d/%m/%Y} trước ngày quyết định {decided:%d/%m/%Y}"
        if last and not issued:
            yield "Ngày cấp: cần ghi khi có ngày hết hiệu lực"
        elif last and last < issued:
            yield f"Hiệu lực đến hết: {last:%d/%m/%Y} trước ngày cấp {issued:%d/%m/%Y}"
        year = values["year"]
        if year and not 2018 <= year <= self.today.year:
            yield f"Năm công nhận: {year} ngoài Chương trình OCOP (từ 2018)"
        elif year and issued and year != issued.year:
            yield f"Năm công nhận: {year} khác năm của ngày cấp {issued:%d/%m/%Y}"

    def _ready(
        self, values: dict[str, Any], number: int, unit: Unit, agency: Agency | None
    ) -> tuple[dict[str, Any], list[str], str]:
        issued = values["issued_on"] or values["decided_on"]
        year = issued.year if issued else values["year"]
        last = values["valid_to"] or (last_valid_day(issued) if issued else None)
        ready = {
            "row": number, "product": values["product"], "producer": values["producer"], "unit": unit.pk,
            "stars": values["stars"], "number": tidy_number(values["number"]) if values["number"] else "",
            "decision": tidy_number(values["decision"]) if values["decision"] else "",
            "decided_on": _iso(values["decided_on"]), "issued_on": _iso(issued), "valid_to": _iso(last),
            "year": year, "issuer": agency.pk if agency else None, "producer_id": None, "product_id": None,
            "like": None,
        }  # fmt: skip
        if agency and ready["decision"]:
            key = (agency.pk, fold(ready["decision"]), values["decided_on"].year)
            if self.decided.setdefault(key, values["decided_on"]) != values["decided_on"]:
                text = f"Số quyết định: {ready['decision']} của {agency} đã ghi ngày {self.decided[key]:%d/%m/%Y}"
                return ready, [text], "error"
        if agency and ready["number"]:
            serial = (agency.pk, year, serial_of(ready["number"]))
            if serial in self.book.numbers:
                return ready, ["giấy chứng nhận này đã có trong sổ, sẽ bỏ qua"], "known"
            if serial in self.numbers:
                return ready, [f"số giấy chứng nhận trùng với dòng {self.numbers[serial]} của tệp"], "twice"
        text, kind = self._match(ready, values)
        if kind not in ("", "doubt"):
            return ready, [text], kind
        text_again = self._same_product_again(ready, number)
        if text_again:
            return ready, [text_again], "twice"
        if agency and ready["number"]:
            self.numbers[serial] = number
        return ready, [text] if text else [], kind

    def _match(self, ready: dict[str, Any], values: dict[str, Any]) -> tuple[str, str]:
        """Fill in the producer and the product that stand in the registers; a sentence and its kind otherwise."""
        book = self.book
        if code := values["product_code"]:
            if code not in book.product_codes:
                return f"Mã sản phẩm: không có “{code}” trong sổ", "error"
            ready["product_id"], ready["producer_id"] = book.product_codes[code]
        elif (code := values["producer_code"]) and code in book.by_code:
            ready["producer_id"] = book.by_code[code]
        elif code and not code.isdigit():
            return f"Mã chủ thể: không có “{code}” trong sổ", "error"
        else:
            same = book.producers_named(ready["producer"], ready["unit"])
            if len(same) > 1:
                return f"Tên chủ thể: có {len(same)} chủ thể tên này trong xã; hãy ghi mã chủ thể", "error"
            ready["producer_id"] = same[0] if same else None
        if ready["producer_id"] and not ready["product_id"]:
            products = book.products.get((ready["producer_id"], fold(ready["product"])), [])
            if len(products) > 1:
                return (
                    f"Tên sản phẩm: chủ thể có {len(products)} sản phẩm tên này; hãy ghi mã sản phẩm",
                    "error",
                )
            ready["product_id"] = products[0] if products else None
        if ready["product_id"] and (ready["product_id"], ready["year"], ready["stars"]) in book.stars:
            return "sao này của sản phẩm đã có trong sổ, sẽ bỏ qua", "known"
        if not ready["producer_id"]:
            like = book.producer_like(ready["producer"], ready["unit"])
            if like:
                ready["like"] = like[0]
                its = book.products.get((like[0], fold(ready["product"])), [None])[0]
                if its and (its, ready["year"], ready["stars"]) in book.stars:
                    return "sao này của sản phẩm đã có trong sổ, sẽ bỏ qua", "known"
                return f"chủ thể gần giống “{book.names[like[0]]}” ({like[1]:.0%}) trong cùng xã", "doubt"
        return "", ""

    def _same_product_again(self, ready: dict[str, Any], number: int) -> str:
        maker = ready["producer_id"] or (fold(ready["producer"]), self.places.present(ready["unit"]))
        key = (maker, fold(ready["product"]), ready["issued_on"] or ready["year"])
        first = self.given.setdefault(key, number)
        if first == number:
            return ""
        return (
            f"sản phẩm cùng tên của cùng chủ thể đã ở dòng {first}, cùng đợt công nhận; nếu là hai sản phẩm, "
            "hãy ghi tên khác nhau (quy cách, loại)"
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def preview(upload: UploadedFile, *, by: User) -> ImportBatch:
    """Read the list and keep what it would do. Raises `Forbidden`; `BadSheet` when the file cannot be used."""
    require(may_import_past(by))
    sheet = excel.read(BytesIO(upload.read(MAX_BYTES + 1)), COLUMNS)
    reader = PastReader(by)
    good: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    sample = []
    for row in sheet.rows:
        values: dict[str, Any] = {}
        faults = [
            f"{column.label}: ô là công thức chưa có kết quả"
            for column in COLUMNS
            if column.key in row.formulas
        ]
        for column in COLUMNS:
            try:
                values[column.key] = convert(column, row.cells.get(column.key))
            except ValueError as error:
                faults.append(f"{column.label}: {error}")
        ready, kind = {}, "error"
        if not faults:
            ready, faults, kind = reader.row(values, row.number)
        if faults:
            shown = " · ".join(text for text in map(text_of, row.cells.values()) if text)
            problems.append({"row": row.number, "texts": faults, "shown": shown[:120], "kind": kind})
        if not faults or kind == "doubt":
            good.append(ready)
        if not faults and len(sample) < SAMPLE:
            unit = reader.places.units[ready["unit"]]
            sample.append([ready["number"], ready["product"], ready["producer"], unit.title, ready["stars"]])
    kinds = [problem["kind"] for problem in problems]
    return ImportBatch.objects.create(
        key=new_key(), register=REGISTER, user_id_text=str(by.pk), file_name=(upload.name or "")[-200:], sha256="",
        rows=good, problems=problems, at=clock.now(),
        counts={
            "read": len(sheet.rows), "ready": len(good) - kinds.count("doubt"), "wrong": kinds.count("error"),
            "twice": kinds.count("twice"), "known": kinds.count("known"), "doubt": kinds.count("doubt"),
            "unknown_columns": sheet.unknown, "absent_columns": sheet.absent, "sample": sample, "done": 0,
        },
    )  # fmt: skip
