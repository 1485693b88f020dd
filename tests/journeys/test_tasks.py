"""Section VI of the plan played: 2024 with districts, through 1/7/2025, 2026 with communes; projects, review, honours.

On the real agencies of Hà Tĩnh, through the pages that their people use; counts worked out by hand from the plan.
"""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.direction.actions.calling import KIND, call_tasks
from ocop.direction.models import Assignment, Nomination, Project, Review, Task, WorkPlan
from ocop.direction.registers import NOMINATIONS, PROJECTS, REVIEWS, TASKS, WORK_PLANS
from ocop.files.tests.factories import picture, sent
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.registers.editing import VERSION
from ocop.producers.models import Producer
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory
from ocop.reporting.models import Programme
from ocop.rulebook.models import CriteriaSet
from ocop.units.actions import hand_over
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency
from ocop.units.queries import agency_with, committee_of, home_province
from tests.journeys.eras import Era, on

pytestmark = pytest.mark.django_db

DEPARTMENTS = {
    "VI.1": 8, "VI.2": 3, "VI.3": 5, "VI.4": 5, "VI.5": 2, "VI.6": 2, "VI.7": 3, "VI.8": 2, "VI.9": 1, "VI.10": 1,
    "VI.11": 5 + 4, "VI.14": 1,
}  # fmt: skip
"""Tasks of each section that go to agencies of the province: five bodies in VI.11's first, four in its second."""
OF_DISTRICTS, OF_COMMUNES = 11, 4


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(user: User, url: str, **data: Any) -> Any:
    """Post a form; it has to lead on."""
    answer = client_of(user).post(url, data)
    form = answer.context.get("form") if answer.context else None
    assert answer.status_code == 302, (url, answer.status_code, form.errors if form is not None else "")
    return answer


def press(register: Any, user: User, row: Any, verb: str, **data: Any) -> None:
    """Press a verb on the page of a case and see that it moved."""
    before = row.moves.count()
    name = "verb" if verb in register.verb_forms else "press"
    url = register.url(name, row.pk, verb) if name == "verb" else register.url(name, row.pk)
    send(user, url, verb=verb, **data)
    row.refresh_from_db()
    assert row.moves.count() == before + 1, (verb, row.state)


def give_out(user: User, year: int, **document: Any) -> None:
    programme = Programme.objects.get(slug="2023-2025")
    send(user, reverse("direction:give_out"), programme=programme.pk, year=year, **document)


def officer_of(era: Era, name: str, slug: str, role: str = Role.DEPARTMENT_OFFICER) -> User:
    return era.give(name, role, Agency.objects.get(slug=slug), clock.today())


def standing_of(era: Era) -> User:
    home = home_province(clock.today())
    return era.give(
        "thuong-truc",
        Role.STANDING_OFFICER,
        agency_with("standing_agency", clock.today(), home),
        clock.today(),
    )


