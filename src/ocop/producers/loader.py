"""Loads the project's own registers: producers by brand, craft villages. Writes what is missing, changes nothing."""

import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from ocop.kit import clock
from ocop.producers.enums import LegalForm
from ocop.producers.models import CraftVillage, Producer, ProducerForm, ProducerSite
from ocop.units.models import Unit

BASIS = "theo nguồn báo chí; ngày chính xác chưa rõ"
FIRST_DAY = date(2023, 1, 1)  # the first day that the units are held for: rows without a year stand from here
Log = Callable[[str], None]


class BadRegister(Exception):  # noqa: N818 - says what is the matter
    """A data file of the project names something that is not there; file and line are in the message."""


def read(folder: str, name: str) -> list[dict[str, str]]:
    """The rows of a data file of the project."""
    path = Path(settings.OCOP_REFERENCE_DIR) / folder / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def units_of(rows: Iterable[dict[str, str]], file: str) -> dict[tuple[str, str], Unit]:
    """The unit of each (code, day) that the rows name; raises `BadRegister` for one that was not in force."""
    wanted = {(row["unit_code"], row["unit_day"]) for row in rows}
    known: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(code__in={code for code, _ in wanted}):
        known.setdefault(unit.code, []).append(unit)
    found = {}
    for code, day in wanted:
        held = [unit for unit in known.get(code, []) if unit.in_force(date.fromisoformat(day))]
        if not held:
            raise BadRegister(f"{file}: không có đơn vị {code} ngày {day}")
        found[code, day] = held[0]
    return found


@transaction.atomic
def load_producers(log: Log) -> None:
    """Producers of the real register that are not there yet (by data key), with form and address."""
    rows = read("producers", "producers.csv")
    known = set(Producer.objects.filter(data_key__isnull=False).values_list("data_key", flat=True))
    rows = [row for row in rows if row["key"] not in known]
    units = units_of(rows, "producers.csv")
    made = []
    for row in rows:
        producer = Producer(
            data_key=row["key"],
            name=row["name"],
            brand=row["brand"],
            is_unknown=bool(row["unknown"]),
            source=row["source"],
            unit=units[row["unit_code"], row["unit_day"]],
            created_at=clock.now(),
        )
        producer.set_search()
        made.append(producer)
    made = bulk_create_with_history(made, Producer)
    since = {row["key"]: date.fromisoformat(row["since"]) if row["since"] else FIRST_DAY for row in rows}
    form = {row["key"]: row["form"] for row in rows}
    ProducerForm.objects.bulk_create(
        ProducerForm(
            producer=producer, form=form[producer.data_key], valid_from=since[producer.data_key], basis=BASIS
        )
        for producer in made
        if form[producer.data_key] != LegalForm.UNKNOWN
    )
    ProducerSite.objects.bulk_create(
        ProducerSite(producer=producer, unit=producer.unit, valid_from=since[producer.data_key])
        for producer in made
    )
    log(f"chủ thể: thêm {len(made)}, đã có {len(known)}")


@transaction.atomic
def load_villages(log: Log) -> None:
    """Craft villages of the real register that are not there yet."""
    rows = read("producers", "craft-villages.csv")
    known = set(CraftVillage.objects.filter(data_key__isnull=False).values_list("data_key", flat=True))
    rows = [row for row in rows if row["key"] not in known]
    units = units_of(rows, "craft-villages.csv")
    made = []
    for row in rows:
        village = CraftVillage(
            data_key=row["key"],
            name=row["name"],
            kind=row["kind"],
            craft=row["craft"],
            place=row["place"],
            unit=units[row["unit_code"], row["unit_day"]],
            status=row["status"],
            decision=row["decision"],
            recognised_year=int(row["year"]) if row["year"] else None,
            note=row["note"],
            source=row["source"],
            households=int(row["households"]) if row["households"] else None,
            workers=int(row["workers"]) if row["workers"] else None,
        )
        village.set_search()
        made.append(village)
    bulk_create_with_history(made, CraftVillage)
    log(f"làng nghề: thêm {len(made)}, đã có {len(known)}")


def load_reference(log: Log) -> None:
    """Step of the reference data."""
    load_producers(log)
    load_villages(log)
