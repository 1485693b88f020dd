"""Obstacles, advice, organisations, technology needs, candidates and chains, from start to end through the pages.

On the real units and agencies of Hà Tĩnh: the district does the district's part in 2024, the commune in 2026.
"""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.development.actions.obstacles import escalate_late
from ocop.development.models import (
    Advice,
    Consultant,
    LinkGroup,
    Obstacle,
    OrganisationCase,
    ProductSurvey,
    ResearchList,
    StarCandidate,
    Technology,
    TechnologyNeed,
    ValueChain,
)
from ocop.development.queries import producers_in_chains
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.testing import content_of
from ocop.producers.actions.access import grant
from ocop.producers.actions.register import open_producer
from ocop.producers.models import MaterialArea, Producer
from ocop.products.actions.product import open_product
from ocop.recognition.signals import certificate_issued
from ocop.recognition.tests.factories import CertificateFactory
from ocop.units.models import Agency
from ocop.units.queries import committee_of, home_province
from tests.journeys.eras import Era, on

pytestmark = pytest.mark.django_db


def signed(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def posted(user: User, page: str, *args: Any, **data: Any) -> None:
    """Send a form of a page; one that shows the form again fails with what it says."""
    answer = signed(user).post(reverse(f"development:{page}", args=args), data)
    form = answer.context.get("form") if answer.context else None
    assert answer.status_code == 302, (page, answer.status_code, form.errors if form is not None else "")


def press(user: User, row: Any, verb: str, *, register: str, reason: str = "", **data: Any) -> None:
    """A press of a case: by the page of the verb when it asks for more, else by the panel."""
    if data:
        posted(user, f"{register}_verb", row.pk, verb, reason=reason, **data)
    else:
        posted(user, f"{register}_press", row.pk, verb=verb, reason=reason)
    row.refresh_from_db()


def page(user: User, name: str, *args: Any) -> str:
    answer = signed(user).get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(to=user).order_by("pk").values_list("title", flat=True))


def department(slug: str) -> Agency:
    return Agency.objects.get(slug=slug)


def business(era: Era, officer: User) -> Producer:
    producer = open_producer(name="HTX Bưởi Phúc Trạch Thử", form="cooperative", unit=era.commune, by=officer)
    grant(producer, era.user("chu"), kind="owner", by=None)
    return producer


@pytest.mark.journey("IV.3.2.b:obstacle-district")
def test_in_2024_the_district_settles_an_obstacle(era: Era):
    with on("2024-06-10"):
        officer, _ = era.commune_people()
        district = committee_of(era.district, date(2024, 6, 10))
        desk = era.give("phong-nn", Role.DISTRICT_OFFICER, district, date(2024, 6, 10))
        producer, owner = business(era, officer), era.user("chu")
        posted(owner, "obstacles_create", producer=producer.pk, kind="land", title="Thiếu đất làm xưởng")
        row = Obstacle.objects.get()
        assert told(desk) == ["Mới nêu: Thiếu đất làm xưởng"]
        assert "Thiếu đất làm xưởng" in page(desk, "workspace:home")
        assert (
            signed(officer).get(reverse("development:obstacles_verb", args=[row.pk, "assign"])).status_code
            == 302
        )
        press(desk, row, "assign", register="obstacles", assigned_agency=district.pk, answer_by="2024-06-20")
        press(desk, row, "answer", register="obstacles", answer="Bổ sung vào kế hoạch sử dụng đất năm 2024.")
        press(
            desk,
            row,
            "settle",
            register="obstacles",
            outcome="solved",
            result="Giao 500 m².",
            granted_m2="500",
        )
        press(owner, row, "confirm", register="obstacles")
        assert (row.state, row.granted_m2, row.assigned_agency) == ("confirmed", 500, district)


