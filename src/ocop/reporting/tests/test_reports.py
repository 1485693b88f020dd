"""Reports from the call to the consolidation: figures of the cut-off, both values kept, late, returned, summed."""

import io
import re
import zipfile
from datetime import date

import pytest
import python_calamine as calamine
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from ocop.accounts.enums import Role
from ocop.inbox.models import Notice
from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused, Stale
from ocop.kit.indicators import Figure, Indicator, indicators
from ocop.kit.testing import content_of, counted
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import make_offices
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.indicators import STARS
from ocop.recognition.tests.factories import CertificateFactory
from ocop.reporting.actions.calling import open_due, remind
from ocop.reporting.actions.consolidate import consolidate, send_consolidation
from ocop.reporting.actions.reports import (
    Correction,
    Terms,
    open_round,
    press_report,
    take_figures,
    terms_of,
    write_report,
)
from ocop.reporting.loader import load_reports
from ocop.reporting.models import Report, Round
from ocop.reporting.queries.reports import on_time_board, sum_of
from ocop.reporting.sheets import consolidation_book, read_form, report_form
from ocop.units.tests.factories import AgencyFactory, UnitFactory

pytestmark = pytest.mark.django_db
PRODUCTS, FOUR = "products_recognised", "four_star_share"
WORDS = {"work": "Đã tập huấn.", "plan": "Kiểm tra."}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-09-16T09:00:00+07:00"):
        yield


@pytest.fixture
def offices():
    load_reports(lambda text: None)
    return make_offices()


def quarter(offices, year, number, by=Role.ADVISORY_OFFICER):
    return open_round(offices.province, terms_of(offices.province, "quarter", year, number), by=offices[by])


@pytest.fixture
def round(offices):
    found = quarter(offices, 2026, 3)
    take_figures(found)
    return found


def star(unit, stars=3, issued=date(2026, 2, 1)):
    product = ProductFactory(producer=ProducerFactory(unit=unit))
    return CertificateFactory(product=product, stars=stars, issued_on=issued, valid_to=date(2029, 1, 31))


def report_of(round, unit):
    return Report.objects.get(round=round, unit=unit)


def written(report, by, corrections=None, words=WORDS):
    return write_report(report, texts=words, corrections=corrections or {}, edits=report.edits, by=by)


def test_a_round_opens_a_report_for_every_agency_that_reports_then(offices, round):
    assert (round.first, round.last, round.due_on) == (
        date(2026, 6, 15),
        date(2026, 9, 14),
        date(2026, 9, 24),
    )
    agencies = set(round.reports.values_list("agency__name", flat=True))
    assert agencies == {offices.agencies["commune"].name, offices.agencies["neighbour"].name}
    told = set(Notice.objects.filter(kind="case.reports").values_list("to_id", flat=True))
    assert told == {offices[role].pk for role in (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)} | {
        offices.neighbour.pk
    }
    again = quarter(offices, 2026, 3, Role.STANDING_OFFICER)
    assert (again, Report.objects.count()) == (round, 2)


def test_districts_report_to_their_last_day_and_communes_after():
    load_reports(lambda text: None)
    with time_machine.travel("2025-03-16T09:00:00+07:00"):
        offices = make_offices(with_district=True)
        old = quarter(offices, 2025, 1)
    assert [row.agency for row in old.reports.all()] == [offices.agencies["district"]]
    new = quarter(offices, 2026, 3)
    assert {row.agency for row in new.reports.all()} == {
        offices.agencies["commune"],
        offices.agencies["neighbour"],
    }


def test_who_may_open_what(offices):
    with pytest.raises(Forbidden):
        open_round(
            offices.province, terms_of(offices.province, "year", 2026, 1), by=offices[Role.COMMUNE_OFFICER]
        )
    with pytest.raises(Refused, match="không có kỳ hạn sẵn"):
        terms_of(offices.province, "on_request", 2026, 1)
    terms = Terms(
        "on_request", "Sau bão số 5", date(2026, 9, 1), date(2026, 9, 10), date(2026, 9, 20), "CV 1/SNN"
    )
    asked = open_round(
        offices.province, terms, by=offices[Role.ADVISORY_OFFICER], agencies=[offices.agencies["commune"]]
    )
    assert [row.agency for row in asked.reports.all()] == [offices.agencies["commune"]]


