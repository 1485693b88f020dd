"""Partners: into the register, onto the open site, assessed, contracted, met at a conference (clause IV.9)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.partners.models import (
    ConferenceAgreement,
    Criterion,
    Partner,
    PartnerAssessment,
    PartnerConference,
    PartnerContract,
    PartnerMessage,
    Service,
)
from ocop.producers.actions.access import grant
from ocop.producers.actions.register import open_producer
from ocop.units.queries import agency_with, home_province
from tests.journeys.eras import Era, on

pytestmark = pytest.mark.django_db


def signed(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def posted(user: User, page: str, *args: Any, **data: Any) -> None:
    answer = signed(user).post(reverse(f"partners:{page}", args=args), data)
    form = answer.context.get("form") if answer.context else None
    assert answer.status_code == 302, (page, answer.status_code, form.errors if form is not None else "")


def standing_officer(era: Era) -> User:
    today = clock.today()
    return era.give(
        "thuong-truc",
        Role.STANDING_OFFICER,
        agency_with("standing_agency", today, home_province(today)),
        today,
    )


def a_partner(officer: User) -> Partner:
    services = [Service.objects.get(key=key).pk for key in ("retail", "markets")]
    posted(officer, "partners_create", name="Siêu thị Thành Sen Thử", kind="chain", part="retail", services=services,
           unit="Tỉnh Hà Tĩnh", areas="3", volume="250", volume_unit="tấn", staff="60", certificates="2",
           phone="0239 000 111", contact_person="Bà Hoa", introduction="Chuỗi siêu thị trong tỉnh.",
           state="active")  # fmt: skip
    return Partner.objects.get(name="Siêu thị Thành Sen Thử")


@pytest.mark.journey("IV.9.2")
def test_a_partner_agrees_is_assessed_published_and_found(era: Era):
    with on("2026-11-02"):
        desk, standing = era.province_office().desk, standing_officer(era)
        row, visitor = a_partner(desk), Client()
        public = reverse("partners_public:partner", args=[row.code])
        assert visitor.get(public).status_code == 404
        posted(desk, "consent", row.pk, fields_agreed=["introduction", "areas", "grade"], given_by="Bà Hoa, giám đốc",
               given_on="2026-11-01", basis="Phiếu đồng ý ngày 01/11/2026")  # fmt: skip
        posted(desk, "assessments_begin", year="2026")
        assessment = PartnerAssessment.objects.get()
        sent = {f"diem_{one.key}": one.points for one in Criterion.objects.all()}
        sent |= {"areas": "4", "volume": "260", "staff": "61", "certificates": "2", "volume_unit": "tấn"}
        posted(desk, "assessments_verb", assessment.pk, "mark", **sent)
        posted(desk, "assessments_press", assessment.pk, verb="propose")
        posted(
            standing,
            "assessments_verb",
            assessment.pk,
            "conclude",
            conclusion="Năng lực tốt, giao hàng đúng hẹn.",
        )
        posted(standing, "assessments_press", assessment.pk, verb="publish")
        assessment.refresh_from_db()
        assert (assessment.state, assessment.points, assessment.grade) == ("published", 100, "good")
        listed = visitor.get(
            reverse("partners_public:list"), {"nhom": "chain", "linh_vuc": "retail"}
        ).content.decode()
        assert "Siêu thị Thành Sen Thử" in listed
        nothing = visitor.get(reverse("partners_public:list"), {"linh_vuc": "loans"}).content.decode()
        assert "Siêu thị Thành Sen Thử" not in nothing
        shown = visitor.get(public).content.decode()
        words = ("Chuỗi siêu thị trong tỉnh.", "Năng lực tốt (2026)", "0239 000 111", "Bà Hoa", "260")
        assert [word in shown for word in words] == [True, True, False, False, False]
        english = visitor.get(f"/en{public}").content.decode()
        words = ("Retail and distribution", "Good capacity (2026)", "Đánh giá năng lực")
        assert [word in english for word in words] == [True, True, False]
        posted(desk, "consent_withdraw", row.pk, reason="Đổi chủ")
        assert visitor.get(public).status_code == 404


@pytest.mark.journey("IV.9.2")
def test_a_visitor_writes_to_a_partner_through_the_office(era: Era):
    with on("2026-11-02"):
        desk = era.province_office().desk
        row, visitor = a_partner(desk), Client()
        posted(
            desk,
            "consent",
            row.pk,
            fields_agreed=[],
            given_by="Bà Hoa",
            given_on="2026-11-01",
            basis="Thư điện tử",
        )
        page = reverse("partners_public:message", args=[row.code])
        words = {"sender": "Trần Lan", "contact": "0912 345 678", "text": "Cần bán 2 tấn bưởi.", "once": "k1"}
        assert visitor.post(page, words).status_code == 422
        assert visitor.post(page, {**words, "consent": "on", "website": "x"}).status_code == 422
        for _ in range(2):
            assert visitor.post(page, {**words, "consent": "on"}).status_code == 302
        message = PartnerMessage.objects.get()
        assert Notice.objects.filter(to=desk, kind="case.messages").count() == 1
        posted(desk, "messages_press", message.pk, verb="forward")
        posted(desk, "messages_press", message.pk, verb="answer")
        message.refresh_from_db()
        assert (message.state, message.forwarded_on, message.answered_on) == (
            "answered", date(2026, 11, 2), date(2026, 11, 2),
        )  # fmt: skip


def test_too_many_messages_of_one_address_wait(era: Era, settings: Any):
    settings.OCOP_RATE_REPORT = (1, 3600)
    with on("2026-11-02"):
        desk = era.province_office().desk
        row, visitor = a_partner(desk), Client(REMOTE_ADDR="192.0.2.77")
        posted(
            desk, "consent", row.pk, fields_agreed=[], given_by="Bà Hoa", given_on="2026-11-01", basis="Thư"
        )
        page = reverse("partners_public:message", args=[row.code])
        words = {"sender": "Trần Lan", "contact": "0912", "text": "Xin báo giá.", "consent": "on"}
        assert visitor.post(page, words).status_code == 302
        late = visitor.post(page, words)
        assert (late.status_code, "Xin báo giá." in late.content.decode()) == (429, True)
        assert PartnerMessage.objects.count() == 1


@pytest.mark.journey("IV.9.1", "IV.9.3")
def test_a_conference_brings_agreements_and_contracts_with_results(era: Era):
    with on("2026-11-02"):
        officer, _ = era.commune_people()
        desk, owner = era.province_office().desk, era.user("chu")
        producer = open_producer(name="HTX Bưởi Thử", form="cooperative", unit=era.commune, by=officer)
        grant(producer, owner, kind="owner", by=None)
        row = a_partner(desk)
        posted(
            desk, "consent", row.pk, fields_agreed=[], given_by="Bà Hoa", given_on="2026-11-01", basis="Thư"
        )
        posted(desk, "conferences_create", name="Hội nghị kết nối 2026", unit="Tỉnh Hà Tĩnh", organiser="VPĐP",
               held_on="2026-10-28", place="Thành phố Hà Tĩnh", visitors="150", meetings="32",
               cost="90000000")  # fmt: skip
        held = PartnerConference.objects.get()
        for side in ({"partner": row.pk}, {"producer": producer.pk}):
            posted(desk, "attendances_create", conference=held.pk, people="2", meetings="5", **side)
        posted(desk, "agreements_create", conference=held.pk, partner=row.pk, producer=producer.pk, kind="agreement",
               number="1/TT", signed_on="2026-10-28", value="500000000")  # fmt: skip
        counted = PartnerConference.objects.counted().get()
        assert (counted.partner_count, counted.producer_count, counted.agreement_count, counted.agreement_value) == (
            1, 1, 1, 500_000_000,
        )  # fmt: skip
        assert ConferenceAgreement.objects.get().partner == row
        posted(owner, "contracts_create", producer=producer.pk, partner=row.pk, kind="sale", number="12/2026/HĐTT",
               signed_on="2026-11-01", value="480000000", done_value="0", state="running")  # fmt: skip
        contract = PartnerContract.objects.get()
        opened = signed(officer).get(reverse("partners:contracts_edit", args=[contract.pk])).context["form"]
        posted(officer, "contracts_edit", contract.pk, producer=producer.pk, partner=row.pk, kind="sale",
               number="12/2026/HĐTT", signed_on="2026-11-01", value="480000000", done_value="480000000", state="done",
               result="Giao đủ 20 tấn.", opened_version=opened["opened_version"].value())  # fmt: skip
        contract.refresh_from_db()
        assert (contract.state, contract.done_value, contract.unit) == ("done", 480_000_000, era.commune)
