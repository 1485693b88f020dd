"""Reviews drawn from reports and figures; commendation with checks that the data answer."""

import io
from datetime import date

import pytest
import python_calamine as calamine
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from ocop.accounts.enums import Role
from ocop.direction import papers
from ocop.direction.actions.commendation import (
    NOMINATION_DESK,
    begin_nomination,
    decide_nomination,
    examine_nomination,
)
from ocop.direction.actions.reviews import REVIEW_DESK, draw_up, open_review, sign_review
from ocop.direction.models import Nomination, Task
from ocop.direction.queries.reviews import lines_of
from ocop.direction.rules import commendation as rules
from ocop.direction.rules import reviews as review_rules
from ocop.direction.tests.world import make_field, task_of
from ocop.files.actions import store
from ocop.files.tests.factories import picture
from ocop.kit import clock
from ocop.kit.cases import press
from ocop.kit.errors import Forbidden, Refused
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.tests.factories import CertificateFactory
from ocop.reporting.actions.reports import (
    Correction,
    open_round,
    press_report,
    take_figures,
    terms_of,
    write_report,
)
from ocop.reporting.loader import load_reports
from ocop.reporting.models import Report, Target

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-12-20T09:00:00+07:00"):
        yield


@pytest.fixture
def field():
    return make_field()


def star(field, **values):
    product = ProductFactory(producer=field.offices.producer)
    days = {"issued_on": date(2026, 2, 1), "valid_to": date(2029, 1, 31)}
    return CertificateFactory(product=product, **{"stars": 4, **days, **values})