def test_figures_are_those_of_the_cut_off_and_a_correction_keeps_both(offices, round):
    star(offices.commune)
    star(offices.commune, issued=date(2026, 9, 15))
    take_figures(round)
    report, officer = report_of(round, offices.commune), offices[Role.COMMUNE_OFFICER]
    assert report.cells.get(indicator=PRODUCTS).reported == Figure(1)
    written(report, officer, {PRODUCTS: Correction(2)})
    with pytest.raises(Refused, match="phải ghi lý do"):
        press_report(report, "submit", by=officer)
    written(report, officer, {PRODUCTS: Correction(2, reason="Một sản phẩm vừa có quyết định")})
    take_figures(round)
    cell = report.cells.get(indicator=PRODUCTS)
    assert (cell.measured, cell.reported, cell.reason) == (
        Figure(1),
        Figure(2),
        "Một sản phẩm vừa có quyết định",
    )
    press_report(report, "submit", by=officer)
    assert report.state == "submitted"


def test_what_is_required_is_asked_for_all_at_once(offices, round):
    report, officer = report_of(round, offices.commune), offices[Role.COMMUNE_OFFICER]
    report.cells.filter(indicator=FOUR).delete()
    with pytest.raises(Refused) as refused:
        press_report(report, "submit", by=officer)
    assert [one.reason for one in refused.value.refusals] == [
        "Phần “II. Các hoạt động đã triển khai” chưa có nội dung.",
        "Phần “IV. Nhiệm vụ kỳ tới” chưa có nội dung.",
        "Chưa có số của “Tỷ lệ sản phẩm 4 sao”. Hệ thống lấy số mỗi sáng; cần gửi ngay thì tự ghi kèm lý do.",
    ]


def test_the_last_minute_of_the_last_day_is_on_time(offices, round):
    report, officer = report_of(round, offices.commune), offices[Role.COMMUNE_OFFICER]
    written(report, officer)
    with time_machine.travel("2026-09-24T23:59:00+07:00"):
        press_report(report, "submit", by=officer)
    other = report_of(round, offices.beside)
    written(other, offices.neighbour)
    with time_machine.travel("2026-09-25T00:00:30+07:00"):
        press_report(other, "submit", by=offices.neighbour)
        lines = on_time_board(round, date(2026, 9, 30))
    assert [(line.report, line.handed_in, line.late) for line in lines] == [
        (other, date(2026, 9, 25), 1), (report, date(2026, 9, 24), 0),
    ]  # fmt: skip


def test_a_returned_report_is_mended_and_an_accepted_one_is_locked(offices, round):
    report, officer, desk = (
        report_of(round, offices.commune),
        offices[Role.COMMUNE_OFFICER],
        offices[Role.ADVISORY_OFFICER],
    )
    written(report, officer)
    press_report(report, "submit", by=officer)
    with pytest.raises(Refused, match="đã gửi"):
        written(report, officer)
    with pytest.raises(Refused, match="Cần ghi lý do"):
        press_report(report, "return", by=desk)
    press_report(report, "return", by=desk, reason="Thiếu số kiểm tra")
    written(report, officer)
    press_report(report, "submit", by=officer)
    press_report(report, "accept", by=desk)
    assert (report.state, report.returns) == ("accepted", 1)
    with pytest.raises(Forbidden):
        press_report(report, "unlock", by=officer, reason="x")
    press_report(report, "unlock", by=desk, reason="Nhầm địa bàn")
    assert (report.state, report.returns) == ("returned", 2)


def test_two_who_write_at_once_notice_each_other(client, offices, round):
    report = report_of(round, offices.commune)
    url = reverse("reporting:write", args=[report.pk])
    client.force_login(offices[Role.COMMUNE_OFFICER])
    opened = client.get(url).context["form"]["edits"].value()
    written(report, offices[Role.COMMUNE_LEADER])
    with pytest.raises(Stale):
        write_report(report, texts=WORDS, corrections={}, edits=opened, by=offices[Role.COMMUNE_OFFICER])
    late = client.post(url, {"edits": opened, "text-work": "Phần của tôi", once.FIELD: "k"})
    assert (late.status_code, late.context["form"]["text-work"].value()) == (409, "Phần của tôi")


