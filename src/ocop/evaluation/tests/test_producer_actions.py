"""The producer's side by its actions: what it may, what it may not, two at once, freezing, a new start."""

from datetime import timedelta

import pytest

from ocop.evaluation.actions import dossier as actions
from ocop.evaluation.actions.commune import receive
from ocop.evaluation.actions.producer import pledge, reopen_withdrawn, save_step
from ocop.evaluation.actions.road import advance
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.completeness import gaps_of
from ocop.evaluation.queries.content import content_for, evidence_in_order
from ocop.evaluation.queries.evidence import may_read_file
from ocop.evaluation.rules.forms import mark_of_values, step_mark, step_of
from ocop.evaluation.tests.world import make_world
from ocop.files.actions import store
from ocop.files.tests.factories import pdf, sent
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused, Stale
from ocop.producers.actions.access import let_help
from ocop.products.actions import add_paper, add_version
from ocop.products.actions.product import change_group
from ocop.rulebook.models import ProductGroup
from ocop.rulebook.tests.factories import load_sets

pytestmark = pytest.mark.django_db
LABOUR = step_of("lao-dong")


@pytest.fixture
def world():
    return make_world()


def with_file(world, pages=1):
    """A file of the owner's; another number of pages is another file."""
    return store(sent("giay.pdf", pdf(pages)), by=world["owner"])


def test_two_people_on_one_screen_notice_each_other(world):
    row = world.open_dossier()
    seen = step_mark(LABOUR, row.form02)
    save_step(row, LABOUR, answers={"labour_total": 5, "labour_local": 4}, by=world["owner"], seen=seen)
    with pytest.raises(Stale):
        save_step(row, LABOUR, answers={"labour_total": 9, "labour_local": 4}, by=world["owner"], seen=seen)
    row.refresh_from_db()
    assert row.form02 == {"labour_total": 5, "labour_local": 4}


def test_saving_the_same_twice_is_no_conflict_and_no_new_version(world):
    row = world.open_dossier()
    seen = step_mark(LABOUR, row.form02)
    first = save_step(
        row, LABOUR, answers={"labour_total": 5, "labour_local": 4}, by=world["owner"], seen=seen
    )
    again = save_step(
        row, LABOUR, answers={"labour_total": 5, "labour_local": 4}, by=world["owner"], seen=seen
    )
    assert again.version == first.version == 2


def test_people_on_different_screens_do_not_disturb_each_other(world):
    row = world.open_dossier()
    other = step_of("san-pham")
    marks = step_mark(LABOUR, row.form02), step_mark(other, row.form02)
    save_step(row, LABOUR, answers={"labour_total": 5, "labour_local": 4}, by=world["owner"], seen=marks[0])
    save_step(row, other, answers={"spec": "Chai 330 ml"}, by=world["owner"], seen=marks[1])
    row.refresh_from_db()
    assert row.form02 == {"labour_total": 5, "labour_local": 4, "spec": "Chai 330 ml"}


def test_two_people_on_one_criterion_notice_each_other(world):
    row = world.open_dossier()
    seen = mark_of_values([None, ""])
    actions.save_answer(row, criterion="1.1", place=1, note="", by=world["owner"], seen=seen)
    with pytest.raises(Stale):
        actions.save_answer(row, criterion="1.1", place=2, note="", by=world["owner"], seen=seen)
    row.refresh_from_db()
    assert row.answers == {"1.1": 1}


@pytest.mark.parametrize("name", ["stranger", "other_officer", "advisory", "admin"])
def test_others_may_not_write(world, name):
    row = world.open_dossier()
    with pytest.raises(Forbidden):
        save_step(row, LABOUR, answers={"labour_total": 1, "labour_local": 1}, by=world[name])


