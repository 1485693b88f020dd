"""Fairs and registrations: what is refused, who sees what, the last stand, papers, one query per list."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from ocop.kit.cases import press
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.testing import counted
from ocop.producers.tests.factories import AccessFactory, ProducerFactory
from ocop.producers.tests.offices import Offices, make_offices
from ocop.products.tests.factories import ProductFactory
from ocop.promotion import actions
from ocop.promotion.enums import EntryState, FairState
from ocop.promotion.models import Fair, FairEntry
from ocop.promotion.papers.fair import stands_context, write_stand_list
from ocop.promotion.queries.cycle import fair_words, going_to_fairs
from ocop.promotion.queries.fairs import fair_totals, product_lines
from ocop.promotion.registers.fairs import FAIR_ENTRIES, FAIRS
from ocop.promotion.tests.factories import calling, on, starred
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def offices() -> Offices:
    with on(TODAY):
        yield make_offices()


def entered(offices: Offices, fair: Fair, producer=None, **values) -> FairEntry:
    producer = producer or offices.producer
    product = starred(producer, f"Trà {producer.pk}")
    return actions.register_for_fair(
        fair, producer, products=[product], by=offices["commune_officer"], **values
    )


def test_a_call_is_seen_by_whom_it_invites(offices: Offices) -> None:
    fair = calling(offices)
    draft = actions.open_fair(Fair(name="Nháp", unit=offices.province), by=offices["department_officer"])
    local = calling(offices, name="Chợ xã Bên Cạnh", unit=offices.beside)
    elsewhere = AccessFactory(
        producer=ProducerFactory(unit=UnitFactory(under=ProvinceFactory(name="Khác")))
    ).user
    seen = {
        name: set(Fair.objects.visible_to(user))
        for name, user in {
            "department": offices["department_officer"], "commune": offices["commune_officer"], "owner": offices.owner,
            "neighbour": offices.neighbour, "elsewhere": elsewhere, "stranger": offices.stranger,
        }.items()
    }  # fmt: skip
    assert seen == {
        "department": {fair, draft, local}, "commune": {fair}, "owner": {fair}, "neighbour": {fair, local},
        "elsewhere": set(), "stranger": set(),
    }  # fmt: skip


@pytest.mark.parametrize("case", ["closed", "outside", "twice", "nothing", "foreign", "star", "not_mine"])
def test_a_registration_is_refused(offices: Offices, case: str) -> None:
    fair, producer, by = calling(offices), offices.producer, offices.owner
    products = [starred(producer)]
    if case == "closed":
        Fair.objects.update(deadline=date(2026, 11, 23))
    elif case == "outside":
        fair = calling(offices, name="Chợ xã Bên Cạnh", unit=offices.beside)
    elif case == "twice":
        actions.register_for_fair(fair, producer, products=products, by=by)
    elif case == "nothing":
        products = []
    elif case == "foreign":
        products = [starred(ProducerFactory(unit=offices.commune))]
    elif case == "star":
        products = [starred(producer, "Hết sao", until=date(2026, 11, 23))]
    elif case == "not_mine":
        by = offices.neighbour
    before = FairEntry.objects.count()
    with pytest.raises(Refused) as refused:
        actions.register_for_fair(fair, producer, products=products, by=by)
    codes = {
        "closed": "fair.closed", "outside": "fair.outside", "twice": "entry.twice", "nothing": "entry.products",
        "foreign": "entry.foreign", "star": "entry.star", "not_mine": "promotion.producer",
    }  # fmt: skip
    assert (refused.value.code, FairEntry.objects.count()) == (codes[case], before)


def test_who_withdrew_may_register_again(offices: Offices) -> None:
    fair = calling(offices)
    entry = entered(offices, fair)
    press(actions.ENTRY_DESK, entry, "withdraw", by=offices.owner, reason="Bận mùa vụ")
    again = entered(offices, fair)
    assert [one.state for one in FairEntry.objects.order_by("pk")] == [
        EntryState.WITHDRAWN,
        EntryState.REGISTERED,
    ]
    assert again.pk != entry.pk


def test_the_last_stand_is_given_once(offices: Offices) -> None:
    fair = calling(offices, stands=1)
    first, second = entered(offices, fair), entered(offices, fair, ProducerFactory(unit=offices.commune))
    actions.select_entry(first, stand="A1", by=offices["department_officer"])
    with pytest.raises(Refused) as full:
        actions.select_entry(second, by=offices["department_officer"])
    with pytest.raises(Forbidden):
        actions.select_entry(second, by=offices.owner)
    second.refresh_from_db()
    assert (full.value.code, second.state, first.stand) == ("entry.full", EntryState.REGISTERED, "A1")


def test_a_list_is_not_settled_with_somebody_waiting(offices: Offices) -> None:
    fair = calling(offices)
    entry = entered(offices, fair)
    with pytest.raises(Refused) as early:
        press(actions.FAIR_DESK, fair, "close_calls", by=offices["department_officer"])
    with on(date(2026, 12, 11)):
        press(actions.FAIR_DESK, fair, "close_calls", by=offices["department_officer"])
        with pytest.raises(Refused) as waiting:
            press(actions.FAIR_DESK, fair, "settle", by=offices["department_officer"])
        actions.select_entry(entry, by=offices["department_officer"])
        press(actions.FAIR_DESK, fair, "settle", by=offices["department_officer"])
    assert (early.value.code, waiting.value.code, fair.state) == (
        "fair.open",
        "fair.waiting",
        FairState.LISTED,
    )


@pytest.mark.parametrize(
    ("deadline", "code"), [(date(2026, 12, 10), "fair.shorter"), (date(2026, 12, 21), "fair.late")]
)
def test_an_extension_gives_more_time_before_the_opening(offices: Offices, deadline, code) -> None:
    fair = calling(offices)
    with pytest.raises(Refused) as refused:
        actions.extend_call(fair, deadline=deadline, reason="Thêm giờ", by=offices["department_officer"])
    assert refused.value.code == code


def test_results_are_summed_over_those_who_took_part(offices: Offices) -> None:
    fair = calling(offices)
    one, two = entered(offices, fair), entered(offices, fair, ProducerFactory(unit=offices.commune))
    for entry in (one, two):
        actions.select_entry(entry, by=offices["department_officer"])
    with pytest.raises(Refused) as early:
        actions.report_entry(one, sales=5, by=offices.owner)
    with on(date(2026, 12, 22)):
        actions.report_entry(one, sales=50, contracts=2, contract_value=90, visitors=7, by=offices.owner)
        press(actions.ENTRY_DESK, two, "absent", by=offices["department_officer"], reason="Không đến")
    assert early.value.code == "entry.early"
    assert fair_totals(fair) == {"participants": 1, "sales": 50, "contracts": 2, "value": 90, "visitors": 7}


def test_the_list_of_stands_prints_who_has_one_in_order(offices: Offices) -> None:
    fair = calling(offices)
    late, first = (
        entered(offices, fair),
        entered(offices, fair, ProducerFactory(name="HTX A & B <C>", unit=offices.commune)),
    )
    actions.select_entry(late, stand="A10", by=offices["department_officer"])
    actions.select_entry(first, stand="A2", by=offices["department_officer"])
    context = stands_context(fair)
    assert [(row["stand"], row["producer"]) for row in context["rows"]] == [
        ("A2", "HTX A & B <C>"),
        ("A10", "HTX Kỳ Thử"),
    ]
    assert context["when"] == "Từ ngày 20/12/2026 đến ngày 21/12/2026"
    words = [
        cell.text for row in Document(BytesIO(write_stand_list(fair))).tables[1].rows for cell in row.cells
    ]
    assert "HTX A & B <C>" in words


def test_products_are_judged_in_one_query(offices: Offices) -> None:
    fair = calling(offices)
    products = [starred(offices.producer, f"Trà {number}") for number in range(5)]
    with counted() as queries:
        lines = product_lines(products, fair, TODAY)
    assert (len(queries), {line.verdict.standing for line in lines}) == (1, {"fit"})


def test_a_producer_finds_its_invitation_on_the_list_it_opens(offices: Offices, client) -> None:
    fair = calling(offices)
    client.force_login(offices.owner)
    assert list(client.get(FAIRS.url("list")).context["page"].object_list) == [fair]
    entered(offices, fair)
    assert list(client.get(FAIRS.url("list")).context["page"].object_list) == []
    assert list(client.get(f"{FAIRS.url('list')}?xem=dang-moi").context["page"].object_list) == [fair]
    # registrations are made at the fair, not in the register
    client.force_login(offices["department_officer"])
    assert client.get(FAIR_ENTRIES.url("create")).status_code == 403


def test_the_page_of_registration_speaks_to_whoever_opens_it(offices: Offices, client) -> None:
    fair = calling(offices)
    address = reverse("promotion:fair_register", args=[fair.pk])
    starred(offices.producer)
    other = ProducerFactory(name="HTX Thứ Hai", unit=offices.commune)
    client.force_login(offices["commune_officer"])
    page = client.get(address)
    assert ([one.pk for one in page.context["candidates"]], page.context["producer"]) == (
        [offices.producer.pk, other.pk], None,
    )  # fmt: skip
    assert client.get(f"{address}?producer={other.pk}").context["producer"] == other
    client.force_login(offices["reader"])
    assert "Không có chủ thể nào để đăng ký" in client.get(address).content.decode()
    client.force_login(offices.stranger)
    assert client.get(address).status_code == 404
    Fair.objects.update(deadline=date(2026, 11, 23))
    client.force_login(offices.owner)
    assert "Đợt này không còn nhận đăng ký" in client.get(address).content.decode()


def test_the_board_of_the_cycle_knows_who_goes_to_a_fair(offices: Offices) -> None:
    fair = calling(offices, star_rule="any")
    going, plain = starred(offices.producer), ProductFactory(name="Chưa có sao", producer=offices.producer)
    entry = actions.register_for_fair(fair, offices.producer, products=[going, plain], by=offices.owner)
    assert list(going_to_fairs(TODAY).values_list("product_id", flat=True)) == [going.pk]
    assert fair_words([going.pk], TODAY) == {
        going.pk: ("Phiên chợ Thử, khai mạc 20/12/2026", entry.get_absolute_url())
    }  # fmt: skip
    assert list(going_to_fairs(date(2026, 12, 22))) == []
