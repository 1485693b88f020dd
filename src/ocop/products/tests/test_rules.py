"""Sets and groups, codes, states of papers, keys."""

from datetime import date

import pytest

from ocop.kit.errors import ALLOWED
from ocop.products.enums import PaperKind
from ocop.products.queries import paper_guide
from ocop.products.rules.classification import check_set
from ocop.products.rules.codes import official_code
from ocop.products.rules.keys import data_key
from ocop.products.rules.papers import state_on


@pytest.mark.parametrize(
    ("product", "of_set", "allowed"),
    [("I", "I", True), ("I", "II", False), (None, "II", True), ("VI", "I", False)],
)
def test_appendix_1_a_set_of_another_group_is_refused(product, of_set, allowed):
    verdict = check_set(
        product, of_set, set_number=14, product_group_name="Thực phẩm", set_group_name="Đồ uống"
    )
    assert (verdict == ALLOWED) is allowed
    if not allowed:
        assert (verdict.code, verdict.article) == ("product.set_group", "Phụ lục I Quyết định 26/2026/QĐ-TTg")
        assert "bộ 14" in verdict.reason


@pytest.mark.parametrize(
    ("serial", "code"), [(1, "42-18073-01-2026"), (99, "42-18073-99-2026"), (100, "42-18073-100-2026")]
)
def test_appendix_3_code(serial, code):
    assert official_code(province="42", commune="18073", serial=serial, year=2026) == code


def test_serials_start_at_one():
    with pytest.raises(ValueError):
        official_code(province="42", commune="18073", serial=0, year=2026)


@pytest.mark.parametrize(
    ("issued", "expires", "state"),
    [
        (None, None, "valid"), (date(2026, 6, 2), None, "not_yet"), (date(2026, 6, 1), None, "valid"),
        (None, date(2026, 5, 31), "expired"), (None, date(2026, 6, 1), "expiring"),
        (None, date(2026, 8, 30), "expiring"), (None, date(2026, 8, 31), "valid"),
    ],
)  # fmt: skip
def test_a_paper_holds_through_its_last_day(issued, expires, state):
    assert state_on(issued, expires, date(2026, 6, 1)) == state


def test_data_key_keeps_names_apart():
    keys = {data_key("Mật ong Vũ Quang (Đức Lĩnh)", "Vũ Quang"), data_key("Nước mắm", "Kỳ Anh (huyện)"),
            data_key("Nước mắm", "Kỳ Anh (thị xã)")}  # fmt: skip
    assert keys == {"mat-ong-vu-quang-duc-linh-vu-quang", "nuoc-mam-ky-anh-huyen", "nuoc-mam-ky-anh-thi-xa"}


def test_the_guide_knows_every_kind_of_paper_in_the_decrees_order():
    guide = paper_guide()
    assert list(guide) == PaperKind.values
    assert len(guide) == 15
    assert all(entry["why"] and entry["where"] and entry["sample"] for entry in guide.values())