def words_of(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


@pytest.mark.parametrize("flow", [review_rules.REVIEW, rules.NOMINATION], ids=lambda flow: flow.key)
def test_the_tables_have_no_dead_ends(flow):
    assert flow.problems() == []


@pytest.mark.parametrize(
    ("record", "failing"),
    [
        (rules.Record("producer", products=2, stars=4), []),
        (rules.Record("producer", violations=1, products=2), ["violations"]),
        (rules.Record("producer", revoked=1, products=0), ["revoked", "stars"]),
        (rules.Record("collective", tasks=4, done=4), []),
        (rules.Record("collective", tasks=4, done=3, overdue=1), ["overdue"]),
        (rules.Record("person"), []),
    ],
)
def test_what_stands_against_a_nominee(record, failing):
    assert [one.key for one in rules.checks_of(record) if one.fails] == failing


@pytest.mark.parametrize(
    ("votes", "codes"),
    [((5, 2, 1), []), ((4, 4, 0), ["nomination.majority"]), ((3, 2, 1), ["nomination.majority"])],
)
def test_more_than_half_of_the_opinions(votes, codes):
    yes, no, abstained = votes
    facts = rules.NominationFacts(yes=yes, no=no, abstained=abstained)
    assert [one.code for one in rules.majority(facts)] == codes


@pytest.mark.parametrize(
    ("value", "goal", "state"),
    [(10.0, 10.0, "reached"), (9.9, 10.0, "short"), (None, 10.0, ""), (1.0, None, "")],
)
def test_a_figure_and_its_target(value, goal, state):
    assert review_rules.standing(value, goal) == state


def accepted_year_report(field):
    """The commune's report of 2026, one product corrected to three, accepted."""
    load_reports(lambda text: None)
    offices = field.offices
    round = open_round(
        offices.province, terms_of(offices.province, "year", 2026, 1), by=offices[Role.ADVISORY_OFFICER]
    )
    take_figures(round)
    report = Report.objects.get(round=round, unit=offices.commune)
    write_report(
        report, texts={"work": "Đã tập huấn.", "plan": "Mở điểm bán.", "difficulties": "Thiếu vốn."}, edits=0,
        corrections={"products_recognised": Correction(3, reason="Vừa công nhận")}, by=offices[Role.COMMUNE_OFFICER],
    )  # fmt: skip
    press_report(report, "submit", by=offices[Role.COMMUNE_OFFICER])
    press_report(report, "accept", by=offices[Role.ADVISORY_OFFICER])
    return report


def test_a_review_is_drawn_from_accepted_reports_and_figures(field):
    offices = field.offices
    star(field)
    Target.objects.create(
        programme=field.programme, indicator="products_recognised", unit=offices.commune, year=2026, value=2
    )
    report = accepted_year_report(field)
    officer, leader = offices[Role.COMMUNE_OFFICER], offices[Role.COMMUNE_LEADER]
    with pytest.raises(Forbidden):
        open_review(field.programme, offices.commune, 2026, by=offices[Role.STANDING_OFFICER])
    with pytest.raises(Refused, match="ngoài giai đoạn"):
        open_review(field.programme, offices.commune, 2029, by=officer)
    review = open_review(field.programme, offices.commune, 2026, by=officer)
    line = next(one for one in lines_of(review) if one.name == "Sản phẩm OCOP từ 3 sao trở lên")
    assert (line.reported, line.measured, line.goal, line.mark[0]) == (
        "3 sản phẩm", "1 sản phẩm", "2 sản phẩm", "Đạt",
    )  # fmt: skip
    assert (review.work, review.shortcomings, review.solutions) == (
        "Đã tập huấn.",
        "Thiếu vốn.",
        "Mở điểm bán.",
    )
    assert list(review.sources.all()) == [report]
    with pytest.raises(Refused, match="đã có"):
        open_review(field.programme, offices.commune, 2026, by=officer)
    review.solutions = ""
    review.save()
    with pytest.raises(Refused, match="Cần ghi giải pháp"):
        press(REVIEW_DESK, review, "submit", by=officer)
    review.solutions = "Kết nối cung cầu."
    review.save()
    draw_up(review, by=officer)
    assert review.solutions == "Kết nối cung cầu."
    press(REVIEW_DESK, review, "submit", by=officer)
    with pytest.raises(Refused, match="đã trình ký"):
        draw_up(review, by=officer)
    press(REVIEW_DESK, review, "return", by=leader, reason="Thêm nguyên nhân")
    press(REVIEW_DESK, review, "submit", by=officer)
    with pytest.raises(Refused, match="số, ngày và người ký"):
        sign_review(review, number="", signed_on=date(2026, 12, 20), signer="A", by=leader)
    sign_review(review, number="20/BC-UBND", signed_on=date(2026, 12, 20), signer="Phan A", by=leader)
    words = words_of(papers.review_docx(review))
    for said in (
        "Sơ kết năm 2026",
        "3 sản phẩm",
        "Thiếu vốn.",
        "Kết nối cung cầu.",
        "Phan A",
        "Số: 20/BC-UBND",
    ):
        assert said in words


def test_a_year_without_its_own_target_is_held_against_the_periods(field):
    Target.objects.create(
        programme=field.programme, indicator="products_recognised", unit=field.offices.commune, value=5
    )
    review = open_review(field.programme, field.offices.commune, 2026, by=field.offices[Role.COMMUNE_OFFICER])
    line = next(one for one in lines_of(review) if one.goal)
    assert (line.goal, line.mark[0]) == ("5 sản phẩm (cả giai đoạn)", "Chưa đạt")


def test_a_figure_is_frozen_in_the_review(field):
    review = open_review(field.programme, field.offices.commune, None, by=field.offices[Role.COMMUNE_OFFICER])
    assert review.kind == "Tổng kết giai đoạn 2026-2027"
    star(field)
    line = next(one for one in lines_of(review) if one.name == "Sản phẩm OCOP từ 3 sao trở lên")
    assert line.measured == "0 sản phẩm"
    draw_up(review, by=field.offices[Role.COMMUNE_OFFICER])
    line = next(one for one in lines_of(review) if one.name == "Sản phẩm OCOP từ 3 sao trở lên")
    assert line.measured == "1 sản phẩm"


def nominated(field, **values):
    facts = {
        "kind": "producer",
        "producer": field.offices.producer,
        "nominator": field.offices.agencies["commune"],
    }
    officer = field.offices[Role.COMMUNE_OFFICER]
    row = begin_nomination(Nomination(merits="Dẫn đầu xã.", **{**facts, **values}), by=officer)
    with pytest.raises(Refused, match="Cần minh chứng"):
        press(NOMINATION_DESK, row, "nominate", by=officer)
    row.files.add(store(SimpleUploadedFile("a.jpg", picture()), by=officer))
    press(NOMINATION_DESK, row, "nominate", by=officer)
    return row


def test_a_producer_is_honoured_by_the_province(field):
    star(field)
    row, offices = nominated(field), field.offices
    desk, leader = offices[Role.STANDING_OFFICER], offices[Role.PROVINCE_LEADER]
    with pytest.raises(Forbidden):
        examine_nomination(
            row, council_on=date(2026, 12, 18), yes=7, no=0, abstained=1, by=offices[Role.COMMUNE_OFFICER]
        )
    with pytest.raises(Refused, match="Cần ngày họp"):
        examine_nomination(row, council_on=date(2026, 12, 18), yes=0, no=0, abstained=0, by=desk)
    examine_nomination(row, council_on=date(2026, 12, 18), yes=7, no=0, abstained=1, by=desk)
    assert [one["fails"] for one in row.checks] == [False, False, False]
    with pytest.raises(Refused, match="trước ngày họp"):
        decide_nomination(row, number="9/QĐ-UBND", decided_on=date(2026, 12, 17), by=leader)
    decide_nomination(row, number="9/QĐ-UBND", decided_on=date(2026, 12, 20), by=leader)
    assert row.state == "decided"
    words = words_of(papers.award_docx(row))
    assert "HTX Kỳ Thử" in words and "Số: 9/QĐ-UBND" in words  # noqa: PT018
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(papers.award_xlsx(row)))
    assert sum("HTX Kỳ Thử" in line for line in book.get_sheet_by_index(0).to_python()) == 1