@pytest.mark.journey("VI.1-13")
def test_the_year_2024_with_districts_and_what_became_of_it(era: Era) -> None:
    assert Assignment.objects.count() == 51
    with on("2024-01-10"):
        standing, trade = standing_of(era), officer_of(era, "cong-thuong", "so-cong-thuong-42")
        district_agency, commune_agency = (
            committee_of(era.district, clock.today()),
            committee_of(era.commune, clock.today()),
        )
        district = era.give("huyen", Role.DISTRICT_OFFICER, district_agency, clock.today())
        officer, _ = era.commune_people()
        give_out(standing, 2024)
        departments = Task.objects.exclude(agency__kind__in=("district_committee", "commune_committee"))
        sections = {clause: departments.filter(clause=clause).count() for clause in DEPARTMENTS}
        assert (sections, departments.count()) == (DEPARTMENTS, sum(DEPARTMENTS.values()))
        in_force = Agency.objects.valid_on(clock.today()).filter(
            unit__covers__holder=home_province(clock.today())
        )
        for kind, number in (
            (AgencyKind.DISTRICT_COMMITTEE, OF_DISTRICTS),
            (AgencyKind.COMMUNE_COMMITTEE, OF_COMMUNES),
        ):
            assert (
                Task.objects.filter(agency__kind=kind).count() == number * in_force.filter(kind=kind).count()
            )
        give_out(standing, 2024)
        assert Task.objects.count() == sum(DEPARTMENTS.values()) + 11 * 13 + 4 * 216

    with on("2024-01-12"):
        send(trade, reverse("direction:accept_all"))
        fair = Task.objects.get(assignment__code="VI.3.3")
        assert (fair.state, fair.planned_to) == ("accepted", date(2024, 12, 31))
        mine = list(Task.objects.filter(agency=district_agency).order_by("pk"))
        press(
            TASKS,
            district,
            mine[0],
            "accept",
            planned_from="2024-01-15",
            planned_to="2024-03-31",
            person="Bà Hà",
        )
        local = list(Task.objects.filter(agency=commune_agency, clause="VI.13").order_by("pk"))
        assert [task.monitor for task in local] == [era.district] * OF_COMMUNES
        press(TASKS, officer, local[0], "accept", planned_from="2024-01-15", planned_to="2024-02-29")
        send(trade, WORK_PLANS.url("create"), agency=fair.agency_id, year=2024, note="")
        plan = WorkPlan.objects.get(agency=fair.agency_id)
        assert plan.lines.count() == 5

    with on("2024-06-03"):
        press(TASKS, trade, fair, "start")
        press(
            TASKS,
            trade,
            fair,
            "report",
            result="Đã tổ chức hai phiên chợ.",
            attached=[sent("cho.jpg", picture())],
        )
        press(TASKS, standing, fair, "return", reason="Chưa có danh sách cơ sở.")
        press(TASKS, trade, fair, "report", result="Hai phiên chợ, 40 cơ sở.", quantity="2")
        press(TASKS, standing, fair, "confirm")
        assert (fair.state, fair.returns, fair.files.count()) == ("done", 1, 1)
        task = local[0]
        press(TASKS, officer, task, "start")
        press(TASKS, officer, task, "report", result="Đã phân công công chức.", quantity="1")
        assert client_of(standing).post(TASKS.url("press", task.pk), {"verb": "confirm"}).status_code == 403
        press(TASKS, district, task, "confirm")

    with on("2025-01-01"):
        call_tasks(clock.today())
        late = Task.objects.filter(agency=trade_agency()).overdue(clock.today()).first()
        told = Notice.objects.filter(kind=KIND, subject_key=f"task:{late.pk}").values_list(
            "to__full_name", flat=True
        )
        assert set(told) == {trade.full_name, standing.full_name}
        listed = (
            client_of(standing).get(f"{TASKS.url('list')}?xem=tre&agency={late.agency_id}").context["page"]
        )
        assert listed.paginator.count == 4
        assert "nhiệm vụ quá hạn" in client_of(standing).get("/viec-cua-toi/").content.decode()

    with on("2025-07-02"):
        home = home_province(clock.today())
        admin = era.give(
            "quan-tri", Role.ADMINISTRATOR, agency_with("decides", clock.today(), home), clock.today()
        )
        hand_over(home, date(2025, 7, 1), by=admin)
        left = list(
            Task.objects.filter(given_to=district_agency, closed_at__isnull=True).select_related("agency")
        )
        assert {task.agency for task in left} == {agency_with("advisory_body", clock.today(), home)}
        heir = committee_of(era.commune, clock.today())
        assert {
            task.agency for task in Task.objects.filter(given_to=commune_agency, closed_at__isnull=True)
        } == {heir}
        assert Task.objects.get(pk=local[0].pk).agency == commune_agency
        leader = era.give(
            "lanh-dao-tinh", Role.PROVINCE_LEADER, agency_with("decides", clock.today(), home), clock.today()
        )
        press(TASKS, leader, left[0], "reassign", agency=heir.pk, reason="Phần việc cấp huyện nay do xã làm")
        assert (left[0].state, left[0].agency, left[0].monitor) == ("given", heir, home)


