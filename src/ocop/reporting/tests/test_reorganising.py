"""Reports when agencies cease: taken over, given up for another, or sent on to the province."""

from datetime import date

import pytest
import time_machine

from ocop.accounts.enums import Role
from ocop.kit import clock
from ocop.kit.flow import TRANSFER
from ocop.kit.registry import Passed
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import make_offices
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.tests.factories import CertificateFactory
from ocop.reporting import reference
from ocop.reporting.actions.reorganising import PART, carry_out, passing
from ocop.reporting.actions.reports import DESK, Terms, open_round, press_report, take_figures, write_report
from ocop.reporting.loader import load_reports
from ocop.reporting.models import Report
from ocop.units.models import AgencySuccession, UnitCover
from ocop.units.queries.handover import reorganisation_on
from ocop.units.tests.factories import AgencyFactory, UnitFactory

pytestmark = pytest.mark.django_db
EVE, DAY = date(2026, 6, 30), date(2026, 7, 1)


@pytest.fixture
def world():
    """Three communes end with June: two become one, the third ends without a successor; a fourth goes on."""
    load_reports(lambda text: None)
    with time_machine.travel("2026-06-10T09:00:00+07:00"):
        offices = make_offices()
        third = AgencyFactory(unit=UnitFactory(name="Ba", under=offices.province), name="UBND xã Ba")
        fourth = AgencyFactory(unit=UnitFactory(name="Bốn", under=offices.province), name="UBND xã Bốn")
        agencies = [offices.agencies["commune"], offices.agencies["neighbour"], third, fourth]
        terms = Terms("on_request", "Đột xuất", date(2026, 1, 1), date(2026, 6, 5), date(2026, 7, 20))
        round = open_round(offices.province, terms, by=offices[Role.STANDING_OFFICER], agencies=agencies)
        for unit in (offices.commune, offices.beside):
            product = ProductFactory(producer=ProducerFactory(unit=unit))
            CertificateFactory(product=product, issued_on=date(2026, 2, 1), valid_to=date(2029, 1, 31))
        take_figures(round)
    return offices, round, agencies


def end(offices, agencies):
    """The first two become one commune, the third just ends."""
    new = UnitFactory(name="Mới", under=offices.province, valid_from=DAY)
    heir = AgencyFactory(unit=new, name="UBND xã Mới", short_name="UBND xã Mới", valid_from=DAY)
    for agency in agencies[:3]:
        type(agency).objects.filter(pk=agency.pk).update(valid_to=EVE)
        type(agency.unit).objects.filter(pk=agency.unit_id).update(valid_to=EVE)
    for agency in agencies[:2]:
        AgencySuccession.objects.create(predecessor=agency, successor=heir, on=DAY)
        UnitCover.objects.create(holder=new, covered=agency.unit)
    return heir


@time_machine.travel("2026-07-01T09:00:00+07:00")
def test_open_reports_go_to_the_one_that_takes_over(world):
    offices, round, agencies = world
    heir = end(offices, agencies)
    change = reorganisation_on(offices.province, DAY)
    names = [agency.short_name or agency.name for agency in agencies]
    assert passing(change) == sorted(
        [Passed(names[0], "UBND xã Mới", 1), Passed(names[1], "UBND xã Mới", 1), Passed(names[2], "", 1)],
        key=lambda row: row.source,
    )
    assert carry_out(change, by=offices[Role.STANDING_OFFICER], at=clock.now()) == 3
    rows = {row.moves.latest("pk").reason: row for row in Report.objects.filter(round=round)}
    found = {(row.agency.name, row.state, row.unit.name) for row in rows.values()}
    assert found == {
        ("UBND xã Mới", "draft", "Mới"), (agencies[1].name, "cancelled", agencies[1].unit.name),
        ("UBND xã Ba", "cancelled", "Ba"), ("UBND xã Bốn", "draft", "Bốn"),
    }  # fmt: skip
    taken = Report.objects.get(agency=heir)
    assert taken.cells.get(indicator="products_recognised").top == 2
    move = taken.moves.latest("pk")
    assert (move.name, DESK.label_of(move)) == (TRANSFER, "Bàn giao cho cơ quan kế tục")
    assert (passing(change), carry_out(change, by=None, at=clock.now())) == ([], 0)


def test_what_was_sent_to_a_district_that_ends_goes_to_the_province():
    load_reports(lambda text: None)
    with time_machine.travel("2025-06-10T09:00:00+07:00"):
        offices = make_offices(with_district=True)
        terms = Terms("on_request", "Đột xuất", date(2025, 1, 1), date(2025, 6, 5), date(2025, 6, 20))
        agencies = [offices.agencies["commune"]]
        round = open_round(offices.province, terms, by=offices[Role.STANDING_OFFICER], agencies=agencies)
        take_figures(round)
        row = Report.objects.get()
        Report.objects.update(receiver=offices.district)
        row.refresh_from_db()
        texts = {section.key: "Đã làm." for section in round.form.sections if section.kind == "text"}
        write_report(row, texts=texts, corrections={}, edits=0, by=offices[Role.COMMUNE_OFFICER])
        press_report(row, "submit", by=offices[Role.COMMUNE_OFFICER])
    district = offices.agencies["district"]
    type(district).objects.update(valid_to=None)
    type(district).objects.filter(pk=district.pk).update(valid_to=date(2025, 6, 30))
    type(offices.district).objects.filter(pk=offices.district.pk).update(valid_to=date(2025, 6, 30))
    with time_machine.travel("2025-07-01T09:00:00+07:00"):
        change = reorganisation_on(offices.province, date(2025, 7, 1))
        assert [(line.target, line.count) for line in passing(change)] == [(change.desk_name, 1)]
        carry_out(change, by=offices[Role.STANDING_OFFICER], at=clock.now())
    row.refresh_from_db()
    assert (row.receiver, row.agency, row.state) == (offices.province, agencies[0], "submitted")
    assert PART.key == "reports"


def test_the_reference_names_formula_article_and_splits():
    text = reference.write()
    line = next(row for row in text.splitlines() if row.startswith("| `village_share` |"))
    assert [cell.strip() for cell in line.split("|")][2:5] == [
        "Tỷ lệ làng nghề có sản phẩm OCOP", "%",
        "Làng nghề, làng nghề truyền thống có ít nhất một chủ thể giữ sản phẩm còn sao chia cho số làng nghề",
    ]  # fmt: skip
    assert "different `link_village_id`, on a day" in line
    money = next(row for row in text.splitlines() if row.startswith("| `money_disbursed` |"))
    assert money.endswith("| V.1 | sum of `amount`, events of a period | Nguồn vốn (`source`) |")
