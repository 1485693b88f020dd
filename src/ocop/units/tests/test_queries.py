"""The tree of any day, lineage, reach."""

from datetime import date

import pytest

from ocop.units.models import Unit
from ocop.units.queries import (
    NotInForce,
    ancestry_on,
    covered_ids,
    full_name,
    full_names,
    home_province,
    match_ids,
    province_of,
    subtree_ids,
    successors_on,
    tree_on,
    unit_on,
)
from ocop.units.tests.conftest import DAY_2023, DAY_2025_01, DAY_2025_07, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_units")]


def names(ids: set[int]) -> set[tuple[str, str]]:
    return set(Unit.objects.filter(pk__in=ids).values_list("code", "name"))


@pytest.mark.parametrize(
    ("day", "size", "depth"),
    [(DAY_2023, 230, 2), (DAY_2025_01, 222, 2), (DAY_2025_07, 70, 1)],
)
def test_the_tree_of_a_day(day, size, depth, django_assert_num_queries):
    province = home_province(day)
    with django_assert_num_queries(2):
        tree = tree_on(day, province)
        walked = list(tree.walk())
    assert (len(walked), max(level for level, _ in walked), tree.roots) == (size, depth, [province])


def test_the_tree_of_all_provinces_has_a_root_for_each():
    assert [root.name for root in tree_on(DAY_2025_07).roots] == ["Hà Tĩnh", "Trình Diễn"]


def test_parents_and_children_in_the_tree():
    tree = tree_on(DAY_2025_01)
    thach_ha = unit("445", "2023-01-01")
    children = tree.children(thach_ha)
    assert tree.parent(thach_ha).code == "42"
    assert {tree.parent(child) for child in children} == {thach_ha}
    assert "Mai Phụ" in {child.name for child in children}


def test_a_unit_on_a_day():
    assert unit_on("18094", DAY_2025_01).name == "Trần Phú"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param(
            "18094",
            "Mã 18094 không có hiệu lực ngày 01/08/2025; mã này là: Phường Thạch Linh từ 01/01/2023 đến hết "
            "31/12/2024; Phường Trần Phú từ 01/01/2025 đến hết 30/06/2025.",
            id="ended",
        ),
        pytest.param("99999", "Không có đơn vị hành chính mã 99999.", id="unknown"),
    ],
)
def test_a_unit_that_was_not_there_says_when_it_was(code, reason):
    with pytest.raises(NotInForce) as absent:
        unit_on(code, DAY_2025_07)
    assert absent.value.reason == reason


def test_subtree_of_a_district_that_took_in_another():
    thach_ha = unit("445", "2023-01-01")
    assert {day: len(subtree_ids(thach_ha, day)) - 1 for day in (DAY_2023, DAY_2025_01, DAY_2025_07)} == {
        DAY_2023: 22,
        DAY_2025_01: 22,
        DAY_2025_07: 0,
    }


@pytest.mark.parametrize(
    ("code", "first_day", "day", "heirs"),
    [
        pytest.param("18070", "2023-01-01", DAY_2025_07, ["Thành Sen"], id="two steps"),
        pytest.param("18070", "2023-01-01", DAY_2025_01, ["Trần Phú"], id="one step"),
        pytest.param("18070", "2023-01-01", DAY_2023, ["Trần Phú"], id="itself"),
        pytest.param("18082", "2023-01-01", DAY_2025_07, ["Hà Huy Tập", "Thành Sen"], id="in parts"),
        pytest.param("18472", "2023-01-01", DAY_2025_07, [], id="nobody known"),
        pytest.param("18073", "2025-07-01", DAY_2023, [], id="not yet"),
    ],
)
def test_successors_follow_the_chain_to_the_day(code, first_day, day, heirs):
    assert sorted(heir.name for heir in successors_on(unit(code, first_day), day)) == heirs


def test_ancestry_and_full_names_by_the_day():
    ho_do = unit("18598", "2023-01-01")
    assert [above.name for above in ancestry_on(ho_do, DAY_2023)] == ["Lộc Hà", "Hà Tĩnh"]
    assert full_name(ho_do, DAY_2023) == "xã Hộ Độ, huyện Lộc Hà, tỉnh Hà Tĩnh"
    assert full_name(ho_do, DAY_2025_01) == "xã Hộ Độ, thành phố Hà Tĩnh, tỉnh Hà Tĩnh"
    assert full_name(ho_do, DAY_2025_07) == "xã Hộ Độ, thành phố Hà Tĩnh, tỉnh Hà Tĩnh"
    assert full_name(unit("18196", "2023-01-01"), DAY_2025_07) == "xã Sơn Kim 1, tỉnh Hà Tĩnh"


