"""Reports of a star wrongly used: at the desk, into a verification, answered, the sender's data kept to the desk."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import UserFactory
from ocop.audit.models import Event
from ocop.files.tests.factories import picture
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.testing import counted
from ocop.producers.tests.factories import officer, owner_of
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.actions import misuse as actions
from ocop.recognition.actions import verification
from ocop.recognition.misuse_pages import misuse_todos
from ocop.recognition.models import Certificate, MisuseReport, Verification
from ocop.recognition.tests.factories import CertificateFactory
from ocop.units.tests.factories import ProvinceFactory, UnitFactory


@pytest.fixture
def desk(db):
    """A running star and the people around it."""
    province = ProvinceFactory()
    commune = UnitFactory(under=province)
    star = CertificateFactory(product=ProductFactory(producer__unit=commune, unit=commune))
    people = {
        "advisory": officer(province, role=Role.ADVISORY_OFFICER),
        "leader": officer(province, role=Role.PROVINCE_LEADER),
        "commune": officer(commune),
        "owner": owner_of(star.product.producer),
        "other": officer(ProvinceFactory(), role=Role.ADVISORY_OFFICER),
    }
    return star, people


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("nhan.jpg", picture(), content_type="image/jpeg")


def reported(star: Certificate, **more) -> MisuseReport:
    return actions.report_misuse(star, **{"kind": "higher", "place": "Chợ Hội", "by": None, **more})


CONSENT = {"phone": "+84912345678", "consent_text": "Tôi đồng ý."}


def test_from_reports_to_one_verification(desk):
    star, people = desk
    first = reported(star, photo=photo(), text="Nhãn ghi 5 sao, chị Lan bán", **CONSENT)
    second = reported(star, kind="expired")
    told = Notice.objects.filter(kind=actions.KIND)
    assert [(one.to, one.url) for one in told] == [(people["advisory"], first.get_absolute_url())]
    (todo,) = misuse_todos(people["advisory"], clock.today())
    assert (todo.title, todo.url) == ("Xem 2 phản ánh dùng sai sao", first.get_absolute_url())

    advisory = signed(people["advisory"])
    page = advisory.get(first.get_absolute_url()).content.decode()
    assert "Mở xác minh" in page
    press = reverse("recognition:misuse_verify", args=[first.pk])
    answers = [advisory.post(press, {"once": "k"}).url, advisory.post(press).url]
    row = Verification.objects.get()
    assert answers == [row.get_absolute_url()] * 2
    assert (row.ground, row.certificate) == ("d", star)
    assert "chị Lan" not in row.account
    assert [file.pk for file in row.files.all()] == [first.photo_id]
    assert list(row.misuse_reports.order_by("pk")) == [first, second]
    assert list(misuse_todos(people["advisory"], clock.today())) == []
    assert first.get_absolute_url() in advisory.get(row.get_absolute_url()).content.decode()

    third = reported(star, photo=photo())
    assert actions.verify_report(third, by=people["advisory"]) == row
    assert (row.misuse_reports.count(), row.files.count()) == (3, 2)
    third.refresh_from_db()
    assert third.outcome == "verifying"
    verification.press(row, "close", by=people["advisory"], reason="Đúng mẫu.")
    assert MisuseReport.objects.get(pk=third.pk).outcome == "closed"
    fourth = reported(star)
    assert actions.verify_report(fourth, by=people["advisory"]) != row


def test_no_ground_with_a_reason(desk):
    star, people = desk
    row = reported(star)
    advisory = signed(people["advisory"])
    press = reverse("recognition:misuse_answer", args=[row.pk])
    advisory.post(press, {"state": "dismissed", "reason": " "})
    row.refresh_from_db()
    assert row.state == "received"
    fields = {"state": "dismissed", "reason": "Nhãn đúng mẫu.", "once": "k"}
    assert [advisory.post(press, fields).status_code for _ in range(2)] == [302, 302]
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_by) == ("dismissed", "Nhãn đúng mẫu.", people["advisory"])
    with pytest.raises(Refused) as refused:
        actions.verify_report(row, by=people["advisory"])
    assert refused.value.code == "misuse.answered"
    assert not Verification.objects.exists()


def test_a_star_that_is_gone_cannot_be_verified_but_the_report_is_handed_on(desk):
    star, people = desk
    row = reported(star)
    Certificate.objects.filter(pk=star.pk).update(revoked_on=clock.today())
    with pytest.raises(Refused) as refused:
        actions.verify_report(row, by=people["advisory"])
    assert refused.value.code == "verify.gone"
    assert (MisuseReport.objects.get().state, Verification.objects.count()) == ("received", 0)
    actions.answer_report(
        row, state="referred", reason="Đã chuyển quản lý thị trường.", by=people["advisory"]
    )
    assert MisuseReport.objects.get().outcome == "referred"


@pytest.mark.parametrize("name", ["leader", "commune", "owner", "other"])
def test_only_the_advisory_body_answers_and_reads_the_number(desk, name):
    star, people = desk
    row = reported(star, **CONSENT)
    for act in (
        lambda: actions.verify_report(row, by=people[name]),
        lambda: actions.answer_report(row, state="dismissed", reason="Không.", by=people[name]),
        lambda: actions.reveal_phone(row, by=people[name]),
    ):
        with pytest.raises(Forbidden):
            act()
    assert list(misuse_todos(people[name], clock.today())) == []


def test_who_sees_reports(desk):
    star, people = desk
    row = reported(star, photo=photo())
    seen = {name for name, one in people.items() if MisuseReport.objects.visible_to(one).exists()}
    assert seen == {"advisory", "leader"}
    assert not MisuseReport.objects.visible_to(UserFactory()).exists()
    opened = reverse("files:download", args=[row.photo.key])
    codes = {name: signed(one).get(opened).status_code for name, one in people.items()}
    assert codes == {"advisory": 200, "leader": 200, "commune": 404, "owner": 404, "other": 404}
    assert Client().get(opened).status_code == 404


def test_the_number_is_shown_on_a_press_that_is_logged(desk):
    star, people = desk
    row = reported(star, **CONSENT)
    advisory = signed(people["advisory"])
    assert "0912 345 678" not in advisory.get(row.get_absolute_url()).content.decode()
    press = reverse("recognition:misuse_phone", args=[row.pk])
    before = Event.objects.filter(verb="personal.viewed").count()
    page = advisory.post(press, follow=True).content.decode()
    assert "0912 345 678" in page
    event = Event.objects.filter(verb="personal.viewed").latest("pk")
    assert (event.actor_id, event.subject_id) == (people["advisory"].pk, str(row.pk))
    assert Event.objects.filter(verb="personal.viewed").count() == before + 1
    assert "0912 345 678" not in signed(people["leader"]).get(row.get_absolute_url()).content.decode()
    workbook = advisory.get(reverse("recognition:misuse_export")).getvalue()
    assert b"912345678" not in workbook


def test_a_number_without_consent_and_a_day_ahead_are_refused(desk):
    star, _people = desk
    for more, code in (
        ({"phone": "+84912345678"}, "misuse.consent"),
        ({"seen_on": clock.today() + timedelta(days=1)}, "misuse.ahead"),
    ):
        with pytest.raises(Refused) as refused:
            reported(star, **more)
        assert refused.value.code == code
    row = reported(star, consent_text="Tôi đồng ý.", seen_on=date(2026, 11, 1))
    assert (row.phone, row.consent_text) == ("", "")


def test_the_list_costs_the_same_for_one_and_for_three(desk):
    star, people = desk
    advisory = signed(people["advisory"])
    board = reverse("recognition:misuse_list")
    reported(star)
    advisory.get(board)
    with counted() as one:
        advisory.get(board)
    for _ in range(2):
        reported(star)
    with counted() as three:
        advisory.get(board)
    assert len(three) == len(one)


def test_numbers_go_when_the_matter_has_ended(desk):
    star, people = desk
    waiting, verified, answered = (reported(star, **CONSENT) for _ in range(3))
    actions.answer_report(answered, state="dismissed", reason="Không.", by=people["advisory"])
    MisuseReport.objects.filter(pk=waiting.pk).update(state="joined")
    row = actions.verify_report(verified, by=people["advisory"])
    MisuseReport.objects.filter(pk=waiting.pk).update(state="received")
    assert actions.forget_senders() == 1
    verification.press(row, "close", by=people["advisory"], reason="Đúng mẫu.")
    assert actions.forget_senders() == 1
    assert list(MisuseReport.objects.exclude(phone="").values_list("pk", flat=True)) == [waiting.pk]
    assert Event.objects.filter(verb="personal.erased").count() == 2
