"""A certificate printed anew: who asks, what stands in the way, what changes and what stays, who reads what."""

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
from ocop.kit.testing import counted
from ocop.producers.tests.factories import ProducerFactory, officer, owner_of
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.actions import reissue as actions
from ocop.recognition.bench import one_paper
from ocop.recognition.enums import State
from ocop.recognition.models import Certificate, Decision, Reissue
from ocop.recognition.queries import paper_data
from ocop.recognition.reissuing import reissue_presses, reissue_todos, suggested
from ocop.recognition.rules.reissue import REISSUE, ReissueFacts, issuing_verb
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory
from ocop.rulebook.models import DatedSetting
from ocop.units.enums import AgencyKind
from ocop.units.models import AgencyDuty, Succession
from ocop.units.queries import province_of
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

GOOD = {
    "stars": 4, "state": State.VALID, "is_printable": True, "ground": "name", "has_evidence": True,
    "says_what_changes": True, "decider": "issuer",
}  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "state", "changed", "codes"),
    [
        ("check", "asked", {}, []),
        ("check", "asked", {"state": State.EXPIRING}, []),
        ("check", "asked", {"state": State.EXTENDED}, []),
        ("check", "asked", {"state": State.EXPIRED}, ["reissue.state"]),
        ("check", "asked", {"state": State.REVOKED}, ["reissue.state"]),
        ("check", "asked", {"state": State.REPLACED}, ["reissue.state"]),
        ("check", "asked", {"state": State.UNKNOWN}, ["reissue.state"]),
        ("check", "asked", {"is_printable": False}, ["reissue.unknown"]),
        ("check", "asked", {"says_what_changes": False}, ["reissue.change"]),
        ("check", "asked", {"has_evidence": False}, ["reissue.evidence"]),
        ("check", "asked", {"ground": "lost", "has_evidence": False, "says_what_changes": False}, []),
        ("check", "asked", {"ground": "addr", "has_evidence": False}, []),
        ("check", "asked", {"ground": "err", "has_evidence": False}, ["reissue.evidence"]),
        ("issue", "checked", {}, []),
        ("issue", "checked", {"stars": 5}, ["reissue.decider"]),
        ("issue", "checked", {"decider": "advisory"}, ["reissue.decider"]),
        ("issue", "checked", {"state": State.REVOKED}, ["reissue.state"]),
        ("issue_centre", "checked", {"stars": 5}, []),
        ("issue_centre", "checked", {}, ["reissue.decider"]),
        ("issue_advisory", "checked", {"decider": "advisory", "stars": 5}, []),
        ("issue_advisory", "checked", {}, ["reissue.decider"]),
    ],
)
def test_what_stands_in_the_way(verb, state, changed, codes):
    facts = ReissueFacts(**{**GOOD, **changed})
    assert [one.code for guard in REISSUE.find(verb, state).guards for one in guard(facts)] == codes


def test_the_table_has_no_dead_end_and_each_certificate_one_who_issues():
    assert REISSUE.problems() == []
    cases = [(4, "issuer"), (5, "issuer"), (3, "advisory"), (5, "advisory")]
    assert [issuing_verb(*case) for case in cases] == [
        "issue", "issue_centre", "issue_advisory", "issue_advisory"
    ]  # fmt: skip


@pytest.fixture
def desk(db):
    """A running star and the people around it."""
    province = ProvinceFactory()
    committee = AgencyFactory(unit=province, kind=AgencyKind.PROVINCE_COMMITTEE)
    AgencyDuty.objects.create(agency=committee, duty="decides", valid_from=date(2023, 1, 1))
    commune = UnitFactory(under=province)
    producer = ProducerFactory(unit=commune, name="HTX Bưởi Phúc Trạch")
    star = CertificateFactory(
        product=ProductFactory(producer=producer, unit=commune), decision=DecisionFactory(issuer=committee)
    )
    people = {
        "advisory": officer(province, role=Role.ADVISORY_OFFICER),
        "leader": officer(province, role=Role.PROVINCE_LEADER),
        "clerk": officer(province, role=Role.PROVINCE_CLERK),
        "standing": officer(province, role=Role.STANDING_OFFICER),
        "commune": officer(commune, role=Role.COMMUNE_OFFICER),
        "owner": owner_of(producer),
        "stranger": owner_of(ProducerFactory()),
    }
    return star, people


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("dang-ky.pdf", one_paper(), content_type="application/pdf")


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def renamed(star: Certificate, name: str = "Công ty TNHH Bưởi Phúc Trạch") -> None:
    producer = star.product.producer
    producer.name = name
    producer.save()


def asked(star, people, **more) -> Reissue:
    return actions.ask_reissue(star, **{"ground": "lost", "by": people["owner"], **more})


