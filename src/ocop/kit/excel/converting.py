"""From a raw cell to a value, and from a value to what a preview keeps as JSON."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from ocop.kit.clock import LOCAL
from ocop.kit.excel.columns import Column, Kind
from ocop.kit.text import fold, looks_like_tcvn3, nfc

ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
YES = {"co", "x", "true", "1", "yes", "dung"}
NO = {"khong", "false", "0", "no", "sai"}
_EPOCH = date(1899, 12, 30)
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_WORDS = re.compile(r"(?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2}),?\s+(?:nam\s+)?(\d{4})")
_AMOUNT = re.compile(r"(\d[\d.,]*)(?:\s*(ty|ti|trieu|tr|nghin|ngan|k)\b)?")
_SCALES = {
    "ty": 10**9,
    "ti": 10**9,
    "trieu": 10**6,
    "tr": 10**6,
    "nghin": 1000,
    "ngan": 1000,
    "k": 1000,
    None: 1,
}
_CURRENCY = {"d", "dong", "vnd", "viet nam dong"}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+")
_GROUPED_BY_COMMA = re.compile(r"-?\d{1,3}(,\d{3})+(\.0*)?")


def text_of(raw: Any) -> str:
    """A cell as text: whole numbers without ".0", NFC, single spaces between words, line breaks kept."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "có" if raw else "không"
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return ""
        return str(int(raw)) if raw.is_integer() else repr(raw)
    if isinstance(raw, datetime | date):
        return f"{raw:%d/%m/%Y}"
    lines = nfc(str(raw)).replace("\u00a0", " ").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _date(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = text_of(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if (
            18_000 <= raw <= 110_000
        ):  # the serial of a day between 1949 and 2201, in a cell not formatted as date
            return _EPOCH + timedelta(days=int(raw))
        raise ValueError(f"“{text}” không phải ngày; hãy ghi dạng 23/11/2026")
    try:
        if match := _DAY.fullmatch(text):
            return date(_year(match[3]), int(match[2]), int(match[1]))
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _WORDS.fullmatch(fold(text).strip(" .")):
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        raise ValueError(f"“{text}” không có trong lịch; hãy ghi dạng 23/11/2026") from None
    raise ValueError(f"“{text}” không phải ngày; hãy ghi dạng 23/11/2026")


def _year(digits: str) -> int:
    """A year of two digits lies between 1970 and 2069."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _moment(raw: Any) -> datetime:
    if isinstance(raw, datetime):
        return raw.replace(tzinfo=LOCAL) if raw.tzinfo is None else raw
    text = text_of(raw)
    clock_time, found = time(0), _CLOCK.search(text)
    if found and isinstance(raw, str):
        try:
            clock_time = time(int(found[1]), int(found[2]))
        except ValueError:
            raise ValueError(f"“{found[0]}” không phải giờ; hãy ghi dạng 10:30 23/11/2026") from None
        raw = (text[: found.start()] + text[found.end() :]).strip()
    return datetime.combine(_date(raw), clock_time, tzinfo=LOCAL)


def _decimal(raw: Any) -> Decimal:
    """A number as typed in Vietnam: 1.234,5 or 1234,5; in a number cell as it is."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Decimal(str(raw))
    text = text_of(raw)
    bare = text.replace(" ", "")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".") if bare.count(",") == 1 else bare.replace(",", "")
    elif _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise ValueError(f"“{text}” không phải số") from None
    if not value.is_finite():
        raise ValueError(f"“{text}” không phải số")
    return value


def _integer(raw: Any) -> int:
    if isinstance(raw, str) and _GROUPED_BY_COMMA.fullmatch(text_of(raw)):
        raw = text_of(raw).partition(".")[0].replace(",", "")
    value = _decimal(raw)
    if value != value.to_integral_value():
        raise ValueError(f"“{text_of(raw)}” phải là số nguyên")
    return int(value)


def _money(raw: Any) -> int:
    """Whole đồng: "250.000.000", "250,000,000 đ", "250 triệu", "1 tỷ 200 triệu"."""
    text = text_of(raw)
    if not isinstance(raw, str) or not re.search(r"[^\d\s.,\-]", text):
        return _integer(raw)
    folded = fold(text)
    rest = " ".join(_AMOUNT.sub(" ", folded).split()).strip(" .")
    parts = list(_AMOUNT.finditer(folded))
    if (
        not parts
        or (rest and rest not in _CURRENCY)
        or (len(parts) > 1 and not all(part[2] for part in parts))
    ):
        raise ValueError(f"“{text}” không phải số tiền; hãy ghi số đồng, ví dụ 250.000.000")
    total = sum((_scaled(part[1].rstrip(".,"), part[2]) for part in parts), start=Decimal(0))
    if total != total.to_integral_value():
        raise ValueError(f"“{text}” không phải số đồng chẵn")
    return int(total)


def _scaled(digits: str, unit: str | None) -> Decimal:
    """An amount with its unit; with a unit a single comma or point is that of the decimals: "1,250 tỷ"."""
    if unit is None:
        return Decimal(_integer(digits))
    if len(re.findall(r"[.,]", digits)) == 1 and not _GROUPED.fullmatch(digits):
        digits = digits.replace(".", ",")
    return _decimal(digits) * _SCALES[unit]


def _boolean(raw: Any) -> bool:
    word = fold(text_of(raw))
    if word in YES or word in NO:
        return word in YES
    raise ValueError(f"“{text_of(raw)}” phải là “có” hoặc “không”")


def _phone(raw: Any) -> str:
    digits = re.sub(r"[\s.\-()]", "", text_of(raw))
    if isinstance(raw, int | float) and len(digits) == 9:
        digits = f"0{digits}"  # a number cell has lost its leading zero
    if not re.fullmatch(r"\+?\d{8,15}", digits):
        raise ValueError(f"“{text_of(raw)}” không phải số điện thoại")
    return digits


_CONVERTERS = {
    Kind.TEXT: text_of,
    Kind.CODE: text_of,
    Kind.PHONE: _phone,
    Kind.INTEGER: _integer,
    Kind.MONEY: _money,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.BOOLEAN: _boolean,
}


def convert(column: Column, raw: Any) -> Any:
    """The value of a cell, None when empty; raises ValueError with a Vietnamese sentence.

    Checked here: presence, Excel's error values, the old TCVN3 encoding, kind, length, the column's validators.
    """
    text = text_of(raw)
    if not text:
        if column.required:
            raise ValueError("bắt buộc, đang để trống")
        return None
    if text in ERRORS:
        raise ValueError(f"ô đang báo lỗi {text} của Excel; hãy sửa công thức hoặc ghi giá trị")
    if isinstance(raw, str) and not raw.isascii() and looks_like_tcvn3(raw):
        raise ValueError(
            f"“{text}” có vẻ gõ bằng bảng mã TCVN3 (phông .VnTime); hãy chuyển sang Unicode rồi tải lại"
        )
    if column.kind is Kind.DECIMAL and (column.places or 0) > 3 and isinstance(raw, str):
        raw = text.replace(".", ",")  # a coordinate has no thousands: "18.204" is no eighteen thousand
    if column.kind is Kind.CHOICE:
        value = column.lookup.find(text) if column.lookup else text
    else:
        value = _CONVERTERS[column.kind](raw)
    if column.max_length and isinstance(value, str) and len(value) > column.max_length:
        raise ValueError(f"dài {len(value)} ký tự, tối đa {column.max_length}")
    for validator in column.validators:
        try:
            validator(value)
        except ValidationError as error:
            raise ValueError("; ".join(error.messages)) from None
    return value


def to_json(value: Any) -> Any:
    """A value as JSON can keep it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(kind: Kind, value: Any) -> Any:
    """What `to_json` kept, as a value again."""
    if value is None:
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(value)
    if kind is Kind.MOMENT:
        return datetime.fromisoformat(value)
    return Decimal(value) if kind is Kind.DECIMAL else value
