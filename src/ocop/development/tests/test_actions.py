"""Obstacles, advice, candidates, organisations and technology by their actions."""

import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from docx import Document

from ocop.accounts.enums import Role
from ocop.cycle.models import Idea
from ocop.development.actions.advice import assign_advice, press_advice
from ocop.development.actions.obstacles import escalate_late, press_obstacle, raise_obstacle
from ocop.development.actions.organisations import advise, ask_organisation, complete
from ocop.development.actions.technology import open_list, press_list, press_need, propose_need
from ocop.development.models import Obstacle, StarCandidate, TechnologyNeed
from ocop.development.papers import research_list_paper
from ocop.development.queries import (
    held_up_ideas,
    held_up_products,
    idea_words,
    producers_in_chains,
    product_words,
)
from ocop.development.tests.factories import (
    CandidateFactory,
    ChainFactory,
    ConsultantFactory,
    LinkFactory,
    TechnologyFactory,
)
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.models import MaterialArea, Producer
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import make_offices
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.tests.factories import CertificateFactory

TODAY = date(2026, 11, 24)


def on(day: str):
    return time_machine.travel(f"{day} 09:00+07:00", tick=True)


@pytest.fixture(autouse=True)
def _today():
    with on("2026-11-24"):
        yield


@pytest.fixture
def offices(db):
    return make_offices()


def titles(user) -> list[str]:
    return list(Notice.objects.filter(to=user).order_by("pk").values_list("title", flat=True))


