"""Which book, procedure, settings and sheets hold on a day."""

from datetime import date
from decimal import Decimal

import pytest

from ocop.rulebook import loader, queries
from ocop.rulebook.models import SheetVersion
from ocop.rulebook.rules.deadlines import Rule
from ocop.rulebook.rules.settings import BY_KEY, ResultSettings
from ocop.rulebook.tests.factories import DatedSettingFactory, load_sets

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(db):
    loader.load_all(lambda line: None)


@pytest.mark.parametrize(
    ("day", "book", "procedure"),
    [
        pytest.param("2023-02-23", None, None, id="before the first book"),
        pytest.param("2023-02-24", "148-2023", "148-2023", id="148: three levels"),
        pytest.param("2025-07-05", "148-2023", "148-2023", id="148: last day of the district"),
        pytest.param("2025-07-06", "148-2023", "148-2023-1489-2025", id="1489: two levels"),
        pytest.param("2026-05-21", "148-2023", "148-2023-1489-2025", id="last day before 26/2026"),
        pytest.param("2026-05-22", "26-2026", "26-2026", id="26/2026 art. 11"),
        pytest.param("2030-01-01", "26-2026", "26-2026", id="open"),
    ],
)
def test_in_force(everything, day, book, procedure):
    on = date.fromisoformat(day)
    found, way = queries.book_in_force(on), queries.procedure_in_force(on)
    assert (found and found.slug, way and way.key) == (book, procedure)


def test_the_old_book_is_still_in_force_through_the_transition(everything):
    assert queries.decisions() == ["26-2026", "148-2023"]
    old = queries.procedure_in_force(date(2026, 5, 1))
    assert (old.book.slug, old.valid_to, old.decides) == (
        "148-2023",
        date(2026, 7, 21),
        {"3": "province", "4": "province", "5": "centre"},
    )


def test_settings_of_the_province_win_over_those_for_all():
    DatedSettingFactory(value="10")
    DatedSettingFactory(value="8", province="42", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    DatedSettingFactory(value="12", valid_from=date(2027, 1, 1))
    read = [
        queries.setting("spread_limit", province, date.fromisoformat(day))
        for province, day in [
            ("42", "2022-01-01"),
            ("42", "2025-01-01"),
            ("42", "2026-06-01"),
            ("40", "2026-06-01"),
            ("42", "2027-01-01"),
        ]
    ]
    assert read == [Decimal(10), Decimal(10), Decimal(8), Decimal(10), Decimal(12)]
    assert queries.result_settings("42", date(2026, 6, 1)) == ResultSettings(spread_limit=Decimal(8))
    assert queries.setting_row("spread_limit", "42", date(2026, 6, 1)).province == "42"


def test_every_setting_says_whether_it_is_confirmed():
    DatedSettingFactory(value="10", source="Quy chế mẫu")
    DatedSettingFactory(value="8", province="42", source="Quy chế của tỉnh", confirmed=True)
    found = {one.known.key: one for one in queries.settings_on("42", date(2026, 6, 1))}
    assert set(found) == set(BY_KEY)
    spread, quorum = found["spread_limit"], found["quorum_percent"]
    assert (spread.value, spread.source, spread.confirmed) == (Decimal(8), "Quy chế của tỉnh", True)
    assert (quorum.value, quorum.confirmed) == (75, False)
    other = {one.known.key: one for one in queries.settings_on("40", date(2026, 6, 1))}
    assert (other["spread_limit"].value, other["spread_limit"].source) == (Decimal(10), "Quy chế mẫu")


def test_an_unknown_setting_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        queries.setting("spread", "42", date(2026, 6, 1))


def test_result_settings_stand_in_the_table_of_known_settings():
    defaults = ResultSettings()
    for key in ResultSettings.__dataclass_fields__:
        assert BY_KEY[key].default == getattr(defaults, key)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("quorum_percent", "75"),
        ("quorum_percent", True),
        ("quorum_percent", 0),
        ("quorum_percent", 101),
        ("spread_limit", "NaN"),
        ("spread_limit", "abc"),
        ("spread_limit", -1),
        ("quorum_needs_lead", 1),
        ("minimums_policy", "most"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(key, value):
    with pytest.raises(ValueError):
        BY_KEY[key].read(value)


def test_sets_for_group(everything):
    book = queries.book_in_force(date(2026, 6, 1))
    assert [row.number for row in queries.sets_for_group(book, "II")] == [14, 15, 16, 17]
    assert list(queries.sets_for_group(book, "IX")) == []


def test_a_parsed_sheet_costs_one_small_query(django_assert_num_queries):
    row = load_sets(1)[0]
    first = queries.sheet_of("26-2026", 1)
    with django_assert_num_queries(1):
        assert queries.sheet_of("26-2026", 1) is first
    assert (row.sheet is first, queries.sheet_of("26-2026", 99), queries.sheet_of("x", 1)) == (
        True,
        None,
        None,
    )


def test_a_dossier_keeps_the_version_it_was_submitted_under():
    row = load_sets(1)[0]
    document = row.document | {"name": "Tên cũ"}
    SheetVersion.objects.create(set=row, checksum="0" * 64, document=document, loaded_at=row.book.loaded_at)
    assert queries.sheet_version(row, "0" * 64).name == "Tên cũ"
    assert queries.sheet_version(row, row.checksum).name == row.name
    with pytest.raises(SheetVersion.DoesNotExist):
        queries.sheet_version(row, "1" * 64)


def test_deadlines_and_rounds_come_from_the_data(everything):
    procedure = queries.procedure_in_force(date(2026, 6, 1))
    assert queries.deadline_rule(procedure, "commune-assessment") == Rule(
        15, "working", "stops", "as_counted"
    )
    assert [(one.propose_before, one.rank_before) for one in queries.province_rounds(procedure)] == [
        ((30, 4), (30, 6)),
        ((30, 10), (30, 12)),
    ]
    assert [
        (one.propose_before, one.rank_before) for one in queries.province_rounds(procedure, "centre")
    ] == [
        ((30, 7), (30, 9)),
        ((30, 1), (30, 3)),
    ]
    last = queries.commune_must_receive_by(procedure, date(2026, 9, 1), lambda day: day.weekday() < 5)
    assert last == date(2026, 10, 8)


def test_an_old_procedure_knows_no_rounds_here(everything):
    old = queries.procedure_in_force(date(2024, 1, 1))
    assert queries.province_rounds(old) == []
    assert queries.commune_must_receive_by(old, date(2024, 1, 1), lambda day: True) is None
