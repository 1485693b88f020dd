"""A star looked into and taken back, or kept: grounds, guards, the 15 days, who decides, who is told (Art. 8)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import UserFactory
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.tests.factories import ProducerFactory, officer, owner_of
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.actions import verification as actions
from ocop.recognition.enums import RevocationGround
from ocop.recognition.models import Certificate, Decision, Verification
from ocop.recognition.rules.verification import VERIFY, VerificationFacts, due_after
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory
from ocop.recognition.verifying import verification_presses, verification_todos
from ocop.units.enums import AgencyKind
from ocop.units.models import AgencyDuty
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

GOOD = {
    "stars": 4, "conclusion": "Đã ngừng sản xuất.", "concluded_on": date(2026, 11, 2), "has_evidence": True,
    "is_running": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "state", "changed", "codes"),
    [
        ("propose", "opened", {}, []),
        ("propose", "opened", {"conclusion": " "}, ["verify.conclusion"]),
        ("propose", "opened", {"concluded_on": None}, ["verify.day"]),
        ("propose", "opened", {"has_evidence": False}, ["verify.evidence"]),
        ("propose", "opened", {"is_running": False}, ["verify.gone"]),
        ("approve", "proposed", {}, []),
        ("approve", "proposed", {"stars": 5}, ["verify.minister"]),
        ("record_minister", "proposed", {"stars": 5}, []),
        ("record_minister", "proposed", {"stars": 3}, ["verify.province"]),
        ("issue", "approved", {"is_running": False}, ["verify.gone"]),
    ],
)
def test_what_stands_in_the_way(verb, state, changed, codes):
    facts = VerificationFacts(**{**GOOD, **changed})
    found = VERIFY.find(verb, state)
    assert [one.code for guard in found.guards for one in guard(facts)] == codes


def test_the_table_has_no_dead_end():
    assert VERIFY.problems() == []


def test_fifteen_calendar_days_after_the_conclusion():
    assert (due_after(date(2026, 11, 2), 15), due_after(None, 15)) == (date(2026, 11, 17), None)


def test_the_six_grounds_are_those_of_the_article():
    assert [one.value for one in RevocationGround] == ["a", "b", "c", "d", "dd", "e"]


@pytest.fixture
def desk(db):
    """A running star and the people of the province around it."""
    province = ProvinceFactory()
    committee = AgencyFactory(unit=province, kind=AgencyKind.PROVINCE_COMMITTEE)
    AgencyDuty.objects.create(agency=committee, duty="decides", valid_from=date(2023, 1, 1))
    commune = UnitFactory(under=province)
    product = ProductFactory(producer=ProducerFactory(unit=commune), unit=commune)
    star = CertificateFactory(stars=4, product=product, decision=DecisionFactory(issuer=committee))
    people = {
        "advisory": officer(province, role=Role.ADVISORY_OFFICER),
        "leader": officer(province, role=Role.PROVINCE_LEADER),
        "clerk": officer(province, role=Role.PROVINCE_CLERK),
        "standing": officer(province, role=Role.STANDING_OFFICER),
        "commune": officer(star.unit, role=Role.COMMUNE_OFFICER),
        "owner": owner_of(star.product.producer),
    }
    return star, people


def pdf() -> SimpleUploadedFile:
    from ocop.recognition.bench import one_paper

    return SimpleUploadedFile("ket-luan.pdf", one_paper(), content_type="application/pdf")


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


FIELDS = {"ground": "dd", "account": "Xã báo cơ sở đã dừng từ tháng 6."}


def test_from_the_ground_to_the_public_page(desk):
    star, people = desk
    advisory = signed(people["advisory"])
    product = reverse("recognition:of_product", args=[star.product.public_code])
    there = reverse("recognition:verify", args=[star.code])
    assert f'href="{there}"' in advisory.get(product).content.decode()
    answer = advisory.post(there, FIELDS)
    row = Verification.objects.get()
    assert answer.url == row.get_absolute_url()
    assert "Đang xác minh" in advisory.get(product).content.decode()

    press = reverse("recognition:verification_press", args=[row.pk])
    refused = advisory.post(press, {"verb": "propose"})
    assert refused.status_code == 422
    assert "Chưa ghi kết luận xác minh" in refused.content.decode()
    today = clock.today()
    found = {**FIELDS, "conclusion": "Đã ngừng sản xuất.", "concluded_on": today.isoformat(), "file": pdf()}
    assert advisory.post(row.get_absolute_url(), found).status_code == 302
    row.refresh_from_db()
    assert row.due_on == today + timedelta(days=15)
    assert advisory.post(press, {"verb": "propose"}).status_code == 302

    leader, clerk = signed(people["leader"]), signed(people["clerk"])
    assert Notice.objects.get(to=people["leader"]).url == row.get_absolute_url()
    page = leader.get(row.get_absolute_url()).content.decode()
    assert "Duyệt thu hồi" in page
    assert leader.get(reverse("files:download", args=[row.files.get().key])).status_code == 200
    assert clerk.post(press, {"verb": "approve"}).status_code == 403
    assert leader.post(press, {"verb": "approve"}).status_code == 302
    decide = reverse("recognition:verification_decide", args=[row.pk])
    decision = {"number": "3763/QĐ-UBND", "issued_on": today.isoformat(), "signer": "Nguyễn Văn A"}
    assert leader.post(decide, decision).status_code == 403
    assert clerk.post(decide, decision).status_code == 302
    assert clerk.post(decide, decision).status_code == 302
    assert Decision.objects.filter(kind="revocation").count() == 1
    star.refresh_from_db()
    assert star.state_on(today) == "revoked"
    assert "thu hồi" in Client().get(reverse("public:validity", args=[star.code])).content.decode()
    told = {"owner", "commune"}
    title = f"Thu hồi 4 sao của {star.product_name}"
    assert {name for name in told if Notice.objects.filter(to=people[name], title=title).exists()} == told
    assert star.product_name in Client().get(reverse("public:revoked")).content.decode()


def test_sent_back_and_kept(desk):
    star, people = desk
    row = actions.open_verification(star, ground="d", account="Tem sai.", by=people["advisory"])
    assert actions.open_verification(star, ground="a", account="Lần nữa.", by=people["advisory"]) == row
    with pytest.raises(Refused):
        actions.press(row, "close", by=people["advisory"])
    actions.press(row, "close", by=people["advisory"], reason="Tem đúng mẫu.")
    row.refresh_from_db()
    assert (row.state, Certificate.objects.get(pk=star.pk).revoked_on) == ("closed", None)
    again = actions.open_verification(star, ground="a", account="Việc khác.", by=people["advisory"])
    assert again != row
    with pytest.raises(Refused) as refused:
        actions.save_findings(
            row, ground="a", account="x", conclusion="", concluded_on=None, by=people["advisory"]
        )
    assert refused.value.refusals[0].code == "verify.state"


def test_a_day_ahead_and_a_decision_before_the_conclusion_are_refused(desk):
    star, people = desk
    today = clock.today()
    row = actions.open_verification(star, ground="b", account="Kiểm tra.", by=people["advisory"])
    with pytest.raises(Refused) as refused:
        actions.save_findings(
            row, ground="b", account="Kiểm tra.", conclusion="Không đạt.", by=people["advisory"],
            concluded_on=today + timedelta(days=1),
        )  # fmt: skip
    assert refused.value.refusals[0].code == "verify.ahead"
    Verification.objects.filter(pk=row.pk).update(
        state="approved", concluded_on=today, conclusion="Không đạt."
    )
    with pytest.raises(Refused) as refused:
        actions.revoke_by_decision(
            row, number="1", issued_on=today - timedelta(days=1), issuer=star.issuer, by=people["clerk"]
        )
    assert refused.value.refusals[0].code == "verify.before"
    assert not Decision.objects.filter(kind="revocation").exists()


@pytest.mark.parametrize("name", ["leader", "clerk", "standing", "commune", "owner"])
def test_only_the_advisory_body_opens(desk, name):
    star, people = desk
    with pytest.raises(Forbidden):
        actions.open_verification(star, ground="a", account="Giả mạo.", by=people[name])
    assert verification_presses(people[name], [star]) == {}


def test_who_sees_it_and_whose_work_it_is(desk):
    star, people = desk
    row = actions.open_verification(star, ground="a", account="Giả mạo.", by=people["advisory"])
    today = clock.today()
    seen = {name for name, one in people.items() if Verification.objects.visible_to(one).exists()}
    assert seen == {"advisory", "leader", "clerk", "standing"}
    assert not Verification.objects.visible_to(UserFactory()).exists()

    def waits() -> list[str]:
        return [name for name, one in people.items() if list(verification_todos(one, today))]

    work = []
    for state, stars in (("opened", 4), ("proposed", 4), ("approved", 4), ("proposed", 5), ("revoked", 4)):
        Verification.objects.filter(pk=row.pk).update(state=state)
        Certificate.objects.filter(pk=star.pk).update(stars=stars)
        work.append(waits())
    assert work == [["advisory"], ["leader"], ["clerk"], ["standing"], []]
    assert signed(people["owner"]).get(row.get_absolute_url()).status_code == 404
    assert signed(people["commune"]).get(reverse("recognition:verifications")).status_code == 404
    assert (
        row.certificate.product_name
        in signed(people["clerk"]).get(reverse("recognition:verifications")).content.decode()
    )
