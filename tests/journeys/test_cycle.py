"""The yearly cycle from the idea to the dossier, with the district in 2024 and the commune in 2026. Plan IV.3.2.

On the real units, agencies, settings and criteria of Hà Tĩnh; the clock is moved, nothing else.
"""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from ocop.accounts.models import User
from ocop.cycle.models import BusinessPlan, CycleCalendar, Idea, MeetingLine, SelectionMeeting
from ocop.cycle.registers import CALENDARS, IDEAS, MEETINGS, MEMBERS, PLANS, SEASONS
from ocop.cycle.rules.screens import IDEA_SCREENS, PLAN_SCREENS
from ocop.development.actions.obstacles import raise_obstacle
from ocop.evaluation.actions import dossier as dossiers
from ocop.evaluation.models import Dossier
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.producers.actions.access import grant
from ocop.producers.actions.register import open_producer
from ocop.producers.models import Producer
from ocop.rulebook.models import CriteriaSet, ProductGroup, SupportItem
from ocop.units.models import Unit
from ocop.units.queries import home_province
from tests.journeys.eras import Era, on

pytestmark = pytest.mark.django_db

IDEA = {
    "name": "Mứt vỏ bưởi Phúc Trạch", "description": "Mứt dẻo từ vỏ bưởi, ít đường.", "origin": "Nghề của làng.",
    "material": "Vỏ bưởi của 30 hộ trong xã.", "material_local_share": "90 %", "processing": "deep",
    "labour_total": "8", "labour_local": "7", "led_by_women": "on", "market": "Cửa hàng đặc sản trong tỉnh.",
    "expected_revenue": "600 triệu", "wanted_help": "Máy sấy.",
}  # fmt: skip
PLAN = {
    "present": "Xưởng 80 m2, hai bếp.", "development": "Thêm máy sấy, mở 20 điểm bán.",
    "feasibility": "Đã làm thử hai năm.", "technology": "Sấy lạnh.", "spec": "Hộp giấy 200 g",
    "material_area": "Vỏ bưởi của 30 hộ trong xã.", "material_local_share": "90", "labour_total": "8",
    "labour_local": "7", "market": "Cửa hàng, siêu thị.", "resources": "Đất và xưởng có sẵn.",
    "own_money": "300 triệu", "loan_money": "200 triệu", "other_money": "", "revenue_1": "0,6 tỷ",
    "cost_1": "450 triệu", "revenue_2": "1,2 tỷ", "cost_2": "900 triệu", "revenue_3": "2 tỷ", "cost_3": "1,5 tỷ",
}  # fmt: skip
GOOD = {"c_aspiration": 15, "c_feasible": 20, "c_lasting": 15, "c_deep": 12}
WEAK = {"c_aspiration": 5, "c_feasible": 5, "c_lasting": 5, "c_deep": 2, "reason": "Chưa rõ nơi tiêu thụ."}