def test_helper_with_consent_writes_and_hands_in_until_the_last_day(world):
    helper = world["stranger"]
    let_help(world.producer, helper, by=world["owner"], until=clock.today() + timedelta(days=5), agreed=True)
    row = world.filled_dossier()
    save_step(row, LABOUR, answers={"labour_total": 3, "labour_local": 3}, by=helper)
    move = actions.submit(row, by=helper)
    assert (move.to_state, move.by) == ("submitted", helper)


def test_officer_of_the_commune_prepares_but_the_producer_hands_in(world):
    officer = world["commune_officer"]
    row = actions.open_dossier(world.product, criteria_set=world.criteria_set, by=officer)
    save_step(row, LABOUR, answers={"labour_total": 3, "labour_local": 3}, by=officer)
    with pytest.raises(Forbidden):
        actions.submit(row, by=officer)


def test_nothing_is_changed_after_handing_in(world):
    row = world.walk_to("submitted")
    owner = world["owner"]
    for attempt in (
        lambda: save_step(row, LABOUR, answers={"labour_total": 1, "labour_local": 1}, by=owner),
        lambda: actions.save_answer(row, criterion="1.1", place=1, by=owner),
        lambda: actions.attach_evidence(row, by=owner, criterion="1.1", file=with_file(world)),
        lambda: pledge(row, given=False, by=owner),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_set_of_another_group_is_refused(world):
    drinks = ProductGroup.objects.create(code="II", order=2, name="Đồ uống", name_en="Beverages")
    change_group(world.product, drinks, by=world["commune_officer"])
    with pytest.raises(Refused) as refused:
        world.open_dossier()
    assert (refused.value.code, Dossier.objects.count()) == ("dossier.group", 0)


def test_opening_twice_answers_the_dossier_under_way(world):
    assert world.open_dossier() == world.open_dossier()


def test_changing_the_case_takes_back_only_the_answers_that_depend_on_it():
    world = make_world(set_number=26)
    row = world.open_dossier()
    sheet = world.criteria_set.sheet
    with_cases = next(one.code for one in sheet.criteria if one.has_cases)
    without = next(one.code for one in sheet.criteria if not one.has_cases)
    owner = world["owner"]
    with pytest.raises(Refused):
        actions.save_answer(row, criterion=with_cases, place=1, by=owner)
    actions.choose_case(row, case=1, by=owner)
    for code in (with_cases, without):
        actions.save_answer(row, criterion=code, place=1, by=owner)
    actions.choose_case(row, case=2, by=owner)
    row.refresh_from_db()
    assert (row.case, row.answers) == (2, {without: 1})


def test_same_evidence_attached_twice_stays_one_row(world):
    row, file = world.open_dossier(), with_file(world)
    for _ in range(2):
        actions.attach_evidence(row, by=world["owner"], criterion="1.1", file=file)
    assert row.evidence.count() == 1


def test_submission_freezes_the_version_of_a_paper(world):
    owner = world["owner"]
    row = world.filled_dossier()
    first = with_file(world)
    paper = add_paper(world.producer, kind="tests", by=owner, file=first)
    actions.attach_evidence(row, by=owner, criterion="1.1", paper=paper)
    actions.submit(row, by=owner)
    add_version(paper, with_file(world, 2), by=owner)
    content = content_for(row, frozenset({"commune_officer"}))
    assert [piece.file for _, _, pieces in evidence_in_order(content) for piece in pieces] == [first]
    assert list(row.submissions.get().files.all()) == [first]


def test_offices_read_what_was_handed_in_not_what_is_being_changed(world):
    row = world.walk_to("submitted")
    advance(row, "return_to_producer", by=world["commune_officer"], reason="Thiếu quy cách.")
    save_step(row, step_of("san-pham"), answers={"spec": "Quy cách mới"}, by=world["owner"])
    row.refresh_from_db()
    office, writer = (content_for(row, frozenset({role})) for role in ("commune_officer", "producer.owner"))
    assert (office.form02["spec"], writer.form02["spec"]) == ("Chai thủy tinh 330 ml", "Quy cách mới")


def test_who_opens_the_file_of_a_dossier(world):
    owner, officer = world["owner"], world["commune_officer"]
    row, file, late = world.filled_dossier(), with_file(world), with_file(world, 2)
    piece = actions.attach_evidence(row, by=owner, criterion="1.1", file=file)
    assert [may_read_file(world[name], file) for name in ("owner", "commune_officer", "stranger")] == [
        True,
        False,
        False,
    ]
    actions.submit(row, by=owner)
    readers = ("owner", "commune_officer", "other_officer", "advisory", "stranger", "admin")
    assert [may_read_file(world[name], file) for name in readers] == [True, True, False, False, False, False]
    advance(row, "return_to_producer", by=officer, reason="Bổ sung ảnh.")
    actions.detach_evidence(piece, by=owner)
    actions.attach_evidence(row, by=owner, criterion="1.1", file=late)
    assert [may_read_file(officer, one) for one in (file, late)] == [True, False]


def test_member_with_a_conflict_does_not_open_its_files(world):
    from ocop.evaluation.actions import council

    row, file = world.filled_dossier(), with_file(world)
    actions.attach_evidence(row, by=world["owner"], criterion="1.1", file=file)
    world.filled_dossier = lambda points=78: row
    world.walk_to("council_ready")
    session = world.open_session()
    item = council.add_to_agenda(session, dossiers=[row], by=world["secretary"])[0]
    council.start_item(item, by=world["secretary"])
    council.declare(item, by=world.members[1], has_conflict=True, statement="Người nhà là chủ cơ sở.")
    council.declare(item, by=world.members[2], has_conflict=False)
    assert [may_read_file(world.members[index], file) for index in (1, 2)] == [False, True]


def test_withdrawn_dossier_is_opened_again_with_its_content_once(world):
    owner = world["owner"]
    row = world.filled_dossier()
    actions.attach_evidence(row, by=owner, criterion="1.1", file=with_file(world))
    with pytest.raises(Refused):
        reopen_withdrawn(row, by=owner)
    actions.withdraw(row, by=owner, reason="Chờ kiểm nghiệm.")
    new = reopen_withdrawn(row, by=owner)
    assert reopen_withdrawn(row, by=owner) == new
    assert (new.answers, new.form02, new.evidence.count()) == (row.answers, row.form02, 1)
    assert "commitment" not in new.form01
    assert [gap.code for gap in gaps_of(new) if gap.blocks] == ["form01.commitment"]


def test_withdrawing_needs_a_reason_and_is_not_the_helpers(world):
    row = world.filled_dossier()
    with pytest.raises(Refused):
        actions.withdraw(row, by=world["owner"], reason="  ")
    let_help(
        world.producer,
        world["stranger"],
        by=world["owner"],
        until=clock.today() + timedelta(days=5),
        agreed=True,
    )
    with pytest.raises(Forbidden):
        actions.withdraw(row, by=world["stranger"], reason="Rút.")


def test_supplement_makes_a_second_submission_and_keeps_the_first(world):
    row = world.walk_to("submitted")
    receive(row, by=world["commune_officer"])
    advance(row, "return_to_producer", by=world["commune_officer"], reason="Bổ sung.")
    row.refresh_from_db()
    save_step(row, step_of("san-pham"), answers={"spec": "Chai 500 ml"}, by=world["owner"])
    actions.submit(row, by=world["owner"])
    specs = [one.content["form02"]["spec"] for one in row.submissions.order_by("number")]
    assert (specs, row.state) == (["Chai thủy tinh 330 ml", "Chai 500 ml"], "commune_review")


def test_set_of_a_book_not_in_force_is_refused(world):
    (old,) = load_sets(9, slug="148-2023")
    with pytest.raises(Refused) as refused:
        actions.open_dossier(world.product, criteria_set=old, by=world["owner"])
    assert refused.value.code == "dossier.book"
