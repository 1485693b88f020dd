"""The component library: every piece is documented and shown, escapes what it is given, and stays on its sprite."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template, engines
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from ocop.kit import patterns
from ocop.kit.errors import Refusal
from ocop.kit.language import addresses_of
from ocop.kit.registry import MenuEntry
from ocop.kit.templatetags.ui import COMPONENTS
from ocop.kit.templatetags.ui_marks import CORE, MORE
from ocop.kit.templatetags.ui_shell import SECTIONS, rail_groups

SOURCE = Path(__file__).resolve().parents[2]
EVIL = '"><script>alert(1)</script>'
SAFE = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"

# How each component is called with hostile text, and how often that text must come out escaped.
HOSTILE = {
    "icon": ('{% icon "x" label=evil %}', 1),
    "badge": ("{% badge evil tone=evil icon=evil %}", 1),
    "stars": ("{% stars 3 label=evil %}", 2),
    "deadline": ("{% deadline day evil evil %}", 1),
    "file_chip": ("{% file_chip evil url=evil note=evil state=evil %}", 4),
    "who": ("{% who evil url=evil note=evil %}", 3),
    "group_drawing": ("{% group_drawing evil label=evil %}", 1),
    "copy_button": ("{% copy_button evil evil %}", 2),
    "progress_bar": ("{% progress_bar 1 2 evil evil %}", 4),
    "save_state": ("{% save_state evil %}", 1),
    "crumbs": ('{% crumbs evil evil evil "" %}', 3),
    "rail": ("{% rail label=evil %}", 1),
    "field": ("{% field form.evil %}", 3),
    "notice": ("{% notice evil title=evil %}{{ evil }}{% endnotice %}", 2),
    "table_shell": (
        "{% table_shell count=evil filters=evil excel=evil print=evil title=evil %}{% endtable_shell %}",
        6,
    ),
    "filter_bar": ("{% filter_bar form reset=evil target=evil %}", 6),
    "dialog": ("{% dialog evil title=evil style=evil %}{{ evil }}{% enddialog %}", 4),
    "timeline": ("{% timeline moves %}", 5),
    "empty_state": ("{% empty_state evil evil evil evil %}", 4),
    "stat": ("{% stat evil evil unit=evil note=evil url=evil tone=evil %}", 5),
    "stepper": ("{% stepper steps label=evil %}", 4),
    "tabs": ("{% tabs steps label=evil %}", 3),
    "moves_panel": ("{% moves_panel offers evil title=evil %}", 5),
    "refusals": ("{% refusals refused title=evil %}", 3),
    "kv": ("{% kv pairs %}", 3),
    "pagination": ('{% pagination page key="trang" target=evil %}', 2),
    "stamp": ("{% stamp evil evil evil %}", 2),
    "figure_value": ("{% figure_value 1 evil %}", 1),
    "line_chart": ("{% line_chart points evil measure=evil %}", 5),
    "bar_chart": ("{% bar_chart bars evil measure=evil %}", 4),
}


def render(source: str, **values) -> str:
    """A template's text with the components at hand."""
    request = RequestFactory().get("/", {"q": "bưởi & cam"})
    return Template(source, engine=engines["django"].engine).render(
        Context({"request": request, "user": AnonymousUser(), **values})
    )


def hostile_values() -> dict:
    """Every value a component takes, hostile."""

    class Form(forms.Form):
        evil = forms.CharField(label=EVIL)

    form = Form({"evil": EVIL}, auto_id="%s")
    form.add_error("evil", EVIL)
    return {
        "evil": EVIL, "day": date(2026, 6, 3), "form": form, "page": patterns.samples()["many"],
        "moves": [{"what": EVIL, "who": EVIL, "reason": EVIL, "basis": EVIL, "url": EVIL}],
        "steps": [{"label": EVIL, "url": EVIL, "note": EVIL}],
        "offers": [patterns._offer("go", EVIL), patterns._offer("no", EVIL, refusals=(Refusal("c", EVIL, ""),))],
        "refused": [Refusal("c", EVIL, EVIL)], "pairs": [(EVIL, EVIL, EVIL)],
        "points": [(date(2026, 6, 3), 1.0)], "bars": [(EVIL, 1.0, EVIL)],
    }  # fmt: skip


def test_every_component_has_a_hostile_call() -> None:
    assert set(HOSTILE) == set(COMPONENTS)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_components_escape_what_they_are_given(name: str) -> None:
    source, times = HOSTILE[name]
    html = render(source, **hostile_values())
    assert "<script" not in html
    assert html.count(SAFE) >= times


