"""After the certificate, two people at the same moment: a star is renewed, extended, revoked once."""

from datetime import date, timedelta

import pytest

from ocop.accounts.enums import Role
from ocop.evaluation.actions import decision
from ocop.evaluation.actions.extension import extend_star
from ocop.evaluation.actions.renewal import start_renewal
from ocop.evaluation.models import Dossier, DossierMove
from ocop.evaluation.tests.test_races import colleague, fresh
from ocop.evaluation.tests.world import make_world
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.meeting import codes_of, meeting_place
from ocop.producers.actions import merge_producers
from ocop.producers.models import Producer
from ocop.producers.tests.factories import ProducerFactory
from ocop.recognition.actions import verification, warn_of_expiry
from ocop.recognition.models import Certificate, CertificateChange, Decision, ExpiryWarning, Verification
from ocop.rulebook.models import DatedSetting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.fixture
def star(world) -> Certificate:
    """A star with its dossier, 100 days before its last day."""
    (certificate,) = world.recognise(world.walk_to("awaiting_decision"))
    today = clock.today()
    Certificate.objects.filter(pk=certificate.pk).update(
        issued_on=today - timedelta(days=995),
        issued_year=today.year - 3,
        valid_to=today + timedelta(days=100),
    )
    return fresh(certificate)


def changes_of(star: Certificate, kind: str) -> int:
    return CertificateChange.objects.filter(certificate=star, kind=kind).count()


def test_a_renewal_is_started_once(world, star, tmp_path):
    def start():
        return start_renewal(fresh(star), by=fresh(world["owner"]))

    with meeting_place(tmp_path) as place:
        said = place.at_once(start, start, start)
        assert codes_of(said) == ["done"] * 3
        assert [row.pk for row in said] == [Dossier.objects.get(renews=star).pk] * 3


def test_a_star_is_extended_once(world, star, tmp_path):
    DatedSetting.objects.create(key="extension_needs_dossier", value=False, valid_from=date(2023, 1, 1))
    other = colleague(world, "advisory", Role.ADVISORY_OFFICER)

    def extending(by):
        return lambda: extend_star(fresh(star), basis="CV 12", by=fresh(by))

    with meeting_place(tmp_path) as place:
        said = codes_of(place.at_once(extending(world["advisory"]), extending(other)))
        assert (said, changes_of(star, "extended")) == (["done", "extend.again"], 1)


@pytest.fixture
def proposed(world, star) -> Verification:
    """A proposal to revoke the star lies with the leader."""
    row = verification.open_verification(star, ground="dd", account="Đã dừng.", by=world["advisory"])
    Verification.objects.filter(pk=row.pk).update(
        state="proposed", conclusion="Đã ngừng sản xuất.", concluded_on=clock.today()
    )
    return fresh(row)


def test_two_people_begin_to_look_into_one_star(world, star, tmp_path):
    other = colleague(world, "advisory", Role.ADVISORY_OFFICER)

    def opening(by, ground):
        return lambda: verification.open_verification(
            fresh(star), ground=ground, account="Báo.", by=fresh(by)
        )

    with meeting_place(tmp_path) as place:
        said = place.at_once(opening(world["advisory"], "a"), opening(other, "b"))
        assert codes_of(said) == ["done", "done"]
        assert {row.pk for row in said} == {Verification.objects.get().pk}


def test_the_leader_approves_while_a_colleague_sends_back(world, proposed, tmp_path):
    other = colleague(world, "leader", Role.PROVINCE_LEADER)

    def pressing(verb, by):
        return lambda: verification.press(fresh(proposed), verb, by=fresh(by), reason="Xem lại.")

    with meeting_place(tmp_path) as place:
        said = codes_of(place.at_once(pressing("approve", world["leader"]), pressing("send_back", other)))
        assert said == ["done", "flow.state"]
        assert fresh(proposed).state in ("approved", "opened")
        assert fresh(proposed).moves.count() == 1


def test_two_clerks_enter_one_revocation(world, star, proposed, tmp_path):
    verification.press(proposed, "approve", by=world["leader"])
    other = colleague(world, "clerk", Role.PROVINCE_CLERK)

    def entering(by, number):
        return lambda: verification.revoke_by_decision(
            fresh(proposed),
            number=number,
            issued_on=clock.today(),
            issuer=fresh(world.committee),
            by=fresh(by),
        )

    with meeting_place(tmp_path) as place:
        said = place.at_once(entering(world["clerk"], "7/QĐ"), entering(other, "8/QĐ"))
        assert codes_of(said) == ["done", "done"]
        assert (Decision.objects.filter(kind="revocation").count(), changes_of(star, "revoked")) == (1, 1)
        title = f"Thu hồi {star.stars} sao của {star.product_name}"
        assert Notice.objects.filter(to=world["owner"], title=title).count() == 1


def test_two_officers_merge_a_pair_in_both_directions(world, tmp_path):
    row = world.walk_to("submitted")
    kept = ProducerFactory(name="Hợp tác xã Nước mắm Kỳ Thử", unit=world.commune)
    other = colleague(world, "commune_officer", Role.COMMUNE_OFFICER)

    def merging(double, into, by):
        return lambda: merge_producers(fresh(double), fresh(into), by=fresh(by))

    with meeting_place(tmp_path) as place:
        said = codes_of(
            place.at_once(
                merging(world.producer, kept, world["commune_officer"]), merging(kept, world.producer, other)
            )
        )
        assert said == ["done", "producers.merge_again"]
        (left,) = Producer.objects.filter(pk__in=(kept.pk, world.producer.pk), merged_into__isnull=True)
        assert (fresh(row).producer_id, fresh(world.product).producer_id) == (left.pk, left.pk)


def test_the_draft_is_approved_while_its_dossier_is_sent_back(world, tmp_path):
    row = world.walk_to("awaiting_decision")
    draft = decision.draft_decision(
        province=world.province, issuer=world.committee, dossiers=[row], title="x", by=world["advisory"]
    )
    other = colleague(world, "leader", Role.PROVINCE_LEADER)

    def approve():
        return decision.approve_draft(fresh(draft), by=fresh(world["leader"]))

    def send_back():
        return decision.return_to_council(fresh(row), by=fresh(other), reason="Xem lại.")

    with meeting_place(tmp_path) as place:
        said = codes_of(place.at_once(approve, send_back))
        assert said in (["done", "done"], ["done", "draft.empty"])
        assert fresh(row).state == "council_ready"
        assert draft.lines.filter(dropped_at__isnull=True).count() == 0
        assert DossierMove.objects.filter(subject=row, name="return_to_council").count() == 1
        with pytest.raises(Exception, match=r"Phụ lục|chưa duyệt"):
            decision.issue_decision(
                fresh(draft),
                number="1/QĐ",
                issued_on=clock.today(),
                certificate_numbers={},
                by=world["clerk"],
            )


def test_two_schedulers_warn_once(world, star, tmp_path):
    def watch():
        return warn_of_expiry()

    with meeting_place(tmp_path) as place:
        assert codes_of(place.at_once(watch, watch)) == ["done", "done"]
        assert ExpiryWarning.objects.filter(certificate=star).count() == 1
        told = Notice.objects.filter(to=world["owner"], kind="recognition.expiring")
        assert told.count() == 1
