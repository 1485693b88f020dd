"""Pages beyond what every register has: the press one came for, overlaps, the checklist, the board, the loader."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ocop.kit import clock, registry
from ocop.kit.errors import BadData
from ocop.kit.testing import workbook
from ocop.products.enums import PaperKind
from ocop.products.tests.factories import PaperFactory
from ocop.quality import loader
from ocop.quality.actions import plans, visits
from ocop.quality.models import Answer, Overlap, Plan, Question, Reception, Remedy, Visit
from ocop.quality.registers.receptions import RECEPTIONS
from ocop.quality.tests.test_outcomes import remedy_of
from ocop.quality.tests.test_receptions import paper_of
from ocop.quality.tests.world import questions


def get(user, url: str):
    client = Client()
    client.force_login(user)
    return client.get(url)


def post(user, url: str, **data):
    client = Client()
    client.force_login(user)
    return client.post(url, data)


@pytest.mark.parametrize(
    ("state", "who", "verb"),
    [
        ("planned", "health", "announce"), ("announced", "health", "begin"), ("under_way", "health2", "sign"),
        ("signed", "health", "conclude"), ("signed", "health2", None), ("announced", "owner", None),
    ],
)  # fmt: skip
def test_the_press_that_a_person_came_for_stands_at_the_head(world, state, who, verb):
    visit = world.visit(state=state)
    page = get(world[who], visit.get_absolute_url())
    open_ones = [
        one for one in page.context["offers"] if one.allowed or one.name in page.context["verb_pages"]
    ]
    assert [one.name for one in open_ones if one.transition.style == "primary"] == ([verb] if verb else [])
    panel = page.content.decode().partition('<section class="moves"')[2]
    styles = re.findall(r'class="btn btn-(\w+) btn-wide', panel.partition("</section>")[0])
    assert styles == sorted(styles, key=lambda style: style != "primary")


def test_a_producer_reports_a_remedy_from_its_page(world):
    remedy = remedy_of(world, world.visit(state="signed", answer="no"))
    shown = get(world["owner"], remedy.get_absolute_url())
    page = reverse("quality:quality-remedies_verb", args=[remedy.pk, "report"])
    assert f'class="btn btn-primary btn-wide" href="{page}"' in shown.content.decode()
    answer = post(world["owner"], page, report="Đã in lại")
    assert (answer.status_code, Remedy.objects.get().state) == (422, "open")  # a photograph is missing
    assert "Hãy kèm ít nhất một ảnh." in answer.content.decode()


def test_the_programme_shows_each_overlap_with_its_two_ways_out_to_the_standing_agency(world):
    programme = world.programme(world.plan("health", 3), world.plan("trade", 4))
    overlap = Overlap.objects.get()
    ways = [reverse("quality:quality-overlaps_verb", args=[overlap.pk, "merge"]), overlap.get_absolute_url()]
    for who, wanted in (("standing", [True, True]), ("health", [False, True])):
        words = get(world[who], programme.get_absolute_url()).content.decode()
        assert [f'href="{way}"' in words for way in ways] == wanted
    plans.justify_overlap(overlap, by=world["standing"], reason="Hai mùa vụ")
    assert "Chỗ trùng cần xử lý" not in get(world["standing"], programme.get_absolute_url()).content.decode()


def test_the_checklist_is_the_teams_to_write_others_to_read_and_nobodys_without_one(world):
    visit = world.visit(state="announced")
    assert get(world["health"], reverse("quality:sheet", args=[visit.pk])).status_code == 404
    visits.begin_visit(visit, by=world["health"])
    url = reverse("quality:sheet", args=[visit.pk])
    assert [get(world[who], url).context["may_fill"] for who in ("health", "health2", "trade", "owner")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert get(world["stranger"], url).status_code == 404


def test_the_phones_queue_is_told_of_success_conflict_and_refusal(world):
    visit = world.visit(state="under_way")
    question = questions(visit)[0]
    url = reverse("quality:sheet_answer", args=[visit.pk, question.code])
    sent = {"value": "no", "note": "Thiếu", "base": "0"}
    first = post(world["health"], url, key="a", **sent)
    again = post(world["health"], url, key="a", **sent)
    assert [(one.status_code, one.json()["version"]) for one in (first, again)] == [(200, 1), (200, 1)]
    other = post(world["health2"], url, key="b", value="yes", note="", base="0")
    assert (other.status_code, other.json()["version"], other.json()["note"]) == (409, 1, "Thiếu")
    assert post(world["trade"], url, key="c", **sent).status_code == 422
    assert post(world["health"], url, key="d", value="maybe", note="", base="1").status_code == 422
    assert post(world["stranger"], url, key="e", **sent).status_code == 404
    assert Answer.objects.get().version == 1


def test_without_scripts_what_somebody_else_changed_is_said_and_the_rest_is_saved(world):
    visit = world.visit(state="under_way")
    one, two, *_ = questions(visit)
    visits.answer_question(visit, one, value="yes", by=world["health2"])
    data = {f"tl-{one.code}": "no", f"goc-{one.code}": "0", f"tl-{two.code}": "no", f"goc-{two.code}": "0"}
    answer = post(world["health"], reverse("quality:sheet_area", args=[visit.pk, "label"]), **data)
    assert answer.status_code == 422
    assert "Người health2 đã trả lời câu này" in answer.content.decode()
    assert dict(Answer.objects.values_list("question__code", "value")) == {one.code: "yes", two.code: "no"}


def test_remedies_are_made_out_of_what_failed_once(world):
    visit = world.visit(state="signed", answer="no")
    url = reverse("quality:findings", args=[visit.pk])
    codes = [question.code for question in questions(visit)]
    data = {f"what-{codes[0]}": "In lại nhãn", f"until-{codes[0]}": clock.today().isoformat(),
            f"what-{codes[1]}": "Bóc sao", f"until-{codes[1]}": "2020-01-01"}  # fmt: skip
    refused = post(world["health"], url, **data)
    assert (refused.status_code, Remedy.objects.count()) == (422, 0)
    assert "Hạn khắc phục không được ở quá khứ." in refused.content.decode()
    assert post(world["health"], url, **{**data, f"what-{codes[1]}": "", "once": "k"}).status_code == 302
    assert [line.question.code for line in get(world["health"], url).context["lines"]] == codes[1:]
    assert get(world["owner"], url).status_code == 403


def test_a_paper_goes_to_an_office_of_its_own_kind(world):
    paper = paper_of(world)
    url = reverse("quality:quality-receptions_create")
    wrong = post(world["owner"], url, paper=paper.pk, receiver="food_safety:local", scope="")
    assert (wrong.status_code, Reception.objects.count()) == (422, 0)
    assert "hãy chọn trong nhóm “Bản tự công bố sản phẩm” hoặc" in wrong.content.decode()
    page = get(world["owner"], paper.get_absolute_url()).content.decode()
    assert f"{url}?paper={paper.pk}" in page  # the page of the paper leads there
    assert get(world["owner"], f"{url}?paper={paper.pk}").context["form"].initial == {"paper": paper}
    right = f"self_declaration:{world.agencies['health'].pk}"
    assert post(world["owner"], url, paper=paper.pk, receiver=right, scope="").status_code == 302
    assert Reception.objects.get().agency == world.agencies["health"]
    (todo,) = RECEPTIONS.todos(world["health"], clock.today())
    assert todo.subject == f"Tiếp nhận giấy tờ chất lượng · {world.producer}"


def test_what_no_office_receives_is_not_handed_in_and_an_empty_vault_says_where_to_put_papers(world):
    url = reverse("quality:quality-receptions_create")
    page = get(world["owner"], url).content.decode()
    assert f'<a href="{reverse("producers:mine")}">Mở cơ sở' in page
    story = paper_of(world, kind=PaperKind.STORY)
    assert f"{url}?paper={story.pk}" not in get(world["owner"], story.get_absolute_url()).content.decode()


def test_the_days_of_a_paper_do_not_pretend_to_be_its_name():
    links = {
        column.column.name: column.link
        for column in RECEPTIONS.bound
        if column.column.name.startswith("paper.")
    }
    paper = PaperFactory.build(pk=1, code="ABC", number="12/TB", issued_on=date(2026, 1, 2))
    row = Reception(paper=paper)
    assert [bool(links[name](row)) for name in ("paper.number", "paper.issued_on")] == [True, False]


def test_an_officer_decides_knowingly_on_a_second_visit_nearby(world):
    world.visit()
    today = clock.today().isoformat()
    data = {"producer": world.producer.pk, "agency": world.agencies["trade"].pk, "ground": "request",
            "reason": "Theo chỉ đạo", "first_on": today, "last_on": today, "misuse": "", "lead": ""}  # fmt: skip
    url = reverse("quality:quality-visits_create")
    warned = post(world["trade"], url, **data)
    assert (warned.status_code, "near_ok" in warned.context["form"].errors) == (422, True)
    assert post(world["trade"], url, **data, near_ok="on").status_code == 302
    assert Visit.objects.count() == 2


def test_the_board_is_for_offices_and_producers(world):
    url = reverse("quality:papers_board")
    paper_of(world, expires_on=clock.today())
    assert [get(world[who], url).status_code for who in ("commune", "owner", "stranger")] == [200, 200, 404]
    shown = get(world["owner"], url + "?kind=tests").context["shelves"]
    assert sum(shelf.count for shelf in shown) == 0


def test_sanctions_and_remedies_have_a_line_in_the_menu(world):
    wanted = {"register.quality-remedies", "register.quality-violations", "register.quality-proposals"}
    assert wanted <= {entry.key for entry in registry.menu}


def test_a_question_that_minutes_have_answered_keeps_its_words(world):
    visit = world.visit(state="signed")
    loader.load_reference(lambda text: None)
    answered = questions(visit)[0]
    Question.objects.filter(pk=answered.pk).update(text="Chữ cũ")
    with pytest.raises(BadData) as refused:
        loader.load_reference(lambda text: None)
    assert answered.code in str(refused.value)


def test_plans_of_ones_own_agency_come_from_a_sheet_once_each_with_its_first_move(world):
    heads = ["Cơ quan lập", "Năm", "Số văn bản", "Ghi chú"]
    rows = [["Sở Y tế tỉnh Thử", 2027, "12/KH-SYT", ""], ["Sở Công Thương Thử", 2027, "", ""]]
    client = Client()
    client.force_login(world["health"])
    for _ in range(2):
        answer = client.post(reverse("quality:quality-plans_import"), {"file": workbook([heads, *rows])})
        if answer.status_code == 302:
            client.post(answer.url)
    plan = Plan.objects.get()
    assert (plan.agency, plan.unit, plan.year, plan.number) == (
        world.agencies["health"], world.province, 2027, "12/KH-SYT",
    )  # fmt: skip
    assert [move.name for move in plan.moves.all()] == ["open"]
