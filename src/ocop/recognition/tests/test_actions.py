"""Issuing, replacing and revoking; every refusal with its article."""

from datetime import date, timedelta

import pytest
import time_machine

from ocop.accounts.tests.factories import UserFactory
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.products.tests.factories import ProductFactory
from ocop.recognition import actions
from ocop.recognition.actions import Award, certificates, issue_certificates, record_decision, revoke
from ocop.recognition.enums import ChangeKind, DecisionKind, RevocationGround, State
from ocop.recognition.models import Certificate, Decision
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory, unknown_certificate
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 3)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-24 08:00+07:00", tick=False):
        yield


@pytest.fixture
def by():
    return UserFactory()


def award(number: str = "01", stars: int = 4, product=None) -> Award:
    product = product or ProductFactory()
    return Award(product, stars, number, product.name, product.producer.public_name, product.unit)


def enter(by, **values) -> Decision:
    asked = {
        "kind": DecisionKind.RECOGNITION,
        "number": "100/QĐ-UBND",
        "issued_on": DAY,
        "issuer": AgencyFactory(kind=AgencyKind.PROVINCE_COMMITTEE),
        "title": "Công nhận",
    }
    return record_decision(**{**asked, **values}, by=by)


def test_a_certificate_runs_36_months_from_the_decision(by) -> None:
    decision = enter(by)
    (row,) = issue_certificates(decision, [award("07")], by=by)
    assert (row.issued_on, row.valid_to, row.number, row.issued_year) == (DAY, date(2029, 6, 3), "07", 2026)
    assert row.issuer == decision.issuer
    assert row.published_at == clock.now()
    assert [(change.kind, change.on, change.decision, change.by) for change in row.changes.all()] == [
        (ChangeKind.ISSUED, DAY, decision, by)
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": "  "}, "decision.number"),
        ({"issued_on": date(2026, 11, 25)}, "decision.ahead"),
        ({"issued_on": date(2020, 1, 1)}, "decision.issuer"),
    ],
)
def test_a_decision_that_cannot_be(by, values, code) -> None:
    with pytest.raises(Refused) as refused:
        enter(by, **values)
    assert (refused.value.code, refused.value.article) == (code, actions.ARTICLE_CERTIFICATE)
    assert Decision.objects.count() == 0


def test_a_decision_number_counts_once_per_agency_and_year(by) -> None:
    first = enter(by)
    with pytest.raises(Refused) as refused:
        enter(by, issuer=first.issuer)
    assert refused.value.code == "decision.number_used"
    assert enter(by, issuer=first.issuer, issued_on=date(2025, 6, 3)).pk
    assert enter(by).pk


@pytest.mark.parametrize(
    ("awards", "code"),
    [
        (lambda: [award(stars=2)], "certificate.stars"),
        (lambda: [award(" ")], "certificate.number"),
        (lambda: [award("01"), award("01")], "certificate.number_used"),
    ],
    ids=["Điều 4.1a", "số trống", "số trùng"],
)
def test_an_annex_that_cannot_be_issues_nothing(by, awards, code) -> None:
    decision = enter(by)
    with pytest.raises(Refused) as refused:
        issue_certificates(decision, awards(), by=by)
    assert refused.value.code == code
    assert Certificate.objects.count() == 0


def test_one_product_twice_is_refused(by) -> None:
    product = ProductFactory()
    with pytest.raises(Refused) as refused:
        issue_certificates(enter(by), [award("1", product=product), award("2", product=product)], by=by)
    assert refused.value.code == "certificate.twice"


def test_a_number_counts_once_per_issuer_and_year(by) -> None:
    first = enter(by)
    issue_certificates(first, [award("01")], by=by)
    second = enter(by, issuer=first.issuer, number="101/QĐ-UBND")
    with pytest.raises(Refused) as refused:
        issue_certificates(second, [award("02"), award("01")], by=by)
    assert (refused.value.code, refused.value.reason) == (
        "certificate.number_used",
        "Số giấy chứng nhận đã dùng trong năm 2026: 01.",
    )
    assert Certificate.objects.count() == 1
    earlier = enter(by, issuer=first.issuer, issued_on=date(2025, 6, 3))
    assert len(issue_certificates(earlier, [award("01")], by=by)) == 1


def test_a_number_taken_in_the_same_moment_is_refused_in_words(by) -> None:
    decision = enter(by)
    issue_certificates(decision, [award("01")], by=by)
    with pytest.raises(Refused) as refused:
        certificates._issue(decision, award("01"), "01", months=36, publish=True, by=by, at=clock.now())
    assert refused.value.code == "certificate.number_used"


def test_a_new_star_replaces_the_running_and_the_unknown_one(by) -> None:
    product = ProductFactory()
    old = CertificateFactory(product=product, decision__issued_on=date(2025, 1, 5))
    vague = unknown_certificate(product=product)
    ended = CertificateFactory(product=product, decision__issued_on=date(2020, 1, 5))
    decision = enter(by)
    (new,) = issue_certificates(decision, [award("09", stars=5, product=product)], by=by)
    states = {row.pk: row.state_on(DAY) for row in Certificate.objects.all()}
    assert states == {
        old.pk: State.REPLACED,
        vague.pk: State.REPLACED,
        ended.pk: State.EXPIRED,
        new.pk: State.VALID,
    }
    assert old.changes.last().kind == ChangeKind.REPLACED
    assert old.changes.last().decision == decision


def test_a_revocation_holds_from_its_day(by) -> None:
    row = CertificateFactory()
    decision = DecisionFactory(kind=DecisionKind.REVOCATION, issued_on=date(2026, 9, 1))
    revoked = revoke(row, ground=RevocationGround.FORGED, decision=decision, reason="Hồ sơ giả.", by=by)
    assert revoked.state_on(date(2026, 8, 31)) == State.VALID
    assert revoked.state_on(date(2026, 9, 1)) == State.REVOKED
    change = row.changes.last()
    assert (change.kind, change.ground, change.text, change.decision) == (
        ChangeKind.REVOKED,
        RevocationGround.FORGED,
        "Hồ sơ giả.",
        decision,
    )


@pytest.mark.parametrize(
    ("kind", "reason", "on", "code"),
    [
        (DecisionKind.RECOGNITION, "Có lý do", None, "revoke.decision"),
        (DecisionKind.REVOCATION, "  ", None, "revoke.reason"),
        (DecisionKind.REVOCATION, "Có lý do", DAY - timedelta(1), "revoke.before"),
    ],
)
def test_a_revocation_without_ground_is_refused(by, kind, reason, on, code) -> None:
    row = CertificateFactory()
    with pytest.raises(Refused) as refused:
        revoke(
            row, ground="a", decision=DecisionFactory(kind=kind, issued_on=DAY), reason=reason, by=by, on=on
        )
    assert (refused.value.code, refused.value.article) == (code, actions.ARTICLE_REVOCATION)
    row.refresh_from_db()
    assert row.revoked_on is None


def test_nobody_revokes_twice(by) -> None:
    row = CertificateFactory()
    decision = DecisionFactory(kind=DecisionKind.REVOCATION)
    revoke(row, ground="a", decision=decision, reason="x", by=by)
    with pytest.raises(Refused) as refused:
        revoke(row, ground="a", decision=decision, reason="x", by=by)
    assert refused.value.code == "revoke.again"
    assert row.changes.filter(kind=ChangeKind.REVOKED).count() == 1