class TestObstacles:
    def raised(self, offices, **more) -> Obstacle:
        given = {"kind": "land", "title": "Thiếu 500 m² đất làm xưởng", "by": offices.owner}
        return raise_obstacle(offices.producer, **{**given, **more})

    def test_from_the_first_word_to_the_confirmation(self, offices):
        row = self.raised(offices)
        officer, department = offices[Role.COMMUNE_OFFICER], offices[Role.DEPARTMENT_OFFICER]
        assert (row.state, row.due_on, row.unit) == ("raised", date(2026, 11, 27), offices.commune)
        assert titles(officer) == ["Mới nêu: Thiếu 500 m² đất làm xưởng"]
        press_obstacle(row, "assign", by=officer, assignee=department, answer_by=date(2026, 12, 1))
        assert (row.state, row.due_on) == ("assigned", date(2026, 12, 1))
        assert titles(department) == ["Đã giao xử lý: Thiếu 500 m² đất làm xưởng"]
        press_obstacle(
            row, "answer", by=department, answer="Đưa vào quy hoạch.", settle_by=date(2026, 12, 20)
        )
        assert (row.answered_on, row.due_on) == (TODAY, date(2026, 12, 20))
        assert titles(offices.owner) == ["Đã trả lời, đang gỡ: Thiếu 500 m² đất làm xưởng"]
        press_obstacle(row, "settle", by=department, outcome="solved", result="Giao 500 m².", granted_m2=500)
        assert (row.settled_on, row.granted_m2, row.due_on) == (TODAY, 500, date(2026, 12, 9))
        press_obstacle(row, "confirm", by=offices.owner)
        assert (row.state, row.due_on, row.closed_at is not None) == ("confirmed", None, True)

    def test_the_producer_reopens_what_was_not_settled(self, offices):
        row = self.raised(offices)
        officer = offices[Role.COMMUNE_OFFICER]
        press_obstacle(row, "assign", by=officer, assignee=officer)
        assert row.answer_by == date(2026, 12, 4)
        press_obstacle(row, "answer", by=officer, answer="Sẽ làm.")
        press_obstacle(row, "settle", by=officer, outcome="partly", result="Mới xong giấy.")
        press_obstacle(row, "reopen", by=offices.owner, reason="Chưa có đất")
        assert (row.state, row.outcome, row.settled_on, row.reopened) == ("assigned", "", None, 1)
        assert row.due_on == date(2026, 12, 4)

    def test_a_late_case_goes_to_the_leader_then_to_the_province_and_stays_there(self, offices):
        row = self.raised(offices)
        leader, province = offices[Role.COMMUNE_LEADER], offices[Role.PROVINCE_LEADER]
        told = []
        for day in ("2026-11-27", "2026-11-28", "2026-11-29", "2026-12-02", "2026-12-03", "2026-12-10"):
            with on(day):
                escalate_late()
            row.refresh_from_db()
            told.append((row.level, len(titles(leader)), len(titles(province))))
        first = told[0][1]
        assert [(level, at_leader - first, at_province) for level, at_leader, at_province in told] == [
            ("0", 0, 0), ("1", 1, 0), ("1", 1, 0), ("1", 1, 0), ("2", 1, 1), ("2", 1, 1),
        ]  # fmt: skip
        moves = list(row.moves.filter(name="escalate").values_list("by", "from_state", "to_state"))
        assert (moves, row.escalations) == ([(None, "raised", "raised")] * 2, 2)

    def test_a_new_deadline_takes_it_down_again(self, offices):
        row = self.raised(offices)
        with on("2026-11-28"):
            escalate_late()
            row.refresh_from_db()
            press_obstacle(
                row, "assign", by=offices[Role.COMMUNE_OFFICER], assignee=offices[Role.COMMUNE_LEADER]
            )
            assert (row.level, escalate_late()) == ("0", 0)

    def test_an_officer_passes_it_up_with_a_reason_once(self, offices):
        row = self.raised(offices)
        officer = offices[Role.COMMUNE_OFFICER]
        press_obstacle(row, "raise", by=officer, reason="Vượt thẩm quyền xã")
        assert (row.level, row.state) == ("2", "raised")
        with pytest.raises(Refused) as refused:
            press_obstacle(row, "raise", by=officer, reason="Nữa")
        assert refused.value.code == "obstacle.level"

    def test_closing_waits_for_the_producer(self, offices):
        row = self.raised(offices)
        officer = offices[Role.COMMUNE_OFFICER]
        press_obstacle(row, "assign", by=officer, assignee=officer)
        press_obstacle(row, "answer", by=officer, answer="Sẽ làm.")
        press_obstacle(row, "settle", by=officer, outcome="solved", result="Xong.")
        with pytest.raises(Refused) as refused:
            press_obstacle(row, "close", by=officer)
        assert refused.value.code == "obstacle.wait"
        with on("2026-12-10"):
            press_obstacle(row, "close", by=officer)
        assert row.state == "closed"

    def test_who_may_raise_and_see(self, offices):
        for user in (offices.stranger, offices.neighbour):
            with pytest.raises(Forbidden):
                self.raised(offices, by=user)
        row = self.raised(offices)

        def sees(user):
            return Obstacle.objects.visible_to(user).filter(pk=row.pk).exists()

        assert [sees(offices.owner), sees(offices.neighbour), sees(offices.stranger)] == [True, False, False]
        press_obstacle(
            row, "assign", by=offices[Role.COMMUNE_OFFICER], assigned_agency=offices.agencies["neighbour"]
        )
        assert sees(offices.neighbour)
        assert titles(offices.neighbour) == ["Đã giao xử lý: Thiếu 500 m² đất làm xưởng"]

    def test_a_product_of_somebody_else(self, offices):
        with pytest.raises(Refused) as refused:
            self.raised(offices, product=ProductFactory())
        assert refused.value.code == "obstacle.product"

    def test_it_blocks_the_board_until_it_is_settled(self, offices):
        mine, other = (ProductFactory(producer=offices.producer) for _ in range(2))
        idea = Idea.objects.create(
            producer=offices.producer, unit=offices.commune, name="Mứt", opened_at=clock.now()
        )
        late = date(2026, 12, 1)
        row = self.raised(offices, product=mine)
        said = ("Đất đai: Thiếu 500 m² đất làm xưởng (quá hạn 27/11/2026)", row.get_absolute_url())
        assert [one["pk"] for one in held_up_products(TODAY)] == [mine.pk]
        assert product_words([mine.pk, other.pk], late) == {mine.pk: said}
        assert [one["pk"] for one in held_up_ideas(TODAY)] == [idea.pk]
        assert idea_words([idea.pk], late) == {idea.pk: said}
        Obstacle.objects.update(product=None)
        assert {one["pk"] for one in held_up_products(TODAY)} == {mine.pk, other.pk}
        assert product_words([mine.pk, other.pk], late) == {mine.pk: said, other.pk: said}
        Obstacle.objects.update(state="settled")
        assert [list(held_up_products(TODAY)), list(held_up_ideas(TODAY))] == [[], []]


