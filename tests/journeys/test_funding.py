"""Support under a policy, and the money of the programme (clauses IV.12, IV.13, V.1, V.2 of the plan).

On the real units, agencies and policies of Hà Tĩnh, through the pages that the people of each office use; the district
in 2024, the commune in 2026.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.files.tests.factories import pdf, sent
from ocop.funding.models import Activity, FundEntry, SupportRequest
from ocop.funding.registers import FUND_ENTRIES, MOBILISED_RESOURCES, SUPPORT_REQUESTS
from ocop.kit import clock
from ocop.kit.registers import Register
from ocop.kit.testing import content_of, workbook
from ocop.rulebook.models import CriteriaSet, SupportItem
from ocop.units.fields import picked_text
from ocop.units.models import Unit
from ocop.units.queries import committee_of, home_province
from tests.journeys.eras import Era, on

pytestmark = pytest.mark.django_db
LAW = {"2024": "51-2021", "2026": "51-2021-165-2025"}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(user: User, url: str, **data: Any) -> Any:
    """Post a form; it has to lead on."""
    answer = browser(user).post(url, data)
    form = getattr(answer, "context", None) and answer.context.get("form")
    assert answer.status_code == 302, (url, answer.status_code, form and form.errors)
    return answer


def refusal(user: User, url: str, **data: Any) -> str:
    """Post a form that is refused; answers the page, on which what was typed still stands."""
    answer = browser(user).post(url, data)
    assert answer.status_code == 422
    return answer.text


def verb(row: SupportRequest, name: str) -> str:
    return SUPPORT_REQUESTS.url("verb", row.pk, name)


def press(user: User, row: SupportRequest, name: str, **data: Any) -> str:
    """A press on the page of the request; answers the page that follows."""
    return browser(user).post(SUPPORT_REQUESTS.url("press", row.pk), {"verb": name, **data}, follow=True).text


def items_of(policy: str, code: str) -> SupportItem:
    return SupportItem.objects.get(policy__slug=policy, code=code)


def ask(
    user: User, item: SupportItem, producer: Any, product: Any = None, amount: str = "25 triệu"
) -> SupportRequest:
    """A request as it is typed on a phone."""
    send(
        user, SUPPORT_REQUESTS.url("create"), item=item.pk, producer=producer.pk,
        product=product.pk if product else "", quantity=1, cost="", asked_amount=amount, purpose="Bao bì, nhãn mới",
    )  # fmt: skip
    return SupportRequest.objects.latest("pk")


def stages(user: User, **query: Any) -> list[int]:
    """Planned, allocated, disbursed and settled as the page of totals says."""
    sums = browser(user).get(reverse("funding:totals"), query).context["totals"].total.sums
    return [sums.planned, sums.allocated, sums.disbursed, sums.settled]


def waiting(user: User) -> list[SupportRequest]:
    """What the list opens on."""
    return list(browser(user).get(SUPPORT_REQUESTS.url("list")).context["page"].object_list)


@pytest.mark.journey("IV.12", "V.2")
def test_support_is_asked_appraised_decided_paid_and_never_twice(era: Era):
    with on("2024-03-11"):
        commune, _ = era.commune_people()
        district = era.district_office()
        producer, product = era.producer_with_product(
            CriteriaSet.objects.get(book__slug="148-2023", number=8), commune
        )
        owner, item = era.user("chu"), items_of(LAW["2024"], "bao-bi")
        law = browser(owner).get(reverse("rulebook:entitlements", args=[item.policy.instrument.slug])).text
        assert (item.name in law, "mức hỗ trợ chưa có căn cứ" in law) == (True, True)
        row = ask(owner, item, producer, product)
        press(owner, row, "submit")
        assert (waiting(commune), waiting(district.desk), waiting(district.leader)) == ([], [row], [])
        send(
            district.desk,
            verb(row, "appraise"),
            proposal="support",
            amount="20 triệu",
            opinion="Đủ hồ sơ, mẫu bao bì",
        )
        assert (waiting(district.desk), waiting(district.leader)) == ([], [row])
        decision = {"number": "45/QĐ-UBND", "day": "2024-03-11", "amount": "20 triệu", "source": "local",
                    "budget_level": "district"}  # fmt: skip
        said = refusal(district.leader, verb(row, "decide"), **decision)
        assert ("Mức hỗ trợ chưa có căn cứ: cần ghi căn cứ" in said, "45/QĐ-UBND" in said) == (True, True)
        send(
            district.leader, verb(row, "decide"), **decision, amount_basis="Thông báo 12/TB-UBND của Chủ tịch"
        )
        paper = browser(district.desk).get(SUPPORT_REQUESTS.url("paper", row.pk, "quyet-dinh"))
        assert content_of(paper)[:2] == b"PK"
    with on("2024-04-02"):
        send(
            district.desk, verb(row, "pay"), amount="12.000.000", document_number="UNC 01", day="2024-04-02",
            attached=sent("hoa-don.pdf", pdf(1)),
        )  # fmt: skip
        pay = {"amount": "8.000.001", "document_number": "UNC 02", "day": "2024-04-02"}
        assert "chỉ còn chi được 8.000.000 đ" in refusal(district.desk, verb(row, "pay"), **pay)
        send(district.desk, verb(row, "pay"), **{**pay, "amount": "8.000.000"})
        send(district.desk, verb(row, "settle"), document_number="QT 01", day="2024-04-02")
        row.refresh_from_db()
        assert (row.state, row.paid_amount(), row.files.count()) == ("paid", 20_000_000, 1)
        second = ask(commune, item, producer, product)
        said = press(commune, second, "submit")
        assert (
            "Đã được hỗ trợ: “Thiết kế bao bì, nhãn, tem truy xuất” 20.000.000 đ theo Quyết định 45/QĐ-UBND"
            in said
        )
        assert stages(district.desk) == [0, 0, 20_000_000, 20_000_000]
    with on("2026-09-08"):  # the district is gone; the commune does its part, under the amended resolution
        officer, leader = era.commune_people("-2026")
        assert "đã chi 20.000.000 đ" in press(officer, second, "submit")
        third = ask(owner, items_of(LAW["2026"], "bao-bi"), producer, product)
        assert "Quyết định 45/QĐ-UBND" in press(owner, third, "submit")
        fourth = ask(owner, items_of(LAW["2026"], "chat-luong"), producer, product, "9 triệu")
        press(owner, fourth, "submit")
        assert (waiting(officer), waiting(owner)) == ([fourth], [third, second])
        send(
            officer,
            verb(fourth, "appraise"),
            proposal="support",
            amount="9 triệu",
            opinion="Có phiếu kiểm nghiệm",
        )
        send(
            leader, verb(fourth, "decide"), number="7/QĐ-UBND", day="2026-09-08", amount="9 triệu", source="local",
            budget_level="commune", amount_basis="Nghị quyết của Hội đồng nhân dân xã",
        )  # fmt: skip
        send(officer, verb(fourth, "pay"), amount="9 triệu", document_number="UNC 1", day="2026-09-08")
        assert stages(officer, tu="2026") == [0, 0, 9_000_000, 0]
        pages = [
            browser(owner).get(producer.get_absolute_url()).text,
            browser(officer).get(row.get_absolute_url()).text,
        ]
        assert ["Hỗ trợ &amp; vốn" in pages[0], "UNC 02" in pages[1]] == [True, True]


def sheet(register: Register, *rows: dict[str, Any]) -> Any:
    """An upload with the headings of the register's template."""
    heads = [column.label for column in register.on("import")]
    return workbook([heads, *[[row.get(head) for head in heads] for row in rows]])


