"""Measures of the ledger: its totals over half a million entries."""

from statistics import median

from django.db import connection

from ocop.accounts.enums import Role
from ocop.funding.loader import load_reference
from ocop.funding.models import Activity, FundEntry
from ocop.funding.queries.ledger import LedgerFilter
from ocop.funding.queries.overview import totals_page
from ocop.kit.bench import Bench, seconds
from ocop.producers.tests.factories import officer
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

ENTRIES = 500_000
UNITS = 300
# The database counts up by itself; half a million rows sent one by one would take longer than all the rest.
FILL = """
INSERT INTO funding_fundentry (kind, year, source, budget_level, unit_id, activity_id, amount, day, document_number,
    document_line, attempt, content, programme, resource_form, project, reason, entered_at, search_text, search_exact)
WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < %s)
SELECT CASE n %% 4 WHEN 0 THEN 'planned' WHEN 1 THEN 'allocated' WHEN 2 THEN 'disbursed' ELSE 'settled' END,
    2021 + n %% 6,
    CASE n %% 7 WHEN 0 THEN 'central' WHEN 1 THEN 'credit' WHEN 2 THEN 'own' WHEN 3 THEN 'combined' WHEN 4 THEN 'other'
        ELSE 'local' END,
    CASE n %% 7 WHEN 5 THEN 'province' WHEN 6 THEN 'commune' ELSE '' END,
    %s + n %% %s, %s + n %% 16, 1000000 + n, '2026-01-01', 'b' || n, 1, 0, '', '', 'money', '', '',
    CURRENT_TIMESTAMP, '', ''
FROM number"""
BARE = "SELECT source, unit_id, year, kind, SUM(amount) FROM funding_fundentry GROUP BY source, unit_id, year, kind"


def totals_ratio(rows: int = ENTRIES) -> float:
    """What the page of totals of a province costs beside the bare aggregate by source, unit, year and stage."""
    load_reference(lambda text: None)
    province = ProvinceFactory()
    communes = [UnitFactory(under=province) for _ in range(UNITS)]
    by = officer(province, Role.ADVISORY_OFFICER)
    first = Activity.objects.order_by("pk").values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute(FILL, [rows, communes[0].pk, UNITS, first])

    def bare() -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(BARE)
            return cursor.fetchall()

    def page() -> int:
        found = totals_page(by, LedgerFilter(), None, "disbursed")
        return sum(line.amount for line in found.lines)

    if page() != sum(int(row[-1]) for row in bare()) or FundEntry.objects.count() != rows:
        raise AssertionError("the two do not say the same")
    bases, asked = [], []
    for _ in range(5):
        bases += seconds(bare, times=1, warm=0)
        asked += seconds(page, times=1, warm=0)
    return median(asked) / median(bases)


BENCHES = [
    Bench(
        "funding-totals", "funding totals by source, unit, year over 500,000 entries", 3,
        "times the bare SQL aggregate", totals_ratio,
    ),
]  # fmt: skip
