"""Figures as people type them; marks, gaps and words of the producer's forms."""

import pytest

from ocop.evaluation.rules.completeness import paper_gaps
from ocop.evaluation.rules.forms import STEPS, mark_of_values, missing_in, step_done, step_mark, step_of
from ocop.kit.numbers import parse_whole


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2.400.000.000", 2_400_000_000),
        ("2,400,000", 2_400_000),
        ("2 400 000 đ", 2_400_000),
        ("2400000", 2_400_000),
        ("2,4 tỷ", 2_400_000_000),
        ("2.4 tỉ đồng", 2_400_000_000),
        ("350 triệu", 350_000_000),
        ("1.200 triệu", 1_200_000_000),
        ("1,234 tỷ", 1_234_000_000),
        ("80 %", 80),
        ("12 người", 12),
        ("0", 0),
    ],
)
def test_figure_is_read_as_it_is_meant(typed, value):
    assert parse_whole(typed) == value


@pytest.mark.parametrize(
    "typed", ["", "khoảng 2 tỷ", "1.5", "1.23.456", "-5", "2,4.5 tỷ", "12 tấn", "1,0000001 nghìn"]
)
def test_what_is_no_whole_figure_is_refused(typed):
    with pytest.raises(ValueError):
        parse_whole(typed)


def test_mark_does_not_tell_absent_from_empty_but_a_change_from_none():
    step = step_of("lao-dong")
    assert step_mark(step, {}) == step_mark(step, {"labour_total": "", "labour_local": None})
    assert step_mark(step, {"labour_total": 5}) != step_mark(step, {})
    assert mark_of_values([0, ""]) != mark_of_values([None, ""])


def test_step_is_done_once_saved_and_without_open_questions():
    step = step_of("san-xuat")
    assert (missing_in(step, {}), step_done(step, {"technology": "Ủ chượp"})) == (1, False)
    assert step_done(step, {"technology": "Ủ chượp", "quality_change": ""})


def test_every_step_and_question_is_named_once():
    assert len({step.key for step in STEPS}) == len(STEPS)
    keys = [(step.form, question.key) for step in STEPS for question in step.questions]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("state", "has_file", "codes"),
    [
        ("valid", True, []),
        ("expiring", True, ["paper.expiring.1.1"]),
        ("expired", True, ["paper.expired.1.1"]),
        ("expired", False, ["paper.file.1.1", "paper.expired.1.1"]),
    ],
)
def test_state_of_an_attached_paper_is_advice_only(state, has_file, codes):
    gaps = paper_gaps([("1.1", "Phiếu kiểm nghiệm", state, has_file)], expired="expired", expiring="expiring")
    assert [(gap.code, gap.blocks, gap.place) for gap in gaps] == [
        (code, False, "tieu-chi:1.1") for code in codes
    ]
