"""Which book, procedure, settings and sheets hold on a day."""

from datetime import date
from decimal import Decimal

import pytest

from ocop.rulebook import queries
from ocop.rulebook.models import SheetVersion
from ocop.rulebook.rules.settings import BY_KEY, ResultSettings
from ocop.rulebook.tests.factories import DatedSettingFactory, load_sets

pytestmark = pytest.mark.django_db


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