def trade_agency() -> Agency:
    return Agency.objects.get(slug="so-cong-thuong-42")


@pytest.mark.journey("VI.1-13")
def test_the_year_2026_with_communes_that_do_the_districts_part(era: Era) -> None:
    with on("2026-01-12"):
        standing, home = standing_of(era), home_province(clock.today())
        officer, _ = era.commune_people()
        commune = committee_of(era.commune, clock.today())
        refused = client_of(standing).post(
            reverse("direction:give_out"),
            {"programme": Programme.objects.get(slug="2023-2025").pk, "year": 2026},
        )
        assert (refused.status_code, "nằm ngoài giai đoạn" in refused.content.decode()) == (422, True)
        give_out(standing, 2026, basis="Công văn", number="15/UBND-NL", on="2026-01-08")
        communes = Agency.objects.valid_on(clock.today()).filter(
            kind=AgencyKind.COMMUNE_COMMITTEE, unit__covers__holder=home
        )
        rows = Task.objects.filter(agency__in=communes)
        assert rows.count() == communes.count() * (OF_DISTRICTS + OF_COMMUNES)
        assert {task.monitor for task in rows.filter(agency=commune)} == {home}
        environment = Task.objects.filter(clause="VI.6").values_list("agency__slug", flat=True)
        assert set(environment) == {"so-nnmt-42"}
        send(officer, reverse("direction:accept_all"))
        stars = Task.objects.get(agency=commune, assignment__code="VI.12.6")
        press(TASKS, officer, stars, "start")

    with on("2026-11-24"):
        producer = Producer.objects.filter(unit__covers__holder=era.commune).order_by("pk").first()
        product = ProductFactory(producer=producer)
        CertificateFactory(
            product=product, unit=era.commune, stars=3, issued_on=date(2026, 3, 2), valid_to=date(2029, 3, 1),
            decision=DecisionFactory(issuer=agency_with("decides", clock.today(), home), issued_on=date(2026, 3, 2)),
        )  # fmt: skip
        press(TASKS, officer, stars, "report", result="Đã hướng dẫn, đề nghị công nhận.")
        figure = stars.figure_top
        assert (stars.state, figure is not None and figure >= 1, stars.files.count()) == ("reported", True, 0)
        advisory = era.give(
            "tham-muu", Role.PROVINCE_LEADER, agency_with("decides", clock.today(), home), clock.today()
        )
        press(TASKS, advisory, stars, "confirm")
        board = client_of(standing).get(f"{reverse('direction:board')}?nam=2026").context["lines"]
        line = next(one for one in board if one.agency == commune)
        assert (line.total, line.done, line.working) == (15, 1, 14)
        paper = client_of(officer).get(TASKS.url("paper", stars.pk, "phieu-giao-viec"))
        assert paper.status_code == 200


@pytest.mark.journey("IV.11")
def test_the_six_projects_of_the_plan_and_one_carried_out(era: Era) -> None:
    assert Project.objects.filter(state="proposed").count() == 6
    with on("2026-02-05"):
        home = home_province(clock.today())
        leader = era.give(
            "lanh-dao", Role.PROVINCE_LEADER, agency_with("decides", clock.today(), home), clock.today()
        )
        project = Project.objects.get(code="duoc-lieu")
        agency = project.agency
        officer = era.give("chu-tri", Role.DEPARTMENT_OFFICER, agency, clock.today())
        press(
            PROJECTS, leader, project, "approve", number="300/QĐ-UBND", decided_on="2026-02-05", first_on="2026-03-01",
            last_on="2028-12-31",
        )  # fmt: skip
        send(
            officer, reverse("direction:project_milestones_create"), project=project.pk,
            title="Quy hoạch vùng dược liệu", due_on="2026-10-31",
        )  # fmt: skip
        press(PROJECTS, officer, project, "begin")
        send(
            officer, reverse("direction:project_risks_create"), project=project.pk, title="Chậm giao đất", level="high",
            seen_on="2026-02-05", remedy="Làm việc với huyện",
        )  # fmt: skip
        send(
            officer, reverse("direction:project_progress_create"), project=project.pk, day="2026-02-05", percent="10",
            text="Khảo sát ba huyện", attached=[sent("khao-sat.jpg", picture())],
        )  # fmt: skip
        page = client_of(leader).get(project.get_absolute_url()).content.decode()
        assert all(
            said in page for said in ("Chậm giao đất", "Khảo sát ba huyện", "khao-sat.jpg", "300/QĐ-UBND")
        )
    with on("2026-12-20"):
        stone = project.milestones.get()
        stone.reached_on = date(2026, 10, 20)
        stone.save()
        leader = era.user("lanh-dao")
        other = Project.objects.get(code="nam-sao")
        press(PROJECTS, leader, other, "stop", reason="Lồng ghép vào chương trình nâng hạng sao")
        press(PROJECTS, officer, project, "finish", outcome="Có quy hoạch và hai vườn giống.")
        assert (project.state, other.state) == ("finished", "stopped")


