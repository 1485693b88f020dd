"""Pages of support and money: through Django's client, as an officer and a producer see them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.funding import actions
from ocop.funding.models import FundEntry, SupportRequest
from ocop.funding.registers import FUND_ENTRIES, MOBILISED_RESOURCES, SUPPORT_REQUESTS
from ocop.funding.tests.world import World, make_world, proof
from ocop.kit import clock
from ocop.kit.testing import content_of, counted, sheet_rows, workbook
from ocop.producers.tests.factories import officer
from ocop.rulebook.models import SupportItem
from ocop.units.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def as_(world):
    """A browser in which somebody of the world is signed in."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(world[name])
        return client

    return sign_in


def entry_data(world: World, **more: object) -> dict[str, object]:
    return {
        "kind": "allocated", "year": 2026, "source": "local", "budget_level": "commune",
        "unit": f"{world.commune.title} ({world.commune.code})", "activity": FundEntry._meta.get_field("activity")
        .related_model.objects.get(code="dao-tao").pk, "amount": "1.250.000.000", "day": "2026-03-01",
        "document_number": "15/QĐ-UBND", "document_line": 1, "content": "", "producer": "", "project": "", **more,
    }  # fmt: skip


def test_a_producer_asks_on_a_phone_and_the_commune_goes_on(world, as_):
    owner = as_("owner")
    page = owner.get(SUPPORT_REQUESTS.url("create"))
    assert page.status_code == 200
    data = {
        "producer": world.producer.pk, "product": "", "item": world.item.pk, "quantity": 1, "cost": "",
        "asked_amount": "20 triệu", "purpose": "Làm bao bì mới",
    }  # fmt: skip
    answer = owner.post(SUPPORT_REQUESTS.url("create"), data)
    row = SupportRequest.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.asked_amount, row.state) == (20_000_000, "draft")
    owner.post(SUPPORT_REQUESTS.url("press", row.pk), {"verb": "submit"})
    desk = as_("officer")
    assert world.item.name in desk.get(SUPPORT_REQUESTS.url("list")).text
    verb = SUPPORT_REQUESTS.url("verb", row.pk, "appraise")
    assert 'value="20.000.000"' in desk.get(verb).text
    refused = desk.post(verb, {"proposal": "support", "amount": "40 triệu", "opinion": "Được"})
    assert (refused.status_code, "vượt mức chính sách" in refused.text) == (422, True)
    assert "40 triệu" in refused.text
    desk.post(verb, {"proposal": "support", "amount": "18 triệu", "opinion": "Được"})
    row.refresh_from_db()
    assert (row.state, row.appraised_amount) == ("appraised", 18_000_000)


def test_the_page_of_a_payment_keeps_proof_and_shows_what_is_left(world, as_):
    row = world.decided()
    desk = as_("officer")
    data = {
        "amount": "5.000.000",
        "document_number": "UNC 7",
        "day": clock.today().isoformat(),
        "attached": proof(),
    }
    desk.post(SUPPORT_REQUESTS.url("verb", row.pk, "pay"), data)
    page = desk.get(row.get_absolute_url()).text
    assert "UNC 7" in page
    assert "15.000.000 đ" in page
    (file,) = row.files.all()
    assert as_("owner").get(file.get_absolute_url()).status_code == 200
    assert as_("stranger").get(file.get_absolute_url()).status_code == 404


def test_an_empty_amount_is_said_before_it_is_decided(world, as_):
    SupportItem.objects.update(amount=None)
    row = world.sent()
    assert "Mức hỗ trợ chưa có căn cứ" in as_("officer").get(row.get_absolute_url()).text


def test_a_double_is_shown_where_it_is_decided(world, as_):
    row, second = world.appraised(), world.appraised()
    world.decide(row)
    for url in (second.get_absolute_url(), SUPPORT_REQUESTS.url("verb", second.pk, "decide")):
        assert f"Quyết định {row.decision_number}" in as_("leader").get(url).text


def test_papers_are_for_officers(world, as_):
    row = world.decided()
    for paper in ("to-trinh", "quyet-dinh"):
        url = SUPPORT_REQUESTS.url("paper", row.pk, paper)
        assert content_of(as_("officer").get(url))[:2] == b"PK"
        assert as_("owner").get(url).status_code == 404


