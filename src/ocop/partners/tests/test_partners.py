"""Consents, assessments, contracts and messages of partners."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from ocop.accounts.enums import Role
from ocop.inbox.models import Notice
from ocop.kit.errors import Forbidden, Refused
from ocop.partners.actions.assessment import mark, open_assessment, open_year, press_assessment
from ocop.partners.actions.consent import record_consent, withdraw_consent
from ocop.partners.actions.messages import press_message, send_message
from ocop.partners.loader import load_reference
from ocop.partners.models import Criterion, Partner, PartnerContract, PartnerMessage
from ocop.partners.registers import CONTRACTS
from ocop.partners.tests.factories import ContractFactory, PartnerFactory
from ocop.producers.tests.offices import make_offices

TODAY = date(2026, 11, 24)
NUMBERS = {"areas": 4, "volume": 300, "staff": 50, "certificates": 3, "volume_unit": "tấn"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 09:00+07:00", tick=True):
        yield


@pytest.fixture
def offices(db):
    load_reference(lambda text: None)
    return make_offices()


@pytest.fixture
def partner(offices) -> Partner:
    return PartnerFactory(unit=offices.province, name="Siêu thị Thành Sen")


def agree(partner, offices, **changes):
    given = {
        "fields": ["phone", "grade"],
        "given_by": "Bà Hoa, giám đốc",
        "given_on": TODAY,
        "basis": "Phiếu ký",
    }
    return record_consent(partner, **{**given, **changes}, by=offices[Role.ADVISORY_OFFICER])


def all_points(share=1.0):
    return {one.key: int(one.points * share) for one in Criterion.objects.all()}


class TestConsents:
    def test_a_partner_is_public_from_its_consent_to_its_withdrawal(self, offices, partner):
        assert list(Partner.objects.published_on(TODAY)) == []
        row = agree(partner, offices, given_on=date(2026, 11, 20))
        assert row.fields == ["phone", "grade"]
        assert list(Partner.objects.published_on(TODAY)) == [partner]
        assert list(Partner.objects.published_on(date(2026, 11, 19))) == []
        withdraw_consent(partner, reason="Đổi chủ", by=offices[Role.ADVISORY_OFFICER])
        assert list(Partner.objects.published_on(TODAY)) == []
        assert list(Partner.objects.published_on(date(2026, 11, 23))) == [partner]

    def test_a_new_consent_ends_the_one_before(self, offices, partner):
        first = agree(partner, offices, given_on=date(2026, 1, 5))
        second = agree(partner, offices, fields=["email"])
        first.refresh_from_db()
        assert (first.withdrawn_on, partner.consent_on(TODAY)) == (TODAY, second)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [({"fields": ["secret"]}, "consent.field"), ({"given_by": " "}, "consent.who"), ({"basis": ""}, "consent.who"),
         ({"given_on": date(2026, 11, 25)}, "consent.ahead")],
    )  # fmt: skip
    def test_what_is_not_a_consent(self, offices, partner, changes, code):
        with pytest.raises(Refused) as refused:
            agree(partner, offices, **changes)
        assert refused.value.code == code

    def test_others_write_no_consent(self, offices, partner):
        given = {"fields": [], "given_by": "A", "given_on": TODAY, "basis": "B"}
        for user in (offices[Role.COMMUNE_OFFICER], offices.owner):
            with pytest.raises(Forbidden):
                record_consent(partner, **given, by=user)

    def test_nothing_to_withdraw(self, offices, partner):
        with pytest.raises(Refused) as refused:
            withdraw_consent(partner, reason="x", by=offices[Role.STANDING_OFFICER])
        assert refused.value.code == "consent.none"


class TestAssessments:
    def test_a_year_is_opened_once_for_active_partners_only(self, offices, partner):
        PartnerFactory(unit=offices.province, state="paused")
        ContractFactory(partner=partner, producer=offices.producer, signed_on=date(2026, 2, 3), value=70)
        ContractFactory(partner=partner, producer=offices.producer, signed_on=date(2025, 2, 3), value=9)
        officer = offices[Role.ADVISORY_OFFICER]
        assert [open_year(year=2026, by=officer), open_year(year=2026, by=officer)] == [1, 0]
        row = partner.assessments.get()
        assert (row.contracts, row.contract_value, row.volume, row.due_on) == (1, 70, 120, date(2026, 12, 31))

    def test_from_marking_to_publication(self, offices, partner):
        officer, standing = offices[Role.ADVISORY_OFFICER], offices[Role.STANDING_OFFICER]
        row = open_assessment(partner, year=2026, by=officer)
        with pytest.raises(Refused) as refused:
            press_assessment(row, "propose", by=officer)
        assert refused.value.code == "assessment.points"
        mark(row, points=all_points(0.6), numbers=NUMBERS, by=officer)
        press_assessment(row, "propose", by=officer)
        assert (row.state, row.due_on) == ("proposed", date(2026, 12, 24))
        assert list(
            Notice.objects.filter(to=standing, kind="case.assessments").values_list("title", flat=True)
        ) == ["Chờ kết luận: Siêu thị Thành Sen, năm 2026"]
        with pytest.raises(Forbidden):
            press_assessment(row, "conclude", by=officer, conclusion="Khá.")
        press_assessment(row, "conclude", by=standing, conclusion="Khá.")
        partner.refresh_from_db()
        assert (row.points, row.most, row.grade, row.concluded_on) == (60, 100, "fair", TODAY)
        assert (partner.volume, partner.staff, partner.areas) == (300, 50, 4)
        with pytest.raises(Refused) as refused:
            press_assessment(row, "publish", by=standing)
        assert refused.value.code == "assessment.consent"
        agree(partner, offices)
        press_assessment(row, "publish", by=standing)
        assert (row.state, row.published_on, row.closed_at is not None) == ("published", TODAY, True)

    def test_an_older_year_does_not_overwrite_the_present_capacity(self, offices, partner):
        officer, standing = offices[Role.ADVISORY_OFFICER], offices[Role.STANDING_OFFICER]
        for year, staff in ((2026, 50), (2025, 9)):
            row = open_assessment(partner, year=year, by=officer)
            mark(row, points=all_points(), numbers={**NUMBERS, "staff": staff}, by=officer)
            press_assessment(row, "propose", by=officer)
            press_assessment(row, "conclude", by=standing, conclusion="Tốt.")
        partner.refresh_from_db()
        assert partner.staff == 50

    @pytest.mark.parametrize(
        ("points", "code"), [({"legal": 16}, "assessment.most"), ({"no-such": 1}, "assessment.criterion")]
    )
    def test_points_that_are_not_taken(self, offices, partner, points, code):
        row = open_assessment(partner, year=2026, by=offices[Role.ADVISORY_OFFICER])
        with pytest.raises(Refused) as refused:
            mark(row, points=points, numbers={}, by=offices[Role.ADVISORY_OFFICER])
        assert (refused.value.code, row.marks.count()) == (code, 0)

    def test_reopening_takes_the_grade_back(self, offices, partner):
        officer, standing = offices[Role.ADVISORY_OFFICER], offices[Role.STANDING_OFFICER]
        row = open_assessment(partner, year=2026, by=officer)
        mark(row, points=all_points(), numbers=NUMBERS, by=officer)
        press_assessment(row, "propose", by=officer)
        press_assessment(row, "conclude", by=standing, conclusion="Tốt.")
        press_assessment(row, "reopen", by=standing, reason="Sai số liệu")
        assert (row.state, row.points, row.grade, row.concluded_on) == ("draft", None, "", None)

    def test_once_a_year_and_not_ahead(self, offices, partner):
        officer = offices[Role.ADVISORY_OFFICER]
        open_assessment(partner, year=2026, by=officer)
        codes = []
        for year in (2026, 2027):
            with pytest.raises(Refused) as refused:
                open_assessment(partner, year=year, by=officer)
            codes.append(refused.value.code)
        assert codes == ["assessment.once", "assessment.ahead"]
        with pytest.raises(Forbidden):
            open_assessment(partner, year=2025, by=offices[Role.COMMUNE_OFFICER])


class TestMessages:
    SENT = {
        "sender": "Trần Thị Lan",
        "contact": "0912 345 678",
        "text": "Cần in hộp.",
        "consent_text": "Đồng ý.",
    }

    def test_a_message_reaches_the_office_and_the_partner(self, offices, partner):
        agree(partner, offices)
        partner.account = offices.stranger
        partner.save()
        row = send_message(partner, **self.SENT, by=None)
        told = set(Notice.objects.filter(kind="case.messages").values_list("to", flat=True))
        desk = {offices[Role.ADVISORY_OFFICER].pk, offices[Role.STANDING_OFFICER].pk}
        assert told == desk | {offices.stranger.pk}
        assert (row.state, row.due_on) == ("received", date(2026, 11, 27))
        press_message(row, "forward", by=offices[Role.ADVISORY_OFFICER])
        press_message(row, "answer", by=offices.stranger)
        assert (row.state, row.forwarded_on, row.answered_on) == ("answered", TODAY, TODAY)

    def test_no_message_to_a_partner_that_is_not_public_or_without_consent(self, offices, partner):
        with pytest.raises(Refused) as refused:
            send_message(partner, **self.SENT, by=None)
        assert refused.value.code == "message.partner"
        agree(partner, offices)
        with pytest.raises(Refused) as refused:
            send_message(partner, **{**self.SENT, "consent_text": ""}, by=None)
        assert (refused.value.code, PartnerMessage.objects.count()) == ("message.consent", 0)

    def test_who_sees_a_message(self, offices, partner):
        agree(partner, offices)
        row = send_message(partner, **self.SENT, by=None)

        def sees(user):
            return PartnerMessage.objects.visible_to(user).filter(pk=row.pk).exists()

        assert [sees(offices[Role.ADVISORY_OFFICER]), sees(offices.owner)] == [True, False]
        partner.account = offices.owner
        partner.save()
        assert sees(offices.owner)


class TestContracts:
    def test_the_producer_and_the_officers_of_its_commune_see_a_contract(self, offices, partner):
        row = ContractFactory(partner=partner, producer=offices.producer)

        def sees(user):
            return PartnerContract.objects.visible_to(user).filter(pk=row.pk).exists()

        people = (
            offices.owner,
            offices[Role.COMMUNE_OFFICER],
            offices[Role.ADVISORY_OFFICER],
            offices.neighbour,
        )
        assert [sees(user) for user in people] == [True, True, True, False]
        assert list(Partner.objects.visible_to(offices.owner)) == [partner]
        assert list(Partner.objects.visible_to(offices.stranger)) == []

    def test_a_producer_writes_its_own_contract_with_a_public_partner(self, offices, partner, client):
        hidden = PartnerFactory(unit=offices.province)
        agree(partner, offices)
        client.force_login(offices.owner)
        sent = {"producer": offices.producer.pk, "partner": hidden.pk, "kind": "sale", "number": "1/HĐ",
                "signed_on": "2026-11-02", "value": 5, "done_value": 0, "state": "running"}  # fmt: skip
        assert client.post(CONTRACTS.url("create"), sent).status_code == 422
        assert client.post(CONTRACTS.url("create"), {**sent, "partner": partner.pk}).status_code == 302
        row = PartnerContract.objects.get()
        assert (row.unit, row.producer, row.partner) == (offices.commune, offices.producer, partner)

    def test_days_in_order(self, offices, partner):
        row = ContractFactory.build(
            partner=partner, producer=offices.producer, starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1)
        )
        with pytest.raises(ValidationError, match="Ngày kết thúc phải từ ngày bắt đầu trở đi"):
            row.full_clean()


def test_the_part_in_the_chain_is_for_enterprises_of_the_chain(offices):
    row = PartnerFactory.build(unit=offices.province, kind="journalist", part="retail")
    with pytest.raises(ValidationError, match="Vai trò trong chuỗi chỉ ghi cho doanh nghiệp"):
        row.full_clean()


def test_loading_again_changes_nothing(offices):
    before = list(Criterion.objects.values_list("key", "points", "valid_from"))
    load_reference(lambda text: None)
    assert list(Criterion.objects.values_list("key", "points", "valid_from")) == before
    assert sum(points for _, points, _ in before) == 100
