"""Inspection and the papers of quality, from the yearly plan to the star taken back (section IV.4 of the plan).

On the real units and agencies of Hà Tĩnh, through the pages that the people of each office use.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.files.tests.factories import picture, sent
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.testing import workbook
from ocop.products.actions import add_paper, add_version
from ocop.products.tests.factories import stored_pdf
from ocop.quality.actions.outcomes import escalate_late_remedies
from ocop.quality.actions.receptions import REMINDER, remind_of_papers
from ocop.quality.models import (
    Overlap,
    Plan,
    PlanLine,
    Programme,
    Proposal,
    Reception,
    Remedy,
    Violation,
    Visit,
)
from ocop.recognition.actions.misuse import report_misuse
from ocop.recognition.models import Certificate, MisuseReport, Verification
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory
from ocop.rulebook.models import CriteriaSet
from ocop.units.models import Agency
from ocop.units.queries import agency_with, committee_of, home_province
from tests.journeys.eras import Era, on

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(user: User, name: str, *args: Any, **data: Any) -> Any:
    """Post a form as that user; it has to lead on."""
    answer = client_of(user).post(reverse(f"quality:{name}", args=args), data)
    assert answer.status_code == 302, (name, answer.status_code, getattr(answer, "context", None) and [
        (form.errors, form.non_field_errors()) for form in [answer.context.get("form")] if form
    ])  # fmt: skip
    return answer


def press(user: User, key: str, row: Any, verb: str, **data: Any) -> None:
    """Press a verb on the page of a case, with what its form asks, and see that the case moved."""
    before = row.moves.count()
    address = (
        (f"quality-{key}_verb", row.pk, verb)
        if data and set(data) != {"reason"}
        else (f"quality-{key}_press", row.pk)
    )
    send(user, *address, verb=verb, **data)
    row.refresh_from_db()
    assert row.moves.count() > before, (key, verb, row.state)


def page(user: User | None, url: str) -> str:
    client = client_of(user) if user else Client()
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


class Offices:
    """The people of the agencies that take part, on the day of the clock."""

    def __init__(self, era: Era) -> None:
        self.era, today = era, clock.today()
        home = home_province(today)
        slug = Agency.objects.in_bulk(field_name="slug")
        committee = agency_with("decides", today, home)
        give = era.give
        self.health = give("y-te", Role.DEPARTMENT_OFFICER, slug["so-y-te-42"], today)
        self.trade = give("cong-thuong", Role.DEPARTMENT_OFFICER, slug["so-cong-thuong-42"], today)
        self.standing = give(
            "thuong-truc", Role.STANDING_OFFICER, agency_with("standing_agency", today, home), today
        )
        self.advisory = give(
            "tham-muu", Role.ADVISORY_OFFICER, agency_with("advisory_body", today, home), today
        )
        self.leader = give("lanh-dao", Role.PROVINCE_LEADER, committee, today)
        self.clerk = give("van-thu", Role.PROVINCE_CLERK, committee, today)
        self.agencies = slug


def starred_producer(era: Era, officer: User) -> tuple[Any, Certificate]:
    """A cooperative with an owner and a product with four stars."""
    criteria_set = CriteriaSet.objects.filter(book__slug="148-2023").order_by("number").first()
    producer, product = era.producer_with_product(criteria_set, officer)
    issuer = agency_with("decides", clock.today(), home_province(clock.today()))
    star = CertificateFactory(
        product=product, decision=DecisionFactory(issuer=issuer, issued_on=date(2024, 6, 3))
    )
    return producer, star


def planned(
    user: User, agency: Agency, year: int, lines: list[tuple[Any, str, str]], areas: list[str]
) -> Plan:
    """A plan written on its page, line by line, and sent."""
    send(user, "quality-plans_create", agency=agency.pk, year=year, number="", note="")
    plan = Plan.objects.get(agency=agency, year=year)
    for producer, first, last in lines:
        send(user, "quality-lines_create", plan=plan.pk, producer=producer.pk, first_on=first, last_on=last,
             areas=areas, lead=user.pk, note="")  # fmt: skip
    press(user, "plans", plan, "send")
    return plan


def fill_sheet(user: User, visit: Visit, bad: str) -> None:
    """Answer every question as the page without scripts sends them; one fails, with a note and a photograph."""
    shown = client_of(user).get(reverse("quality:sheet", args=[visit.pk]))
    for part in shown.context["sections"]:
        data: dict[str, Any] = {}
        for line in part["lines"]:
            code = line.question.code
            data |= {f"tl-{code}": "no" if code == bad else "yes", f"goc-{code}": line.version}
            if code == bad:
                data |= {f"gc-{code}": "Nhãn không ghi hạn dùng", f"anh-{code}": sent("nhan.jpg", picture())}
        send(user, "sheet_area", visit.pk, part["key"], **data)


@pytest.mark.journey("IV.4.1")
def test_plans_of_three_agencies_become_one_visit_and_its_conclusion_takes_a_star_back(era: Era):
    with on("2024-11-20"):
        commune_officer, _ = era.commune_people()
        offices = Offices(era)
        producer, star = starred_producer(era, commune_officer)
        district = committee_of(era.district, clock.today())
        desk = era.give("huyen", Role.DISTRICT_OFFICER, district, clock.today())
        health = planned(offices.health, offices.agencies["so-y-te-42"], 2025,
                         [(producer, "2025-03-01", "2025-03-20")], ["food_safety"])  # fmt: skip
        trade = planned(offices.trade, offices.agencies["so-cong-thuong-42"], 2025,
                        [(producer, "2025-04-05", "2025-04-25")], ["label"])  # fmt: skip
        local = planned(desk, district, 2025, [(producer, "2025-10-01", "2025-10-20")], ["environment"])
        for plan in (health, trade, local):
            assert "Đưa vào chương trình năm" in page(offices.standing, reverse("workspace:home"))
            press(offices.standing, "plans", plan, "take")

    with on("2024-12-05"):
        programme = Programme.objects.get(year=2025)
        (overlap,) = Overlap.objects.all()
        assert (overlap.days, {overlap.first.plan, overlap.second.plan}) == (16, {health, trade})
        refused = client_of(offices.standing).get(programme.get_absolute_url()).content.decode()
        assert "Còn 1 chỗ trùng chưa gộp hoặc chưa có lý do giữ cả hai." in refused
        press(offices.standing, "overlaps", overlap, "merge", keep="first")
        press(offices.standing, "programmes", programme, "propose")
        press(offices.leader, "programmes", programme, "approve")
        press(offices.clerk, "programmes", programme, "issue", number="512/KH-UBND", issued_on="2024-12-05")
        paper = client_of(offices.clerk).get(
            reverse("quality:quality-programmes_paper", args=[programme.pk, "chuong-trinh"])
        )
        assert paper.status_code == 200
        assert {plan.state for plan in programme.plans.all()} == {"agreed"}
        visit, second = Visit.objects.order_by("first_on")
        assert set(visit.agencies.all()) == {health.agency, trade.agency}
        assert (second.agency, PlanLine.objects.filter(merged_into=visit.line).count()) == (district, 1)

    with on("2025-03-05"):
        press(offices.health, "visits", visit, "announce", visit_on="2025-03-12", decision_number="88/QĐ-SYT",
              decision_on="2025-03-05", lead=offices.health.pk, members=[offices.trade.pk])  # fmt: skip
        owner = era.user("chu")
        assert "Thông báo kiểm tra ngày 12/03/2025" in Notice.objects.filter(to=owner).values_list(
            "title", flat=True
        )
        notice = client_of(owner).get(reverse("quality:quality-visits_paper", args=[visit.pk, "thong-bao"]))
        assert notice.status_code == 200

    with on("2025-03-12"):
        press(offices.trade, "visits", visit, "begin")
        fill_sheet(offices.trade, visit, "NH-1")
        press(offices.health, "visits", visit, "sign", signer_name="Trần Thị Lan", signer_position="Giám đốc")
        send(offices.health, "findings", visit.pk,
             **{"what-NH-1": "In lại nhãn ghi hạn dùng", "until-NH-1": "2025-03-22"})  # fmt: skip
        send(offices.health, "quality-violations_create", visit=visit.pk, product=star.product_id,
             act="Nhãn không ghi hạn dùng", legal_basis="Nghị định 119/2017/NĐ-CP Điều 30", sanction="fine",
             amount=5_000_000, decision_number="12/QĐ-XPHC", decided_on="2025-03-12", paid_on="", note="")  # fmt: skip
        press(offices.health, "visits", visit, "conclude", outcome="violations", conclusion="Vi phạm về nhãn hàng hóa.",
              conclusion_number="31/KL-SYT", concluded_on="2025-03-12")  # fmt: skip
        fine = Violation.objects.get()
        assert (fine.amount, fine.producer, visit.state) == (5_000_000, producer, "concluded")
        for key in ("bien-ban-pdf", "bien-ban", "ket-luan"):
            url = reverse("quality:quality-visits_paper", args=[visit.pk, key])
            assert client_of(owner).get(url).status_code == 200

    with on("2025-03-25"):
        assert escalate_late_remedies() == 1
        remedy = Remedy.objects.get()
        late = Notice.objects.filter(dedupe_key=f"remedy-late:{remedy.pk}")
        assert {offices.standing, desk, commune_officer, owner, offices.health} == {one.to for one in late}
        press(
            owner,
            "remedies",
            remedy,
            "report",
            report="Đã in lại nhãn",
            attached=sent("moi.jpg", picture(colour="blue")),
        )
        press(offices.health, "remedies", remedy, "confirm")
        visit.refresh_from_db()
        assert visit.state == "closed"
        send(offices.health, "quality-proposals_create", visit=visit.pk, certificate=star.pk, ground="c",
             account="Bán nhiều lô không ghi hạn dùng.")  # fmt: skip
        proposal = Proposal.objects.get()
        body = agency_with(
            "advisory_body", clock.today(), home_province(clock.today())
        )  # another one since 1/3/2025
        offices.advisory = era.give("tham-muu-moi", Role.ADVISORY_OFFICER, body, clock.today())
        assert "Mở xác minh sao" in page(offices.advisory, reverse("workspace:home"))
        press(offices.advisory, "proposals", proposal, "open")
        take_back(offices, Verification.objects.get(certificate=star))
        shopper = page(None, reverse("public:validity", args=[star.code]))
        assert "thu hồi" in shopper.lower()
        story = page(
            offices.standing,
            reverse("kit:story", args=["producers.producer", producer.pk, "kiem-tra-chat-luong"]),
        )
        assert "12/QĐ-XPHC" in story


def take_back(offices: Offices, verification: Verification) -> None:
    """The pages of recognition: concluded, proposed, approved, numbered."""
    today = clock.today().isoformat()

    def go(user: User, name: str, **data: Any) -> None:
        answer = client_of(user).post(reverse(f"recognition:{name}", args=[verification.pk]), data)
        assert answer.status_code == 302, (name, answer.status_code)

    go(offices.advisory, "verification", ground="c", account="Sai nhãn.", conclusion="Đúng như kết luận kiểm tra.",
       concluded_on=today)  # fmt: skip
    go(offices.advisory, "verification_press", verb="propose")
    go(offices.leader, "verification_press", verb="approve")
    go(offices.clerk, "verification_decide", number="77/QĐ-UBND", issued_on=today, signer="")


@pytest.mark.journey("IV.4.1")
def test_a_report_of_misuse_leads_to_an_unplanned_visit_of_the_commune_and_tells_of_another_near(era: Era):
    with on("2026-11-24"):
        officer, _ = era.commune_people()
        offices = Offices(era)
        producer, star = starred_producer(era, officer)
        Certificate.objects.filter(pk=star.pk).update(valid_to=date(2027, 6, 3))
        report_misuse(star, kind="product", text="Dán sao sai", place="Chợ", by=None)
        report = MisuseReport.objects.get()
        commune = committee_of(era.commune, clock.today())
        facts = {
            "producer": producer.pk, "agency": commune.pk, "ground": "misuse", "reason": "Phản ánh dán sao sai tại chợ",
            "first_on": "2026-11-24", "last_on": "2026-11-25", "areas": ["label"], "lead": officer.pk, "misuse": "",
        }  # fmt: skip
        send(officer, "quality-visits_create", **facts)
        visit = Visit.objects.get()
        assert (visit.kind, visit.state, visit.unit) == ("unplanned", "planned", producer.unit)
        other = {
            **facts,
            "agency": offices.agencies["so-y-te-42"].pk,
            "lead": offices.health.pk,
            "misuse": report.pk,
        }
        url = reverse("quality:quality-visits_create")
        warned = client_of(offices.health).post(url, other)
        assert warned.status_code == 422
        assert "Tránh chồng chéo: cơ sở này còn" in warned.content.decode()
        assert Visit.objects.count() == 1
        press(officer, "visits", visit, "announce", visit_on="2026-11-24", decision_number="3/QĐ-UBND",
              decision_on="2026-11-24", lead=officer.pk)  # fmt: skip
        press(officer, "visits", visit, "begin")
        fill_sheet(officer, visit, "")
        press(officer, "visits", visit, "sign", unsigned_reason="Chủ cơ sở vắng mặt")
        press(officer, "visits", visit, "conclude", outcome="passed", conclusion="Nhãn đúng.")
        assert visit.state == "closed"


@pytest.mark.journey("VI.12:supervision")
def test_in_2024_the_district_looks_after_certificate_and_logo(era: Era):
    with on("2024-09-10"):
        officer, _ = era.commune_people()
        producer, star = starred_producer(era, officer)
        agency = committee_of(era.district, clock.today())
        desk = era.give("huyen", Role.DISTRICT_OFFICER, agency, clock.today())
        facts = {
            "producer": producer.pk, "agency": agency.pk, "ground": "misuse", "reason": "Nhãn in bốn sao lên mẻ khác",
            "first_on": "2024-09-10", "last_on": "2024-09-12", "areas": ["label"], "lead": desk.pk, "misuse": "",
        }  # fmt: skip
        send(desk, "quality-visits_create", **facts)
        visit = Visit.objects.get()
        press(desk, "visits", visit, "announce", visit_on="2024-09-10", decision_number="3/QĐ-UBND",
              decision_on="2024-09-10", lead=desk.pk)  # fmt: skip
        press(desk, "visits", visit, "begin")
        fill_sheet(desk, visit, "NH-1")
        press(desk, "visits", visit, "sign", signer_name="Trần Thị Lan", signer_position="Giám đốc")
        send(desk, "findings", visit.pk, **{"what-NH-1": "Thu lại nhãn in sai", "until-NH-1": "2024-09-25"})
        press(desk, "visits", visit, "conclude", outcome="remedies", conclusion="Logo dùng ngoài sản phẩm được nhận.",
              conclusion_number="4/KL-UBND", concluded_on="2024-09-10")  # fmt: skip
    with on("2024-09-20"):
        remedy = Remedy.objects.get()
        press(era.user("chu"), "remedies", remedy, "report", report="Đã thu lại 300 nhãn",
              attached=sent("nhan-moi.jpg", picture(colour="blue")))  # fmt: skip
        press(desk, "remedies", remedy, "confirm")
        visit.refresh_from_db()
        star.refresh_from_db()
        assert (visit.state, visit.unit, star.revoked_on) == ("closed", producer.unit, None)


@pytest.mark.journey("IV.4.3")
def test_a_paper_is_received_returned_accepted_by_the_office_of_the_day_and_reminded_of(era: Era):
    with on("2024-10-02"):
        officer, _ = era.commune_people()
        producer, star = starred_producer(era, officer)
        owner = era.user("chu")
        desk = era.give(
            "huyen", Role.DISTRICT_OFFICER, committee_of(era.district, clock.today()), clock.today()
        )
        paper = add_paper(
            producer, kind="declaration", by=owner, file=stored_pdf(owner), product=star.product, number="01/TCB",
            issuer="Hợp tác xã", issued_on=date(2024, 9, 1), expires_on=date(2025, 8, 31),
        )  # fmt: skip
        send(owner, "quality-receptions_create", paper=paper.pk, kind="self_declaration",
             receiver="self_declaration:local", scope="Mứt vỏ bưởi 200 g")  # fmt: skip
        row = Reception.objects.get()
        press(desk, "receptions", row, "receive")
        press(desk, "receptions", row, "return", reason="Thiếu phiếu kiểm nghiệm")
        add_version(paper, stored_pdf(owner, pages=2), by=owner)
        press(owner, "receptions", row, "resubmit")
        press(desk, "receptions", row, "receive")
        press(desk, "receptions", row, "accept", accepted_number="45/TN", accepted_on="2024-10-02")
        assert (row.state, row.accepted_number, row.paper.expires_on) == (
            "accepted",
            "45/TN",
            date(2025, 8, 31),
        )
    for days, told in ((91, 0), (90, 1), (30, 1), (7, 1), (6, 0)):
        with on((date(2025, 8, 31) - timedelta(days=days)).isoformat()):
            assert remind_of_papers() == told
    assert Notice.objects.filter(to=owner, kind=REMINDER).count() == 3
    with on("2025-08-25"):
        officer, _ = era.commune_people("-moi")  # of the commune that came out of the merger
        assert "01/TCB" in page(owner, paper.get_absolute_url())
        assert "Công bố chất lượng" in page(officer, reverse("quality:papers_board"))
        standard = add_paper(
            producer, kind="declaration", by=owner, file=stored_pdf(owner, pages=3), number="TCCS 02:2025",
        )  # fmt: skip
        send(owner, "quality-receptions_create", paper=standard.pk, kind="basic_standard",
             receiver="basic_standard:local", scope="")  # fmt: skip
        late = Reception.objects.get(paper=standard)
        refused = client_of(desk).post(
            reverse("quality:quality-receptions_press", args=[late.pk]), {"verb": "receive"}
        )
        assert refused.status_code in (403, 404)
        press(
            officer, "receptions", late, "receive"
        )  # after the district the commune, as the dated setting says


@pytest.mark.journey("IV.4.1")
def test_the_lines_of_a_plan_come_from_a_sheet_once(era: Era):
    with on("2026-10-01"):
        officer, _ = era.commune_people()
        offices = Offices(era)
        producer, _star = starred_producer(era, officer)
        agency = offices.agencies["so-y-te-42"]
        send(offices.health, "quality-plans_create", agency=agency.pk, year=2027, number="", note="")
        plan = Plan.objects.get()
        heads = ["Chủ thể", "Kế hoạch", "Kiểm tra từ ngày", "Đến hết ngày", "Nội dung kiểm tra", "Ghi chú"]
        good = [
            producer.code,
            str(plan),
            date(2027, 3, 1),
            date(2027, 3, 20),
            "An toàn thực phẩm; Vệ sinh môi trường",
            "",
        ]
        bad = [producer.code, str(plan), date(2027, 6, 1), date(2027, 5, 1), "Bếp núc", ""]
        browser = client_of(offices.health)
        for _ in range(2):
            answer = browser.post(
                reverse("quality:quality-lines_import"), {"file": workbook([heads, good, bad])}
            )
            if answer.status_code == 302:
                browser.post(answer.url)
        line = PlanLine.objects.get()
        assert (line.areas, line.producer, line.plan) == ("food_safety,environment", producer, plan)
