"""The pages of the cycle: on a phone, at the desk, and for whom they do not exist. Plan IV.3.2.a."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ocop.cycle import actions
from ocop.cycle.models import BusinessPlan, CycleCalendar, Idea, MeetingLine
from ocop.cycle.registers import IDEAS, MEETINGS, MEMBERS, PLANS
from ocop.cycle.rules.screens import IDEA_SCREENS, PLAN_SCREENS
from ocop.cycle.tests.world import (
    IDEA,
    SCORES,
    a_meeting,
    a_plan,
    an_idea,
    approved,
    make,
    registered,
    selected,
)
from ocop.files.tests.factories import picture, sent
from ocop.rulebook.tests.factories import ProductGroupFactory, SupportItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(time_machine):
    time_machine.move_to("2026-06-15 09:00+07:00")
    return make()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def seen_in(page):
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


def step(client, kind, row, key, **typed):
    address = reverse(f"cycle:{kind}_step", args=[row.pk, key])
    mark = seen_in(text(client.get(address)))
    return client.post(address, {"seen": mark, **typed})


def test_a_producer_registers_an_idea_screen_by_screen(world):
    client, group = client_of(world.owner), ProductGroupFactory()
    start = reverse("cycle:idea_start")
    assert "Đăng ký cho: <strong>" in text(client.get(start))
    answer = client.post(start, {"producer": world.producer.pk, "once": "k1"})
    idea = Idea.objects.get()
    assert answer.url == reverse("cycle:idea_step", args=[idea.pk, "ten"])
    assert client.post(start, {"producer": world.producer.pk, "once": "k1"}).url == answer.url
    assert Idea.objects.count() == 1
    answer = step(client, "idea", idea, "ten", name="Mứt vỏ bưởi", group=group.pk)
    assert answer.url == reverse("cycle:idea_step", args=[idea.pk, "mo-ta"])
    step(client, "idea", idea, "mo-ta", description="Mứt dẻo.", origin="Nghề của làng.")
    step(
        client,
        "idea",
        idea,
        "nguyen-lieu",
        material="Vỏ bưởi",
        material_local_share="90 %",
        processing="deep",
    )
    wrong = step(client, "idea", idea, "nguoi-lam", labour_total="3", labour_local="5")
    assert "Số người trong xã không được nhiều hơn tổng số người làm." in text(wrong, 422)
    step(client, "idea", idea, "nguoi-lam", labour_total="8", labour_local="7", led_by_women="on")
    overview = text(client.get(reverse("cycle:idea_write", args=[idea.pk])))
    assert "Tiếp tục: Thị trường" in overview
    assert "Gửi đăng ký" not in overview
    step(client, "idea", idea, "thi-truong", market="Chợ", expected_revenue="0,6 tỷ", wanted_help="")
    photo = sent("anh.jpg", picture())
    answer = client.post(reverse("cycle:idea_step", args=[idea.pk, "anh"]), {"attached": [photo]})
    assert answer.url == reverse("cycle:idea_write", args=[idea.pk])
    assert "Gửi đăng ký" in text(client.get(answer.url))
    client.post(IDEAS.url("press", idea.pk), {"verb": "register", "once": "k2"})
    idea.refresh_from_db()
    assert (idea.state, idea.expected_revenue, idea.material_local_share, idea.led_by_women, idea.files.count()) == (
        "registered", 600_000_000, 90, True, 1,
    )  # fmt: skip
    assert client.get(reverse("cycle:idea_write", args=[idea.pk])).url == idea.get_absolute_url()


def test_a_screen_saves_itself_and_shows_both_versions(world):
    idea, client = an_idea(world), client_of(world.owner)
    address = reverse("cycle:idea_step", args=[idea.pk, "mo-ta"])
    mark = seen_in(text(client.get(address)))
    saved = client.post(
        address, {"seen": mark, "description": "Một", "origin": ""}, headers={"X-Requested-With": "autosave"}
    )
    assert saved.status_code == 200
    idea.refresh_from_db()
    assert (idea.description, idea.origin) == ("Một", "")
    other = client_of(world["commune_officer"]).post(
        address, {"seen": mark, "description": "Hai", "origin": ""}
    )
    page = text(other, 409)
    assert "Hai bản khác nhau" in page
    assert "<dd><p>Một</p></dd>" in page or "<dd>Một</dd>" in page
    assert ">\nHai</textarea>" in page
    again = client_of(world["commune_officer"]).post(
        address, {"seen": seen_in(page), "description": "Hai", "origin": ""}
    )
    assert again.status_code == 302
    bad = client.post(
        reverse("cycle:idea_step", args=[idea.pk, "thi-truong"]), {"expected_revenue": "nhiều"},
        headers={"X-Requested-With": "autosave"},
    )  # fmt: skip
    assert bad.status_code == 422


def test_a_person_without_a_business_is_led_to_one(world):
    page = text(client_of(world.stranger).get(reverse("cycle:idea_start")))
    assert reverse("producers:mine") in page


def test_drafts_and_their_pages_do_not_exist_for_others(world):
    idea, plan = an_idea(world), a_plan(world)
    for user in (world.stranger, world.neighbour):
        client = client_of(user)
        for address in (
            reverse("cycle:idea_write", args=[idea.pk]), reverse("cycle:idea_step", args=[idea.pk, "ten"]),
            reverse("cycle:plan_write", args=[plan.pk]), idea.get_absolute_url(), plan.get_absolute_url(),
        ):  # fmt: skip
            assert client.get(address).status_code == 404, address
    assert client_of(world.owner).get(reverse("cycle:idea_step", args=[idea.pk, "khac"])).status_code == 404


def test_a_draft_waits_for_its_own_people_only(world):
    idea = an_idea(world)
    assert list(Idea.objects.filter(IDEAS.waiting_for(world.owner))) == [idea]
    assert list(Idea.objects.filter(IDEAS.waiting_for(world["commune_officer"]))) == []
    actions.register_idea(idea, by=world.owner)
    assert list(Idea.objects.filter(IDEAS.waiting_for(world.owner))) == []
    assert list(Idea.objects.filter(IDEAS.waiting_for(world["commune_officer"]))) == [idea]


def test_the_commune_registers_for_a_producer_on_one_page(world):
    client = client_of(world["commune_officer"])
    typed = {
        **IDEA,
        "producer": world.producer.pk,
        "year": 2026,
        "group": ProductGroupFactory().pk,
        "expected_revenue": "600 triệu",
    }
    answer = client.post(IDEAS.url("create"), typed)
    idea = Idea.objects.get()
    assert (answer.url, idea.unit, idea.state, idea.opened_by) == (
        idea.get_absolute_url(), world.commune, "draft", world["commune_officer"],
    )  # fmt: skip
    assert idea.expected_revenue == 600_000_000
    assert idea.moves.get().name == "open"


def test_a_meeting_takes_ideas_scores_them_and_writes_the_list(world):
    idea, client = registered(world, led_by_youth=True), client_of(world["commune_officer"])
    meeting = a_meeting(world, "commune_officer")
    page = text(client.get(meeting.get_absolute_url()))
    assert "Thêm ý tưởng (1 đang chờ)" in page
    assert "Nguyễn Văn An" in page
    address = reverse("cycle:meeting_ideas", args=[meeting.pk])
    assert "Hãy chọn ít nhất một ý tưởng." in text(client.post(address, {}), 422)
    client.post(address, {"ideas": [idea.pk], "once": "k"})
    assert client.post(address, {"ideas": [idea.pk], "once": "k"}).url == meeting.get_absolute_url()
    line = MeetingLine.objects.get()
    address = reverse("cycle:meeting_score", args=[line.pk])
    page = text(client.get(address))
    assert "Ưu tiên: chủ thể là thanh niên: <strong>10</strong>" in page
    typed = {f"c_{key}": points for key, points in SCORES.items()}
    assert "26" in text(client.post(address, {**typed, "c_feasible": 26}), 422)
    refused = text(client.post(address, {**typed, "verdict": "refuse"}), 422)
    assert "Hãy ghi lý do không chọn; lý do được gửi cho chủ thể." in refused
    weak = client.post(address, dict.fromkeys(typed, 1))
    line.refresh_from_db()
    assert (line.verdict, weak.url) == ("refuse", address)  # the page asks for the reason before it goes on
    done = client.post(address, typed)
    line.refresh_from_db()
    assert (line.points, line.verdict, done.url) == (70, "select", meeting.get_absolute_url())
    adds = f"{MEMBERS.url('create')}?meeting={meeting.pk}"
    assert adds in text(client.get(meeting.get_absolute_url()))
    client.post(MEETINGS.url("press", meeting.pk), {"verb": "submit"})
    sent = text(client.get(meeting.get_absolute_url()))
    assert "Chờ lãnh đạo UBND cấp xã: Phê duyệt danh sách" in sent
    assert adds not in sent  # nobody is led to a form that would be refused
    leader = client_of(world["commune_leader"])
    assert 'class="waits"' not in text(leader.get(meeting.get_absolute_url()))  # it is the leader's own turn
    answer = leader.post(
        MEETINGS.url("verb", meeting.pk, "approve"),
        {"number": "12/QĐ-UBND", "on": "2026-06-15", "reason": ""},
    )
    assert answer.url == meeting.get_absolute_url()
    idea.refresh_from_db()
    assert idea.state == "selected"
    paper = leader.get(MEETINGS.url("paper", meeting.pk, "danh-sach"))
    words = words_of(paper)[0]
    assert words.count("Mứt vỏ bưởi") == 1
    assert "Số: 12/QĐ-UBND" in words  # the document's own number and day, as they were given
    assert "ngày 15 tháng 06 năm 2026" in words
    owner = client_of(world.owner)
    todos = list(IDEAS.todos(world.owner, date(2026, 6, 15)))
    assert [(one.action, one.url) for one in todos] == [("Lập phương án", idea.get_absolute_url())]
    assert idea in owner.get(IDEAS.url("list")).context["page"].object_list
    a_plan(world, idea)
    assert list(IDEAS.todos(world.owner, date(2026, 6, 15))) == []
    assert owner.get(meeting.get_absolute_url()).status_code == 404
    assert "văn bản 12/QĐ-UBND" in text(owner.get(idea.get_absolute_url()))


def words_of(answer):
    """The words of tables, and of paragraphs, of a Word file."""
    import io

    from docx import Document

    document = Document(io.BytesIO(b"".join(answer.streaming_content)))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(tables), " ".join(line.text for line in document.paragraphs)


def test_an_idea_is_put_on_a_list_from_its_own_page(world):
    idea, client = registered(world), client_of(world["commune_officer"])
    address = IDEAS.url("verb", idea.pk, "list")
    assert "Hãy lập phiên xét chọn trước." in text(client.post(address, {}), 422)
    meeting = a_meeting(world, "commune_officer")
    client.post(address, {"meeting": meeting.pk, "reason": ""})
    idea.refresh_from_db()
    assert (idea.state, meeting.lines.count()) == ("listed", 1)
    client.post(IDEAS.url("press", idea.pk), {"verb": "unlist"})
    idea.refresh_from_db()
    assert (idea.state, meeting.lines.count()) == ("registered", 0)


def test_a_plan_is_written_from_the_idea_on(world):
    idea, client = selected(world), client_of(world.owner)
    assert "Lập phương án kinh doanh" in text(client.get(idea.get_absolute_url()))
    answer = client.post(reverse("cycle:plan_start", args=[idea.pk]), {})
    plan = BusinessPlan.objects.get()
    assert answer.url == reverse("cycle:plan_write", args=[plan.pk])
    for screen in PLAN_SCREENS:
        assert text(client.get(reverse("cycle:plan_step", args=[plan.pk, screen.key])))
    lines = {
        "milestones-TOTAL_FORMS": 1, "milestones-INITIAL_FORMS": 0, "milestones-0-title": "Lắp máy sấy",
        "milestones-0-due_on": "2026-09-30",
    }  # fmt: skip
    client.post(reverse("cycle:plan_step", args=[plan.pk, "tien-do"]), lines)
    item = SupportItemFactory(name="Bao bì, nhãn mác")
    asked = {
        "supports-TOTAL_FORMS": 1, "supports-INITIAL_FORMS": 0, "supports-0-item": item.pk,
        "supports-0-purpose": "In hộp", "supports-0-amount": "30 triệu",
    }  # fmt: skip
    stays = client.post(reverse("cycle:plan_step", args=[plan.pk, "ho-tro"]), {**asked, "them": "1"})
    assert stays.url == reverse("cycle:plan_step", args=[plan.pk, "ho-tro"])
    twice = {
        **asked,
        "supports-TOTAL_FORMS": 2,
        "supports-INITIAL_FORMS": 0,
        "supports-1-item": item.pk,
        "supports-1-amount": "1",
    }
    assert client.post(stays.url, twice).status_code == 422
    assert [(one.item, one.amount) for one in plan.supports.all()] == [(item, 30_000_000)]
    page = text(client.get(plan.get_absolute_url()))
    assert "Lắp máy sấy" in page
    assert "30.000.000 đ" in page
    assert "Còn thiếu: thực trạng" in page


def test_papers_of_a_plan_say_what_it_holds(world):
    plan, client = approved(world), client_of(world["commune_officer"])
    tables, lines = words_of(client.get(PLANS.url("paper", plan.pk, "phuong-an")))
    assert "600.000.000 450.000.000 150.000.000" in tables
    assert "Lắp máy sấy 31/03/2027" in tables
    assert "Thực trạng: Xưởng 80 m2, hai bếp." in lines
    tables, lines = words_of(client.get(PLANS.url("paper", plan.pk, "quyet-dinh")))
    assert "ỦY BAN NHÂN DÂN XÃ KỲ THỬ" in tables
    assert "Số: 34/QĐ-UBND" in tables
    assert "thuộc diện ưu tiên về doanh thu" in lines
    draft = a_plan(world, selected(world))
    assert client.get(PLANS.url("paper", draft.pk, "quyet-dinh")).status_code == 404


def test_presses_of_a_plan_ask_for_what_they_need(world):
    plan, officer, leader = (
        a_plan(world),
        client_of(world["commune_officer"]),
        client_of(world["commune_leader"]),
    )
    owner = client_of(world.owner)
    owner.post(PLANS.url("press", plan.pk), {"verb": "submit"})
    appraised = {"appraisal": "approve", "text": "Khả thi.", "on": "2026-06-15", "reason": ""}
    early = officer.post(PLANS.url("verb", plan.pk, "appraise"), {**appraised, "on": "2026-06-16"})
    assert "Ngày này chưa tới. Hãy ghi ngày đã làm việc này." in text(early, 422)
    officer.post(PLANS.url("verb", plan.pk, "appraise"), appraised)
    late = leader.post(
        PLANS.url("verb", plan.pk, "approve"), {"number": "34/QĐ-UBND", "on": "2026-06-30", "reason": ""}
    )
    assert "Ngày văn bản không được ở tương lai." in text(late, 422)
    leader.post(
        PLANS.url("verb", plan.pk, "approve"), {"number": "34/QĐ-UBND", "on": "2026-06-15", "reason": ""}
    )
    report = {
        "year": 2026,
        "quarter": 2,
        "done_percent": 20,
        "revenue": "50 triệu",
        "spent": "0",
        "text": "",
        "reason": "",
    }
    assert [one.action for one in PLANS.todos(world.owner, date(2026, 6, 15))] == ["Ghi sản phẩm vào sổ"]
    assert list(PLANS.todos(world["commune_officer"], date(2026, 6, 15))) == []
    owner.post(PLANS.url("verb", plan.pk, "open_product"), {"name": "Mứt vỏ bưởi Lan", "reason": ""})
    assert "Ghi sản phẩm vào sổ</a>" not in text(owner.get(plan.get_absolute_url()))
    assert [one.action for one in PLANS.todos(world.owner, date(2026, 6, 15))] == []
    BusinessPlan.objects.update(due_on=date(2026, 7, 5))  # the report of the quarter comes near
    assert [one.action for one in PLANS.todos(world.owner, date(2026, 6, 15))] == ["Báo cáo tiến độ quý"]
    told = owner.post(PLANS.url("verb", plan.pk, "report"), report, follow=True)
    assert "Đã ghi: Báo cáo tiến độ quý." in text(told)
    plan.refresh_from_db()
    assert (plan.state, plan.product.name, plan.progress.get().revenue) == (
        "approved",
        "Mứt vỏ bưởi Lan",
        50_000_000,
    )
    officer.post(
        PLANS.url("verb", plan.pk, "finish"), {"result": "Đã bán.", "revenue": "0,7 tỷ", "reason": ""}
    )
    plan.refresh_from_db()
    assert (plan.state, plan.result_revenue) == ("finished", 700_000_000)


def test_a_calendar_is_set_for_the_own_place_and_shown_on_the_board(world, settings):
    settings.OCOP_PROVINCE = world.province.code
    client = client_of(world["commune_officer"])
    typed = {
        "year": 2026,
        "unit": f"{world.commune.title} ({world.commune.code})",
        "ideas_from": "2026-02-01",
    }
    half = client.post(reverse("cycle:calendars_create"), typed)
    assert "ghi cả ngày đầu và ngày cuối" in text(half, 422)
    client.post(reverse("cycle:calendars_create"), {**typed, "ideas_to": "2026-07-31"})
    assert CycleCalendar.objects.get().windows()[2].last == date(2026, 7, 31)
    elsewhere = {**typed, "ideas_to": "2026-07-31", "unit": f"{world.beside.title} ({world.beside.code})"}
    assert client.post(reverse("cycle:calendars_create"), elsewhere).status_code in (403, 422)
    assert CycleCalendar.objects.count() == 1
    board = text(client.get(reverse("cycle:board")))
    assert "01/02 – 31/07" in board
    empty = client.get(reverse("cycle:calendars_create"))
    assert empty.context["form"].initial["unit"] == world.commune
    assert "2. Đăng ký ý tưởng: từ ngày" in text(empty)
    days = {"ideas_from": date(2026, 2, 1), "ideas_to": date(2026, 3, 1)}
    last_year = CycleCalendar(unit=world.commune, year=2025, **days)
    others = CycleCalendar(unit=world.beside, year=2026, **days)
    above = CycleCalendar(unit=world.province, year=2026, **days)
    for row in (last_year, others, above):
        row.save()
    opened = client.get(reverse("cycle:calendars_list")).context["page"].object_list
    assert {(row.unit, row.year) for row in opened} == {(world.commune, 2026), (world.province, 2026)}


def test_every_screen_of_an_idea_opens(world):
    idea, client = an_idea(world), client_of(world.owner)
    for screen in IDEA_SCREENS:
        assert screen.lead in text(client.get(reverse("cycle:idea_step", args=[idea.pk, screen.key])))