def test_from_the_new_name_to_the_new_paper(desk):
    star, people = desk
    owner, advisory, clerk = (signed(people[name]) for name in ("owner", "advisory", "clerk"))
    there = reverse("recognition:reissue_ask", args=[star.code])
    assert "Chủ thể đã đổi tên" not in owner.get(star.get_absolute_url()).content.decode()
    renamed(star)
    page = owner.get(star.get_absolute_url()).content.decode()
    assert "Chủ thể đã đổi tên" in page
    assert f'href="{there}"' in page
    assert 'value="Công ty TNHH Bưởi Phúc Trạch"' in owner.get(there).content.decode()

    fields = {"ground": "name", "new_producer_name": "Công ty TNHH Bưởi Phúc Trạch", "once": "k1"}
    refused = owner.post(there, {**fields, "once": "k0"})
    assert refused.status_code == 422
    assert "Chưa đính kèm giấy tờ chứng minh" in refused.content.decode()
    assert not Reissue.objects.exists()
    answers = [owner.post(there, {**fields, "file": pdf()}).url for _ in range(2)]
    row = Reissue.objects.get()
    assert answers == [row.get_absolute_url()] * 2
    assert Notice.objects.filter(to=people["advisory"], kind=actions.KIND).count() == 1

    press = reverse("recognition:reissue_press", args=[row.pk])
    assert owner.post(press, {"verb": "check"}).status_code == 403
    assert advisory.post(press, {"verb": "check"}).status_code == 302
    give = reverse("recognition:reissue_issue", args=[row.pk])
    today = clock.today()
    copy = {"issued_on": today.isoformat(), "signer": "Trần Văn B", "number": "77/QĐ-UBND"}
    assert advisory.post(give, copy).status_code == 403
    late = clerk.post(give, {**copy, "issued_on": (today + timedelta(days=1)).isoformat()})
    assert late.status_code == 422
    assert [clerk.post(give, copy).status_code for _ in range(2)] == [302, 302]

    term = (star.number, star.issued_on, star.valid_to, star.code)
    star = Certificate.objects.get(pk=star.pk)
    assert (star.number, star.issued_on, star.valid_to, star.code) == term
    assert star.producer_name == "Công ty TNHH Bưởi Phúc Trạch"
    assert star.changes.filter(kind="reissued").count() == 1
    assert Decision.objects.get(kind="reissue").number == "77/QĐ-UBND"
    data = paper_data(star)
    assert (data["copy"], data["copy_on"], data["signer"]) == (1, f"{today:%d/%m/%Y}", "Trần Văn B")
    assert owner.get(reverse("recognition:paper", args=[star.code])).status_code == 200
    public = Client().get(star.check_path).content.decode()
    words = [
        "Cấp lại",
        "Chủ thể đổi tên",
        "Lần 1, do",
        "HTX Bưởi Phúc Trạch",
        "77/QĐ-UBND",
        f"{today:%d/%m/%Y}",
    ]
    assert [word for word in words if word not in public] == []
    assert people["clerk"].full_name not in public
    assert people["clerk"].full_name in owner.get(star.get_absolute_url()).content.decode()
    told = Notice.objects.filter(title=f"Đã cấp lại giấy chứng nhận của {star.product_name}")
    assert {one.to for one in told} == {people["owner"], people["commune"]}


def test_the_validity_page_says_it_in_english(desk):
    star, people = desk
    row = asked(star, people)
    actions.press_reissue(row, "check", by=people["advisory"])
    actions.issue_copy(row, issued_on=clock.today(), issuer=star.issuer, by=people["leader"])
    page = Client().get(f"/en{star.check_path}").content.decode()
    assert "Issued anew" in page
    assert "Certificate lost or damaged" in page


def test_a_merged_commune_is_suggested_and_written(desk):
    star, people = desk
    new = UnitFactory(under=province_of(star.unit))
    old = star.unit
    old.valid_to = date(2026, 6, 30)
    old.save()
    Succession.objects.create(predecessor=old, successor=new, extent="whole", on=date(2026, 7, 1))
    assert suggested(star, clock.today()) == {"ground": "addr", "new_unit": new}
    row = asked(star, people, by=people["advisory"], ground="addr", new_unit=new)
    actions.press_reissue(row, "check", by=people["advisory"])
    actions.issue_copy(row, issued_on=clock.today(), issuer=star.issuer, by=people["clerk"])
    assert Certificate.objects.get(pk=star.pk).unit == new
    assert f"Địa chỉ: “{old.title}” thành “{new.title}”." in star.changes.get(kind="reissued").text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"revoked_on": date(2026, 9, 1)}, "đã thu hồi"),
        ({"replaced_on": date(2026, 9, 1)}, "đã được thay thế"),
        ({"valid_to": date(2026, 11, 1)}, "hết hạn"),
        ({"valid_to": None}, "chưa xác minh thời hạn"),
    ],
)
def test_what_is_not_in_validity_is_refused_with_its_reason(desk, changed, words):
    star, people = desk
    Certificate.objects.filter(pk=star.pk).update(**changed)
    star.refresh_from_db()
    assert reissue_presses(people["owner"], [star]) == {}
    there = reverse("recognition:reissue_ask", args=[star.code])
    answer = signed(people["owner"]).post(there, {"ground": "lost"})
    assert answer.status_code == 422
    assert f"Giấy chứng nhận này: {words}" in answer.content.decode()
    assert not Reissue.objects.exists()