@pytest.mark.journey("IV.3.2.b:obstacle-commune")
def test_in_2026_a_late_obstacle_goes_up_and_is_settled_by_the_province(era: Era):
    with on("2026-11-02"):
        officer, leader = era.commune_people()
        province = era.province_office()
        producer, owner = business(era, officer), era.user("chu")
        form = page(owner, "development:obstacles_create")
        assert ['name="title"' in form, "HTX Bưởi Phúc Trạch Thử" in form] == [True, True]
        posted(owner, "obstacles_create", producer=producer.pk, kind="planning", title="Vườn vướng quy hoạch")
        row = Obstacle.objects.get()
        assert (row.due_on, row.unit) == (date(2026, 11, 5), era.commune)
    with on("2026-11-06"):
        assert escalate_late() == 1
        assert told(leader)[-1] == "Quá hạn: Vườn vướng quy hoạch"
    with on("2026-11-11"):
        assert escalate_late() == 1
        assert "Quá hạn: Vườn vướng quy hoạch" in told(province.leader)
        assert "Cấp tỉnh" in page(province.desk, "development:obstacles_detail", row.pk)
        press(province.desk, row, "assign", register="obstacles", assignee=province.desk.pk)
        press(
            province.desk,
            row,
            "answer",
            register="obstacles",
            answer="Đã họp với Sở.",
            settle_by="2026-11-30",
        )
        press(
            province.desk,
            row,
            "settle",
            register="obstacles",
            outcome="partly",
            result="Chỉ điều chỉnh một nửa.",
        )
        press(owner, row, "reopen", register="obstacles", reason="Còn nửa vườn")
        assert (row.state, row.reopened, row.escalations) == ("assigned", 1, 2)
        press(province.desk, row, "answer", register="obstacles", answer="Điều chỉnh hết.")
        press(province.desk, row, "settle", register="obstacles", outcome="solved", result="Xong cả vườn.")
        press(owner, row, "confirm", register="obstacles")
        assert row.state == "confirmed"
        moves = list(row.moves.values_list("name", flat=True))
        assert moves == ["open", "escalate", "escalate", "assign", "answer", "settle", "reopen", "answer", "settle",
                         "confirm"]  # fmt: skip


@pytest.mark.journey("IV.3.2.b:experts")
def test_an_expert_advises_and_the_producer_rates(era: Era):
    with on("2026-11-02"):
        officer, _ = era.commune_people()
        province = era.province_office()
        producer, owner = business(era, officer), era.user("chu")
        posted(province.desk, "consultants_create", name="ThS. Lê Minh", kind="person", speciality="brand",
               unit="Tỉnh Hà Tĩnh", is_active="on")  # fmt: skip
        expert = Consultant.objects.get()
        posted(officer, "advices_create", consultant=expert.pk, producer=producer.pk, task="Sửa bao bì",
               starts_on="2026-11-03", ends_on="2026-11-20", days="3", cost="6000000")  # fmt: skip
        row = Advice.objects.get()
    with on("2026-11-20"):
        press(officer, row, "report", register="advices", result="Có mẫu hộp mới.", days="4", cost="7000000")
        assert told(owner)[-1] == "Chờ chủ thể đánh giá: Sửa bao bì (HTX Bưởi Phúc Trạch Thử)"
        press(owner, row, "rate", register="advices", rating="5", rating_note="Rất được việc.")
        assert (row.state, row.rating, row.days, row.cost) == ("rated", 5, 4, 7_000_000)
        assert "Lê Minh" in page(owner, "development:consultants_detail", expert.pk)


@pytest.mark.journey("IV.3.2.b:candidates", "IV.3.2.b:links")
def test_a_survey_finds_a_candidate_that_reaches_its_star_and_producers_link(era: Era):
    with on("2026-11-02"):
        officer, _ = era.commune_people()
        province = era.province_office()
        producer = business(era, officer)
        product = open_product(producer, name="Mứt vỏ bưởi Thử", by=era.user("chu"))
        posted(province.desk, "surveys_create", name="Khảo sát quý IV", unit="Tỉnh Hà Tĩnh", held_on="2026-11-01",
               surveyor="Văn phòng Điều phối", producers_seen="12", products_seen="20", ideas_seen="4")  # fmt: skip
        survey = ProductSurvey.objects.get()
        posted(officer, "candidates_create", product=product.pk, survey=survey.pk, year="2026", target_stars="4",
               missing="Bao bì", missing_count="2", support="Tư vấn bao bì", support_money="15000000",
               state="supported")  # fmt: skip
        row = StarCandidate.objects.get()
        star = CertificateFactory(product=product, stars=4, number="88/2026")
        certificate_issued.send(type(star), certificate=star, by=province.clerk)
        row.refresh_from_db()
        assert (row.state, row.reached_stars, row.survey) == ("reached", 4, survey)
        posted(officer, "links_create", name="Liên kết bưởi Phúc Trạch", goods="Bưởi", lead=producer.pk,
               unit="Xã Phúc Trạch", founded_on="2026-10-01", yearly_value="2500000000")  # fmt: skip
        link = LinkGroup.objects.get()
        posted(officer, "members_create", link=link.pk, producer=producer.pk, volume="12.5", volume_unit="tấn",
               joined_on="2026-10-01")  # fmt: skip
        assert "HTX Bưởi Phúc Trạch Thử" in page(era.user("chu"), "development:links_detail", link.pk)


