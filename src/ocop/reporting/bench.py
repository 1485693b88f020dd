"""Measures of figures over an invented country of 34 provinces: 3,321 communes, 20,000 products, 60,000 reports."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from statistics import median
from typing import Any

from django.db import connection, transaction

from ocop.accounts.demo import load_personas, persona_user
from ocop.accounts.models import User
from ocop.kit import clock, registry
from ocop.kit.bench import Bench, page_ratio, queries, seconds
from ocop.kit.indicators import Indicator, indicators
from ocop.kit.samples import Samples
from ocop.producers.models import Producer, ProducerForm
from ocop.products.models import Product, ProductHolding
from ocop.recognition.models import Certificate
from ocop.recognition.rules.validity import last_valid_day
from ocop.reporting.actions.consolidate import consolidate
from ocop.reporting.actions.measure import MONTHS, measure
from ocop.reporting.models import FormVersion, Report, ReportCell, Round
from ocop.reporting.queries.measuring import count, figures, series, standing_rows, year_to
from ocop.reporting.queries.places import children_of, units_under
from ocop.reporting.rules.months import month_ends
from ocop.units.models import Agency, Unit, UnitCover, UnitParent
from ocop.units.queries import home_province

PROVINCES, COMMUNES, PRODUCTS, REPORTS, YEARS = 34, 3_321, 20_000, 60_000, 5
FORMS = ("cooperative", "enterprise", "household", "cooperative_group")
FIGURES = 40
SINCE = date(2020, 1, 1)
BATCH = 500


def _units(home: Unit, today: date) -> list[Unit]:
    """The communes of the home province, and of 33 others, which are made."""
    own = children_of(home, today)
    others = Unit.objects.bulk_create(
        Unit(code=f"B{n:02d}", name=f"Đo {n}", type="province", level="province", valid_from=SINCE)
        for n in range(PROVINCES - 1)
    )
    communes = Unit.objects.bulk_create(
        (
            Unit(code=f"B{n:05d}", name=f"Xã Đo {n}", type="commune", level="commune", valid_from=SINCE)
            for n in range(COMMUNES - len(own))
        ),
        batch_size=BATCH,
    )
    above = {commune.pk: others[place % len(others)] for place, commune in enumerate(communes)}
    UnitParent.objects.bulk_create(
        (UnitParent(unit=one, parent=above[one.pk], valid_from=SINCE) for one in communes), batch_size=BATCH
    )
    covers = [UnitCover(holder=one, covered=one) for one in (*others, *communes)]
    covers += [UnitCover(holder=above[one.pk], covered=one) for one in communes]
    UnitCover.objects.bulk_create(covers, batch_size=BATCH)
    Agency.objects.bulk_create(
        (
            Agency(
                slug=f"do-{one.code}",
                name=f"UBND {one.name}",
                kind="commune_committee",
                unit=one,
                valid_from=SINCE,
            )
            for one in communes
        ),
        batch_size=BATCH,
    )
    return [*own, *communes]


def _stars(communes: list[Unit]) -> list[Producer]:
    """Producers of four legal forms, a product each or more, stars of five years."""
    makers = Producer.objects.bulk_create(
        (
            Producer(name=f"Cơ sở {n}", unit=communes[n % len(communes)], code=f"BM{n:05d}")
            for n in range(PRODUCTS // 4)
        ),
        batch_size=BATCH,
    )
    ProducerForm.objects.bulk_create(
        (ProducerForm(producer=one, form=FORMS[n % 4], valid_from=SINCE) for n, one in enumerate(makers)),
        batch_size=BATCH,
    )
    goods = Product.objects.bulk_create(
        (
            Product(
                name=f"Hàng {n}", producer=makers[n % len(makers)], unit_id=makers[n % len(makers)].unit_id,
                code=f"BP{n:05d}",
            )
            for n in range(PRODUCTS)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    ProductHolding.objects.bulk_create(
        (ProductHolding(product=one, producer_id=one.producer_id, valid_from=SINCE) for one in goods),
        batch_size=BATCH,
    )
    first, days = clock.today() - timedelta(days=365 * YEARS), 365 * YEARS
    stars = []
    for n, one in enumerate(goods):
        day = first + timedelta(days=n * 7 % days)
        stars.append(
            Certificate(
                product=one, stars=3 + n % 3, product_name=one.name, producer_name="Sổ", unit_id=one.unit_id,
                number=f"b{n}", issued_on=day, issued_year=day.year, valid_to=last_valid_day(day),
                published_at=clock.now(), revoked_on=day + timedelta(days=400) if n % 10 == 0 else None,
            )
        )  # fmt: skip
    Certificate.objects.bulk_create(stars, batch_size=BATCH)
    return makers


def _work(communes: list[Unit], makers: list[Producer]) -> None:
    """What else is counted (ideas, courses, visits, fairs, sales, money...): as many rows as products, everywhere."""
    samples = Samples({Unit: communes, Producer: makers})
    counted = (
        facts.every_row.model for one in indicators for facts in (one.facts, one.of) if facts is not None
    )
    for model in dict.fromkeys(counted):
        if model._base_manager.exists():
            continue
        rows = samples.many(model, PRODUCTS)
        has_unit = any(field.name == "unit" for field in model._meta.fields)
        if has_unit and len({row.unit_id for row in rows}) < len(communes) / 2:  # all where a few cases lie
            for number, row in enumerate(rows):
                row.unit = communes[number % len(communes)]
            model._base_manager.bulk_update(rows, ["unit"], batch_size=BATCH)


def _reports(home: Unit, by: User) -> None:
    """Quarterly reports of five years of every commune; those of the newest round of the home province have figures."""
    today, now = clock.today(), clock.now()
    layout = [
        {
            "key": "results",
            "title": "Kết quả",
            "kind": "figures",
            "indicators": [f"f{n}" for n in range(FIGURES)],
        }
    ]
    form = FormVersion.objects.create(
        kind="quarter", number=99, title="Đo", layout=layout, valid_from=SINCE, published_at=now
    )
    agencies: dict[int, list[Agency]] = {}
    rows = Agency.objects.valid_on(today).filter(kind="commune_committee").select_related("unit")
    above = dict(
        UnitCover.objects.filter(holder__level="province", covered__in=rows.values("unit")).values_list(
            "covered", "holder"
        )
    )
    for agency in rows:
        agencies.setdefault(above[agency.unit_id], []).append(agency)
    made = []
    for province, asked in agencies.items():
        for quarter in range(4 * YEARS):
            last = today - timedelta(days=91 * quarter)
            round = Round.objects.create(
                kind="quarter", province_id=province, title=f"Đo {quarter}", first=last - timedelta(days=90), last=last,
                due_on=last, form=form, opened_at=now,
            )  # fmt: skip
            made += [
                Report(
                    round=round, agency=agency, unit_id=agency.unit_id, receiver_id=province, state="accepted",
                    opened_at=now, submitted_at=now,
                )
                for agency in asked
            ]  # fmt: skip
    Report.objects.bulk_create(made, batch_size=BATCH)
    if len(made) < REPORTS:
        raise AssertionError(f"{len(made)} reports")
    newest = Report.objects.filter(round__province=home, round__title="Đo 0")
    ReportCell.objects.bulk_create(
        (
            ReportCell(report=one, indicator=f"f{n}", top=n, bottom=n + 1 if n % 2 else None)
            for one in newest
            for n in range(FIGURES)
        ),
        batch_size=BATCH,
    )


@contextmanager
def country() -> Iterator[tuple[Unit, User]]:
    """The country, its home province and an officer of that; gone afterwards."""
    with transaction.atomic():
        registry.demo_steps["units"].run(lambda text: None)
        load_personas(lambda text: None)
        home, by = home_province(clock.today()), persona_user("tham-muu")
        communes = _units(home, clock.today())
        _work(communes, _stars(communes))
        _reports(home, by)
        yield home, by
        transaction.set_rollback(True)


def _bare(home: Unit) -> list[tuple[str, Any]]:
    """The statements that count every set of facts for the province, as the database gets them."""
    found = []
    for facts in {
        id(one): one for two in indicators for one in (two.facts, two.of) if one is not None
    }.values():
        rows = standing_rows(facts, year_to(clock.today())).filter(**{facts.holder: home.pk}).order_by()
        counted = (
            rows.values_list(facts.distinct or "pk").distinct() if facts.distinct else rows.values_list("pk")
        )
        statement, given = counted.query.sql_with_params()
        found.append((f"SELECT COUNT(*) FROM ({statement}) AS counted", given))  # noqa: S608 - Django's own statement
    return found


def _many_months(home: Unit) -> float:
    """The dearest indicator: every month of three years, as a multiple of one day; of the ones that cost anything."""
    today = clock.today()
    periods = [year_to(end) for end in month_ends(today, MONTHS)]
    ids, ratios = [home.pk], []
    for one in indicators:
        once = median(seconds(lambda: _day(one, ids, today), times=5, warm=1))  # noqa: B023 - called at once
        many = median(seconds(lambda: series(one, periods, ids), times=5, warm=1))  # noqa: B023
        ratios.append((many / once, one.key))
    print(f"   dearest: {max(ratios)[1]}")  # noqa: T201
    return max(ratios)[0]


def _day(one: Indicator, ids: list[int], day: date) -> None:
    for facts in (one.facts, one.of):
        if facts is not None:
            count(facts, year_to(day), ids)


def _one_day(home: Unit) -> float:
    statements = _bare(home)

    def bare() -> None:
        with connection.cursor() as cursor:
            for statement, given in statements:
                cursor.execute(statement, given)
                cursor.fetchall()

    def ours() -> None:
        figures(indicators, year_to(clock.today()), [home.pk])

    bases, asked = [], []
    for _ in range(5):
        bases += seconds(bare, times=1, warm=0)
        asked += seconds(ours, times=1, warm=0)
    return median(asked) / median(bases)


def _roll_up(home: Unit) -> tuple[float, float]:
    """Processor seconds and megabytes that measuring every province of the country for today takes."""
    day = clock.today()
    provinces = list(Unit.objects.valid_on(day).filter(level="province"))
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    measure(provinces, day)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return time.process_time() - begun, grown / 1024


@cache
def measures() -> dict[str, float]:
    """All of them on one country: making it takes longer than measuring."""
    with country() as (home, by):
        newest = Round.objects.get(province=home, title="Đo 0")
        found = {
            "one_day": _one_day(home),
            "months": _many_months(home),
            "consolidation": float(queries(lambda: consolidate(newest, home, by=by))),
        }
        found["seconds"], found["megabytes"] = _roll_up(home)
        measure(units_under(home, clock.today()), clock.today())
        found["board"] = page_ratio("/so-lieu/", by, use_p95=True)
    return found


BENCHES = [
    Bench("figures-day", "all indicators of a province on one day", 3, "times the bare SQL of the same aggregates",
          lambda: measures()["one_day"]),
    Bench("figures-board", "board of a province, warm figures (p95)", 25, "empty views", lambda: measures()["board"]),
    Bench("figures-months", "any indicator for every month of 3 years (the dearest)", 4, "times one day",
          lambda: measures()["months"]),
    Bench("consolidation", f"consolidation of 69 communes, {FIGURES} indicators", 20, "queries",
          lambda: measures()["consolidation"]),
    Bench("roll-up-time", "roll-up of 34 provinces with 36 months", 60, "s of one core",
          lambda: measures()["seconds"], for_scale=True),
    Bench("roll-up-memory", "memory that the roll-up adds", 400, "MB", lambda: measures()["megabytes"],
          for_scale=True),
]  # fmt: skip
