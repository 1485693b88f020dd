"""Forms 01, 02, 03 and the letter as Word: what they hold, who may make and open them, what is announced."""

import io

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from ocop.audit.models import Event
from ocop.evaluation.actions import commune
from ocop.evaluation.actions.papers import make_paper
from ocop.evaluation.models import GeneratedPaper
from ocop.evaluation.papers.forms import TEMPLATES
from ocop.evaluation.rules.paper_kinds import KINDS, SHORTENED, UNCHECKED
from ocop.evaluation.tests.test_commune_pages import client_of, url
from ocop.evaluation.tests.world import REPORT, make_world
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.papers.templates import own_path, resolve
from ocop.kit.testing import content_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def word_of(world, row, kind, person) -> str:
    paper = make_paper(row, kind, by=world[person])
    return words_of(content_of(client_of(world[person]).get(paper.file.get_absolute_url())))


def test_every_kind_has_a_built_template():
    assert {kind.template for kind in KINDS.values()} == set(TEMPLATES)
    assert all(resolve(name).is_file() for name in TEMPLATES)


@pytest.mark.parametrize(
    ("kind", "person", "wanted"),
    [
        ("form01", "owner", ["Trần Thị Lan", "Chủ nhiệm hợp tác xã", "Nước mắm Kỳ Thử", "/PĐK-(T)-(X)-"]),
        ("form02", "owner", ["Chai thủy tinh 330 ml", "2.400.000.000 đồng", SHORTENED, "78 điểm"]),
        (
            "form03",
            "commune_officer",
            ["10/12 lao động là người trong xã.", "Không tổ chức họp.", "Số:      /BC-UBND"],
        ),
        (
            "proposal_letter",
            "commune_officer",
            ["Kính gửi", "Đề nghị UBND tỉnh đánh giá, phân hạng.", "5 đơn vị mẫu"],
        ),
    ],
)
def test_what_a_paper_holds(world, kind, person, wanted):
    row = world.walk_to("commune_review")
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    text = word_of(world, row, kind, person)
    assert [word for word in [*wanted, UNCHECKED] if word not in text] == []


def test_form_02_prints_every_criterion_in_book_order(world):
    row = world.walk_to("commune_review")
    paper = make_paper(row, "form02", by=world["owner"])
    content = content_of(client_of(world["owner"]).get(paper.file.get_absolute_url()))
    table = Document(io.BytesIO(content)).tables[0]
    assert [line.cells[0].text for line in table.rows[1:]] == list(world.criteria_set.sheet.by_code)


def test_personal_data_are_announced_and_marked(world):
    row = world.walk_to("commune_review")
    paper = make_paper(row, "form01", by=world["commune_officer"])
    assert paper.file.sensitive
    event = Event.objects.get(verb="personal.exported")
    assert (event.actor, event.data) == (world["commune_officer"], {"kind": "form01", "code": row.code})


def test_form_03_waits_for_the_report_and_is_not_the_producers(world):
    row = world.walk_to("commune_review")
    with pytest.raises(Refused) as refused:
        make_paper(row, "form03", by=world["commune_officer"])
    assert refused.value.code == "paper.early"
    with pytest.raises(Forbidden):
        make_paper(row, "form03", by=world["owner"])
    assert not GeneratedPaper.objects.exists()


def test_who_opens_the_file(world):
    row = world.walk_to("commune_review")
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    report = make_paper(row, "form03", by=world["commune_officer"]).file.get_absolute_url()
    people = ("commune_leader", "owner", "other_officer", "stranger", "advisory")
    early = {name: client_of(world[name]).get(report).status_code == 200 for name in people}
    commune.propose(row, by=world["commune_leader"])
    later = client_of(world["advisory"]).get(report).status_code
    assert early == {
        "commune_leader": True,
        "owner": False,
        "other_officer": False,
        "stranger": False,
        "advisory": False,
    }
    assert later == 200


def test_an_offices_template_that_asks_for_unknown_fields_is_refused(world):
    row = world.walk_to("commune_review")
    path = own_path(KINDS["form01"].template)
    path.parent.mkdir(parents=True, exist_ok=True)
    document = Document()
    document.add_paragraph("{{ producer }} {{ product }} {{ khong_co }}")
    document.save(str(path))
    try:
        with pytest.raises(Refused) as refused:
            make_paper(row, "form01", by=world["owner"])
    finally:
        path.unlink()
    assert "khong_co" in refused.value.reason


def test_the_tab_offers_and_lists(world):
    row = world.walk_to("commune_review")
    client = client_of(world["commune_officer"])
    page = client.get(url("dossier-papers", row))
    assert [kind.key for kind, _, _ in page.context["offered"]] == ["form01", "form02"]
    answer = client.post(reverse("evaluation:dossier-paper", args=[row.code, "form01"]), {"once": "a"})
    again = client.post(reverse("evaluation:dossier-paper", args=[row.code, "form01"]), {"once": "a"})
    assert (answer.status_code, again.status_code) == (302, 302)
    made = client.get(url("dossier-papers", row)).context["made"]
    assert [paper.label for paper in made] == ["Phiếu đăng ký (mẫu 01)"]
    assert client_of(world["other_officer"]).get(url("dossier-papers", row)).status_code == 404


def test_tables_keep_their_column_widths_in_the_grid_and_rows_whole():
    """Word and LibreOffice lay columns out by the grid; equal columns broke the score sheet into ribbons."""
    document = Document(str(resolve("evaluation/phieu-cham-thanh-vien.docx")))
    table = document.tables[1]
    assert [round(column.width.mm) for column in table.columns] == [45, 57, 17, 17, 24]
    assert all(row._tr.trPr.findall(qn("w:cantSplit")) for row in table.rows)


@pytest.mark.parametrize("name", ["evaluation/mau-01.docx", "evaluation/mau-02.docx"])
def test_forms_of_the_producer_open_with_the_countrys_name(name):
    lines = [paragraph.text for paragraph in Document(str(resolve(name))).paragraphs]
    assert lines[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def test_the_decision_has_its_order_word_and_its_annex_names_the_decision():
    lines = [p.text for p in Document(str(resolve("evaluation/quyet-dinh-cong-nhan.docx"))).paragraphs]
    assert lines.index("QUYẾT ĐỊNH:") < next(n for n, line in enumerate(lines) if line.startswith("Điều 1."))
    assert [line for line in lines if line.startswith("(Kèm theo Quyết định số")]
