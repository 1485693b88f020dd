"""1 July 2025 in Hà Tĩnh: what was open in 209 communes and 12 districts goes to the successors in one handover."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import EndReason, Role
from ocop.accounts.models import Membership
from ocop.accounts.queries import scope_of
from ocop.accounts.tests.factories import UserFactory
from ocop.audit.models import Event
from ocop.audit.queries import verify
from ocop.evaluation.enums import DossierState, ItemState, SeatRole
from ocop.evaluation.models import (
    Council,
    CouncilSession,
    Dossier,
    DossierMove,
    MarkingRound,
    ScoreSheet,
    Seat,
    SessionItem,
)
from ocop.evaluation.queries.record import history_of
from ocop.evaluation.tests.reorganised import Eve, eve_of, noon
from ocop.kit import registry
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.testing import counted
from ocop.producers.enums import ClaimState
from ocop.producers.models import Producer, ProducerClaim
from ocop.products.models import Product
from ocop.recognition.models import Certificate
from ocop.recognition.tests.factories import CertificateFactory
from ocop.units.actions import confirm_new_unit, hand_over
from ocop.units.loading import load
from ocop.units.models import Handover, HandoverDoubt, Unit
from ocop.units.queries import committee_of, home_province, unit_on
from ocop.units.queries.handover import people_to_assign, preview, reorganisation_on

EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)
THACH_HA = "18562"  # thị trấn Thạch Hà, huyện Thạch Hà, went wholly into xã Thạch Hà
DAI_NAI, KY_LOI = "18082", "18796"  # in parts
AT_DISTRICT = (
    "proposed_to_district", "district_intake", "district_expert_review", "district_council_ready",
    "district_in_session", "district_awaiting_decision", "district_to_forward", "returned_by_district",
    "district_to_be_told",
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The real units and agencies."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def eve(loaded: None, db: None, settings: Any) -> Eve:
    """Hà Tĩnh on 30/6/2025; the clock stands on the day after."""
    settings.OCOP_TODAY = DAY
    return eve_of(home_province(EVE), EVE)


def signed(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_what_ceases_is_209_communes_and_12_districts(eve: Eve) -> None:
    change = reorganisation_on(eve.province, DAY)
    ended = [unit for unit in change.units.values() if unit.valid_to == EVE]
    assert (
        sum(unit.level == "commune" for unit in ended),
        sum(unit.level == "district" for unit in ended),
        len(change.agencies),
        change.basis_name,
    ) == (207, 12, 219, "Nghị quyết số 1665/NQ-UBTVQH15")
    goes_on = unit_on("18196", EVE)
    assert (change.giver(goes_on.pk), change.taker(goes_on.pk)) == (
        f"UBND {goes_on.full_name}", f"UBND {goes_on.full_name}",
    )  # fmt: skip
    parts = {unit.name for unit in ended if unit.level == "commune" and change.heir(unit.pk) is None}
    assert parts == {"Đại Nài", "Kỳ Lợi"}
    assert change.heir(unit_on("18472", date(2024, 6, 1)).pk) is None  # Trung Lộc, no known successor
    assert change.heir(unit_on("18070", date(2024, 6, 1)).pk) == unit_on("18073", DAY)  # merged twice


@pytest.mark.journey("IV.3.2.d:decision-148")
def test_open_dossiers_go_to_the_successors(eve: Eve) -> None:
    old = unit_on(THACH_HA, EVE)
    new = reorganisation_on(eve.province, DAY).heir(old.pk)
    at_commune = eve.dossiers(old, ["draft", "submitted", "commune_review", "returned_by_commune"])
    at_district = eve.dossiers(old, AT_DISTRICT)
    at_province = eve.dossiers(old, ["province_intake"])
    ended = eve.dossiers(old, ["recognised", "withdrawn"])
    by = eve.desk()

    row = hand_over(eve.province, DAY, by=by, at=noon(DAY))

    states = dict(Dossier.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in at_commune] == [one.state for one in at_commune]
    assert [states[one.pk] for one in at_district] == ["proposed"] * 7 + [
        "returned_by_province",
        "to_be_told",
    ]
    assert {one.flow.key for one in Dossier.objects.open()} == {"148-2023-1489-2025"}
    assert [states[one.pk] for one in (*at_province, *ended)] == [
        "province_intake",
        "recognised",
        "withdrawn",
    ]
    flows = dict(Dossier.objects.values_list("pk", "flow_key"))
    assert {flows[one.pk] for one in (*at_commune, *at_district, *at_province)} == {"148-2023-1489-2025"}
    assert {flows[one.pk] for one in ended} == {"148-2023"}
    assert set(Dossier.objects.values_list("unit", flat=True)) == {old.pk}
    moves = {move.subject_id: move for move in DossierMove.objects.filter(name="transfer")}
    assert set(moves) == {one.pk for one in (*at_commune, *at_district, *at_province)}
    first, second = moves[at_commune[1].pk], moves[at_district[1].pk]
    assert (first.from_state, first.to_state, first.reason, first.legal_basis, first.by, first.at) == (
        "submitted", "submitted", f"UBND {old.full_name} → UBND {new.full_name}",
        "Nghị quyết số 1665/NQ-UBTVQH15", by, noon(DAY),
    )  # fmt: skip
    assert second.data == {
        "from": "UBND huyện Thạch Hà", "to": "VPĐP NTM tỉnh", "day": "2025-07-01", "flow_before": "148-2023",
    }  # fmt: skip
    assert (row.moved, row.waiting_at_first, row.basis.slug) == (13, 0, "1665-2025-nq-ubtvqh15")
    assert Event.objects.filter(verb="flow.moved").count() == 14
    assert verify() == []


def test_the_successors_officer_sees_the_work_and_the_former_ones_nothing(eve: Eve) -> None:
    old = unit_on(THACH_HA, EVE)
    new = reorganisation_on(eve.province, DAY).heir(old.pk)
    (row,) = eve.dossiers(old, ["submitted"], flow="26-2026")
    former = eve.officer(old)
    district = eve.officer(unit_on("445", EVE), role=Role.DISTRICT_OFFICER)
    successor = eve.officer(new)
    hand_over(eve.province, DAY, by=eve.desk(), at=noon(DAY))
    assert (scope_of(former).holdings, scope_of(district).holdings) == ((), ())
    seen = [list(Dossier.objects.visible_to(user)) for user in (former, district, successor)]
    assert seen == [[], [], [row]]
    assert signed(successor).get(reverse("evaluation:commune-intake", args=[row.code])).status_code == 200
    assert [entry["what"] for entry in history_of(row)] == ["Bàn giao cho cơ quan kế tục"]


def test_roles_end_with_their_agency_and_nobody_gets_one_silently(eve: Eve) -> None:
    old = unit_on(THACH_HA, EVE)
    new = reorganisation_on(eve.province, DAY).heir(old.pk)
    former, moved = eve.officer(old), eve.officer(old)
    assigned = eve.officer(new)
    Membership.objects.create(
        user=moved, agency=assigned.memberships.get().agency, role=Role.COMMUNE_OFFICER, valid_from=DAY
    )
    change = reorganisation_on(eve.province, DAY)
    admin = eve.desk(Role.ADMINISTRATOR)
    expected = [(former.full_name, f"UBND {old.full_name}", f"UBND {new.full_name}")]
    assert [(one.name, one.source, one.target) for one in people_to_assign(change, admin)] == expected
    hand_over(eve.province, DAY, by=admin, at=noon(DAY))
    ended = former.memberships.get()
    assert (ended.valid_to, ended.ended_reason) == (EVE, EndReason.REORGANISED)
    assert ended.history.order_by("-history_id").first().history_user == admin
    people = people_to_assign(change, admin)
    assert [(one.name, one.source, one.target) for one in people] == expected
    assert people[0].url == f"{reverse('accounts:grant')}?nguoi={former.username}"
    assert [one.url for one in people_to_assign(change, eve.desk())] == [""]
    assert Membership.objects.filter(user=former).count() == 1
    assert Event.objects.filter(verb="accounts.role_ended").count() == 2


def test_claims_go_to_the_successor(eve: Eve) -> None:
    old = unit_on(THACH_HA, EVE)
    claim = ProducerClaim.objects.create(producer=eve.producer(old), user=eve.writer, unit=old)
    hand_over(eve.province, DAY, by=eve.desk(), at=noon(DAY))
    move = claim.moves.get()
    new = reorganisation_on(eve.province, DAY).heir(old.pk)
    assert (move.name, move.data) == (
        "transfer", {"from": f"UBND {old.full_name}", "to": f"UBND {new.full_name}"},
    )  # fmt: skip
    answer = signed(eve.officer(new)).get(reverse("producers:claim_page", args=[claim.pk]))
    assert "Bàn giao cho cơ quan kế tục" in answer.content.decode()


def test_the_district_council_ends_its_open_item_leaves_the_agenda_and_its_sheets_are_kept(eve: Eve) -> None:
    old, district = unit_on(THACH_HA, EVE), unit_on("445", EVE)
    (row, forwarded) = eve.dossiers(old, ["district_in_session", "forwarded_by_district"])
    council = Council.objects.create(
        name="Hội đồng huyện", province=eve.province, district=district, decision_number="1/QĐ",
        decision_on=date(2025, 1, 2), valid_from=date(2025, 1, 2),
    )  # fmt: skip
    chair = UserFactory()
    Seat.objects.create(
        council=council, user=chair, agency=committee_of(district, EVE), role=SeatRole.SECRETARY,
        valid_from=date(2025, 1, 2),
    )  # fmt: skip
    session = CouncilSession.objects.create(council=council, held_on=EVE, created_by=eve.writer)
    item = SessionItem.objects.create(session=session, dossier=row, position=1, state=ItemState.MARKING)
    told = SessionItem.objects.create(session=session, dossier=forwarded, position=2, state=ItemState.CLOSED)
    sheet = ScoreSheet.objects.create(
        round=MarkingRound.objects.create(item=item, number=1, opened_at=noon(EVE)), seat=council.seats.get()
    )
    assert set(Dossier.objects.visible_to(chair)) == {row, forwarded}
    done = hand_over(eve.province, DAY, by=eve.desk(), at=noon(DAY))
    item.refresh_from_db()
    told.refresh_from_db()
    council.refresh_from_db()
    assert (item.removed_at, item.state, told.removed_at) == (noon(DAY), ItemState.MARKING, None)
    assert (council.valid_to, council.seats.get().valid_to) == (EVE, EVE)
    assert ScoreSheet.objects.get() == sheet
    assert list(Dossier.objects.visible_to(chair)) == []
    assert [entry for entry in done.counts if entry["key"] == "seats"] == [
        {
            "key": "seats", "label": "Ghế Hội đồng cấp huyện", "done": "kết thúc cùng cơ quan", "moved": 1,
            "waiting": 0,
        }
    ]  # fmt: skip
    assert {states.state for states in Dossier.objects.all()} == {"proposed"}


class TestRowsWithoutOneHeir:
    """Đại Nài, Kỳ Lợi, and what only a district is known for."""

    def test_they_wait_with_the_communes_that_are_likely(self, eve: Eve) -> None:
        in_parts, district = unit_on(DAI_NAI, EVE), unit_on("445", EVE)
        product = eve.product(in_parts)
        star = CertificateFactory(product=product)
        (row,) = eve.dossiers(in_parts, ["submitted"], product=product)
        known = eve.producer(district)
        done = hand_over(eve.province, DAY, by=eve.desk(), at=noon(DAY))
        assert {(doubt.part, doubt.code, doubt.unit) for doubt in done.doubts.all()} == {
            ("producers", product.producer.code, in_parts), ("products", product.public_code, in_parts),
            ("certificates", star.code, in_parts), ("dossiers", row.code, in_parts),
            ("producers", known.code, district),
        }  # fmt: skip
        likely = {doubt.unit_id: doubt.candidates for doubt in done.doubts.all()}
        names = set(Unit.objects.filter(pk__in=likely[in_parts.pk]).values_list("name", flat=True))
        assert names == {"Thành Sen", "Hà Huy Tập"}
        assert reorganisation_on(eve.province, DAY).heir(unit_on(THACH_HA, EVE).pk).pk in likely[district.pk]
        assert row.moves.get().data["to"] == "Tỉnh (chờ xác nhận xã mới)"

    def test_a_choice_is_written_with_history_and_opens_the_rows_to_the_new_commune(self, eve: Eve) -> None:
        in_parts, new = unit_on(KY_LOI, EVE), unit_on("18754", DAY)
        product = eve.product(in_parts)
        star = CertificateFactory(product=product)
        (row,) = eve.dossiers(in_parts, ["submitted"], product=product)
        claim = ProducerClaim.objects.create(producer=product.producer, user=eve.writer, unit=in_parts)
        by, officer = eve.desk(), eve.officer(new)
        done = hand_over(eve.province, DAY, by=by, at=noon(DAY))
        models = (Producer, Product, Certificate, Dossier, ProducerClaim)
        assert [list(model.objects.visible_to(officer)) for model in models] == [[]] * 5
        assert confirm_new_unit(done.doubts.all(), unit=new, by=by, at=noon(DAY)) == 5
        assert [list(model.objects.visible_to(officer)) for model in models] == [
            [product.producer], [product], [star], [row], [claim],
        ]  # fmt: skip
        sites = product.producer.sites.order_by("valid_from").values_list("unit", "valid_from", "valid_to")
        assert list(sites) == [(in_parts.pk, date(2023, 5, 1), EVE), (new.pk, DAY, None)]
        history = Product.history.filter(id=product.pk).order_by("-history_id").first()
        assert (history.history_user, history.unit_id) == (by, new.pk)
        assert (
            star.changes.get(kind="corrected").text
            == "Địa bàn nay là phường Sông Trí; trên giấy ghi xã Kỳ Lợi."
        )
        assert [move.name for move in row.moves.all()] == ["transfer", "confirm_unit"]
        assert (done.doubts.open().count(), set(done.doubts.values_list("by", flat=True))) == (0, {by.pk})
        assert confirm_new_unit(done.doubts.all(), unit=new, by=by, at=noon(DAY)) == 0
        assert verify() == []

    def test_a_row_placed_elsewhere_and_a_unit_that_is_no_commune_of_today_are_refused(
        self, eve: Eve
    ) -> None:
        eve.producer(unit_on(KY_LOI, EVE))
        by = eve.desk()
        done = hand_over(eve.province, DAY, by=by, at=noon(DAY))
        for unit in (unit_on(THACH_HA, EVE), eve.province):
            with pytest.raises(Refused) as refused:
                confirm_new_unit(done.doubts.all(), unit=unit, by=by, at=noon(DAY))
            assert refused.value.code == "doubt.unit"
        confirm_new_unit(done.doubts.all(), unit=unit_on("18754", DAY), by=by, at=noon(DAY))
        with pytest.raises(Refused) as refused:
            confirm_new_unit(done.doubts.all(), unit=unit_on("18832", DAY), by=by, at=noon(DAY))
        assert refused.value.code == "doubt.placed"
        with pytest.raises(Refused) as refused:
            confirm_new_unit([], unit=unit_on("18832", DAY), by=by, at=noon(DAY))
        assert refused.value.code == "doubt.none"


class TestThePress:
    """One transaction, once, by the province's desk, from the day on."""

    def test_a_second_press_is_refused_and_moves_nothing(self, eve: Eve) -> None:
        eve.dossiers(unit_on(THACH_HA, EVE), ["submitted"])
        by = eve.desk()
        hand_over(eve.province, DAY, by=by, at=noon(DAY))
        with pytest.raises(Refused) as refused:
            hand_over(eve.province, DAY, by=by, at=noon(DAY))
        assert (refused.value.code, DossierMove.objects.count()) == ("handover.done", 1)

    def test_nothing_open_nothing_ceased_and_a_day_ahead_are_refused(self, eve: Eve) -> None:
        by = eve.desk()
        for day, at, code in (
            (DAY, noon(EVE), "handover.ahead"),
            (DAY, noon(DAY), "handover.empty"),
            (date(2025, 6, 1), noon(DAY), "handover.none"),
        ):
            with pytest.raises(Refused) as refused:
                hand_over(eve.province, day, by=by, at=at)
            assert refused.value.code == code

    @pytest.mark.parametrize(
        ("role", "allowed"),
        [
            (Role.ADVISORY_OFFICER, True),
            (Role.STANDING_OFFICER, True),
            (Role.ADMINISTRATOR, True),
            (Role.READER, False),
            (Role.EXPERT_LEAD, False),
        ],
    )
    def test_only_the_desk_of_the_province_may(self, eve: Eve, role: str, allowed: bool) -> None:
        eve.dossiers(unit_on(THACH_HA, EVE), ["submitted"])
        person = eve.desk(role)
        if allowed:
            assert hand_over(eve.province, DAY, by=person, at=noon(DAY)).by == person
        else:
            with pytest.raises(Forbidden):
                hand_over(eve.province, DAY, by=person, at=noon(DAY))

    def test_killed_in_the_middle_nothing_happened(self, eve: Eve) -> None:
        old = unit_on(THACH_HA, EVE)
        eve.dossiers(old, ["submitted", "district_intake"])
        eve.officer(old)
        eve.producer(unit_on(DAI_NAI, EVE))
        before = list(Dossier.objects.order_by("pk").values_list("state", "flow_key", "version"))

        def killed(change: Any, *, by: Any, at: Any) -> int:
            raise SystemExit(9)

        registry.handover_parts.add(registry.HandoverPart("killed", "Bị dừng", carry_out=killed, order=999))
        try:
            with pytest.raises(SystemExit):
                hand_over(eve.province, DAY, by=eve.desk(), at=noon(DAY))
        finally:
            del registry.handover_parts._entries["killed"]
        assert list(Dossier.objects.order_by("pk").values_list("state", "flow_key", "version")) == before
        counts = [model.objects.count() for model in (Handover, HandoverDoubt, DossierMove)]
        assert (counts, Membership.objects.filter(valid_to__isnull=False).count()) == ([0, 0, 0], 0)
        assert hand_over(eve.province, DAY, by=eve.desk(), at=noon(DAY)).moved == 3

    def test_queries_do_not_grow_with_the_rows(self, eve: Eve) -> None:
        by, costs = eve.desk(), []
        products = {code: eve.product(unit_on(code, EVE)) for code in (THACH_HA, DAI_NAI, "18568")}
        for rows in (2, 20, 200):
            for code, product in products.items():
                states = ["submitted", "district_intake"] * (rows // 2)
                eve.dossiers(unit_on(code, EVE), states, product=product)
            for _ in range(rows // 10):
                eve.officer(unit_on(DAI_NAI, EVE))
            try:
                with counted() as queries, transaction.atomic():
                    hand_over(eve.province, DAY, by=by, at=noon(DAY))
                    raise InterruptedError
            except InterruptedError:
                # Rows are inserted by some hundreds at a time; everything else is asked once, whatever there is.
                costs.append(sum(not query["sql"].startswith("INSERT") for query in queries))
        assert costs[1] == costs[2]


def test_the_preview_says_what_the_handover_does(eve: Eve) -> None:
    old = unit_on(THACH_HA, EVE)
    eve.dossiers(old, ["submitted", "district_intake", "province_intake", "recognised"])
    ProducerClaim.objects.create(producer=eve.producer(unit_on(DAI_NAI, EVE)), user=eve.writer, unit=old)
    eve.officer(old)
    seen = preview(reorganisation_on(eve.province, DAY))
    assert {part.part.key: (part.count, len(part.undecided), part.staying) for part in seen.parts} == {
        "dossiers": (2, 0, 1), "claims": (1, 0, 0), "producers": (0, 1, 0), "products": (0, 0, 0),
        "certificates": (0, 0, 0), "villages": (0, 0, 0), "memberships": (1, 0, 0), "seats": (0, 0, 0),
        "apparatus": (0, 0, 0),
        "tasks": (0, 0, 0), "reports": (0, 0, 0),
    }  # fmt: skip
    done = hand_over(eve.province, DAY, by=eve.desk(), at=noon(DAY))
    assert (done.moved, done.waiting_at_first) == (seen.moving, seen.waiting)
    assert ProducerClaim.objects.filter(state=ClaimState.WAITING).count() == 1
    assert DossierState.PROPOSED in set(Dossier.objects.values_list("state", flat=True))
