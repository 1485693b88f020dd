"""Who does the district's part on which day, and whom a case tells."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import forget_scope
from ocop.inbox.models import Notice
from ocop.kit import clock, registry
from ocop.kit.flow import Flow, Transition
from ocop.kit.models import any_of
from ocop.kit.testing import workbook
from ocop.producers.casework import roles_on, teller
from ocop.producers.casework.forms import SeveralFilesField
from ocop.producers.models import Producer
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import make_offices
from ocop.rulebook.models import DatedSetting
from ocop.rulebook.offices import acting_role, local_level, local_roles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "level", "officer"),
    [
        (date(2024, 5, 1), "district", Role.DISTRICT_OFFICER),
        (date(2025, 6, 30), "district", Role.DISTRICT_OFFICER),
        (date(2025, 7, 1), "commune", Role.COMMUNE_OFFICER),
        (date(2026, 11, 1), "commune", Role.COMMUNE_OFFICER),
    ],
)
def test_the_district_does_its_part_to_its_last_day(day, level, officer):
    make_offices()
    assert local_level("", day) == level
    assert acting_role("local.officer", "", day) == officer
    assert local_roles([officer], "", day) == {"local.officer"} | (
        {"local.clerk"} if level == "commune" else set()
    )
    assert local_roles([Role.DEPARTMENT_OFFICER], "", day) == frozenset()


def test_a_province_may_take_the_part_over():
    make_offices()
    DatedSetting.objects.create(
        key="district_successor", province="42", value="province", valid_from=date(2026, 1, 1)
    )
    assert local_level("42", date(2026, 2, 1)) == "province"
    assert local_level("40", date(2026, 2, 1)) == "commune"
    assert local_roles([Role.PROVINCE_LEADER], "42", date(2026, 2, 1)) == {"local.leader"}


def test_roles_on_a_row_of_2024_and_of_today():
    with time_machine.travel("2024-06-03T08:00:00+07:00"):
        offices = make_offices(with_district=True)
        row = SimpleNamespace(unit=offices.commune, unit_id=offices.commune.pk, producer=offices.producer)
        found = {key: roles_on(offices[key], row) for key in (Role.DISTRICT_OFFICER, Role.COMMUNE_OFFICER)}
        assert found == {
            Role.DISTRICT_OFFICER: {Role.DISTRICT_OFFICER, "local.officer"},
            Role.COMMUNE_OFFICER: {Role.COMMUNE_OFFICER},
        }
        assert roles_on(offices.owner, row) == {"producer.owner"}
        assert (roles_on(offices.neighbour, row), roles_on(offices.stranger, row)) == (
            frozenset(),
            frozenset(),
        )
    forget_scope(offices[Role.COMMUNE_OFFICER])
    with time_machine.travel("2026-06-03T08:00:00+07:00"):
        assert roles_on(offices[Role.COMMUNE_OFFICER], row) == {
            Role.COMMUNE_OFFICER, "local.officer", "local.clerk",
        }  # fmt: skip


FLOW = Flow(
    "thu", "Thử", "asked", frozenset({"done"}),
    (
        Transition("agree", frozenset({"asked"}), "checked", frozenset({"local.officer"}), "Đồng ý", style="primary"),
        Transition("end", frozenset({"checked"}), "done", frozenset({Role.PROVINCE_LEADER}), "Xong", style="primary"),
        Transition("give_up", frozenset({"asked", "checked"}), "done", frozenset({"producer.owner"}), "Rút"),
    ),
)  # fmt: skip


class Case(SimpleNamespace):
    """A row without a table."""

    _meta = Producer._meta

    def __str__(self) -> str:
        return "Việc thử"

    def get_state_display(self) -> str:
        return self.state

    def get_absolute_url(self) -> str:
        return "/viec/"


def told(offices, state: str, by) -> set[int]:
    case = Case(pk=1, unit=offices.commune, producer=offices.producer, state=state, due_on=date(2026, 7, 1))
    Notice.objects.all().delete()
    teller("thu", FLOW)(case, SimpleNamespace(at=clock.now(), by_id=by.pk, reason="Vì thế"))
    return set(Notice.objects.values_list("to_id", flat=True))


@pytest.fixture
def _kind():
    registry.notice_kinds.add(registry.NoticeKind("case.thu", "Thử"))
    yield
    registry.notice_kinds._entries.pop("case.thu")


@pytest.mark.usefixtures("_kind")
@time_machine.travel("2026-06-03T08:00:00+07:00")
def test_a_move_tells_who_can_go_on_and_the_producer_at_the_end():
    offices = make_offices()
    officer, leader = offices[Role.COMMUNE_OFFICER], offices[Role.PROVINCE_LEADER]
    assert told(offices, "asked", by=offices.owner) == {officer.pk}
    assert Notice.objects.get().text == "Vì thế Hạn 01/07/2026."
    assert told(offices, "checked", by=officer) == {leader.pk}
    assert told(offices, "checked", by=leader) == set()
    assert told(offices, "done", by=leader) == {offices.owner.pk}


def test_no_file_and_several_files():
    field = SeveralFilesField(required=False)
    assert field.clean([]) == []
    files = [workbook([["a"]], name="a.xlsx"), workbook([["b"]], name="b.xlsx")]
    assert [file.name for file in field.clean(files)] == ["a.xlsx", "b.xlsx"]


def test_any_of_finds_what_an_or_finds_also_where_a_field_is_empty():
    """`registered_on` may be empty: neither true nor false in the database."""
    rows = [
        ProducerFactory(name=name, registered_on=day)
        for name, day in (("a", None), ("a", date(2024, 1, 1)), ("b", None), ("b", date(2024, 1, 1)))
    ]
    conditions = Q(name="a"), Q(registered_on=date(2024, 1, 1)), Q(pk__in=[])
    found = set(Producer.objects.filter(any_of(*conditions)).filter(pk__in=[row.pk for row in rows]))
    assert found == {rows[0], rows[1], rows[3]}
    for none in ([], [Q(pk__in=[])], [Q(pk__in=[]), Q(name="c")]):
        assert not Producer.objects.filter(any_of(*none)).exists()