def test_a_star_that_was_taken_back_stands_against_it(field):
    certificate = star(field)
    star(field)
    row = nominated(field)
    certificate.revoked_on = date(2026, 11, 1)
    certificate.save()
    with pytest.raises(Refused, match="Sao bị thu hồi: 1"):
        examine_nomination(
            row,
            council_on=date(2026, 12, 18),
            yes=7,
            no=0,
            abstained=0,
            by=field.offices[Role.STANDING_OFFICER],
        )
    leader = field.offices[Role.PROVINCE_LEADER]
    with pytest.raises(Refused, match="Cần ghi lý do"):
        press(NOMINATION_DESK, row, "refuse", by=leader)
    press(NOMINATION_DESK, row, "refuse", by=leader, reason="Sao bị thu hồi")
    assert row.state == "refused"


def test_too_few_opinions_and_overdue_tasks_of_a_collective(field):
    commune, offices = field.offices.agencies["commune"], field.offices
    local = {"kind": "collective", "producer": None, "agency": commune, "award": "local"}
    row = nominated(field, **local)
    officer, leader = offices[Role.COMMUNE_OFFICER], offices[Role.COMMUNE_LEADER]
    examine_nomination(row, council_on=date(2026, 12, 18), yes=2, no=2, abstained=0, by=officer)
    with pytest.raises(Refused, match="chưa quá nửa"):
        decide_nomination(row, number="9/QĐ-UBND", decided_on=date(2026, 12, 20), by=leader)
    task = task_of(field, agency=commune, given_to=commune, unit=offices.commune, monitor=offices.province)
    task.state, task.year, task.opened_at = "running", 2026, clock.now()
    task.save()
    with pytest.raises(Refused, match="Nhiệm vụ quá hạn: 1"):
        decide_nomination(row, number="9/QĐ-UBND", decided_on=date(2026, 12, 20), by=leader)
    assert Task.objects.count() == 1


def test_a_person_and_who_sees_a_nomination(field):
    person = {"kind": "person", "producer": None, "person_name": "Trần Thị B", "person_title": "Công chức xã"}
    row = nominated(field, **person)
    assert (row.name, row.described, row.unit) == ("Trần Thị B", "Công chức xã", field.offices.commune)
    assert "Trần Thị B" in words_of(papers.nomination_docx(row))
    seen = {
        name: row in Nomination.objects.visible_to(user)
        for name, user in (
            ("desk", field.offices[Role.STANDING_OFFICER]), ("neighbour", field.offices.neighbour),
            ("owner", field.offices.owner),
        )
    }  # fmt: skip
    assert seen == {"desk": True, "neighbour": False, "owner": False}