@pytest.mark.django_db
@pytest.mark.parametrize("dress", ["", "cong-khai"])
def test_pattern_page_documents_and_shows_every_component(client, dress: str) -> None:
    response = client.get(reverse("kit:patterns"), {"ao": dress})
    html = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'<section class="pattern" id="mau-(\w+)"', html) == list(
        dict.fromkeys(re.findall(r'id="mau-(\w+)"', html))
    )
    assert set(re.findall(r'id="mau-(\w+)"', html)) == set(COMPONENTS)
    assert 'style="' not in html
    assert "<script>" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dress", "kind"), [("thuc-dia", "field-page"), ("ban-cham", "bench-page"), ("giay", "paper-page")]
)
def test_pattern_page_wears_the_dress_of_each_situation(client, dress: str, kind: str) -> None:
    html = client.get(reverse("kit:patterns"), {"ao": dress}).content.decode()
    assert re.findall(r'<body class="(?:workspace )?([\w-]+)', html) == [kind]
    assert html.count("<h1") == 1


def test_documentation_of_a_component_is_its_signature_and_docstring() -> None:
    signature, lines = patterns.documentation(COMPONENTS["deadline"])
    assert signature == "day text='' tone='water'"
    assert lines[0] == "A last day with how long is left."


@pytest.mark.parametrize(
    ("call", "words", "drawn", "outlined"),
    [
        ("{% stars 4 %}", "4 sao", 4, False),
        ("{% stars 4 valid=False %}", "4 sao", 4, True),
        ("{% stars 9 %}", "5 sao", 5, False),
        ("{% stars 0 %}", "chưa có sao", 0, False),
        ("{% stars none %}", "chưa có sao", 0, False),
    ],
)
def test_stars_are_drawn_and_said(call: str, words: str, drawn: int, outlined: bool) -> None:
    html = render(call)
    assert re.findall(r'aria-label="([^"]*)"', html) == [words]
    assert html.count('class="star"') == drawn
    assert ("stars-outline" in html) is outlined


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('{% badge "thu hồi" "seal" "circle-x" %}', ("seal", "thu hồi")),
        ("{% badge state %}", ("leaf", "còn hiệu lực")),
        ("{% badge thing %}", ("clay", "sắp hết hạn")),
        ('{% badge "lạ" "xanh" %}', ("grey", "lạ")),
    ],
)
def test_badge_takes_words_a_triple_or_an_object(call: str, expected: tuple[str, str]) -> None:
    thing = SimpleNamespace(label="sắp hết hạn", tone="clay", icon="hourglass")
    html = render(call, state=("còn hiệu lực", "leaf", "circle-check"), thing=thing)
    assert re.findall(r"tone-(\w+)", html) == [expected[0]]
    assert re.sub(r"<[^>]+>", "", html).strip() == expected[1]


def test_unknown_icon_draws_a_circle_instead_of_nothing() -> None:
    assert render('{% icon "no-such" %}').count("icons.svg#circle") == 1


def test_moves_show_buttons_for_allowed_and_reasons_for_refused() -> None:
    html = render('{% moves_panel offers "/di/" %}', offers=patterns.offers())
    assert re.findall(r'name="verb" value="([\w-]+)"', html) == ["accept", "give-back", "withdraw"]
    heads = [html.index(word) for word in ("btn-primary", "btn-secondary", "btn-danger")]
    assert heads == sorted(heads)  # what goes on stands first, what ends the case last
    assert html.count("<textarea") == 1
    assert len(set(re.findall(r'name="once" value="(\w+)"', html))) == 3
    assert html.count('class="move-refused"') == 1
    assert "Báo cáo đánh giá cấp xã (mẫu 03) chưa ký." in html
    assert "Điều 5 khoản 2, Quyết định 26/2026/QĐ-TTg" in html


def test_pagination_keeps_the_filters_of_the_address() -> None:
    html = render("{% pagination page %}", page=patterns.samples()["many"])
    assert "?q=b%C6%B0%E1%BB%9Fi+%26+cam&amp;trang=8" in html
    assert re.findall(r'aria-current="page">(\d+)<', html) == ["7"]


def test_wrong_form_says_errors_at_the_top_and_beside_the_field() -> None:
    html = str(patterns.samples()["wrong_form"])
    assert html.count('class="notice notice-danger error-summary"') == 1
    assert '<a href="#loi_name">' in html
    assert 'id="loi_name_error"' in html
    described = re.search(r'<input[^>]*name="name"[^>]*>', html).group(0)
    assert 'aria-describedby="loi_name_helptext loi_name_error"' in described
    assert 'aria-invalid="true"' in described