def client_of(user: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def get(client: Client, address: str, status: int = 200) -> str:
    """The page at an address."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def send(client: Client, address: str, **typed: Any) -> Any:
    """A form that is accepted."""
    answer = client.post(address, typed)
    assert answer.status_code == 302, (
        address,
        re.findall(r'class="error[^<]*<?[^<]*', answer.content.decode())[:5],
    )
    return answer


def fill(client: Client, kind: str, pk: int, screens: tuple, typed: dict[str, Any]) -> None:
    """Every screen with fields, as a phone sends them."""
    for screen in screens:
        if screen.fields:
            address = reverse(f"cycle:{kind}_step", args=[pk, screen.key])
            seen = re.search(r'name="seen" value="([^"]*)"', get(client, address))
            assert seen is not None
            send(
                client,
                address,
                seen=seen[1],
                **{name: typed[name] for name in screen.fields if name in typed},
            )


def register(client: Client, producer: Producer, name: str = "") -> Idea:
    """An idea typed on a phone and sent in."""
    send(client, reverse("cycle:idea_start"), producer=producer.pk)
    idea = Idea.objects.latest("pk")
    group = ProductGroup.objects.get(code="I").pk
    fill(client, "idea", idea.pk, IDEA_SCREENS, {**IDEA, "name": name or IDEA["name"], "group": group})
    send(client, IDEAS.url("press", idea.pk), verb="register")
    idea.refresh_from_db()
    return idea


def call_meeting(client: Client, unit: Unit, day: str) -> SelectionMeeting:
    """A meeting with three people invited, two of whom came."""
    send(client, MEETINGS.url("create"), title="Phiên xét chọn đợt 1", unit=f"{unit.title} ({unit.code})",
         year=day[:4], held_on=day, place="Hội trường", chaired_by="Chủ trì phiên")  # fmt: skip
    meeting = SelectionMeeting.objects.latest("pk")
    for number, came in enumerate(("on", "on", "")):
        send(client, MEMBERS.url("create"), meeting=meeting.pk, name=f"Ủy viên {number}", position="Hội Nông dân",
             **({"was_present": came} if came else {}))  # fmt: skip
    return meeting


def choose(
    office: Client, leader: Client, meeting: SelectionMeeting, good: Idea, weak: Idea, number: str
) -> None:
    """Both ideas scored, laid before the leader, approved by a document."""
    send(office, reverse("cycle:meeting_ideas", args=[meeting.pk]), ideas=[good.pk, weak.pk])
    for idea, points in ((good, GOOD), (weak, WEAK)):
        line = MeetingLine.objects.get(idea=idea)
        send(office, reverse("cycle:meeting_score", args=[line.pk]), **points)
    send(office, MEETINGS.url("press", meeting.pk), verb="submit")
    send(leader, MEETINGS.url("verb", meeting.pk, "approve"), number=number, on=meeting.held_on.isoformat())
    for idea in (good, weak):
        idea.refresh_from_db()


def written_plan(client: Client, idea: Idea, item: SupportItem) -> BusinessPlan:
    """The plan of an idea, every screen, one piece of work, one item of support, sent in."""
    send(client, reverse("cycle:plan_start", args=[idea.pk]))
    plan = BusinessPlan.objects.get(idea=idea)
    fill(client, "plan", plan.pk, PLAN_SCREENS, PLAN)
    send(client, reverse("cycle:plan_step", args=[plan.pk, "tien-do"]), **{
        "milestones-TOTAL_FORMS": 1, "milestones-INITIAL_FORMS": 0, "milestones-0-title": "Lắp máy sấy",
        "milestones-0-due_on": f"{plan.year}-12-31",
    })  # fmt: skip
    send(client, reverse("cycle:plan_step", args=[plan.pk, "ho-tro"]), **{
        "supports-TOTAL_FORMS": 1, "supports-INITIAL_FORMS": 0, "supports-0-item": item.pk,
        "supports-0-purpose": "Máy sấy", "supports-0-amount": "100 triệu",
    })  # fmt: skip
    send(client, PLANS.url("press", plan.pk), verb="submit")
    plan.refresh_from_db()
    return plan


def paper(client: Client, address: str) -> str:
    """All words of a Word file."""
    document = Document(io.BytesIO(b"".join(client.get(address).streaming_content)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*cells, *(line.text for line in document.paragraphs)])


def a_producer(era: Era, officer: User) -> Producer:
    """A cooperative of the commune with its owner."""
    made = open_producer(name="Hợp tác xã Mứt Thử", form="cooperative", unit=era.commune, by=officer)
    grant(made, era.user("chu"), kind="owner", by=None)
    return made


def titles(user: User) -> list[str]:
    """What the person was told, in order."""
    return list(Notice.objects.filter(to=user).order_by("pk").values_list("title", flat=True))


def walk(era: Era, people: tuple[User, User], home: Unit, day: str, issuer: str) -> BusinessPlan:
    """From the idea on the phone to an approved plan, by the owner and the office in charge with its leader."""
    owner, (officer, head) = client_of(era.user("chu")), people
    office, leader = client_of(officer), client_of(head)
    good = register(owner, Producer.objects.get(name="Hợp tác xã Mứt Thử"))
    weak = register(owner, good.producer, "Bột bưởi")
    assert (good.state, good.unit, good.year) == ("registered", era.commune, int(day[:4]))
    assert IDEA["name"] in get(office, IDEAS.url("list"))
    meeting = call_meeting(office, home, day)
    choose(office, leader, meeting, good, weak, "15/QĐ-UBND")
    assert (good.state, good.points, weak.state) == ("selected", 72, "refused")
    told = titles(era.user("chu"))
    assert f"Được chọn: {IDEA['name']}" in told
    refusal = Notice.objects.get(to=era.user("chu"), title="Không được chọn: Bột bưởi")
    assert refusal.text == "Chưa rõ nơi tiêu thụ."
    words = paper(leader, MEETINGS.url("paper", meeting.pk, "danh-sach"))
    assert issuer.upper() in words
    assert "Chưa rõ nơi tiêu thụ." in words
    item = SupportItem.objects.in_force(date.fromisoformat(day)).first()
    assert item is not None
    plan = written_plan(owner, good, item)
    assert (plan.state, plan.has_priority, plan.profit_3) == ("submitted", True, 500_000_000)
    assert f"{item.name} Máy sấy 100.000.000" in paper(owner, PLANS.url("paper", plan.pk, "phuong-an"))
    send(
        office,
        PLANS.url("verb", plan.pk, "appraise"),
        appraisal="approve",
        text="Sát thực tế, khả thi.",
        on=day,
    )
    send(leader, PLANS.url("verb", plan.pk, "approve"), number="27/QĐ-UBND", on=day)
    plan.refresh_from_db()
    words = paper(leader, PLANS.url("paper", plan.pk, "quyet-dinh"))
    assert issuer.upper() in words
    assert "Số: 27/QĐ-UBND" in words
    return plan


def into_dossier(era: Era, plan: BusinessPlan, book: str) -> Dossier:
    """A quarter reported, the product entered, its dossier opened with what the plan says already."""
    owner = client_of(era.user("chu"))
    quarter = (clock.today().month - 1) // 3 + 1
    send(owner, PLANS.url("verb", plan.pk, "report"), year=clock.today().year, quarter=quarter, done_percent=40,
         revenue="120 triệu", spent="80 triệu", text="Đã lắp máy.")  # fmt: skip
    send(owner, PLANS.url("verb", plan.pk, "open_product"), name=IDEA["name"])
    plan.refresh_from_db()
    assert plan.product is not None
    group = CriteriaSet.objects.filter(book__slug=book, group__code="I").order_by("number").first()
    assert group is not None
    row = dossiers.open_dossier(plan.product, criteria_set=group, by=era.user("chu"))
    assert row.form02 == {
        "spec": "Hộp giấy 200 g", "material_area": PLAN["material_area"], "material_local_share": 90,
        "labour_total": 8, "labour_local": 7, "technology": "Sấy lạnh.", "market": PLAN["market"],
        "plan": PLAN["development"],
    }  # fmt: skip
    page = get(owner, reverse("evaluation:dossier-write", args=[row.code]))
    assert "27/QĐ-UBND" in page
    return row


@pytest.mark.journey("IV.3.2.a", "VI.12:plan-and-ideas")
def test_in_2024_the_district_chooses_ideas_and_approves_plans(era: Era):
    with on("2024-03-12"):
        officer, leader = era.commune_people()
        district = era.district_office()
        a_producer(era, officer)
        home = era.district
        with_role = MEETINGS.url("create")
        typed = {"title": "Phiên của xã", "unit": f"{era.commune.title} ({era.commune.code})", "year": 2024}
        refused = client_of(officer).post(with_role, {**typed, "held_on": "2024-03-12"})
        assert (refused.status_code, SelectionMeeting.objects.count()) == (403, 0)
        plan = walk(
            era, (district.desk, district.leader), home, "2024-03-12", f"Ủy ban nhân dân {home.title}"
        )
        assert (
            client_of(leader).post(PLANS.url("press", plan.pk), {"verb": "stop", "reason": "x"}).status_code
            == 403
        )
        row = into_dossier(era, plan, "148-2023")
        assert row.district == home
        send(client_of(district.desk), PLANS.url("verb", plan.pk, "finish"), result="Bán ở 12 cửa hàng.",
             revenue="640 triệu")  # fmt: skip
        plan.refresh_from_db()
        assert (plan.state, plan.result_revenue) == ("finished", 640_000_000)


@pytest.mark.journey("IV.3.2.a", "IV.3.2.b:priority")
def test_in_2026_the_commune_does_it(era: Era):
    with on("2026-09-15"):
        officer, leader = era.commune_people()
        a_producer(era, officer)
        home = era.commune
        plan = walk(era, (officer, leader), home, "2026-09-15", f"Ủy ban nhân dân {home.title}")
        row = into_dossier(era, plan, "26-2026")
        assert row.district is None
        send(
            client_of(officer), PLANS.url("verb", plan.pk, "finish"), result="Bán ở 12 cửa hàng.", revenue=""
        )
        plan.refresh_from_db()
        assert plan.state == "finished"


@pytest.mark.journey("IV.3.2.a")
def test_the_commune_registers_an_idea_for_a_producer(era: Era):
    with on("2026-09-15"):
        officer, _ = era.commune_people()
        producer = a_producer(era, officer)
        idea = register(client_of(officer), producer)
        assert (idea.state, idea.opened_by) == ("registered", officer)
        assert IDEA["name"] in get(client_of(era.user("chu")), IDEAS.url("detail", idea.pk))
        story = reverse("kit:story", args=["producers.producer", producer.pk, "chu-trinh"])
        assert IDEA["name"] in get(client_of(officer), story)


@pytest.mark.journey("IV.3.2")
def test_a_year_of_the_cycle_on_the_board(era: Era):
    with on("2026-04-10"):
        officer, leader = era.commune_people()
        office = era.province_office()
        producer = a_producer(era, officer)
        province = home_province(date(2026, 4, 10))
        days = {
            "guidance_from": "2026-01-01", "guidance_to": "2026-12-31", "ideas_from": "2026-02-01",
            "ideas_to": "2026-03-31", "plans_from": "2026-04-01", "plans_to": "2026-05-31",
            "carrying_from": "2026-05-01", "carrying_to": "2026-09-30", "ranking_from": "2026-08-01",
            "ranking_to": "2026-11-30", "promotion_from": "2026-01-01", "promotion_to": "2026-12-31",
        }  # fmt: skip
        desk = client_of(office.desk)
        send(
            desk,
            CALENDARS.url("create"),
            year=2026,
            unit=f"{province.title} ({province.code})",
            basis="05/KH-UBND",
            **days,
        )
        own = client_of(officer)
        send(own, CALENDARS.url("create"), year=2026, unit=f"{era.commune.title} ({era.commune.code})",
             ideas_from="2026-03-01", ideas_to="2026-05-15")  # fmt: skip
        assert CycleCalendar.objects.count() == 2
        board = get(own, reverse("cycle:board"))
        assert "01/03 – 15/05" in board
        assert "01/08 – 30/11" in board
        assert "01/02 – 31/03" in get(desk, reverse("cycle:board"))
        owner = client_of(era.user("chu"))
        idea = register(owner, producer)
        assert idea.due_on == date(2026, 5, 15)
        assert IDEA["name"] in get(owner, f"{reverse('cycle:board')}?buoc=2&xem=bang")
        assert IDEA["name"] not in get(owner, f"{reverse('cycle:board')}?buoc=3&xem=bang")
        plan = walk_on(era, officer, leader, idea)
        product = plan.product
        assert product is not None
        page = get(own, f"{reverse('cycle:board')}?buoc=4&xem=bang")
        assert product.name in page
        send(own, SEASONS.url("create"), product=product.pk, year=2026, step=4, first_day="2026-06-01",
             last_day="2026-12-15", reason="Bưởi chín từ tháng chín.")  # fmt: skip
        assert "15/12/2026" in get(own, f"{reverse('cycle:board')}?buoc=4&xem=bang&q=vỏ bưởi")
        raise_obstacle(
            producer, kind="land", title="Thiếu đất làm xưởng", product=product, by=era.user("chu")
        )
        held = get(own, f"{reverse('cycle:board')}?vuong=on")
        assert "Thiếu đất làm xưởng" in held
        assert "1 vướng" in held
        workbook = own.get(reverse("cycle:board_file"))
        assert workbook["Content-Disposition"].endswith('chu-trinh-20260410.xlsx"')


def walk_on(era: Era, officer: User, leader: User, idea: Idea) -> BusinessPlan:
    """The idea chosen, planned, approved, its product in the register."""
    owner, office, head = client_of(era.user("chu")), client_of(officer), client_of(leader)
    weak = register(owner, idea.producer, "Bột bưởi")
    meeting = call_meeting(office, era.commune, "2026-04-10")
    choose(office, head, meeting, idea, weak, "15/QĐ-UBND")
    item = SupportItem.objects.in_force(date(2026, 4, 10)).first()
    assert item is not None
    plan = written_plan(owner, idea, item)
    send(
        office, PLANS.url("verb", plan.pk, "appraise"), appraisal="approve", text="Khả thi.", on="2026-04-10"
    )
    send(head, PLANS.url("verb", plan.pk, "approve"), number="27/QĐ-UBND", on="2026-04-10")
    send(owner, PLANS.url("verb", plan.pk, "open_product"), name=IDEA["name"])
    plan.refresh_from_db()
    return plan