def starred(era: Era, officer: User) -> Producer:
    """A cooperative with a product of four stars."""
    criteria_set = CriteriaSet.objects.filter(book__slug="148-2023").order_by("number").first()
    producer, product = era.producer_with_product(criteria_set, officer)
    issuer = agency_with("decides", clock.today(), home_province(clock.today()))
    CertificateFactory(
        product=product, unit=era.commune, stars=4, issued_on=date(2024, 6, 3), valid_to=date(2027, 6, 2),
        decision=DecisionFactory(issuer=issuer, issued_on=date(2024, 6, 3)),
    )  # fmt: skip
    return producer


def version(user: User, url: str) -> dict[str, str]:
    """The hidden mark of the form as it was opened."""
    form = client_of(user).get(url).context["form"]
    return {VERSION: form[VERSION].value()}


@pytest.mark.journey("IV.14")
def test_a_district_reviews_2024_and_honours_a_producer(era: Era) -> None:
    with on("2024-12-20"):
        agency = committee_of(era.district, clock.today())
        officer = era.give("huyen", Role.DISTRICT_OFFICER, agency, clock.today())
        leader = era.give("lanh-dao-huyen", Role.DISTRICT_LEADER, agency, clock.today())
        programme = Programme.objects.get(slug="2023-2025")
        place = f"{era.district.title} ({era.district.code})"
        send(officer, REVIEWS.url("create"), unit=place, programme=programme.pk, year="2024")
        review = Review.objects.get(unit=era.district)
        assert review.kind == "Sơ kết năm 2024"
        send(
            officer, REVIEWS.url("edit", review.pk), **version(officer, REVIEWS.url("edit", review.pk)), work="Đã họp.",
            shortcomings="Ít sản phẩm chế biến sâu.", solutions="Hỗ trợ máy móc.",
        )  # fmt: skip
        review.refresh_from_db()
        press(REVIEWS, officer, review, "submit")
        press(
            REVIEWS, leader, review, "sign", number="400/BC-UBND", signed_on="2024-12-20", signer="Ông Thành"
        )
        chosen = starred(era, officer)
        send(
            officer, NOMINATIONS.url("create"), nominator=agency.pk, kind="producer", producer=chosen.pk, year="2024",
            award="local", merits="Tạo việc làm cho 20 lao động.", attached=[sent("bao-cao.jpg", picture())],
        )  # fmt: skip
        row = Nomination.objects.get()
        press(NOMINATIONS, officer, row, "nominate")
        press(NOMINATIONS, officer, row, "examine", council_on="2024-12-18", yes="6", no="1", abstained="0")
        press(NOMINATIONS, leader, row, "decide", number="900/QĐ-UBND", decided_on="2024-12-20")
        for paper in ("quyet-dinh", "danh-sach"):
            assert client_of(officer).get(NOMINATIONS.url("paper", row.pk, paper)).status_code == 200
