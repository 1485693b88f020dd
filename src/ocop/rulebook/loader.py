"""Load the project's data files into the rulebook: groups, criteria books, procedures, settings.

Loading is idempotent: a file that has not changed writes nothing. A book with the same slug is replaced
in place and keeps its rows by (book, number); its numbering may not change, because answers are stored by
code and place.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ocop.kit import clock
from ocop.law.models import Instrument
from ocop.rulebook.enums import SupportDecider
from ocop.rulebook.located import BadFile, Located, read_located
from ocop.rulebook.models import (
    CriteriaBook,
    CriteriaSet,
    DatedSetting,
    DeadlineRule,
    Procedure,
    ProductGroup,
    SheetVersion,
    SupportItem,
    SupportPolicy,
)
from ocop.rulebook.rules.book_check import Problem, book_problems
from ocop.rulebook.rules.data_check import procedure_problems, setting_problems
from ocop.rulebook.rules.setting_words import value_words
from ocop.rulebook.rules.settings import BY_KEY
from ocop.rulebook.rules.support_check import support_problems, unit_codes
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

BOOKS = ("148-2023.yaml", "26-2026.yaml")
Log = Callable[[str], None]


@dataclass(frozen=True)
class Loaded:
    """What loading a file did: rows written, rows left as they were, and of these what the office set otherwise."""

    name: str
    written: int
    unchanged: int
    kept: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}: ghi {self.written}, giữ nguyên {self.unchanged}"


def data_folder() -> Path:
    """Where the project's own rulebook files are."""
    return Path(settings.OCOP_REFERENCE_DIR) / "rulebook"


@transaction.atomic
def load_all(log: Log) -> tuple[str, ...]:
    """Load every file of the project; answers what the office set otherwise. Raises BadFile."""
    folder = data_folder()
    log(str(load_groups(folder / "groups.yaml")))
    for name in BOOKS:
        log(str(load_book(folder / name)))
    log(str(load_set_help(folder / "groups.yaml")))
    log(str(load_procedures(folder / "procedures.yaml")))
    loaded = load_settings(folder / "settings.yaml")
    log(str(loaded))
    log(str(load_support(folder / "support.yaml")))
    return loaded.kept


def load_reference(log: Log) -> None:
    """Every file of the project; step of the reference data."""
    load_all(log)


def check_book(path: Path) -> Located:
    """Read and check a criteria book without writing; raises BadFile with every line and reason."""
    located = read_located(path)
    problems = book_problems(located.value, _group_codes())
    problems += _renumbered(located.value) if not problems else []
    _refuse(located, problems)
    return located


def _refuse(located: Located, problems: list[Problem]) -> None:
    """Raise BadFile with the line of every problem, if there is one."""
    if problems:
        raise BadFile(located.name, [(located.line_of(one.place), one.reason) for one in problems])


KINDS = (
    Instrument, ProductGroup, CriteriaBook, CriteriaSet, Procedure, DeadlineRule, DatedSetting, SupportPolicy,
    SupportItem,
)  # fmt: skip
"""What the files of this folder are about, for a preview."""


@transaction.atomic
def load_file(path: Path) -> Loaded:
    """Load one file of any kind known here, told by its head: a book, procedures, settings... Raises BadFile."""
    document = read_located(path).value
    heads = set(document) if isinstance(document, dict) else set()
    if "procedures" in heads:
        return load_procedures(path, lawful=True)
    if "settings" in heads:
        return load_settings(path)
    if "policies" in heads:
        return load_support(path, lawful=True)
    if "groups" in heads and "slug" not in heads:
        return load_groups(path)
    return load_book(path)


@transaction.atomic
def load_book(path: Path) -> Loaded:
    """Load a criteria book; raises BadFile and writes nothing when anything in it is wrong."""
    document = check_book(path).value
    book = _save_book(document)
    written = unchanged = 0
    for group in document["groups"]:
        owner = ProductGroup.objects.get(code=group["code"])
        for subgroup in group["subgroups"]:
            for data in subgroup["sets"]:
                if _save_set(book, owner, subgroup, data, document):
                    written += 1
                else:
                    unchanged += 1
    return Loaded(path.name, written, unchanged)