@pytest.mark.journey("IV.3.2.c")
def test_in_2024_the_district_advises_a_cooperative_into_being(era: Era):
    with on("2024-05-06"):
        officer, _ = era.commune_people()
        desk = era.give("phong-nn", Role.DISTRICT_OFFICER, committee_of(era.district, date(2024, 5, 6)),
                        date(2024, 5, 6))  # fmt: skip
        posted(officer, "organisations_create", change="found", name="HTX Mật ong Sơn Kim Thử", unit="Xã Phúc Trạch",
               form="cooperative", members_before="6", capital_before="0")  # fmt: skip
        row = OrganisationCase.objects.get()
        said = {
            "adviser": "Phòng Nông nghiệp huyện",
            "content": "Điều lệ, góp vốn",
            "people": "9",
            "hours": "3",
        }
        press(desk, row, "advise", register="organisations", advised_on="2024-05-06", **said)
        numbers = {"name": row.name, "form": "cooperative", "registered_on": "2024-05-05", "registration": "280700",
                   "capital_after": "300000000"}  # fmt: skip
        refused = signed(desk).post(
            reverse("development:organisations_verb", args=[row.pk, "complete"]),
            {**numbers, "members_after": "6"},
        )
        assert refused.status_code == 422
        assert "Loại hình này cần ít nhất 7 thành viên." in refused.content.decode()
        press(desk, row, "complete", register="organisations", members_after="7", **numbers)
        assert (row.state, row.producer.name, row.producer.form_on(date(2024, 5, 6))) == (
            "done", "HTX Mật ong Sơn Kim Thử", "cooperative",
        )  # fmt: skip


@pytest.mark.journey("IV.3.2.c")
def test_in_2026_the_commune_advises_a_group_into_a_cooperative(era: Era):
    with on("2026-11-02"):
        officer, _ = era.commune_people()
        owner = era.user("chu")
        group = open_producer(name="Tổ hợp tác Thử", form="cooperative_group", unit=era.commune, by=officer,
                              since=date(2026, 1, 1))  # fmt: skip
        grant(group, owner, kind="owner", by=None)
        posted(owner, "organisations_create", change="restructure", producer=group.pk, name="", form="cooperative",
               unit="Xã Phúc Trạch", members_before="4", capital_before="50000000")  # fmt: skip
        row = OrganisationCase.objects.get()
        assert told(officer) == ["Chờ tư vấn: Tái cấu trúc, chuyển loại hình: Tổ hợp tác Thử"]
        said = {"adviser": "Liên minh HTX", "content": "Luật HTX", "people": "5", "hours": "2.5"}
        press(officer, row, "advise", register="organisations", advised_on="2026-11-01", **said)
        press(officer, row, "advise_again", register="organisations", advised_on="2026-11-02", **said)
        press(officer, row, "complete", register="organisations", name=row.name, form="cooperative",
              members_after="5", capital_after="200000000", registered_on="2026-11-02",
              registration="2807")  # fmt: skip
        assert [row.state, row.advices.count(), group.form_on(date(2026, 11, 2)), group.form_on(date(2026, 11, 1))] == [
            "done", 2, "cooperative", "cooperative_group",
        ]  # fmt: skip
        story = page(officer, "producers:producers_detail", group.pk)
        assert reverse("kit:story", args=["producers.producer", group.pk, "chu-the-san-pham"]) in story