def take(user: User, register: Register, *rows: dict[str, Any]) -> dict[str, int]:
    """Upload and confirm a sheet; answers what became of its rows."""
    preview = browser(user).post(register.url("import"), {"file": sheet(register, *rows)})
    browser(user).post(preview.url)
    counts = browser(user).get(preview.url).context["batch"].counts
    return {name: counts[name] for name in ("created", "known", "wrong")}


def line(number: int, kind: str, unit: str, amount: str, activity: str, **more: Any) -> dict[str, Any]:
    return {
        "Số chứng từ": "21/QĐ-UBND", "Dòng của chứng từ": number, "Ngày chứng từ": "15/03/2024", "Giai đoạn": kind,
        "Năm": 2024, "Nguồn vốn": "Ngân sách trung ương", "Đơn vị": unit, "Hoạt động": activity,
        "Số tiền (đồng)": amount, **more,
    }  # fmt: skip


@pytest.mark.journey("V.1", "V.2")
def test_a_year_of_the_ledger_with_a_reversal_and_what_came_before(era: Era):
    with on("2024-03-15"):
        district, commune = era.district_office(), era.commune
        names = era.district.title, commune.title
        rows = [
            line(1, "Kế hoạch", names[0], "2.000.000.000", "dao-tao"),
            line(2, "Kế hoạch", names[1], "500,000,000", "xuc-tien"),
            line(3, "Phân bổ", names[1], "450.000.000", "xuc-tien"),
            line(4, "Kế hoạch", names[0], "60.000.000", "quan-ly",
                 **{"Nguồn vốn": "Ngân sách tỉnh, huyện, xã", "Cấp ngân sách": "Ngân sách huyện"}),
            line(5, "Kế hoạch", "Xã Không Có", "1", "dao-tao"),
        ]  # fmt: skip
        assert take(district.desk, FUND_ENTRIES, *rows) == {"created": 4, "known": 0, "wrong": 1}
        assert take(district.desk, FUND_ENTRIES, *rows) == {"created": 0, "known": 4, "wrong": 1}
        wrong = FundEntry.objects.get(document_line=3)
        back = {"reason": "Quyết định phân bổ ghi nhầm 45 triệu", "day": "2024-03-15"}
        send(district.desk, reverse("funding:reverse", args=[wrong.pk]), **back)
        send(
            district.desk, FUND_ENTRIES.url("create"), kind="allocated", year=2024, source="central", budget_level="",
            unit=picked_text(commune), activity=Activity.objects.get(code="xuc-tien").pk, amount="45 triệu",
            day="2024-03-15", document_number="21/QĐ-UBND", document_line=3, content="", producer="", project="",
        )  # fmt: skip
        assert stages(district.desk) == [2_560_000_000, 45_000_000, 0, 0]
        costs = browser(district.desk).get(reverse("funding:totals")).context["totals"].kinds_of_cost
        assert [(row.label, row.sums.planned) for row in costs] == [
            ("Hỗ trợ, phát triển sản phẩm, xúc tiến", 2_500_000_000), ("Quản lý, giám sát (mục V.2)", 60_000_000),
            ("Ngân sách huyện", 60_000_000),
        ]  # fmt: skip
        old = (era.district.pk, commune.pk)
    with on("2026-09-08"):
        officer, _ = era.commune_people("-2026")
        desk = era.give("tinh", Role.ADVISORY_OFFICER, committee_of(home_province(clock.today()), clock.today()),
                        clock.today())  # fmt: skip
        assert stages(desk, den="2024") == [2_560_000_000, 45_000_000, 0, 0]
        assert stages(desk, don_vi=old[0]) == [2_560_000_000, 45_000_000, 0, 0]
        assert stages(officer, don_vi=era.commune.pk) == [0, 0, 0, 0]
        earlier = (
            browser(officer)
            .get(reverse("funding:totals"), {"don_vi": era.commune.pk})
            .context["totals"]
            .earlier
        )
        title = Unit.objects.get(pk=old[1]).title
        assert {row.label: row.sums.planned for row in earlier}[f"{title} (đến 30/06/2025)"] == 500_000_000


