"""Rows for tests: real books cut to the sets wanted, and a small made-up sheet for the rules."""

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import factory

from ocop.rulebook.loader import checksum_of, data_folder, sheet_document
from ocop.rulebook.located import read_located
from ocop.rulebook.models import (
    CriteriaBook,
    CriteriaSet,
    DatedSetting,
    Procedure,
    ProductGroup,
    SheetVersion,
    SupportItem,
    SupportPolicy,
)
from ocop.rulebook.rules.parse import parse_sheet
from ocop.rulebook.rules.sheet import Sheet

LOADED_AT = datetime(2026, 6, 1, tzinfo=UTC)


class ProductGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProductGroup
        django_get_or_create = ("code",)

    code = "I"
    order = 1
    name = "Thực phẩm"
    name_en = "Food"


class CriteriaBookFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CriteriaBook
        django_get_or_create = ("slug",)

    slug = "26-2026"
    number = "26/2026/QĐ-TTg"
    title = "Bộ tiêu chí OCOP"
    bands = factory.LazyFunction(lambda: book_document("26-2026")["star_bands"])
    valid_from = date(2026, 5, 22)
    loaded_at = LOADED_AT


class ProcedureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Procedure
        django_get_or_create = ("key",)

    key = "26-2026"
    name = "Quy trình theo Quyết định 26/2026/QĐ-TTg"
    book = factory.SubFactory(CriteriaBookFactory)
    flow_key = "26-2026"
    levels = factory.LazyFunction(lambda: ["commune", "province", "centre"])
    decides = factory.LazyFunction(lambda: {"3": "province", "4": "province", "5": "centre"})
    valid_from = date(2026, 5, 22)


class DatedSettingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DatedSetting

    key = "spread_limit"
    value = "10"
    valid_from = date(2023, 2, 24)


@lru_cache
def book_document(slug: str) -> dict[str, Any]:
    """A book's file as read."""
    return read_located(data_folder() / f"{slug}.yaml").value


def set_data(slug: str, number: int) -> tuple[dict, dict, dict]:
    """(group, subgroup, set) of a book's file."""
    for group in book_document(slug)["groups"]:
        for subgroup in group["subgroups"]:
            for data in subgroup["sets"]:
                if data["number"] == number:
                    return group, subgroup, data
    raise LookupError(number)


def real_sheet(number: int, slug: str = "26-2026") -> Sheet:
    """A real sheet without the database."""
    return parse_sheet(sheet_document(book_document(slug), set_data(slug, number)[2]))


def load_sets(*numbers: int, slug: str = "26-2026") -> list[CriteriaSet]:
    """Real sets in the database, quickly: rows of the wanted numbers only, with book and group."""
    document = book_document(slug)
    end = document.get("effective_to")
    book = CriteriaBookFactory(
        slug=slug,
        number=document["decision"],
        bands=document["star_bands"],
        wording=document["wording"],
        valid_from=date.fromisoformat(document["effective_from"]),
        valid_to=date.fromisoformat(end) if end else None,
    )
    rows = []
    for number in numbers:
        group, subgroup, data = set_data(slug, number)
        stored = json.loads(json.dumps(sheet_document(document, data)))
        checksum = checksum_of(sheet_document(document, data))
        row, _ = CriteriaSet.objects.get_or_create(
            book=book,
            number=number,
            defaults={
                "code": data["code"],
                "name": data["name"],
                "group": ProductGroupFactory(code=group["code"], name=group["name"]),
                "subgroup_code": subgroup["code"],
                "subgroup": subgroup["name"],
                "agencies": data.get("managing_agencies") or [],
                "sample_units": data.get("sample_units"),
                "status": data["status"],
                "document": stored,
                "checksum": checksum,
            },
        )
        SheetVersion.objects.get_or_create(
            set=row, checksum=checksum, defaults={"document": stored, "loaded_at": LOADED_AT}
        )
        rows.append(row)
    return rows


class SupportPolicyFactory(factory.django.DjangoModelFactory):
    """A policy of the whole province, in force since 2022."""

    class Meta:
        model = SupportPolicy

    slug = factory.Sequence(lambda number: f"chinh-sach-{number}")
    title = factory.Sequence(lambda number: f"Chính sách thử {number}")
    valid_from = date(2022, 1, 1)
    confirmed = True


class SupportItemFactory(factory.django.DjangoModelFactory):
    """An item of 30 million đồng, in force with its policy."""

    class Meta:
        model = SupportItem

    policy = factory.SubFactory(SupportPolicyFactory)
    code = factory.Sequence(lambda number: f"muc-{number}")
    name = factory.Sequence(lambda number: f"Nội dung hỗ trợ {number}")
    content = "packaging"
    measure = "sản phẩm"
    amount = 30_000_000
    valid_from = factory.SelfAttribute("policy.valid_from")


def small_sheet() -> Sheet:
    """Three criteria worth 100 points.

    a: 10, 30 (3 stars), 40 (4 stars). b: 0, 15 (4 stars), 25 (5 stars). c: 5, 35, no marks.
    """

    def section(code: str, points: int, criterion: dict) -> dict:
        head = {"number": 1, "name": code, "max": points, "criteria": [criterion]}
        return {"code": code, "name": code, "max": points, "heads": [head]}

    def criterion(code: str, *levels: tuple[int, int | None]) -> dict:
        rows = [{"points": points, "text": f"{points} điểm", "min_star": star} for points, star in levels]
        return {"code": code, "name": code.upper(), "max": levels[-1][0], "levels": rows}

    return parse_sheet(
        {
            "decision": "thu",
            "number": 1,
            "name": "Phiếu thử",
            "bands": book_document("26-2026")["star_bands"],
            "sections": [
                section("A", 40, criterion("a", (10, None), (30, 3), (40, 4))),
                section("B", 25, criterion("b", (0, None), (15, 4), (25, 5))),
                section("C", 35, criterion("c", (5, None), (35, None))),
            ],
        }
    )


def top_answers(sheet: Sheet, case: int | None = None) -> dict[str, int | None]:
    """The highest level of every criterion."""
    return {
        criterion.code: len(criterion.levels_of(case if criterion.has_cases else None))
        for criterion in sheet.criteria
    }
