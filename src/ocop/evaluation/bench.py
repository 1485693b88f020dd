"""Measures of evaluation: the list of dossiers with 20,000 rows, for each kind of reader."""

from collections.abc import Callable

from django.urls import reverse

from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import World, make_world
from ocop.kit import clock
from ocop.kit.bench import Bench, page_ratio
from ocop.units.models import Unit
from ocop.units.tests.factories import UnitFactory

ROWS = 20_000
STATES = (
    DossierState.SUBMITTED,
    DossierState.COMMUNE_REVIEW,
    DossierState.PROPOSED,
    DossierState.PROVINCE_INTAKE,
)


def many_dossiers(world: World, rows: int = ROWS, communes: int = 20) -> None:
    """That many dossiers over the communes of the province, in the states in which offices work."""
    template = world.walk_to("submitted")
    units: list[Unit] = [world.commune, *(UnitFactory(under=world.province) for _ in range(communes - 1))]
    made = []
    for index in range(rows):
        row = Dossier(
            code=f"B{index:06d}",
            product=template.product,
            producer=template.producer,
            criteria_set=template.criteria_set,
            procedure=template.procedure,
            unit=units[index % communes],
            province=world.province,
            state=STATES[index // communes % len(STATES)],
            round=world.round,
            created_by=template.created_by,
            created_at=clock.now(),
            submitted_at=template.submitted_at,
            form01=template.form01,
            form02=template.form02,
            answers=template.answers,
            due_on=clock.today(),
        )
        row.set_search()
        made.append(row)
    Dossier.objects.bulk_create(made, batch_size=2_000)


def list_for(name: str) -> Callable[[], float]:
    """The bench of one reader: p95 of the first page of the list, in signed-in empty views."""

    def run() -> float:
        world = make_world()
        many_dossiers(world)
        user = world.people[name]
        if name == "chair":
            world.open_session()
        return page_ratio(reverse("evaluation:dossier-list") + "?xem=open", user, use_p95=True)

    return run


BENCHES = [
    Bench(
        "list-commune",
        "dossier list of 20,000, commune (p95)",
        25,
        "empty views",
        list_for("commune_officer"),
    ),
    Bench("list-province", "dossier list of 20,000, province (p95)", 25, "empty views", list_for("advisory")),
    Bench(
        "list-member", "dossier list of 20,000, council member (p95)", 25, "empty views", list_for("chair")
    ),
]