def test_rail_keeps_the_order_of_jobs_and_what_the_user_may_see() -> None:
    def entry(key: str, section: str, url_name: str = "kit:patterns", shown: bool = True) -> MenuEntry:
        return MenuEntry(key, section, key, url_name, shown=lambda user: shown)

    entries = [
        entry("a", "Quản trị"), entry("b", "Mục lạ"), entry("c", "Việc của tôi"), entry("d", "Hồ sơ", shown=False),
        entry("e", "Hồ sơ", url_name="nowhere:page"),
    ]  # fmt: skip
    groups = rail_groups(entries, AnonymousUser(), reverse("kit:patterns"))
    assert [(group["section"], [line["label"] for line in group["lines"]]) for group in groups] == [
        ("Việc của tôi", ["c"]), ("Quản trị", ["a"]), ("Mục lạ", ["b"]),
    ]  # fmt: skip
    assert next(iter(SECTIONS)) == "Việc của tôi"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "header", "spoken"),
    [
        ("/khong-co/", "en-US", "vi"),
        ("/en/khong-co/", "vi", "en"),
        ("/english/", "en", "vi"),
        ("/fr/x/", "fr", "vi"),
    ],
)
def test_the_address_says_the_language(client, path: str, header: str, spoken: str) -> None:
    client.cookies["django_language"] = "en"
    response = client.get(path, headers={"accept-language": header})
    assert (response.status_code, response.headers["Content-Language"]) == (404, spoken)
    assert f'<html lang="{spoken}"' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", {"vi": "/", "en": "/en/"}),
        ("/en/", {"vi": "/", "en": "/en/"}),
        ("/en", {"vi": "/", "en": "/en/"}),
        ("/ban-do/?a=1", {"vi": "/ban-do/?a=1", "en": "/en/ban-do/?a=1"}),
        ("/en/ban-do/?a=1", {"vi": "/ban-do/?a=1", "en": "/en/ban-do/?a=1"}),
        ("/enter/", {"vi": "/enter/", "en": "/en/enter/"}),
    ],
)
def test_a_page_has_an_address_in_every_language(path: str, found: dict[str, str]) -> None:
    assert addresses_of(path) == found


@pytest.mark.django_db
def test_missing_page_says_so_in_words(client) -> None:
    response = client.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        ("500.html", "Hệ thống gặp lỗi", "Something went wrong"),
        ("403_csrf.html", "Phiên làm việc đã đổi", "Your session has changed"),
        ("kit/busy.html", "Hệ thống đang bận", "The system is busy"),
        ("kit/full.html", "Máy chủ hết chỗ chứa", "The server has no room left"),
    ],
)
def test_pages_of_bad_days_need_no_request_and_speak_both_languages(
    name: str, vietnamese: str, english: str
) -> None:
    page = engines["django"].get_template(name)
    assert f"<h1>{vietnamese}</h1>" in page.render({})
    with translation.override("en"):
        assert f"<h1>{english}</h1>" in page.render({})


@pytest.mark.parametrize("name", ["day", "moment", "number", "points", "money"])
def test_a_name_that_leads_nowhere_is_shown_as_nothing(name: str) -> None:
    assert Template("{% load ui %}[{{ gone.value|" + name + " }}]").render(Context()) == "[]"


def test_every_icon_named_in_a_template_is_on_a_sprite() -> None:
    named = set()
    for path in SOURCE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"""\{% icon ["']([\w-]+)["']""", text))
        named |= set(re.findall(r"""\{%[^%]*\bicon=["']([\w-]+)["']""", text))
    assert sorted(named - CORE - MORE) == []


def test_icon_lists_do_not_overlap() -> None:
    assert frozenset() == CORE & MORE


def test_a_select_says_choose_instead_of_djangos_dashes():
    class Chooser(forms.Form):
        day = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("1", "Thứ hai"), ("2", "Thứ ba")], initial="2")

    options = re.findall(r"<option[^>]*>[^<]*</option>", str(Chooser()["day"]))
    assert options == [
        '<option value="">Chọn…</option>',
        '<option value="1">Thứ hai</option>',
        '<option value="2" selected>Thứ ba</option>',
    ]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ('{% figure_value 4932000000 "đồng" brief=True %}', "4,9 tỷ đồng"),
        ('{% figure_value 4932000000 "đồng" %}', "4.932.000.000 đồng"),
        ('{% figure_value 12 "sản phẩm" brief=True %}', "12 sản phẩm"),
        ('{% figure_value none "đồng" brief=True %}', "chưa có"),
    ],
)
def test_a_sum_of_money_is_brief_where_it_is_glanced_at(tag: str, words: str) -> None:
    assert Template(tag, engine=engines["django"].engine).render(Context()) == words
