"""The sheet as the pages show it."""

import pytest

from ocop.rulebook.queries import simulation_view
from ocop.rulebook.rules.scoring import UnknownAnswer
from ocop.rulebook.tests.factories import real_sheet, small_sheet

SMALL = small_sheet()


def levels(view, section, head=0, criterion=0):
    return view.sections[section].heads[head].criteria[criterion]


def test_the_view_marks_choices_points_and_what_unlocks():
    view = simulation_view(SMALL, {"a": 2, "b": 1})
    first = levels(view, 0)
    assert [(one.place, one.points, one.chosen, one.unlocks) for one in first.levels] == [
        (0, 0, False, None),
        (1, 10, False, None),
        (2, 30, True, 3),
        (3, 40, False, 4),
    ]
    assert (first.place, first.points, first.blocks) == (2, 30, (4,))
    assert [(one.code, one.points, one.unscored) for one in view.sections] == [
        ("A", 30, 0),
        ("B", 0, 0),
        ("C", 0, 1),
    ]
    assert (view.scored, view.total, view.outcome.points) == (2, 3, 30)
    assert (view.next_step.star, view.next_step.points_missing) == (3, 20)


def test_the_extra_answer_is_offered_only_without_a_printed_zero():
    view = simulation_view(SMALL, {})
    assert [one.place for one in levels(view, 0).levels] == [0, 1, 2, 3]
    assert [one.place for one in levels(view, 1).levels] == [1, 2, 3]
    assert (levels(view, 0).place, levels(view, 0).points) == (None, None)
    chosen = levels(simulation_view(SMALL, {"a": 0}), 0)
    assert (chosen.place, chosen.points, chosen.levels[0].chosen) == (0, 0, True)
    assert chosen.levels[0].text == "Không đạt mức nào"


def test_at_five_stars_there_is_no_next_step():
    assert simulation_view(SMALL, {"a": 3, "b": 3, "c": 2}).next_step is None


def test_set_26_shows_one_case():
    sheet = real_sheet(26)
    view = simulation_view(sheet, {}, 2)
    eight = next(c for s in view.sections for h in s.heads for c in h.criteria if c.code == "8")
    assert (eight.case_label, [one.place for one in eight.levels]) == ("Điểm dịch vụ du lịch", [0, 1, 2])
    assert simulation_view(sheet, {}).case == 1
    assert [case.number for case in view.cases] == [1, 2]
    assert simulation_view(real_sheet(1), {}, 2).case is None


def test_heads_and_sections_add_up():
    sheet = real_sheet(1)
    view = simulation_view(sheet, {criterion.code: 1 for criterion in sheet.criteria})
    for section in view.sections:
        assert section.points == sum(head.points for head in section.heads)
    assert view.outcome.points == sum(section.points for section in view.sections)


def test_an_unknown_answer_is_refused():
    with pytest.raises(UnknownAnswer):
        simulation_view(SMALL, {"x": 1})