def test_an_entry_is_written_and_reversed_on_its_page(world, as_):
    desk = as_("officer")
    desk.post(FUND_ENTRIES.url("create"), entry_data(world))
    row = FundEntry.objects.get()
    assert (row.amount, row.entered_by, row.unit) == (1_250_000_000, world["officer"], world.commune)
    assert desk.get(FUND_ENTRIES.url("edit", row.pk)).status_code == 403
    url = reverse("funding:reverse", args=[row.pk])
    assert desk.post(url, {"reason": "", "day": "2026-04-01"}).status_code == 422
    answer = desk.post(url, {"reason": "Nhầm đơn vị", "day": "2026-04-01"})
    back = FundEntry.objects.get(reverses=row)
    assert (answer.url, back.amount) == (back.get_absolute_url(), -row.amount)
    assert "đã được đảo" in desk.get(row.get_absolute_url()).text
    assert desk.get(url).url == row.get_absolute_url()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"budget_level": ""}, "Hãy chọn ngân sách tỉnh, huyện hay xã."),
        ({"source": "central"}, "Cấp ngân sách chỉ ghi cho nguồn ngân sách tỉnh, huyện, xã."),
        ({"amount": "một ít"}, "Chưa đọc được số này."),
        ({"amount": "0"}, "Số tiền phải lớn hơn 0."),
        ({"day": "2026-02-30"}, "Ngày này không có hoặc chưa đúng; hãy ghi dạng 23/11/2026."),
        ({"day": "2099-01-01"}, "Ngày chứng từ không thể sau hôm nay."),
    ],
)
def test_a_wrong_entry_says_why_and_keeps_what_was_typed(world, as_, wrong, said):
    answer = as_("officer").post(FUND_ENTRIES.url("create"), entry_data(world, **wrong))
    assert (answer.status_code, said in answer.text, "15/QĐ-UBND" in answer.text) == (422, True, True)
    assert not FundEntry.objects.exists()


def test_a_unit_of_then_is_typed_with_the_day_of_the_document(world, as_):
    old = UnitFactory(name=world.commune.name, under=world.province, valid_to=date(2025, 6, 30), code="70999")
    data = entry_data(world, day="2024-03-01", year=2024, unit=f"{old.title} ({old.code})")
    as_("advisory").post(FUND_ENTRIES.url("create"), data)
    assert FundEntry.objects.get().unit == old


def test_a_sheet_with_dots_and_commas_is_taken_once(world, as_):
    desk = as_("officer")
    heads = [column.label for column in FUND_ENTRIES.on("import")]
    good = {
        "Số chứng từ": "15/QĐ-UBND", "Dòng của chứng từ": 1, "Ngày chứng từ": "01/03/2026", "Giai đoạn": "Phân bổ",
        "Năm": 2026, "Nguồn vốn": "ngan sach trung uong", "Đơn vị": world.commune.title,
        "Hoạt động": "Đào tạo, tập huấn, học tập kinh nghiệm", "Số tiền (đồng)": "1.250.000.000",
    }  # fmt: skip
    rows = [
        good, {**good, "Dòng của chứng từ": 2, "Số tiền (đồng)": "2,500,000,000"},
        {**good, "Dòng của chứng từ": 3, "Số tiền (đồng)": -5},
        {**good, "Dòng của chứng từ": 4, "Ngày chứng từ": "01/03/2021"},
        {**good, "Dòng của chứng từ": 5, "Nguồn vốn": "Ngân sách tỉnh, huyện, xã"},
    ]  # fmt: skip
    for created in (2, 0):
        file = workbook([heads, *[[row.get(head) for head in heads] for row in rows]])
        batch = desk.post(FUND_ENTRIES.url("import"), {"file": file})
        page = desk.get(batch.url)
        problems = {
            one["row"]: one["texts"] for one in page.context["batch"].problems if one["kind"] == "error"
        }
        assert problems == {
            4: ["Số tiền (đồng): Cần từ 1 trở lên."],
            5: [f"{world.commune.title} chỉ có từ 01/01/2023, chứng từ ngày 01/03/2021 nằm ngoài."],
            6: ["Cấp ngân sách: hãy ghi ngân sách tỉnh, huyện hay xã."],
        }
        assert page.context["batch"].counts["ready"] == created
        desk.post(batch.url)
        assert sorted(FundEntry.objects.values_list("amount", flat=True)) == [1_250_000_000, 2_500_000_000]