def load_groups(path: Path) -> Loaded:
    """Load the six product groups (Appendix I); raises BadFile."""
    located = read_located(path)
    rows = _rows(located, "groups", {"code", "name", "name_en", "help"})
    written = 0
    for order, row in enumerate(rows, start=1):
        values = {"order": order, "name": row["name"], "name_en": row["name_en"], "help_text": row["help"]}
        written += _put(ProductGroup, {"code": row["code"]}, values)
    return Loaded(path.name, written, len(rows) - written)


def load_set_help(path: Path) -> Loaded:
    """Put the help for choosing a set on the sets of every book (both decisions number them alike)."""
    located = read_located(path)
    texts = located.value.get("sets") or {}
    written = unchanged = 0
    for row in CriteriaSet.objects.defer("document"):
        text = texts.get(row.number, "")
        if row.help_text == text:
            unchanged += 1
        else:
            row.help_text = text
            row.save(update_fields=["help_text"])
            written += 1
    return Loaded(f"{path.name} (gợi ý chọn bộ)", written, unchanged)


def load_procedures(path: Path, *, lawful: bool = False) -> Loaded:
    """Load the procedures with their deadlines; raises BadFile for whatever is wrong with the file.

    `lawful`: an instrument that is named must be known; the project's own files are loaded without the law as well.
    """
    located = read_located(path)
    books = {book.slug: book for book in CriteriaBook.objects.all()}
    instruments = set(Instrument.objects.values_list("slug", flat=True)) if lawful else None
    _refuse(located, procedure_problems(located.value, books, instruments))
    rows, written = located.value["procedures"], 0
    for index, row in enumerate(rows):
        place = ("procedures", index)
        values = {
            "name": row["name"],
            "book": books[row["book"]],
            "instrument": _instrument(row.get("instrument")),
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": _day(row.get("valid_to")),
            "flow_key": row["flow_key"],
            "levels": row["levels"],
            "decides": {str(star): level for star, level in row["decides"].items()},
            "source": row.get("source", ""),
            "note": row.get("note", ""),
        }
        written += _put(Procedure, {"key": row["key"]}, values)
        procedure = Procedure.objects.get(key=row["key"])
        _save_deadlines(located, procedure, row.get("deadlines") or [], (*place, "deadlines"))
    return Loaded(path.name, written, len(rows) - written)


def load_settings(path: Path) -> Loaded:
    """Load dated settings; a row that the office already has wins. Raises BadFile.

    A new row ends the one before it on its eve, as the page of settings does; a later row keeps its day.
    """
    located = read_located(path)
    provinces = set(Unit.objects.filter(level=UnitLevel.PROVINCE).values_list("code", flat=True))
    _refuse(located, setting_problems(located.value, provinces))
    rows, written, kept = located.value["settings"], 0, []
    for row in rows:
        start, end = date.fromisoformat(row["valid_from"]), _day(row.get("valid_to"))
        same = DatedSetting.objects.filter(key=row["key"], province=row.get("province", ""))
        own = same.filter(valid_from=start).first()
        if own is not None:
            if own.value != row["value"]:
                known = BY_KEY[row["key"]]
                words = [value_words(known, known.read(value)) for value in (own.value, row["value"])]
                kept.append(f"{known.label}, từ {start:%d/%m/%Y}: đang là {words[0]}, tệp ghi {words[1]}")
            continue
        before = same.filter(valid_from__lt=start).order_by("-valid_from").first()
        after = same.filter(valid_from__gt=start).order_by("valid_from").first()
        if before is not None and before.in_force(start):
            before.valid_to = start - timedelta(days=1)
            before.save()
        DatedSetting.objects.create(
            key=row["key"], province=row.get("province", ""), valid_from=start, value=row["value"],
            valid_to=end or (after.valid_from - timedelta(days=1) if after else None), source=row["source"],
            confirmed=row["confirmed"],
        )  # fmt: skip
        written += 1
    return Loaded(path.name, written, len(rows) - written, tuple(kept))