def test_a_star_revoked_in_between_is_not_issued(desk):
    star, people = desk
    row = asked(star, people)
    actions.press_reissue(row, "check", by=people["advisory"])
    Certificate.objects.filter(pk=star.pk).update(revoked_on=clock.today())
    with pytest.raises(Refused) as refused:
        actions.issue_copy(row, issued_on=clock.today(), issuer=star.issuer, by=people["clerk"])
    assert refused.value.code == "reissue.state"
    assert (Reissue.objects.get().state, star.changes.filter(kind="reissued").count()) == ("checked", 0)


def test_copies_are_counted_and_dated_in_order(desk):
    star, people = desk
    today = clock.today()
    numbers = []
    for _ in range(2):
        row = asked(star, people)
        actions.press_reissue(row, "check", by=people["advisory"])
        numbers.append(
            actions.issue_copy(row, issued_on=today, issuer=star.issuer, by=people["clerk"]).number
        )
    assert numbers == [1, 2]
    row = asked(star, people)
    actions.press_reissue(row, "check", by=people["advisory"])
    with pytest.raises(Refused) as refused:
        actions.issue_copy(row, issued_on=today - timedelta(days=1), issuer=star.issuer, by=people["clerk"])
    assert refused.value.code == "reissue.before"
    assert paper_data(star)["copy"] == 2


def test_one_request_at_a_time_sent_back_and_declined(desk):
    star, people = desk
    row = asked(star, people)
    assert asked(star, people, ground="lost", by=people["commune"]) == row
    actions.press_reissue(row, "check", by=people["advisory"])
    with pytest.raises(Refused):
        actions.press_reissue(row, "send_back", by=people["clerk"])
    actions.press_reissue(row, "send_back", by=people["clerk"], reason="Thiếu đơn.")
    row.refresh_from_db()
    assert row.state == "asked"
    actions.press_reissue(row, "decline", by=people["advisory"], reason="Giấy vẫn còn.")
    assert Notice.objects.filter(to=people["owner"], text="Giấy vẫn còn.").count() == 1
    assert asked(star, people) != row


def test_a_five_star_waits_for_the_standing_agency_and_the_setting_moves_it(desk):
    star, people = desk
    Certificate.objects.filter(pk=star.pk).update(stars=5)
    row = asked(star, people)
    actions.press_reissue(row, "check", by=people["advisory"])
    today = clock.today()

    def waits() -> list[str]:
        return [name for name, one in people.items() if list(reissue_todos(one, today))]

    assert waits() == ["standing"]
    Certificate.objects.filter(pk=star.pk).update(stars=4)
    assert waits() == ["clerk"]
    DatedSetting.objects.create(
        key="reissue_decider", value="advisory", province="", valid_from=date(2026, 1, 1), source="Thử"
    )
    assert waits() == ["advisory"]
    actions.issue_copy(row, issued_on=today, issuer=star.issuer, by=people["advisory"])
    assert waits() == []


def test_who_may_ask_and_who_sees(desk):
    star, people = desk
    for name in ("leader", "clerk", "standing", "stranger"):
        with pytest.raises(Forbidden):
            asked(star, people, by=people[name])
    row = asked(star, people, files=[])
    seen = {name for name, one in people.items() if Reissue.objects.visible_to(one).exists()}
    assert seen == {"advisory", "leader", "clerk", "standing", "commune", "owner"}
    assert not Reissue.objects.visible_to(UserFactory()).exists()
    assert signed(people["stranger"]).get(row.get_absolute_url()).status_code == 404
    board = reverse("recognition:reissues")
    assert [signed(people[name]).get(board).status_code for name in ("owner", "commune", "clerk")] == [
        404,
        200,
        200,
    ]
    assert reissue_presses(people["owner"], [star])[star.pk].label == "Đang cấp lại"


def test_the_list_costs_the_same_for_one_and_for_three(desk):
    star, people = desk
    clerk = signed(people["clerk"])
    board = reverse("recognition:reissues")
    asked(star, people)
    clerk.get(board)
    with counted() as one:
        clerk.get(board)
    for _ in range(2):
        product = ProductFactory(producer=star.product.producer, unit=star.unit)
        asked(CertificateFactory(product=product, decision=star.decision), people)
    with counted() as three:
        clerk.get(board)
    assert len(three) == len(one)