class TestAdvice:
    def test_a_task_is_reported_and_rated(self, offices):
        consultant = ConsultantFactory(unit=offices.province)
        officer = offices[Role.COMMUNE_OFFICER]
        row = assign_advice(consultant, offices.producer, task="Sửa bao bì", starts_on=date(2026, 11, 2),
                            ends_on=date(2026, 11, 30), by=officer, days=3)  # fmt: skip
        assert (row.state, row.due_on) == ("running", date(2026, 11, 30))
        press_advice(row, "report", by=officer, result="Có mẫu mới.", days=4, cost=5_000_000)
        assert (row.done_on, row.days, row.due_on) == (TODAY, 4, date(2026, 12, 9))
        with pytest.raises(Forbidden):
            press_advice(row, "rate", by=officer, rating=5)
        press_advice(row, "rate", by=offices.owner, rating=4, rating_note="Được.")
        assert (row.state, row.rating) == ("rated", 4)
        found = type(consultant).objects.visible_to(offices.owner).counted().get()
        assert (found.advice_count, found.rating) == (1, 4)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [({"task": " "}, "advice.task"), ({"ends_on": date(2026, 11, 1)}, "advice.days")],
    )
    def test_what_is_not_given(self, offices, changes, code):
        given = {"task": "Việc", "starts_on": date(2026, 11, 2), "ends_on": date(2026, 11, 30)}
        with pytest.raises(Refused) as refused:
            assign_advice(ConsultantFactory(unit=offices.province), offices.producer, **{**given, **changes},
                          by=offices[Role.COMMUNE_OFFICER])  # fmt: skip
        assert refused.value.code == code

    def test_one_who_takes_no_work(self, offices):
        with pytest.raises(Refused) as refused:
            assign_advice(ConsultantFactory(unit=offices.province, is_active=False), offices.producer, task="Việc",
                          starts_on=TODAY, ends_on=TODAY, by=offices[Role.COMMUNE_OFFICER])  # fmt: skip
        assert refused.value.code == "advice.active"


class TestCandidates:
    @pytest.mark.parametrize(("stars", "state"), [(3, "watched"), (4, "reached"), (5, "reached")])
    def test_a_certificate_with_the_stars_aimed_at_ends_the_candidacy(self, offices, stars, state):
        from ocop.recognition.signals import certificate_issued

        row = CandidateFactory(product=ProductFactory(producer=offices.producer))
        star = CertificateFactory(product=row.product, stars=stars, number="15/2026")
        certificate_issued.send(type(star), certificate=star, by=None)
        row.refresh_from_db()
        reached = (
            (stars, star.issued_on, "Giấy chứng nhận 15/2026") if state == "reached" else (None, None, "")
        )
        assert (row.state, row.reached_stars, row.reached_on, row.result) == (state, *reached)

    def test_the_stars_of_today_stand_beside_the_target(self, offices):
        row = CandidateFactory(product=ProductFactory(producer=offices.producer))
        CertificateFactory(product=row.product, stars=3)
        assert StarCandidate.objects.with_stars(TODAY).get().stars_now == 3
        assert (row.producer, row.unit) == (offices.producer, row.product.unit)