def load_support(path: Path, *, lawful: bool = False) -> Loaded:
    """Load support policies with their items; an item that is no longer named stays, requests may stand on it.

    `lawful`: instruments and units that are named must be known. The project's own files are loaded without them as
    well: a policy of a unit that is not there is left out, so that it never counts for the whole province.
    """
    located = read_located(path)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=unit_codes(located.value))}
    instruments = set(Instrument.objects.values_list("slug", flat=True)) if lawful else None
    _refuse(located, support_problems(located.value, instruments, units if lawful else None))
    written = unchanged = 0
    for row in located.value["policies"]:
        if row.get("unit") and row["unit"] not in units:
            continue
        start = date.fromisoformat(row["valid_from"])
        values = {
            "title": row["title"], "instrument": _instrument(row.get("instrument")),
            "province": row.get("province", ""), "unit": units.get(row.get("unit", "")),
            "decided_by": row.get("decided_by", SupportDecider.LOCAL), "confirmed": row["confirmed"],
            "source": row["source"], "note": row.get("note", ""), "valid_from": start,
            "valid_to": _day(row.get("valid_to")),
        }  # fmt: skip
        results = [_put(SupportPolicy, {"slug": row["slug"]}, values)]
        policy = SupportPolicy.objects.get(slug=row["slug"])
        results += [_put_item(policy, order, item) for order, item in enumerate(row["items"], start=1)]
        written += sum(results)
        unchanged += len(results) - sum(results)
    return Loaded(path.name, written, unchanged)


def _put_item(policy: SupportPolicy, order: int, item: dict[str, Any]) -> bool:
    percent = item.get("percent")
    values = {
        "order": order, "name": item["name"], "content": item["content"], "measure": item.get("measure", ""),
        "amount": item.get("amount"), "percent": None if percent is None else Decimal(percent),
        "ceiling": item.get("ceiling"), "conditions": item.get("conditions", ""),
        "once_per": item.get("once_per", ""), "valid_to": _day(item.get("valid_to")),
    }  # fmt: skip
    start = _day(item.get("valid_from")) or policy.valid_from
    return _put(SupportItem, {"policy": policy, "code": item["code"], "valid_from": start}, values)