def test_the_page_writes_words_and_figures_and_says_what_is_wrong(client, offices, round):
    report = report_of(round, offices.commune)
    url = reverse("reporting:write", args=[report.pk])
    client.force_login(offices[Role.COMMUNE_OFFICER])
    wrong = client.post(
        url, {"edits": report.edits, f"top-{FOUR}": 5, f"bottom-{FOUR}": 3, "text-work": "Giữ lại"}
    )
    assert (wrong.status_code, wrong.context["form"].errors[f"top-{FOUR}"]) == (
        422,
        ["Số được tính lớn hơn tổng."],
    )
    assert wrong.context["form"]["text-work"].value() == "Giữ lại"
    sent = {
        "edits": report.edits,
        f"top-{PRODUCTS}": 4,
        f"reason-{PRODUCTS}": "Đếm tay",
        "text-work": "Đã làm",
    }
    assert client.post(url, sent).status_code == 302
    assert (report.cells.get(indicator=PRODUCTS).reported, report.texts.get(section="work").text) == (
        Figure(4),
        "Đã làm",
    )
    client.force_login(offices[Role.ADVISORY_OFFICER])
    assert client.get(url).status_code == 403
    client.force_login(offices.neighbour)
    assert client.get(url).status_code == 404


def fill(content, cells):
    """The workbook again with other cells: {(row starting with the key, column): value}."""
    rows = calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for (key, column), value in cells.items():
            if row and row[0] == key:
                row[column] = value
        sheet.write_row(number, 0, row)
    book.close()
    return io.BytesIO(buffer.getvalue())


def test_the_excel_form_goes_out_and_comes_back(client, offices, round):
    report = report_of(round, offices.commune)
    client.force_login(offices[Role.COMMUNE_OFFICER])
    out = content_of(client.get(reverse("reporting:form_file", args=[report.pk])))
    cells = {
        (f"figure:{PRODUCTS}", 5): "1.200", (f"figure:{PRODUCTS}", 7): "Theo sổ giấy",
        (f"figure:{PRODUCTS}", 1): "Tên đã sửa",
        ("text:work", 1): "Viết trên giấy", ("text:plan", 1): "Kỳ tới",
    }  # fmt: skip
    back = SimpleUploadedFile("mau.xlsx", fill(out, cells).getvalue())
    assert client.post(reverse("reporting:form_back", args=[report.pk]), {"file": back}).status_code == 302
    assert report.cells.get(indicator=PRODUCTS).reported == Figure(1200)
    assert report.texts.get(section="work").text == "Viết trên giấy"


def test_a_form_of_another_report_of_an_old_version_or_with_bad_numbers_is_refused(offices, round):
    report, other = report_of(round, offices.commune), report_of(round, offices.beside)
    out = report_form(report)
    with pytest.raises(Refused, match="báo cáo khác"):
        read_form(other, io.BytesIO(out))
    with pytest.raises(Refused, match="không phải mẫu"):
        read_form(report, fill(out, {(f"ocop-bao-cao:{report.pk}:{round.form_id}", 0): "khác"}))
    stamp = f"ocop-bao-cao:{report.pk}:{round.form_id}"
    with pytest.raises(Refused, match="phiên bản mẫu cũ"):
        read_form(report, fill(out, {(stamp, 0): f"ocop-bao-cao:{report.pk}:0"}))
    with pytest.raises(Refused, match="Không đọc được tệp"):
        read_form(report, io.BytesIO("không phải Excel".encode()))
    bad = {(f"figure:{PRODUCTS}", 5): "nhiều", (f"figure:{FOUR}", 5): 3, (f"figure:{FOUR}", 6): 2}
    bad |= {(f"figure:{FOUR}", 7): "x", ("figure:five_star_share", 0): ""}
    found = read_form(report, fill(out, bad)).problems
    assert [text.partition(": ")[2] or text for text in found] == [
        "“Sản phẩm OCOP từ 3 sao trở lên” phải là số nguyên không âm.",
        "“Tỷ lệ sản phẩm 4 sao”: số được tính lớn hơn tổng.",
        "Thiếu dòng của chỉ tiêu “Tỷ lệ sản phẩm 5 sao”.",
    ]


def accepted(round, report, officer, desk):
    written(report, officer)
    press_report(report, "submit", by=officer)
    press_report(report, "accept", by=desk)


