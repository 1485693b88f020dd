"""The list and the record page: what it opens at, filters, counts, the workbook, the next press, who sees what."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ocop.audit.models import Event
from ocop.evaluation.actions import commune, dossier
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.todo import todos_of
from ocop.evaluation.tests.test_commune_pages import client_of, url
from ocop.evaluation.tests.world import REPORT, make_world
from ocop.kit import clock
from ocop.kit.testing import counted, sheet_rows
from ocop.rulebook.models import ProductGroup

pytestmark = pytest.mark.django_db
LIST = reverse("evaluation:dossier-list")


@pytest.fixture
def world():
    return make_world()


def copies(row: Dossier, number: int) -> None:
    """More rows like this one, straight into the table."""
    skipped = {"id", "code"}
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in skipped
    }
    Dossier.objects.bulk_create(Dossier(code=f"X{index:05d}", **values) for index in range(number))


def shown(client, **filters) -> list[str]:
    return [line["dossier"].code for line in client.get(LIST, filters).context["lines"]]


def test_the_list_opens_at_what_waits_and_counts_every_view(world):
    row = world.walk_to("submitted")
    page = client_of(world["commune_officer"]).get(LIST)
    assert [line["dossier"] for line in page.context["lines"]] == [row]
    assert page.context["views"] == [
        ("mine", "Đang chờ tôi", 1, True), ("open", "Đang xử lý", 1, False), ("late", "Quá hạn", 0, False),
        ("all", "Tất cả", 1, False),
    ]  # fmt: skip


def test_nothing_waiting_opens_at_what_is_under_way(world):
    world.walk_to("proposed")
    page = client_of(world["commune_officer"]).get(LIST)
    assert [(key, here) for key, _, _, here in page.context["views"]] == [
        ("mine", False), ("open", True), ("late", False), ("all", False),
    ]  # fmt: skip
    assert len(page.context["lines"]) == 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"don_vi": "ky thu"}, True),
        ({"don_vi": "Bên Cạnh"}, False),
        ({"nhom": "I"}, True),
        ({"nhom": "VI"}, False),
        ({"dot": "2"}, True),
        ({"dot": "1"}, False),
        ({"trang_thai": "proposed"}, True),
        ({"trang_thai": "submitted"}, False),
        ({"q": "nuoc mam"}, True),
        ({"q": "buoi"}, False),
        ({"nam": "2020"}, False),
    ],
)
def test_filters(world, filters, found):
    row = world.walk_to("proposed")
    ProductGroup.objects.get_or_create(
        code="VI", defaults={"order": 6, "name": "Du lịch", "name_en": "Tourism"}
    )
    assert shown(client_of(world["advisory"]), xem="all", **filters) == ([row.code] if found else [])


def test_same_number_of_queries_for_many_rows(world):
    row = world.walk_to("submitted")
    client = client_of(world["commune_officer"])
    client.get(LIST)
    with counted() as few:
        client.get(LIST)
    copies(row, 300)
    with counted() as many:
        page = client.get(LIST)
    assert page.context["page"].paginator.count == 301
    assert len(many) == len(few)


def test_the_workbook_holds_the_filtered_rows_and_is_announced(world):
    row = world.walk_to("submitted")
    answer = client_of(world["commune_officer"]).get(reverse("evaluation:dossier-export"), {"xem": "all"})
    rows = [cells for cells in sheet_rows(answer.content) if row.code in cells]
    assert [cells[1:5] for cells in rows] == [
        [row.code, "Nước mắm Kỳ Thử", "Hợp tác xã Nước mắm Kỳ Thử", world.commune.title]
    ]
    assert Event.objects.get(verb="dossiers.exported").data["rows"] == 1


def test_a_strangers_list_and_workbook_are_empty(world):
    row = world.walk_to("submitted")
    client = client_of(world["other_officer"])
    assert shown(client, xem="all") == []
    answer = client.get(reverse("evaluation:dossier-export"), {"xem": "all"})
    assert [cells for cells in sheet_rows(answer.content) if row.code in cells] == []


@pytest.mark.parametrize(
    ("state", "person", "places"),
    [
        ("submitted", "commune_officer", ["commune-intake"]),
        ("commune_review", "commune_officer", ["commune-report", "commune-intake"]),
        ("commune_review", "commune_leader", ["commune-report", "commune-sign", "commune-intake"]),
        ("proposed", "advisory", ["province-intake"]),
        ("expert_review", "expert", ["expert-report"]),
        ("proposed", "commune_officer", []),
    ],
)
def test_the_next_press_leads_to_the_page_of_work(world, state, person, places):
    row = world.walk_to(state)
    page = client_of(world[person]).get(url("dossier-detail", row))
    assert [place["url"] for place in page.context["places"]] == [url(name, row) for name in places]


@pytest.mark.parametrize(
    ("state", "person", "label", "name"),
    [
        ("in_session", "secretary", "Hội đồng", "dossier-council"),
        ("proposed", "owner", "", None),
        ("commune_review", "owner", "", None),
    ],
)
def test_where_nothing_is_pressed_the_page_says_where_the_work_is(world, state, person, label, name):
    row = world.walk_to(state)
    page = client_of(world[person]).get(url("dossier-detail", row))
    held = page.context["held"]
    assert (held["label"], held["url"]) == (label, url(name, row) if name else "")
    assert "không có thao tác" not in page.content.decode()


def test_signing_is_not_pressed_from_the_record_page(world):
    row = world.walk_to("commune_review")
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    answer = client_of(world["commune_leader"]).post(url("dossier-move", row), {"verb": "propose"})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "commune_review")


def test_the_leaders_todo_leads_to_signing_once_the_report_is_written(world):
    row = world.walk_to("commune_review")
    leader = world["commune_leader"]
    assert [todo.url for todo in todos_of(leader, clock.today())] == [url("commune-report", row)]
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    assert [(todo.url, todo.action) for todo in todos_of(leader, clock.today())] == [
        (url("commune-sign", row), "Ký đề nghị")
    ]


def test_a_draft_withdrawn_before_it_was_handed_in_stays_with_its_producer(world):
    row = world.filled_dossier()
    dossier.withdraw(row, by=world["owner"], reason="Để sang năm.")
    seen = {
        name: Dossier.objects.visible_to(world[name]).filter(pk=row.pk).exists()
        for name in ("owner", "commune_officer", "advisory")
    }
    assert seen == {"owner": True, "commune_officer": False, "advisory": False}


def test_a_late_dossier_says_so(world):
    row = world.walk_to("commune_review")
    Dossier.objects.filter(pk=row.pk).update(due_on=clock.today() - timedelta(days=1))
    assert shown(client_of(world["commune_officer"]), xem="late") == [row.code]


def test_a_household_is_found_by_its_brand_never_by_a_persons_name(world):
    row = world.walk_to("submitted")
    row.producer.name, row.producer.brand = "Hộ kinh doanh Nguyễn Thị Kín", "Cơ sở Biển Xanh"
    row.save()
    found = [Dossier.objects.found_by(typed).count() for typed in ("bien xanh", "nguyen thi kin")]
    assert found == [1, 0]