@pytest.mark.journey("IV.13")
def test_resources_of_other_programmes_stand_by_producer_and_project_and_in_the_totals(era: Era):
    with on("2024-05-06"):
        commune, _ = era.commune_people()
        producer, _ = era.producer_with_product(
            CriteriaSet.objects.get(book__slug="148-2023", number=8), commune
        )
        row = {
            "Giá trị (đồng)": "80.000.000", "Năm": 2024, "Ngày chứng từ": "02/05/2024", "Đơn vị": era.commune.title,
            "Số chứng từ": "HĐ 3", "Dòng của chứng từ": 1, "Chương trình, nguồn lực": "Khuyến nông",
            "Hình thức": "Tiền", "Nội dung": "Mô hình vườn mẫu", "Chủ thể": producer.code,
        }  # fmt: skip
        loan = {
            **row,
            "Dòng của chứng từ": 2,
            "Chương trình, nguồn lực": "Tín dụng",
            "Giá trị (đồng)": "200.000.000",
        }
        assert take(commune, MOBILISED_RESOURCES, row, loan) == {"created": 2, "known": 0, "wrong": 0}
        assert take(commune, MOBILISED_RESOURCES, row, loan) == {"created": 0, "known": 2, "wrong": 0}
        send(
            commune, MOBILISED_RESOURCES.url("create"), programme="science", resource_form="machinery",
            content="Máy sấy", producer="", project="Mô hình OCOP xanh", unit=picked_text(era.commune),
            amount="120 triệu", year=2024, day="2024-05-03", document_number="HĐ 9", document_line=1,
        )  # fmt: skip
        sums = browser(commune).get(reverse("funding:totals")).context["totals"].sources
        assert {row.label: row.sums.disbursed for row in sums if row.sums.disbursed} == {
            "Tín dụng": 200_000_000, "Lồng ghép từ chương trình, dự án khác": 200_000_000,
        }  # fmt: skip
        story = browser(era.user("chu")).get(
            reverse("kit:story", args=["producers.producer", producer.pk, "ho-tro-von"])
        )
        assert "Mô hình vườn mẫu" in story.text