def test_sums_and_rates_from_sums_with_who_is_missing(client, offices):
    third = UnitFactory(under=offices.province)
    AgencyFactory(unit=third, name="UBND xã Thứ Ba")
    for stars in (3, 3, 4):
        star(offices.commune, stars)
    star(offices.beside, 4)
    round = quarter(offices, 2026, 3)
    take_figures(round)
    desk = offices[Role.ADVISORY_OFFICER]
    accepted(round, report_of(round, offices.commune), offices[Role.COMMUNE_OFFICER], desk)
    accepted(round, report_of(round, offices.beside), offices.neighbour, desk)
    row = consolidate(round, offices.province, by=desk)
    assert (row.figure(PRODUCTS), row.figure(FOUR), row.live_figure(FOUR)) == (
        Figure(4),
        Figure(2, 4),
        Figure(2, 4),
    )
    assert row.figure(FOUR).value == 50
    assert [one["agency"] for one in row.missing] == ["UBND xã Thứ Ba"]
    send_consolidation(row, number="12/BC-SNNMT", sent_on=date(2026, 9, 16), by=desk)
    send_consolidation(row, number="13/BC-SNNMT", sent_on=date(2026, 9, 16), by=desk)
    assert (row.number, set(round.reports.values_list("state", flat=True))) == (
        "12/BC-SNNMT",
        {"consolidated", "draft"},
    )
    with pytest.raises(Refused, match="đã gửi"):
        consolidate(round, offices.province, by=desk)
    text = "\n".join(part.text for part in Document(io.BytesIO(paper(client, row, desk, "docx"))).paragraphs)
    assert "Chưa có báo cáo được chấp nhận của: UBND xã Thứ Ba." in text


def paper(client, row, user, kind):
    client.force_login(user)
    return content_of(client.get(reverse("reporting:consolidation_file", args=[row.pk, kind])))


def test_the_workbook_adds_up_with_formulas(offices, round):
    desk = offices[Role.ADVISORY_OFFICER]
    accepted(round, report_of(round, offices.commune), offices[Role.COMMUNE_OFFICER], desk)
    content = consolidation_book(consolidate(round, offices.province, by=desk))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<f>(.*?)</f>", sheet)[:2] == ["SUM(C5:C5)", "SUM(D5:D5)"]
    assert 'IF(E6=0,"",100*D6/E6)' in sheet.replace("&quot;", '"')


def test_a_sum_costs_the_same_queries_whatever_the_number_of_communes(offices):
    costs = []
    for _ in range(2):
        for _ in range(3):
            AgencyFactory(unit=UnitFactory(under=offices.province))
        with time_machine.travel(f"2026-0{6 + 3 * len(costs)}-16T09:00:00+07:00"):
            round = open_round(
                offices.province,
                terms_of(offices.province, "quarter", 2026, 2 + len(costs)),
                by=offices[Role.ADVISORY_OFFICER],
            )
            take_figures(round)
        Report.objects.filter(round=round).update(state="accepted")
        with counted() as queries:
            found = sum_of(round, offices.province)
        costs.append((len(queries), len(found.included)))
    assert costs == [(2, 5), (2, 8)]


def test_an_indicator_that_fails_leaves_its_cell_empty(offices, round, monkeypatch):
    def broken():
        raise ValueError("no such facts")

    facts = STARS.__class__(rows=broken, unit="unit", begins="issued_on", ends="counts_to")
    known = dict(indicators._entries)
    indicators._entries[PRODUCTS] = Indicator(PRODUCTS, "Hỏng", "", "", "", facts)
    try:
        take_figures(round)
    finally:
        indicators._entries = known
    report = report_of(round, offices.commune)
    assert (report.cells.get(indicator=PRODUCTS).reported, report.cells.get(indicator=FOUR).reported) == (
        None,
        Figure(0, 0),
    )


@pytest.mark.parametrize(
    ("kind", "title", "said"),
    [
        ("quarter", "Quý III/2026", "Báo cáo quý III/2026"),
        ("half_year", "6 tháng đầu năm 2026", "Báo cáo 6 tháng đầu năm 2026"),
        ("year", "Năm 2026", "Báo cáo năm 2026"),
        ("on_request", "Sau bão số 5", "Báo cáo đột xuất Sau bão số 5"),
    ],
)
def test_a_round_says_once_what_it_is(kind, title, said):
    assert str(Round(kind=kind, title=title)) == said


