"""The three stages of Hà Tĩnh, from the project's own files."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from ocop.units.models import Succession, Unit, UnitParent
from ocop.units.queries import predecessors, successors
from ocop.units.tests.conftest import DAY_2023, DAY_2025_01, DAY_2025_07, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_units")]


@pytest.mark.parametrize(
    ("day", "districts", "communes"),
    [
        pytest.param(
            date(2024, 12, 31),
            {"Thành phố": 1, "Thị xã": 2, "Huyện": 10},
            {"Xã": 182, "Phường": 21, "Thị trấn": 13},
            id="to 31/12/2024",
        ),
        pytest.param(
            date(2025, 1, 1),
            {"Thành phố": 1, "Thị xã": 2, "Huyện": 9},
            {"Xã": 170, "Phường": 25, "Thị trấn": 14},
            id="1283/NQ-UBTVQH15, first day",
        ),
        pytest.param(
            date(2025, 6, 30),
            {"Thành phố": 1, "Thị xã": 2, "Huyện": 9},
            {"Xã": 170, "Phường": 25, "Thị trấn": 14},
            id="1283/NQ-UBTVQH15, last day",
        ),
        pytest.param(date(2025, 7, 1), {}, {"Xã": 60, "Phường": 9}, id="1665/NQ-UBTVQH15"),
    ],
)
def test_each_stage_holds_the_units_of_the_official_list(day, districts, communes):
    units = Unit.objects.valid_on(day).filter(is_fictional=False)
    by_level = {
        level: Counter(row.type_label for row in units if row.level == level)
        for level in ("district", "commune")
    }
    assert by_level == {"district": districts, "commune": communes}


def test_an_unchanged_commune_keeps_its_row_and_changes_its_parent():
    rows = Unit.objects.filter(code="18196")
    assert [(row.valid_from, row.valid_to) for row in rows] == [(date(2023, 1, 1), None)]
    links = UnitParent.objects.filter(unit=rows[0]).order_by("valid_from")
    assert [(link.parent.code, link.valid_from, link.valid_to) for link in links] == [
        ("439", date(2023, 1, 1), date(2025, 6, 30)),
        ("42", date(2025, 7, 1), None),
    ]


def test_a_commune_that_moved_between_districts_keeps_its_row():
    links = UnitParent.objects.filter(unit=unit("18598", "2023-01-01")).order_by("valid_from")
    assert [(link.parent.name, link.valid_from, link.valid_to) for link in links] == [
        ("Lộc Hà", date(2023, 1, 1), date(2024, 12, 31)),
        ("Hà Tĩnh", date(2025, 1, 1), date(2025, 6, 30)),
    ]


@pytest.mark.parametrize("code", ["18472", "18535"], ids=["Trung Lộc", "Phú Phong"])
def test_a_commune_without_a_confirmed_successor_has_none(code):
    ended = Unit.objects.get(code=code)
    assert (ended.valid_to, successors(ended)) == (date(2024, 12, 31), [])


@pytest.mark.parametrize(
    ("code", "heirs"),
    [
        pytest.param("18082", {"Thành Sen", "Hà Huy Tập"}, id="Đại Nài: clauses 59 and 61"),
        pytest.param("18796", {"Vũng Áng", "Sông Trí", "Hoành Sơn"}, id="Kỳ Lợi: clauses 62 to 64"),
    ],
)
def test_a_unit_in_parts_names_every_part(code, heirs):
    steps = successors(Unit.objects.get(code=code))
    assert {(step.successor.name, step.extent) for step in steps} == {(name, "part") for name in heirs}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        pytest.param(
            "18094",
            {DAY_2023: "phường Thạch Linh", DAY_2025_01: "phường Trần Phú", DAY_2025_07: None},
            id="18094",
        ),
        pytest.param(
            "18100",
            {DAY_2023: "xã Thạch Hạ", DAY_2025_01: "phường Thạch Hạ", DAY_2025_07: "phường Trần Phú"},
            id="18100",
        ),
    ],
)
def test_a_code_used_again_names_another_unit_on_another_day(code, names):
    found = {day: Unit.objects.valid_on(day).filter(code=code).first() for day in names}
    assert {day: row and row.full_name for day, row in found.items()} == names


def test_ky_anh_is_a_district_a_town_a_township_of_neither_and_later_a_commune():
    named = Unit.objects.filter(name="Kỳ Anh").order_by("code")
    assert [(row.title, row.valid_from.isoformat()) for row in named] == [
        ("Xã Kỳ Anh", "2025-07-01"),
        ("Huyện Kỳ Anh", "2023-01-01"),
        ("Thị xã Kỳ Anh", "2023-01-01"),
    ]


def test_the_five_inferred_mergers_and_the_split_of_loc_ha_are_not_confirmed():
    unconfirmed = Succession.objects.filter(confirmed=False, on="2025-01-01")
    pairs = {(step.predecessor.name, step.successor.name) for step in unconfirmed}
    assert pairs == {
        ("Trần Phú", "Trần Phú"),
        ("Bắc Hà", "Bắc Hà"),
        ("Sơn Bình", "Châu Bình"),
        ("Sơn Long", "Mỹ Long"),
        ("Sơn Hàm", "Hàm Trường"),
        ("Lộc Hà", "Thạch Hà"),
        ("Lộc Hà", "Hà Tĩnh"),
    }
    assert not Succession.objects.filter(confirmed=False, on="2025-07-01").exists()


def test_a_merger_under_the_old_name_and_code_begins_a_new_row():
    steps = predecessors(unit("18604", "2025-07-01"))
    assert {(step.predecessor.code, step.predecessor.name, step.extent) for step in steps} == {
        ("18595", "Đỉnh Bàn", "whole"),
        ("18571", "Thạch Hải", "whole"),
        ("18604", "Thạch Khê", "whole"),
    }
    assert {step.basis.number for step in steps} == {"1665/NQ-UBTVQH15"}


def test_every_unit_has_a_point_on_the_map_and_says_where_it_comes_from():
    points = Counter(row.centre for row in Unit.objects.filter(is_fictional=False) if row.lat and row.lng)
    assert points == {"outline": 1 + 2 + 67, "members": 13 + 2, "successor": 309 - 70 - 15}


def test_no_code_names_two_units_on_one_day():
    rows = Unit.objects.order_by("code", "valid_from")
    pairs = pairwise(rows)
    clashes = [
        (early, late)
        for early, late in pairs
        if early.code == late.code and (early.valid_to is None or late.valid_from <= early.valid_to)
    ]
    assert clashes == []