def test_full_names_cost_the_same_for_one_and_for_all(django_assert_num_queries):
    communes = list(Unit.objects.filter(level="commune"))
    with django_assert_num_queries(3):
        full_names(communes[:1], DAY_2023)
    with django_assert_num_queries(3):
        full_names(communes, DAY_2023)


def test_province_of_any_unit():
    assert [province_of(Unit.objects.get(code=code)).code for code in ("18472", "448", "42", "99004")] == [
        "42",
        "42",
        "42",
        "99",
    ]


def test_a_new_commune_covers_the_old_ones_that_it_wholly_absorbed_step_by_step():
    thanh_sen = unit("18073", "2025-07-01")
    assert names(covered_ids(thanh_sen)) == {
        ("18073", "Thành Sen"),
        ("18073", "Nam Hà"),
        ("18077", "Bắc Hà"),
        ("18079", "Tân Giang"),
        ("18085", "Hà Huy Tập"),
        ("18091", "Thạch Quý"),
        ("18094", "Trần Phú"),
        ("18097", "Văn Yên"),
        ("18109", "Thạch Hưng"),
        ("18070", "Trần Phú"),
        ("18076", "Bắc Hà"),
        ("18077", "Nguyễn Du"),
        ("18094", "Thạch Linh"),
    }


def test_the_province_covers_all_that_it_ever_had_and_nothing_else():
    province = unit("42", "2023-01-01")
    own = set(Unit.objects.filter(is_fictional=False).values_list("pk", flat=True))
    assert covered_ids(province) == own
    assert covered_ids(unit("99", "2023-01-01")) == set(
        Unit.objects.filter(is_fictional=True).values_list("pk", flat=True)
    )


def test_a_former_district_covers_the_communes_of_its_whole_life():
    can_loc = unit("443", "2023-01-01")
    assert covered_ids(can_loc) == subtree_ids(can_loc, DAY_2023)


@pytest.mark.parametrize(
    ("code", "on", "matched"),
    [
        pytest.param("18604", DAY_2025_07, {"Thạch Khê", "Đỉnh Bàn", "Thạch Hải"}, id="a merged commune"),
        pytest.param("18604", DAY_2025_01, {"Thạch Khê"}, id="the commune of that name before"),
        pytest.param("18094", DAY_2025_01, {"Trần Phú", "Thạch Linh"}, id="a ward that took in a ward"),
        pytest.param("18196", DAY_2025_07, {"Sơn Kim 1"}, id="unchanged"),
    ],
)
def test_what_a_filter_by_a_commune_matches(code, on, matched):
    assert {name for _, name in names(match_ids(unit_on(code, on), on))} == matched


def test_a_part_matches_the_province_but_neither_heir():
    dai_nai = unit("18082", "2023-01-01").pk
    heirs = [unit_on(code, DAY_2025_07) for code in ("18073", "18652")]
    assert [dai_nai in match_ids(heir, DAY_2025_07) for heir in heirs] == [False, False]
    assert dai_nai in match_ids(unit_on("42", DAY_2025_07), DAY_2025_07)


def test_the_province_matches_its_former_districts_and_the_communes_without_successor():
    matched = match_ids(unit_on("42", DAY_2025_07), DAY_2025_07)
    assert matched == set(Unit.objects.filter(is_fictional=False).values_list("pk", flat=True))


def test_a_filter_looks_at_its_own_day_only():
    province = unit_on("42", DAY_2023)
    assert match_ids(province, DAY_2023) == subtree_ids(province, DAY_2023)


def test_a_district_matches_what_it_absorbed_wholly_and_not_the_one_it_shared():
    matched = names(match_ids(unit_on("443", DAY_2025_01), DAY_2025_01))
    assert ("18472", "Trung Lộc") in matched
    assert ("448", "Lộc Hà") not in names(match_ids(unit_on("445", DAY_2025_01), DAY_2025_01))


def test_a_filter_costs_the_same_for_a_commune_and_for_the_province(django_assert_num_queries):
    commune, province = unit_on("18604", DAY_2025_07), unit_on("42", DAY_2025_07)
    with django_assert_num_queries(5):
        match_ids(commune, DAY_2025_07)
    with django_assert_num_queries(4):
        match_ids(province, DAY_2025_07)


def test_the_second_province_never_leaks():
    for day in (date(2023, 1, 1), DAY_2025_01, DAY_2025_07):
        province = unit_on("42", day)
        reached = subtree_ids(province, day) | covered_ids(province) | match_ids(province, day)
        assert not Unit.objects.filter(pk__in=reached, is_fictional=True).exists()