def need_of(era: Era, local: User, producer: Producer) -> TechnologyNeed:
    owner = era.user("chu")
    posted(owner, "needs_create", producer=producer.pk, title="Máy sấy lạnh", field="preservation",
           year=str(clock.today().year), capacity_now="5", capacity_wanted="20", capacity_unit="tấn/năm",
           cost_estimate="400000000", own_money="150000000")  # fmt: skip
    row = TechnologyNeed.objects.get()
    press(local, row, "gather", register="needs")
    return row


@pytest.mark.journey("IV.6.1")
def test_in_2024_the_district_gathers_a_need_for_the_list(era: Era):
    with on("2024-06-10"):
        officer, _ = era.commune_people()
        desk = era.give("phong-nn", Role.DISTRICT_OFFICER, committee_of(era.district, date(2024, 6, 10)),
                        date(2024, 6, 10))  # fmt: skip
        row = need_of(era, desk, business(era, officer))
        assert (row.state, row.year, row.unit) == ("gathered", 2024, era.commune)


@pytest.mark.journey("IV.6.1")
def test_in_2026_a_need_becomes_a_line_of_the_list_and_a_transfer(era: Era):
    with on("2026-09-01"):
        officer, _ = era.commune_people()
        province, today = era.province_office(), date(2026, 9, 1)
        science = era.give("so-khcn", Role.DEPARTMENT_OFFICER, department("so-khcn-42"), today)
        row = need_of(era, officer, business(era, officer))
        posted(science, "lists_create", year="2026", unit="Tỉnh Hà Tĩnh", title="Danh mục nghiên cứu triển khai",
               compiler="Sở Khoa học và Công nghệ")  # fmt: skip
        roll = ResearchList.objects.get()
        press(science, roll, "compile", register="lists")
        press(science, roll, "submit", register="lists")
        assert told(province.leader)[-1] == "Chờ duyệt: Danh mục nghiên cứu triển khai, 2026"
        press(
            province.leader, roll, "approve", register="lists", number="2301/QĐ-UBND", decided_on="2026-09-01"
        )
        row.refresh_from_db()
        assert (roll.state, row.state, row.research_list) == ("approved", "approved", roll)
        paper = signed(science).get(reverse("development:lists_paper", args=[roll.pk, "danh-muc"]))
        words = "\n".join(cell.text for table in Document(io.BytesIO(content_of(paper))).tables
                          for line in table.rows for cell in line.cells)  # fmt: skip
        assert ["Máy sấy lạnh" in words, "400.000.000" in words] == [True, True]
        posted(science, "technologies_create", name="Máy sấy thăng hoa", field="preservation", unit="Tỉnh Hà Tĩnh",
               introduced_on="2026-09-01", introduced_by="Sở KH&CN", producers_told="14")  # fmt: skip
        technology = Technology.objects.get()
        press(science, row, "introduce", register="needs", technology=technology.pk)
    with on("2026-11-20"):
        press(officer, row, "transfer", register="needs", transferred_on="2026-11-18", transfer_cost="380000000",
              support_money="150000000", capacity_before="5", capacity_after="18", people_trained="6")  # fmt: skip
        assert (row.state, row.transfer_cost, row.capacity_after, row.technology) == (
            "transferred", 380_000_000, 18, technology,
        )  # fmt: skip
        assert home_province(date(2026, 11, 20)) == technology.unit


@pytest.mark.journey("IV.3.2.b:chains")
def test_a_green_chain_counts_once_it_is_tied_to_an_area(era: Era):
    with on("2026-11-02"):
        officer, _ = era.commune_people()
        producer = business(era, officer)
        area = MaterialArea.objects.create(
            name="Vùng bưởi Thử", unit=era.commune, species="Bưởi", valid_from=date(2026, 1, 1)
        )
        sent = {"name": "Chuỗi bưởi xanh", "kind": "green", "goods": "Bưởi", "lead": producer.pk, "households": "30",
                "unit": "Xã Phúc Trạch", "reused_tonnes": "12", "yearly_value": "1500000000",
                "evidence": "Biên bản xã ngày 01/10/2026", "valid_from": "2026-10-01"}  # fmt: skip
        posted(officer, "chains_create", **sent)
        assert producers_in_chains(date(2026, 11, 2)) == set()
        ValueChain.objects.update(area=area)
        assert producers_in_chains(date(2026, 11, 2)) == {producer.pk}
        assert "Chuỗi bưởi xanh" in page(era.user("chu"), "development:chains_list")