class TestOrganisations:
    def asked(self, offices, **more):
        given = {"change": "found", "unit": offices.commune, "name": "HTX Ong Sơn Kim", "form": "cooperative",
                 "by": offices[Role.COMMUNE_OFFICER]}  # fmt: skip
        return ask_organisation(**{**given, **more})

    def advised(self, row, by):
        return advise(row, advised_on=TODAY, adviser="Liên minh HTX", content="Điều lệ", people=9, by=by)

    def test_a_cooperative_is_founded_and_enters_the_register(self, offices):
        officer = offices[Role.COMMUNE_OFFICER]
        row = self.asked(offices)
        assert row.due_on == date(2026, 12, 9)
        self.advised(row, officer)
        self.advised(row, officer)
        numbers = {"members_after": 5, "capital_after": 300_000_000, "registered_on": date(2026, 11, 20)}
        with pytest.raises(Refused) as refused:
            complete(row, by=officer, **{**numbers, "members_after": 4})
        assert (refused.value.code, Producer.objects.filter(name="HTX Ong Sơn Kim").exists()) == (
            "organisation.members", False,
        )  # fmt: skip
        complete(row, by=officer, registration="2807001234", **numbers)
        made = row.producer
        assert (row.state, row.advices.count()) == ("done", 2)
        assert (made.name, made.form_on(TODAY), made.unit, made.registration_number) == (
            "HTX Ong Sơn Kim", "cooperative", offices.commune, "2807001234",
        )  # fmt: skip
        assert made.form_row().valid_from == date(2026, 11, 20)

    def test_a_restructuring_dates_the_new_form(self, offices):
        officer = offices[Role.COMMUNE_OFFICER]
        row = self.asked(offices, change="restructure", producer=offices.producer, name="", form="enterprise")
        assert row.name == offices.producer.public_name
        self.advised(row, officer)
        complete(row, by=officer, members_after=2, capital_after=10**9, registered_on=date(2026, 11, 1),
                 registration="GP1")  # fmt: skip
        forms = list(
            offices.producer.forms.order_by("valid_from").values_list("form", "valid_from", "valid_to")
        )
        assert forms == [
            ("cooperative", date(2026, 1, 1), date(2026, 10, 31)), ("enterprise", date(2026, 11, 1), None),
        ]  # fmt: skip

    def test_strengthening_needs_numbers_and_changes_no_form(self, offices):
        officer = offices[Role.COMMUNE_OFFICER]
        row = self.asked(offices, change="strengthen", producer=offices.producer, form="")
        self.advised(row, officer)
        complete(row, by=officer, members_after=12, capital_after=10**9)
        assert (row.state, offices.producer.forms.count()) == ("done", 1)

    def test_the_least_number_of_members_is_that_of_the_day(self, offices):
        from ocop.rulebook.models import DatedSetting

        DatedSetting.objects.create(
            key="cooperative_least_members", province="", value=7, valid_from=date(2023, 1, 1)
        )
        DatedSetting.objects.create(
            key="cooperative_least_members", province="", value=5, valid_from=date(2024, 7, 1)
        )
        officer = offices[Role.COMMUNE_OFFICER]
        row = self.asked(offices)
        self.advised(row, officer)
        with pytest.raises(Refused) as refused:
            complete(row, by=officer, members_after=6, capital_after=1, registered_on=date(2024, 6, 30))
        assert refused.value.reason == "Loại hình này cần ít nhất 7 thành viên."
        complete(row, by=officer, members_after=6, capital_after=1, registered_on=date(2024, 7, 1))

    def test_the_producer_of_a_strengthening_must_be_named(self, offices):
        with pytest.raises(Refused) as refused:
            self.asked(offices, change="strengthen")
        assert refused.value.code == "organisation.producer"

    def test_advice_of_tomorrow(self, offices):
        row = self.asked(offices)
        with pytest.raises(Refused) as refused:
            advise(
                row, advised_on=date(2026, 11, 25), adviser="A", content="B", by=offices[Role.COMMUNE_OFFICER]
            )
        assert (refused.value.code, row.advices.count()) == ("organisation.ahead", 0)


