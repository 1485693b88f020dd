"""Two people at the same moment, in threads with connections of their own: one act counts, nothing is half done."""

import pytest

from ocop.accounts.actions import create_user
from ocop.accounts.enums import Role
from ocop.accounts.models import Membership
from ocop.evaluation.actions import commune, council, decision, dossier, producer
from ocop.evaluation.actions.letters import make_result_letters
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier, DossierMove, Evidence, SessionItem, Submission
from ocop.evaluation.tests.world import FORM_02, REPORT, make_world
from ocop.kit import clock
from ocop.kit.meeting import codes_of, meeting_place
from ocop.products.actions.product import open_product
from ocop.products.tests.factories import PaperFactory
from ocop.recognition.models import Certificate, Decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return make_world()


def colleague(world, name: str, role: Role):
    """A second person of the same office and role."""
    holder = Membership.objects.filter(user=world[name]).get()
    user = create_user(full_name=f"Đồng nghiệp {name}", username=f"w-{name}-2", by=None)
    Membership.objects.create(user=user, agency=holder.agency, role=role, valid_from=holder.valid_from)
    return user


def fresh(row):
    """The same row as another process would read it: nothing shared between threads."""
    return type(row).objects.get(pk=row.pk)


def moves_of(row) -> list[str]:
    """The verbs that were pressed on a dossier, in order."""
    return list(DossierMove.objects.filter(subject=row).order_by("pk").values_list("name", flat=True))


def test_two_producers_open_at_once_and_get_two_codes(world, tmp_path):
    products = [
        open_product(world.producer, name=f"Mắm ruốc {n}", by=world["owner"], criteria_set=world.criteria_set)
        for n in range(4)
    ]

    def opening(product):
        return lambda: dossier.open_dossier(
            fresh(product), criteria_set=world.criteria_set, by=fresh(world["owner"])
        )

    with meeting_place(tmp_path) as place:
        assert codes_of(place.at_once(*map(opening, products))) == ["done"] * 4
        year = clock.today().year
        assert sorted(Dossier.objects.values_list("code", flat=True)) == [
            f"HS{year}-{n:05d}" for n in range(1, 5)
        ]


def test_a_withdrawn_dossier_is_taken_up_again_once(world, tmp_path):
    row = world.filled_dossier()
    dossier.attach_evidence(row, by=world["owner"], paper=PaperFactory(producer=world.producer))
    dossier.withdraw(row, by=world["owner"], reason="Soạn lại.")

    def again():
        return producer.reopen_withdrawn(fresh(row), by=fresh(world["owner"]))

    with meeting_place(tmp_path) as place:
        assert codes_of(place.at_once(again, again, again)) == ["done"] * 3
        new = Dossier.objects.exclude(pk=row.pk).get()
        assert Evidence.objects.filter(dossier=new).count() == 1


def test_a_double_click_hands_in_once(world, tmp_path):
    row = world.filled_dossier()

    def press():
        return dossier.submit(fresh(row), by=fresh(world["owner"]))

    with meeting_place(tmp_path) as place:
        assert codes_of(place.at_once(press, press, press)) == ["done"] * 3
        assert (moves_of(row), Submission.objects.filter(dossier=row).count()) == (["submit"], 1)


def test_two_people_change_one_form_and_the_second_is_told(world, tmp_path):
    row = world.filled_dossier()
    seen = row.version

    def saving(area):
        return lambda: dossier.save_form(
            fresh(row),
            form="form02",
            answers={**FORM_02, "market": area},
            by=fresh(world["owner"]),
            version=seen,
        )

    with meeting_place(tmp_path) as place:
        assert codes_of(place.at_once(saving("Chợ"), saving("Siêu thị"))) == ["done", "dossier.stale"]
        assert fresh(row).version == seen + 1


def test_two_officers_receive_at_once(world, tmp_path):
    row = world.walk_to("submitted")
    other = colleague(world, "commune_officer", Role.COMMUNE_OFFICER)

    def receiving(user):
        return lambda: commune.receive(fresh(row), by=fresh(user))

    with meeting_place(tmp_path) as place:
        said = codes_of(place.at_once(receiving(world["commune_officer"]), receiving(other)))
        assert said == ["done", "flow.state"]
        assert moves_of(row) == ["submit", "receive"]
        assert fresh(world.product).code_serial == 1


def test_one_officer_returns_while_the_leader_sends_on(world, tmp_path):
    row = world.walk_to("commune_review")
    commune.save_report(row, values=REPORT, by=world["commune_officer"])

    def give_back():
        return commune.return_to_producer(fresh(row), by=fresh(world["commune_officer"]), reason="Thiếu ảnh.")

    def send_on():
        return commune.propose(fresh(row), by=fresh(world["commune_leader"]), letter_number="12/TTr")

    with meeting_place(tmp_path) as place:
        said = codes_of(place.at_once(give_back, send_on))
        assert said == ["done", "flow.state"]
        now = fresh(row)
        returned = now.state == DossierState.RETURNED_BY_COMMUNE
        assert moves_of(row)[2:] == ["return_to_producer" if returned else "propose"]
        # What the refused press would have signed is not signed either.
        assert (now.commune_report.signed_at is None, now.round_id is None) == (returned, returned)


def test_two_leaders_send_on_at_once(world, tmp_path):
    row = world.walk_to("commune_review")
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    other = colleague(world, "commune_leader", Role.COMMUNE_LEADER)

    def sending(user, number):
        return lambda: commune.propose(fresh(row), by=fresh(user), letter_number=number)

    with meeting_place(tmp_path) as place:
        said = place.at_once(sending(world["commune_leader"], "1/TTr"), sending(other, "2/TTr"))
        assert codes_of(said) == ["done", "flow.state"]
        report = fresh(row).commune_report
        first = 0 if not isinstance(said[0], Exception) else 1
        assert (report.letter_number, report.signed_by) == (
            f"{first + 1}/TTr",
            (world["commune_leader"], other)[first],
        )