def test_rounds_open_by_the_calendar_and_reminders_go_out_once(offices):
    with time_machine.travel("2026-09-05T07:00:00+07:00"):
        opened = open_due(offices.province, date(2026, 9, 5))
    assert [str(one) for one in opened] == ["Báo cáo quý III/2026"]
    assert [one.pk for one in open_due(offices.province, date(2026, 9, 6))] == [opened[0].pk]
    Notice.objects.all().delete()
    assert [remind(date(2026, 9, day)) for day in (16, 17, 17, 23)] == [0, 2, 2, 2]
    mine = Notice.objects.filter(to=offices[Role.COMMUNE_OFFICER])
    assert sorted(mine.values_list("text", flat=True)) == [
        "Ngày cuối cùng gửi 24/09/2026, còn 1 ngày.", "Ngày cuối cùng gửi 24/09/2026, còn 7 ngày.",
    ]  # fmt: skip
    remind(date(2026, 9, 25))
    assert Notice.objects.filter(to=offices[Role.ADVISORY_OFFICER], title__startswith="Chưa có").count() == 2


def test_open_data_holds_accepted_figures_alone(client, offices, round):
    star(offices.commune, 4)
    take_figures(round)
    accepted(
        round,
        report_of(round, offices.commune),
        offices[Role.COMMUNE_OFFICER],
        offices[Role.ADVISORY_OFFICER],
    )
    client.force_login(offices[Role.ADVISORY_OFFICER])
    found = client.get(reverse("reporting:open_data", args=[round.pk, "json"])).json()["figures"]
    assert {
        (line["unit"], line["top"], line["bottom"], line["value"])
        for line in found
        if line["indicator"] == FOUR
    } == {(offices.commune.title, 1, 1, 100.0)}
    csv = client.get(reverse("reporting:open_data", args=[round.pk, "csv"])).content.decode("utf-8-sig")
    assert len(csv.splitlines()) == 1 + len(round.form.indicators)


def test_the_board_of_a_round_opens_a_call_and_consolidates_by_a_press(client, offices):
    client.force_login(offices[Role.ADVISORY_OFFICER])
    sent = {"kind": "quarter", "year": 2026, once.FIELD: "a"}
    assert client.post(reverse("reporting:rounds"), sent).context["form"].errors == {
        "number": ["Hãy ghi quý."]
    }
    asked = client.post(reverse("reporting:rounds"), sent | {"number": 3})
    round = Round.objects.get()
    assert (asked.status_code, asked.url) == (302, round.get_absolute_url())
    page = client.get(asked.url)
    assert [(label, number) for label, number, _ in page.context["counts"]] == [
        ("Đã gửi", 0), ("Chưa gửi", 2), ("Trễ hạn", 0), ("Bị trả lại", 0),
    ]  # fmt: skip
    made = client.post(reverse("reporting:consolidate", args=[round.pk]), {once.FIELD: "b"})
    shown = client.get(made.url)
    assert len(shown.context["row"].missing) == 2
    refused = client.post(made.url, {"number": "", "sent_on": "2026-09-16", once.FIELD: "c"})
    assert refused.status_code == 422
    client.force_login(offices.neighbour)
    assert [line.report.unit for line in client.get(asked.url).context["lines"]] == [offices.beside]
    assert client.get(made.url).status_code == 404


def test_the_list_leads_who_reports_to_the_own_report(client, offices, round):
    client.force_login(offices[Role.COMMUNE_OFFICER])
    ((row, cells),) = client.get(reverse("reporting:reports_list")).context["lines"]
    assert row.unit == offices.commune
    assert (cells[0]["text"], cells[0]["url"]) == ("Báo cáo quý III/2026", row.get_absolute_url())


def test_before_their_last_day_figures_are_those_of_today(offices):
    star(offices.commune, issued=date(2026, 9, 12))
    with time_machine.travel("2026-09-10T09:00:00+07:00"):
        found = quarter(offices, 2026, 3)
        take_figures(found)
        assert report_of(found, offices.commune).cells.get(indicator=PRODUCTS).reported == Figure(0)
    take_figures(found)
    assert report_of(found, offices.commune).cells.get(indicator=PRODUCTS).reported == Figure(1)