class TestTechnology:
    def test_from_the_need_over_the_list_to_the_transfer(self, offices):
        commune, department = offices[Role.COMMUNE_OFFICER], offices[Role.DEPARTMENT_OFFICER]
        leader = offices[Role.PROVINCE_LEADER]
        row = propose_need(offices.producer, title="Máy sấy lạnh", field="preservation", by=offices.owner,
                           capacity_now=Decimal(5), capacity_wanted=Decimal(20), cost_estimate=400_000_000)  # fmt: skip
        assert (row.year, row.due_on) == (2026, date(2026, 12, 14))
        press_need(row, "gather", by=commune)
        roll = open_list(
            year=2026, unit=offices.province, title="Danh mục", compiler="Sở KH&CN", by=department
        )
        with pytest.raises(Refused) as refused:
            press_list(roll, "submit", by=department)
        assert refused.value.code == "list.empty"
        press_list(roll, "compile", by=department)
        row.refresh_from_db()
        assert (row.state, row.research_list) == ("listed", roll)
        with pytest.raises(Refused) as refused:
            press_need(row, "approve", by=leader)
        assert refused.value.code == "need.decided"
        press_list(roll, "submit", by=department)
        press_list(roll, "approve", by=leader, number="3210/QĐ-UBND", decided_on=TODAY)
        row.refresh_from_db()
        assert (row.state, titles(offices.owner)) == (
            "approved",
            ["Nhu cầu công nghệ đã vào danh mục: Máy sấy lạnh"],
        )
        technology = TechnologyFactory(unit=offices.province)
        press_need(row, "introduce", by=department, technology=technology)
        press_need(row, "transfer", by=commune, transferred_on=TODAY, transfer_cost=380_000_000,
                   support_money=150_000_000, capacity_after=Decimal(18), capacity_before=None)  # fmt: skip
        assert (row.state, row.introduced_on, row.capacity_before, row.capacity_after) == (
            "transferred", TODAY, 5, 18,
        )  # fmt: skip
        counts = type(technology).objects.counted().get()
        assert (counts.need_count, counts.transfer_count) == (1, 1)

    def test_the_list_as_a_paper_holds_needs_and_totals(self, offices):
        department = offices[Role.DEPARTMENT_OFFICER]
        roll = open_list(
            year=2026, unit=offices.province, title="Danh mục KH&CN", compiler="Sở KH&CN", by=department
        )
        for number in (1, 2):
            row = propose_need(offices.producer, title=f"Máy {number}", field="processing", by=offices.owner,
                               cost_estimate=1_000_000)  # fmt: skip
            TechnologyNeed.objects.filter(pk=row.pk).update(research_list=roll)
        table = Document(io.BytesIO(research_list_paper(roll))).tables[1]
        assert [cell.text for cell in table.rows[1].cells] == [
            "1", "Máy 1", "Sơ chế, chế biến", "HTX Kỳ Thử", "Xã Kỳ Thử", "", "1.000.000", "0",
        ]  # fmt: skip
        assert [table.rows[3].cells[place].text for place in (1, 6)] == ["Cộng: 2 nhu cầu", "2.000.000"]

    def test_one_list_a_year(self, offices):
        given = {"year": 2026, "unit": offices.province, "title": "A", "compiler": "B"}
        open_list(**given, by=offices[Role.DEPARTMENT_OFFICER])
        with pytest.raises(Refused) as refused:
            open_list(**given, by=offices[Role.DEPARTMENT_OFFICER])
        assert refused.value.code == "list.once"
        with pytest.raises(Forbidden):
            open_list(**{**given, "year": 2025}, by=offices[Role.COMMUNE_OFFICER])

    def test_producers_are_told_of_technologies_of_their_province(self, offices):
        row, elsewhere = TechnologyFactory(unit=offices.province), TechnologyFactory()
        assert list(type(row).objects.visible_to(offices.owner)) == [row]
        assert elsewhere not in type(row).objects.visible_to(offices[Role.COMMUNE_OFFICER])


class TestChains:
    def test_the_target_counts_leads_and_members_of_chains_tied_to_an_area(self, offices):
        area = MaterialArea.objects.create(name="Vùng cam", unit=offices.commune, species="Cam",
                                           valid_from=date(2024, 1, 1))  # fmt: skip
        member, gone = ProducerFactory(unit=offices.commune), ProducerFactory(unit=offices.commune)
        chain = ChainFactory(lead=offices.producer, area=area)
        chain.members.create(producer=member, joined_on=date(2025, 1, 1))
        chain.members.create(producer=gone, joined_on=date(2024, 1, 1), left_on=date(2025, 12, 31))
        ChainFactory(lead=ProducerFactory())
        assert producers_in_chains(TODAY) == {offices.producer.pk, member.pk}
        assert producers_in_chains(date(2024, 6, 1)) == {offices.producer.pk, gone.pk}
        assert producers_in_chains(TODAY, [offices.beside.pk]) == set()
        area.valid_to = date(2026, 6, 30)
        area.save()
        assert producers_in_chains(TODAY) == set()


def test_members_see_their_link(offices):
    row = LinkFactory()
    assert list(type(row).objects.visible_to(offices.owner)) == []
    row.members.create(producer=offices.producer, joined_on=date(2025, 1, 1))
    assert list(type(row).objects.visible_to(offices.owner)) == [row]
    assert row.members.get() in type(row.members.get()).objects.visible_to(offices.owner)