def checksum_of(value: Any) -> str:
    """A digest of a document's content, the same whatever the file's layout."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sheet_document(document: dict, data: dict) -> dict[str, Any]:
    """What a set keeps of its book: all that scoring needs, so that a sheet stands by itself."""
    return {
        "decision": document["slug"],
        "number": data["number"],
        "name": data["name"],
        "wording": document["wording"],
        "bands": document["star_bands"],
        "disqualifiers": data.get("disqualifiers") or [],
        "sections": data["sections"],
    }


def _save_book(document: dict) -> CriteriaBook:
    values = {
        "number": document["decision"],
        "title": document["title"],
        "instrument": _instrument(document.get("instrument")),
        "bands": document["star_bands"],
        "certificate_months": document["certificate_validity_months"],
        "wording": document["wording"],
        "source": document["source"],
        "note": document.get("note", ""),
        "abbreviations": document.get("abbreviations") or {},
        "valid_from": date.fromisoformat(document["effective_from"]),
        "valid_to": _day(document.get("effective_to")),
        "checksum": checksum_of(document),
    }
    book = CriteriaBook.objects.filter(slug=document["slug"]).first()
    if book is None:
        return CriteriaBook.objects.create(slug=document["slug"], loaded_at=clock.now(), **values)
    if any(getattr(book, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(book, name, value)
        book.loaded_at = clock.now()
        book.save()
    return book


def _save_set(book: CriteriaBook, group: ProductGroup, subgroup: dict, data: dict, document: dict) -> bool:
    sheet = sheet_document(document, data)
    values = {
        "code": data["code"],
        "name": data["name"],
        "group": group,
        "subgroup_code": subgroup["code"],
        "subgroup": subgroup["name"],
        "agencies": data.get("managing_agencies") or [],
        "sample_units": data.get("sample_units"),
        "status": data["status"],
        "doubts": data.get("transcription_notes") or [],
        "checksum": checksum_of(sheet),
    }
    row = CriteriaSet.objects.filter(book=book, number=data["number"]).defer("document").first()
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return False
    # Through JSON, so that what is stored and what is read back are the same (keys of cases become text).
    stored = json.loads(json.dumps(sheet))
    if row is None:
        row = CriteriaSet(book=book, number=data["number"])
    for name, value in values.items():
        setattr(row, name, value)
    row.document = stored
    row.save()
    SheetVersion.objects.get_or_create(
        set=row, checksum=values["checksum"], defaults={"document": stored, "loaded_at": clock.now()}
    )
    return True


def _save_deadlines(located: Located, procedure: Procedure, rows: list[dict], place: tuple) -> None:
    kept = []
    for order, row in enumerate(rows, start=1):
        values: dict[str, Any] = {
            "order": order,
            "name": row["name"],
            "level": row["level"],
            "start_event": row.get("start_event", ""),
            "length": row.get("length"),
            "unit": row.get("unit", ""),
            "on_return": row.get("on_return", "stops"),
            "last_day": row.get("last_day", "as_counted"),
            "round_key": row.get("round", ""),
            "round_step": row.get("step", ""),
            "article": row.get("article", ""),
            "note": row.get("note", ""),
            "before_day": None,
            "before_month": None,
        }
        if row.get("before"):
            values["before_day"], values["before_month"] = _day_month(
                located, row["before"], (*place, order - 1)
            )
        _put(DeadlineRule, {"procedure": procedure, "key": row["key"]}, values)
        kept.append(row["key"])
    procedure.deadlines.exclude(key__in=kept).delete()


def _day_month(located: Located, text: Any, place: tuple) -> tuple[int, int]:
    try:
        day, month = (int(part) for part in str(text).split("/"))
        # 2023 has no 29/2: a yearly day must exist every year.
        date(2023, month, day)
    except ValueError:
        raise BadFile(located.name, [(located.line_of(place), f"ngày/tháng không hợp lệ: {text}")]) from None
    return day, month


def _renumbered(document: dict) -> list[Problem]:
    """Problems when a loaded book would change its codes or the number of levels: answers stand on them."""
    problems = []
    for g, group in enumerate(document["groups"]):
        for s, subgroup in enumerate(group["subgroups"]):
            for n, data in enumerate(subgroup["sets"]):
                row = CriteriaSet.objects.filter(book__slug=document["slug"], number=data["number"]).first()
                if row is not None and _numbering(row.document["sections"]) != _numbering(data["sections"]):
                    problems.append(
                        Problem(
                            ("groups", g, "subgroups", s, "sets", n),
                            f"bộ {data['number']}: số thứ tự tiêu chí hoặc số mức khác với bộ đang dùng",
                        )
                    )
    return problems


def _numbering(sections: list[dict]) -> list[tuple[str, list]]:
    return [
        (criterion["code"], [level.get("case") for level in criterion["levels"]])
        for section in sections
        for head in section["heads"]
        for criterion in head["criteria"]
    ]


def _put(model: Any, key: dict[str, Any], values: dict[str, Any]) -> bool:
    """Create or change one row; True when something was written."""
    row = model.objects.filter(**key).first()
    if row is None:
        model.objects.create(**key, **values)
        return True
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True


def _rows(located: Located, key: str, needed: set[str]) -> list[dict]:
    value = located.value.get(key) if isinstance(located.value, dict) else None
    if not isinstance(value, list):
        raise BadFile(located.name, [(1, f"thiếu danh sách {key}")])
    lacking = [
        Problem(
            (key, index), f"thiếu: {', '.join(sorted(needed - set(row if isinstance(row, dict) else ())))}"
        )
        for index, row in enumerate(value)
        if not isinstance(row, dict) or needed - set(row)
    ]
    _refuse(located, lacking)
    return value


def _instrument(slug: str | None) -> Instrument | None:
    return Instrument.objects.filter(slug=slug).first() if slug else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _group_codes() -> set[str]:
    return set(ProductGroup.objects.values_list("code", flat=True))
