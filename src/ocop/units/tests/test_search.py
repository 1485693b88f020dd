"""Type an old or a new name, with or without marks and type words, and find the unit."""

import pytest

from ocop.units.queries import find_units
from ocop.units.rules.names import take_apart
from ocop.units.tests.conftest import DAY_2023, DAY_2025_07, unit


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("xa thach ha", ("thach ha", "xa", (), "")),
        ("Kỳ Anh", ("ky anh", "", (), "")),
        ("TX. Kỳ Anh", ("ky anh", "thi_xa", (), "")),
        ("x.Thạch Khê", ("thach khe", "xa", (), "")),
        ("xã Đỉnh Bàn, huyện Thạch Hà", ("dinh ban", "xa", ("huyen thach ha",), "")),
        ("Đỉnh Bàn huyện Thạch Hà", ("dinh ban", "", ("huyen thach ha",), "")),
        ("Hà Tĩnh", ("ha tinh", "", (), "")),
        ("Kỳ Nam, tx kỳ anh", ("ky nam", "", ("thi xa ky anh",), "")),
        ("Xã Thạch Khê (18604)", ("thach khe", "xa", (), "18604")),
        ("  ", ("", "", (), "")),
    ],
)
def test_what_is_typed_is_taken_apart(typed, parts):
    read = take_apart(typed)
    assert (read.name, read.type, read.above, read.code) == parts


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_units")
class TestFind:
    @pytest.mark.parametrize(
        ("typed", "day", "best", "hint"),
        [
            ("đỉnh bàn", DAY_2025_07, "xã Đỉnh Bàn, thành phố Hà Tĩnh, tỉnh Hà Tĩnh", "nay là xã Thạch Khê"),
            ("xa dinh ban", DAY_2025_07, "xã Đỉnh Bàn, thành phố Hà Tĩnh, tỉnh Hà Tĩnh", "nay là xã Thạch Khê"),
            (
                "thach khe",
                DAY_2025_07,
                "xã Thạch Khê, tỉnh Hà Tĩnh",
                "trước là xã Thạch Hải, thành phố Hà Tĩnh; xã Đỉnh Bàn, thành phố Hà Tĩnh; "
                "xã Thạch Khê, thành phố Hà Tĩnh",
            ),
            ("Thạch Hạ", DAY_2023, "xã Thạch Hạ, thành phố Hà Tĩnh, tỉnh Hà Tĩnh", ""),
            ("Trung Lộc", DAY_2025_07, "xã Trung Lộc, huyện Can Lộc, tỉnh Hà Tĩnh",
             "đến hết 31/12/2024, chưa xác minh đơn vị kế tục"),
            ("huyện Lộc Hà", DAY_2023, "huyện Lộc Hà, tỉnh Hà Tĩnh", ""),
            ("huyen duc tho", DAY_2025_07, "huyện Đức Thọ, tỉnh Hà Tĩnh", "đến hết 30/06/2025, không còn cấp huyện"),
            ("18823", DAY_2025_07, "phường Vũng Áng, tỉnh Hà Tĩnh",
             "trước là một phần xã Kỳ Lợi, thị xã Kỳ Anh; phường Kỳ Thịnh, thị xã Kỳ Anh; "
             "phường Kỳ Long, thị xã Kỳ Anh"),
        ],
    )  # fmt: skip
    def test_the_best_answer_and_its_hint(self, typed, day, best, hint):
        first = find_units(typed, day)[0]
        assert (first.name, first.hint) == (best, hint)

    def test_exact_marks_come_first(self):
        found = find_units("Thạch Hạ", DAY_2025_07)
        marks = [answer.unit.name for answer in found]
        assert marks[0] == "Thạch Hạ"
        assert marks.index("Thạch Hà") > marks.index("Thạch Hạ")
        assert {"Thạch Hà", "Thạch Hạ"} <= set(marks)

    def test_without_marks_the_unit_of_the_day_comes_first(self):
        first = find_units("xa thach ha", DAY_2025_07)[0]
        assert (first.unit.title, first.is_current) == ("Xã Thạch Hà", True)

    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("Kỳ Anh", "Xã Kỳ Anh"),
            ("huyện Kỳ Anh", "Huyện Kỳ Anh"),
            ("thị xã kỳ anh", "Thị xã Kỳ Anh"),
            ("tx ky anh", "Thị xã Kỳ Anh"),
        ],
    )
    def test_ky_anh_is_three_things_and_the_type_word_chooses(self, typed, first):
        found = [answer.unit.title for answer in find_units(typed, DAY_2025_07)]
        assert found[0] == first
        assert set(found[:3]) == {"Xã Kỳ Anh", "Huyện Kỳ Anh", "Thị xã Kỳ Anh"}

    def test_the_unit_above_narrows_the_answer(self):
        found = find_units("Trần Phú, thành phố Hà Tĩnh", DAY_2025_07)
        assert [answer.unit.code for answer in found] == ["18094", "18070"]

    def test_an_old_name_leads_to_the_unit_of_the_day(self):
        found = find_units("xã Đỉnh Bàn", DAY_2025_07, current_only=True)
        assert [(answer.unit.full_name, answer.hint) for answer in found] == [
            ("xã Thạch Khê", "trước là xã Đỉnh Bàn, thành phố Hà Tĩnh")
        ]

    def test_an_old_name_in_parts_leads_to_every_heir(self):
        found = find_units("ky loi", DAY_2025_07, current_only=True)
        assert {answer.unit.name for answer in found} == {"Vũng Áng", "Sông Trí", "Hoành Sơn"}

    def test_a_search_costs_the_same_whatever_it_finds(self, django_assert_max_num_queries):
        for typed in ("Đỉnh Bàn", "h"):
            with django_assert_max_num_queries(11):
                find_units(typed, DAY_2025_07)

    def test_a_search_stays_in_its_province(self):
        assert find_units("Mẫu", DAY_2025_07) == []
        inside = find_units("mau bac", DAY_2025_07, within=unit("99", "2023-01-01"))
        assert [answer.unit.code for answer in inside] == ["99001"]