def approved_draft(world, row):
    draft = decision.draft_decision(
        province=world.province,
        issuer=world.committee,
        dossiers=[row],
        title="Công nhận",
        by=world["advisory"],
    )
    return decision.approve_draft(draft, by=world["leader"])


def issuing(draft, by, *, number: str, certificate: str):
    line = draft.lines.get()
    return lambda: decision.issue_decision(
        fresh(draft),
        number=number,
        issued_on=clock.today(),
        certificate_numbers={line.pk: certificate},
        by=fresh(by),
    )


@pytest.mark.parametrize(
    ("numbers", "code"),
    [(("1/QĐ", "2/QĐ"), "certificate.number_used"), (("1/QĐ", "1/QĐ"), "decision.number_used")],
)
def test_two_clerks_use_one_number(world, tmp_path, numbers, code):
    first = world.walk_to("awaiting_decision")
    world.product = open_product(
        world.producer, name="Ruốc Kỳ Thử", by=world["owner"], criteria_set=world.criteria_set
    )
    second = world.walk_to("awaiting_decision")
    drafts = [approved_draft(world, row) for row in (first, second)]
    clerks = [world["clerk"], colleague(world, "clerk", Role.PROVINCE_CLERK)]
    presses = [
        issuing(draft, clerk, number=number, certificate="07/2026")
        for draft, clerk, number in zip(drafts, clerks, numbers, strict=True)
    ]
    with meeting_place(tmp_path) as place:
        assert codes_of(place.at_once(*presses)) == [code, "done"]
        states = sorted(fresh(row).state for row in (first, second))
        assert states == [DossierState.AWAITING_DECISION, DossierState.RECOGNISED]
        assert (Decision.objects.count(), Certificate.objects.count()) == (1, 1)


def test_the_clerk_issues_while_the_leader_sends_back(world, tmp_path):
    row = world.walk_to("awaiting_decision")
    draft = approved_draft(world, row)

    def send_back():
        return decision.return_to_council(fresh(row), by=fresh(world["leader"]), reason="Xem lại.")

    with meeting_place(tmp_path) as place:
        said = codes_of(
            place.at_once(issuing(draft, world["clerk"], number="1/QĐ", certificate="1"), send_back)
        )
        now = fresh(row).state
        if now == DossierState.RECOGNISED:
            assert (said, Certificate.objects.count()) == (["done", "flow.state"], 1)
        else:
            assert (said, Certificate.objects.count(), now) == (
                ["done", "draft.empty"],
                0,
                DossierState.COUNCIL_READY,
            )


def test_a_draft_that_lost_all_its_dossiers_is_not_issued(world):
    row = world.walk_to("awaiting_decision")
    draft = approved_draft(world, row)
    press = issuing(draft, world["clerk"], number="1/QĐ", certificate="1")
    decision.return_to_council(row, by=world["leader"], reason="Xem lại.")
    assert codes_of([_error_of(press)]) == ["draft.empty"]
    assert (Decision.objects.count(), fresh(draft).state) == (0, "approved")


def _error_of(act):
    try:
        return act()
    except Exception as error:
        return error


def test_taking_off_twice_leaves_the_dossier_in_its_next_session(world):
    row = world.walk_to("council_ready")
    desk = world["secretary"]
    first = council.add_to_agenda(world.open_session(), dossiers=[row], by=desk)[0]
    council.take_off_agenda(first, by=desk, reason="Chưa đến lượt.")
    row.refresh_from_db()
    second = council.add_to_agenda(world.open_session(), dossiers=[row], by=desk)[0]
    council.take_off_agenda(first, by=desk, reason="Bấm lại ở trang cũ.")
    assert (fresh(row).state, fresh(second).removed_at) == (DossierState.IN_SESSION, None)
    for press in (lambda: council.start_item(first, by=desk), lambda: council.open_marking(first, by=desk)):
        assert codes_of([_error_of(press)]) == ["item.removed"]


def test_two_sessions_reach_for_the_same_dossiers(world, tmp_path):
    row = world.walk_to("council_ready")
    world.product = open_product(
        world.producer, name="Ruốc Kỳ Thử", by=world["owner"], criteria_set=world.criteria_set
    )
    other = world.walk_to("council_ready")
    sessions = [world.open_session(), world.open_session()]

    def putting(session, rows):
        return lambda: council.add_to_agenda(
            fresh(session), dossiers=[fresh(one) for one in rows], by=fresh(world["secretary"])
        )

    with meeting_place(tmp_path) as place:
        said = place.at_once(putting(sessions[0], [row, other]), putting(sessions[1], [other, row]))
        assert codes_of(said) == ["agenda.elsewhere", "done"]
        assert SessionItem.objects.filter(removed_at__isnull=True).values("session").distinct().count() == 1


def test_letters_are_not_made_for_a_dossier_that_was_told(world):
    row = world.walk_to("in_session", points=40)
    world.mark(world.extra["item"], [40] * len(world.members))
    council.close_item(world.extra["item"], by=world["chair"])
    row.refresh_from_db()
    stale = fresh(row)
    make_result_letters(row, by=world["advisory"])
    decision.tell_result(row, by=world["advisory"])
    assert codes_of([_error_of(lambda: make_result_letters(stale, by=world["advisory"]))]) == [
        "letters.state"
    ]
