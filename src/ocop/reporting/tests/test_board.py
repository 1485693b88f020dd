"""The board and its freezes: figures measured ahead, turned back, frozen, explained row by row."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.indicators import Figure, Indicator, Period, indicators
from ocop.kit.testing import counted
from ocop.producers.tests.offices import make_offices
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.indicators import STARS
from ocop.recognition.tests.factories import CertificateFactory
from ocop.reporting.actions.freeze import differences, freeze, is_untouched
from ocop.reporting.actions.measure import measure, sweep
from ocop.reporting.models import Freeze, Measured, Programme, Target
from ocop.reporting.queries.board import board, ranking
from ocop.reporting.queries.places import units_under

pytestmark = [pytest.mark.django_db]
TODAY = date(2026, 6, 30)
PRODUCTS = "products_recognised"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-30T09:00:00+07:00"):
        yield


@pytest.fixture
def offices():
    found = make_offices()
    Programme.objects.create(
        slug="2026-2030", province=found.province.code, name="Giai đoạn 2026-2030", valid_from=date(2026, 1, 1),
        valid_to=date(2030, 12, 31),
    )  # fmt: skip
    return found


def star(offices, issued=date(2026, 2, 1), **values):
    product = ProductFactory(producer=offices.producer)
    return CertificateFactory(product=product, issued_on=issued, valid_to=date(2029, 1, 31), **values)


def ready(offices, day=TODAY):
    measure(units_under(offices.province, day), day)


def target(offices, value, **more):
    programme = Programme.objects.get(province=offices.province.code)
    return Target.objects.create(
        programme=programme, indicator=PRODUCTS, unit=offices.province, value=value, **more
    )


def test_a_line_holds_figure_target_of_the_year_and_trend(offices):
    star(offices)
    target(offices, 300)
    target(offices, 2, year=2026)
    ready(offices)
    line = board(offices.province, TODAY, today=TODAY).line(PRODUCTS)
    assert (line.value, line.goal, line.outlook.state, line.reached_percent) == (1, 2, "behind", 50)
    assert line.trend[-6:] == [
        (date(2026, 1, 31), 0), (date(2026, 2, 28), 1), (date(2026, 3, 31), 1), (date(2026, 4, 30), 1),
        (date(2026, 5, 31), 1), (TODAY, 1),
    ]  # fmt: skip
    assert [(rank.unit, rank.figure) for rank in ranking(offices.province, TODAY, PRODUCTS)] == [
        (offices.commune, Figure(1)), (offices.beside, Figure(0)),
    ]  # fmt: skip


def test_the_page_costs_the_same_queries_with_many_units_and_opens_the_rows(client, offices):
    certificate = star(offices)
    ready(offices)
    client.force_login(offices[Role.ADVISORY_OFFICER])
    url = reverse("reporting:board")
    client.get(url)
    with counted() as queries:
        page = client.get(url)
    assert (page.status_code, page.context["chosen"].indicator.key) == (200, PRODUCTS)
    assert len(queries) <= 30
    rows = client.get(page.context["rows_url"])
    assert rows.context["lines"] == [(str(certificate), certificate.get_absolute_url())]
    assert client.get(page.context["print_url"]).getvalue().startswith(b"%PDF")


def test_a_day_can_be_turned_back_and_is_measured_by_a_job(client, offices):
    star(offices)
    client.force_login(offices[Role.ADVISORY_OFFICER])
    address = {"ngay": "2026-01-31"}
    assert client.get(reverse("reporting:board"), address).context["board"].measured_at is None
    asked = client.post(f"{reverse('reporting:measure')}?ngay=2026-01-31", {once.FIELD: "k"})
    again = client.post(f"{reverse('reporting:measure')}?ngay=2026-01-31", {once.FIELD: "k"})
    assert (asked.status_code, asked.url) == (302, again.url)
    found = client.get(reverse("reporting:board"), address).context["board"]
    assert (found.line(PRODUCTS).value, found.measured_at is not None) == (0, True)
    ahead = client.get(reverse("reporting:board"), {"ngay": "2026-07-01"})
    assert ahead.context["form"].errors == {"ngay": ["Ngày này chưa tới."]}


def test_another_commune_and_a_stranger_see_no_board(client, offices):
    ready(offices)
    url = reverse("reporting:board")
    client.force_login(offices.neighbour)
    assert client.get(url).context["board"].unit == offices.beside
    assert client.get(url, {"don-vi": offices.commune.code}).status_code == 404
    assert client.get(url, {"don-vi": offices.province.code}).status_code == 404
    client.force_login(offices.stranger)
    assert client.get(url).status_code == 404


def test_an_indicator_that_fails_is_shown_as_failed_and_the_rest_stands(offices):
    def broken():
        raise ValueError("no such facts")

    facts = STARS.__class__(rows=broken, unit="unit", begins="issued_on", ends="counts_to")
    bad = Indicator("broken", "Hỏng", "", "", "", facts)
    star(offices)
    units = units_under(offices.province, TODAY)
    measure(units, TODAY, wanted=[bad, indicators[PRODUCTS]])
    rows = {
        (row.indicator, row.failed != "", row.top) for row in Measured.objects.filter(unit=offices.province)
    }
    assert rows == {("broken", True, None), (PRODUCTS, False, 1)}


def test_old_days_are_swept(offices):
    with time_machine.travel("2026-06-01T09:00:00+07:00"):
        ready(offices, date(2026, 6, 1))
    ready(offices)
    assert sweep() > 0
    assert set(Measured.objects.values_list("day", flat=True)) == {TODAY}


JUNE = Period(date(2026, 1, 1), date(2026, 5, 31))


def test_frozen_figures_stay_and_a_later_difference_is_told_row_by_row(client, offices):
    kept, lost = star(offices), star(offices, stars=3)
    row = freeze(offices.province, JUNE, title="5 tháng", note="", by=offices[Role.ADVISORY_OFFICER])
    frozen = row.figures.get(indicator=PRODUCTS, unit=offices.commune)
    assert (frozen.top, is_untouched(row), differences(row, indicators[PRODUCTS])) == (2, True, ([], []))
    lost.revoked_on = date(2026, 4, 1)
    lost.save()
    late = star(offices, issued=date(2026, 5, 1))
    assert differences(row, indicators[PRODUCTS]) == ([late], [lost])
    assert row.figures.get(indicator=PRODUCTS, unit=offices.commune).top == 2
    client.force_login(offices[Role.STANDING_OFFICER])
    page = client.get(row.get_absolute_url(), {"chi-tieu": PRODUCTS})
    assert [text for text, _ in page.context["gone"]] == [str(lost)]
    assert kept.product_name not in [text for text, _ in page.context["added"]]


def test_a_touched_figure_is_detected_and_the_database_refuses_plain_changes(offices):
    star(offices)
    row = freeze(offices.province, JUNE, title="5 tháng", note="", by=offices[Role.ADVISORY_OFFICER])
    with (
        pytest.raises(Exception, match=r"append-only|chỉ được thêm|reporting_frozenfigure"),
        transaction.atomic(),
    ):
        row.figures.update(top=99)
    Freeze.objects.filter(pk=row.pk).update(title="Khác")
    row.refresh_from_db()
    assert is_untouched(row) is False


@pytest.mark.parametrize(
    ("period", "title", "code"),
    [
        (Period(date(2026, 1, 1), date(2026, 7, 31)), "Kỳ", "freeze.ahead"),
        (JUNE, " ", "freeze.title"),
    ],
)
def test_what_cannot_be_frozen(offices, period, title, code):
    with pytest.raises(Refused) as refused:
        freeze(offices.province, period, title=title, note="", by=offices[Role.ADVISORY_OFFICER])
    assert (refused.value.code, Freeze.objects.count()) == (code, 0)


def test_a_period_is_frozen_once_and_by_the_desk_alone(client, offices):
    officer = offices[Role.ADVISORY_OFFICER]
    freeze(offices.province, JUNE, title="5 tháng", note="", by=officer)
    with pytest.raises(Refused, match="đã được chốt"):
        freeze(offices.province, JUNE, title="Lần hai", note="", by=officer)
    with pytest.raises(Forbidden):
        freeze(offices.province, JUNE, title="Xã chốt", note="", by=offices[Role.COMMUNE_OFFICER])
    client.force_login(officer)
    sent = {"title": "Quý I", "first": "2026-03-31", "last": "2026-01-01"}
    assert client.post(reverse("reporting:freezes"), sent).status_code == 422
    sent |= {"first": "2026-01-01", "last": "2026-03-31", once.FIELD: "k"}
    assert client.post(reverse("reporting:freezes"), sent).status_code == 302
    assert Freeze.objects.count() == 2
    client.force_login(offices[Role.COMMUNE_OFFICER])
    assert client.get(reverse("reporting:freezes")).context["form"] is None
    assert client.post(reverse("reporting:freezes"), sent).status_code == 403


def test_a_target_is_set_once(offices):
    target(offices, 300)
    with pytest.raises(IntegrityError), transaction.atomic():
        target(offices, 200)
