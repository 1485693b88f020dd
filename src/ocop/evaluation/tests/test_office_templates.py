"""The office replaces a Word template without code: checked, tried, dated, logged, and only by the administrator."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from ocop.audit.models import Event
from ocop.evaluation.actions import council, office_templates
from ocop.evaluation.actions.council_papers import _minutes, _sheet, make_minutes, make_score_sheets
from ocop.evaluation.actions.letters import make_decision_paper, make_result_letters
from ocop.evaluation.actions.papers import make_paper
from ocop.evaluation.models import GeneratedPaper, OfficeTemplate, ScoreSheet
from ocop.evaluation.papers import council as council_layouts
from ocop.evaluation.papers import decision as decision_layouts
from ocop.evaluation.papers import forms as form_layouts
from ocop.evaluation.papers.marks import UNCHECKED
from ocop.evaluation.papers.samples import SAMPLES
from ocop.evaluation.queries.council_papers import session_items_closed
from ocop.evaluation.queries.office_templates import template_on
from ocop.evaluation.queries.outcome import current_result
from ocop.evaluation.queries.papers import context_of
from ocop.evaluation.rules.office_papers import BY_TEMPLATE, PLACES
from ocop.evaluation.rules.paper_kinds import KINDS
from ocop.evaluation.tests.test_commune_pages import client_of, url
from ocop.evaluation.tests.test_decision import draft_of
from ocop.evaluation.tests.test_papers_forms import words_of
from ocop.evaluation.tests.world import make_world
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.testing import content_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def word(*lines: str, part: str = "") -> SimpleUploadedFile:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    if part:
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr(part, b"x")
    return SimpleUploadedFile("mau.docx", target.getvalue())


def take(world, paper, *lines, days=0, compared=False, by="admin") -> OfficeTemplate:
    return office_templates.replace_template(
        paper, word(*lines), province=world.province, since=clock.today() + timedelta(days=days),
        basis="Công văn 5/SNNMT", compared=compared, by=world[by],
    )  # fmt: skip


def page_of(paper: str) -> str:
    return reverse("evaluation:template-detail", args=[paper])


def test_every_shipped_template_has_its_place_and_fills_its_sample_without_a_blank():
    built = {**form_layouts.TEMPLATES, **council_layouts.TEMPLATES, **decision_layouts.TEMPLATES}
    assert set(BY_TEMPLATE) == set(built)
    assert set(SAMPLES) == set(PLACES)
    for paper in PLACES:
        filled = words_of(office_templates.filled_sample(paper, None))
        assert ("{{" in filled, UNCHECKED in filled) == (False, True), paper


def shape(value):
    """The names of a context: its own, and those of the rows of its lists."""
    rows = {
        key: set(one[0])
        for key, one in value.items()
        if isinstance(one, list) and one and isinstance(one[0], dict)
    }
    return set(value), rows


def test_samples_hold_the_fields_of_the_real_papers(world):
    row = world.walk_to("awaiting_decision")
    item = world.extra["item"]
    real = {key: context_of(kind, row, world["advisory"]) for key, kind in KINDS.items()}
    real["minutes"] = _minutes(item.session, session_items_closed(item.session))
    real["score_sheet"] = _sheet(item, ScoreSheet.objects.filter(round__item=item).first())
    real["decision"] = decision_layouts.decision_context(draft_of(world, row))
    real["result_letter"] = decision_layouts.letter_context(row, current_result(row), recipient="", issuer="")
    for paper, context in real.items():
        names, rows = shape(context)
        sample_names, sample_rows = shape(SAMPLES[paper])
        assert sample_names == names, paper
        assert {key: sample_rows[key] for key in rows} == rows, paper


def test_each_paper_is_made_with_the_offices_template(world):
    row = world.walk_to("awaiting_decision")
    item = world.extra["item"]
    take(world, "form03", "MẪU RIÊNG {{ product }} {% for a in assessments %}{{ a.label }}{% endfor %}")
    take(world, "minutes", "MẪU RIÊNG {{ people[0].name }} {{ results[0].code }}")
    take(world, "score_sheet", "MẪU RIÊNG {{ product }} {{ member }} {{ rows[0].name }} {{ total }}")
    take(world, "decision", "MẪU RIÊNG {{ rows[0].product }}")
    draft = draft_of(world, row)
    made = [
        make_paper(row, "form03", by=world["advisory"]),
        make_minutes(item.session, by=world["secretary"]),
        make_score_sheets(item, by=world["secretary"])[0],
        make_decision_paper(draft, by=world["advisory"]),
    ]
    texts = [words_of(content_of(client_of(world[who]).get(paper.file.get_absolute_url())))
             for who, paper in zip(("advisory", "secretary", "secretary", "advisory"), made, strict=True)]  # fmt: skip
    assert [text.startswith("MẪU RIÊNG ") for text in texts] == [True] * 4
    assert all(paper.template_id for paper in made)


def test_the_letters_use_it_too(world):
    row = world.walk_to("in_session")
    world.mark(world.extra["item"], [40] * 4)
    council.close_item(world.extra["item"], by=world["chair"])
    row.refresh_from_db()
    take(world, "result_letter", "MẪU RIÊNG {{ recipient }} {{ product }} {{ outcome }}")
    letters = make_result_letters(row, by=world["advisory"])
    assert [letter.template.paper for letter in letters] == ["result_letter"] * 2


@pytest.mark.parametrize(("compared", "marked"), [(False, True), (True, False)])
def test_the_mark_of_a_rebuilt_layout_leaves_with_the_comparison(world, compared, marked):
    row = world.walk_to("awaiting_decision")
    take(world, "form03", "{{ unchecked }} {{ product }} {{ assessments[0].label }}", compared=compared)
    paper = make_paper(row, "form03", by=world["advisory"])
    client = client_of(world["advisory"])
    text = words_of(content_of(client.get(paper.file.get_absolute_url())))
    line = client.get(url("dossier-papers", row)).context["made"][0]
    assert (("chưa đối chiếu" in text.lower()), line.rebuilt) == (marked, marked)


def test_a_paper_keeps_the_template_it_was_made_with_when_the_office_goes_back(world):
    row = world.walk_to("awaiting_decision")
    take(world, "form03", "MẪU RIÊNG {{ product }} {{ assessments[0].label }}", compared=True)
    first = make_paper(row, "form03", by=world["advisory"])
    office_templates.return_to_shipped(
        "form03", province=world.province, since=clock.today(), basis="Mẫu bãi bỏ", by=world["admin"]
    )
    second = make_paper(row, "form03", by=world["advisory"])
    kept = GeneratedPaper.objects.get(pk=first.pk)
    assert (kept.template.paper, kept.file_id, second.template) == ("form03", first.file_id, None)
    with pytest.raises(Refused) as refused:
        office_templates.return_to_shipped(
            "form03", province=world.province, since=clock.today(), basis="Lần nữa", by=world["admin"]
        )
    assert refused.value.code == "template.shipped"


def test_a_template_waits_for_its_day_and_the_newest_word_counts(world):
    later = take(world, "decision", "{{ rows[0].product }}", days=3)
    today = clock.today()
    assert template_on(world.province, "decision", today) is None
    assert template_on(world.province, "decision", today + timedelta(days=3)) == later
    now = take(world, "decision", "A {{ rows[0].product }}")
    assert template_on(world.province, "decision", today + timedelta(days=3)) == now
    with pytest.raises(Refused) as refused:
        take(world, "decision", "{{ rows[0].product }}", days=-1)
    assert refused.value.code == "template.day"


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (word("{{ product }} {{ khong_co }} {{ rows }}"), ["khong_co", "product"]),
        (word("Không có trường nào"), ["Thiếu trường bắt buộc: rows."]),
        (word("{% for row in rows %}{{ row.gia_ban }}{% endfor %}"), ["gia_ban"]),
        (word("{{ rows|ngay }}"), ["ngay", "money"]),
        (word("{{ rows | }}"), ["viết sai"]),
        (SimpleUploadedFile("mau.docx", b"khong phai Word"), ["không phải tệp Word"]),
        (word("{{ rows }}", part="word/vbaProject.bin"), ["macro"]),
        (SimpleUploadedFile("mau.docx", b""), ["rỗng"]),
    ],
    ids=["unknown", "missing", "unknown in a row", "filter", "syntax", "no Word", "macro", "empty"],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_named_on_the_page_and_nothing_is_kept(world, upload, said):
    upload.seek(0)
    answer = client_of(world["admin"]).post(
        page_of("decision"), {"file": upload, "since": clock.today(), "basis": "Thử", "once": "k"}
    )
    errors = " ".join(answer.context["form"].errors["file"])
    assert (answer.status_code, [one for one in said if one not in errors]) == (422, [])
    assert "tmp" not in errors
    assert not OfficeTemplate.objects.exists()


def test_the_administrator_tries_takes_into_use_downloads_and_goes_back(world):
    client = client_of(world["admin"])
    fits = ("MẪU RIÊNG {{ rows[0].product }}",)
    tried = client.post(page_of("decision"), {"file": word(*fits), "thu": "1"})
    assert words_of(tried.content) == f"MẪU RIÊNG {SAMPLES['decision']['rows'][0]['product']}"
    assert not OfficeTemplate.objects.exists()
    data = {"since": clock.today(), "basis": "Công văn 5/SNNMT", "compared": "on", "once": "k1"}
    for _ in range(2):
        answer = client.post(page_of("decision"), {**data, "file": word(*fits)})
        assert answer.headers["Location"] == page_of("decision")
    row = OfficeTemplate.objects.get()
    assert (row.by, row.compared, row.basis) == (world["admin"], True, "Công văn 5/SNNMT")
    sample = client.get(reverse("evaluation:template-sample", args=["decision", row.pk]))
    assert words_of(sample.content).startswith("MẪU RIÊNG")
    assert words_of(content_of(client.get(row.file.get_absolute_url()))) == fits[0]
    shipped = client.get(reverse("evaluation:template-shipped", args=["decision"]))
    assert "{{ about }}" in words_of(shipped.content)
    back = {"ve-since": clock.today(), "ve-basis": "Bãi bỏ", "ve-once": "k2"}
    assert client.post(reverse("evaluation:template-return", args=["decision"]), back).status_code == 302
    refused = client.post(reverse("evaluation:template-return", args=["decision"]), {**back, "ve-once": "k3"})
    assert refused.status_code == 422
    assert "đang dùng mẫu của hệ thống" in refused.content.decode()
    said = Event.objects.filter(verb__startswith="template.").order_by("pk")
    assert [(one.verb, one.actor) for one in said] == [
        ("template.replaced", world["admin"]), ("template.returned", world["admin"])
    ]  # fmt: skip
    page = client.get(page_of("decision"))
    assert [one.file is not None for one in page.context["rows"]] == [False, True]


@pytest.mark.parametrize("person", ["advisory", "clerk", "leader", "owner", "commune_officer"])
def test_the_pages_exist_for_the_administrator_alone(world, person):
    row = take(world, "decision", "{{ rows[0].product }}")
    client = client_of(world[person])
    addresses = [
        reverse("evaluation:template-list"), page_of("decision"), row.file.get_absolute_url(),
        reverse("evaluation:template-shipped", args=["decision"]),
        reverse("evaluation:template-sample", args=["decision", row.pk]),
    ]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [404] * 5
    posted = client.post(
        page_of("decision"), {"file": word("{{ rows }}"), "since": clock.today(), "basis": "x"}
    )
    assert posted.status_code == 404
    with pytest.raises(Forbidden):
        take(world, "decision", "{{ rows[0].product }}", by=person)


def test_another_province_neither_sees_nor_uses_it(world):
    take(world, "decision", "{{ rows[0].product }}")
    assert template_on(world.neighbour, "decision", clock.today()) is None


def test_the_list_says_what_is_used_today_and_what_comes(world):
    take(world, "form01", "{{ producer }} {{ product }}", compared=True)
    take(world, "form02", "{{ producer }} {{ product }} {{ criteria[0].code }}", days=5)
    page = client_of(world["admin"]).get(reverse("evaluation:template-list"))
    lines = {
        line.place.key: (line.own is not None, line.coming is not None) for line in page.context["lines"]
    }
    assert lines == {key: (key == "form01", key == "form02") for key in PLACES}
    assert client_of(world["admin"]).get(page_of("khong-co")).status_code == 404