def test_every_number_of_the_totals_opens_its_rows(world, as_):
    world.post(amount=100_000_000)
    world.post(amount=30_000_000, kind="disbursed")
    world.post(amount=7_000_000, kind="disbursed", document_line=2, year=2025)
    actions.reverse_entry(
        world.post(amount=900, kind="disbursed", document_line=3), by=world["officer"], reason="Nhầm"
    )
    desk = as_("officer")
    page = desk.get(reverse("funding:totals"))
    totals = page.context["totals"]
    assert [row.sums.left for row in (totals.total, totals.units[0], totals.kinds_of_cost[0])] == [
        63_000_000
    ] * 3
    for row in (totals.total, *totals.sources, *totals.units, *totals.activities, *totals.kinds_of_cost):
        for amount, url in row.cells:
            rows = desk.get(url).context["page"].object_list
            assert sum(one.amount for one in rows) == amount
    for _, cells, total, _ in totals.by_year:
        opened = [sum(one.amount for one in desk.get(url).context["page"].object_list) for _, url in cells]
        assert (opened, sum(opened)) == ([amount for amount, _ in cells], total)
    assert "63.000.000" in page.text


def test_the_totals_as_a_workbook(world, as_):
    world.post(amount=100_000_000)
    world.post(amount=30_000_000, kind="disbursed")
    rows = sheet_rows(content_of(as_("officer").get(reverse("funding:totals_sheet") + "?tu=2026")))
    flat = [cell for row in rows for cell in row]
    assert f"Lọc theo: Đơn vị: {world.commune.title}; Từ năm: 2026" in flat
    (total,) = (row for row in rows if row[0] == "Tổng cộng")
    assert total[-5:] == [100_000_000.0, 0.0, 30_000_000.0, 0.0, 70_000_000.0]


def test_the_totals_cost_the_same_however_many_units(world, as_):
    advisory = as_("advisory")
    world.post()
    advisory.get(reverse("funding:totals"))
    with counted() as few:
        advisory.get(reverse("funding:totals"))
    units = [UnitFactory(under=world.province) for _ in range(15)]
    by = officer(world.province, Role.ADVISORY_OFFICER)
    for number, unit in enumerate(units):
        actions.post_entry(world.entry(unit=unit, year=2024 + number % 3), by=by)
    with counted() as many:
        advisory.get(reverse("funding:totals"))
    assert len(many) == len(few)


def test_a_producer_sees_its_money_but_no_totals(world, as_):
    world.post(producer=world.producer)
    owner = as_("owner")
    assert "12/QĐ-UBND" in owner.get(FUND_ENTRIES.url("list") + "?xem=tat-ca").text
    assert owner.get(reverse("funding:totals")).status_code == 404


def test_a_resource_is_recorded_against_a_producer(world, as_):
    data = {
        "programme": "science", "resource_form": "machinery", "content": "Máy sấy", "producer": world.producer.pk,
        "project": "", "unit": f"{world.commune.title} ({world.commune.code})", "amount": "120 triệu", "year": 2026,
        "day": "2026-05-01", "document_number": "HĐ 3", "document_line": 1,
    }  # fmt: skip
    desk = as_("officer")
    nobody = desk.post(MOBILISED_RESOURCES.url("create"), {**data, "producer": ""})
    assert "Hãy ghi chủ thể hoặc dự án được nhận nguồn lực." in nobody.text
    desk.post(MOBILISED_RESOURCES.url("create"), data)
    row = FundEntry.objects.get()
    assert (row.source, row.kind, row.activity.code, row.amount) == (
        "combined",
        "disbursed",
        "long-ghep",
        120_000_000,
    )
    assert "Máy sấy" in desk.get(MOBILISED_RESOURCES.url("list")).text
