"""Open dossiers that a reorganisation concerns: who has each, who takes it, under which procedure it goes on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ocop.evaluation.models import Dossier
from ocop.evaluation.models.dossier import BEFORE_PROVINCE
from ocop.evaluation.rules.transfer import is_with_district, transferred
from ocop.kit.registry import Passed, Undecided
from ocop.rulebook.queries import setting
from ocop.units.queries.handover import Reorganisation

INTERIM = "interim_decider"


@dataclass(frozen=True)
class Transfer:
    """A dossier before and after: flow, state, and who has it, by name."""

    pk: int
    unit_id: int
    flow_before: str
    flow: str
    state_before: str
    state: str
    giver: str
    taker: str

    @property
    def moves_on(self) -> bool:
        """True when the state changes."""
        return self.state != self.state_before

    @property
    def changes_hands(self) -> bool:
        """True when another agency has it afterwards."""
        return self.giver != self.taker


def transfers(change: Reorganisation) -> list[Transfer]:
    """Every open dossier that goes to another agency or on under another procedure; two queries."""
    interim = str(setting(INTERIM, change.province.code, change.day))
    rows = Dossier.objects.open().filter(province=change.province).order_by("pk")
    found = []
    for pk, unit_id, flow_key, state in rows.values_list("pk", "unit_id", "flow_key", "state"):
        flow, target = transferred(flow_key, state, change.day, interim)
        giver, taker = _hands(change, unit_id, state, target)
        if giver != taker or flow != flow_key or target != state:
            found.append(Transfer(pk, unit_id, flow_key, flow, state, target, giver, taker))
    return found


def _hands(change: Reorganisation, unit_id: int, state: str, target: str) -> tuple[str, str]:
    """Who has a dossier of that unit in that state on the eve, and who in the new state on the day."""
    if is_with_district(state):
        after = change.district_after(unit_id) if is_with_district(target) else change.desk_name
        return change.district(unit_id), change.taker(unit_id) if target in BEFORE_PROVINCE else after
    if state in BEFORE_PROVINCE:
        return change.giver(unit_id), change.taker(unit_id)
    return change.former_desk_name, change.desk_name


def passing(change: Reorganisation) -> list[Passed]:
    """Dossiers that go to another agency, by agencies."""
    counts = Counter((row.giver, row.taker) for row in transfers(change) if row.changes_hands)
    return [Passed(giver, taker, count) for (giver, taker), count in sorted(counts.items())]


def staying(change: Reorganisation) -> int:
    """Open dossiers of the province that keep their agency."""
    moving = sum(row.changes_hands for row in transfers(change))
    return Dossier.objects.open().filter(province=change.province).count() - moving


def undecided(change: Reorganisation) -> list[Undecided]:
    """Open dossiers in units without a single heir."""
    rows = Dossier.objects.open().filter(unit__in=change.unclear_ids)
    return [Undecided(code, unit) for code, unit in rows.values_list("code", "unit_id")]


def describe(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Product, producer and page of dossiers."""
    rows = Dossier.objects.filter(code__in=list(codes)).select_related("product", "producer")
    return {
        row.code: (
            f"{row.product.name} – {row.producer.public_name}",
            reverse("evaluation:dossier-detail", args=[row.code]),
        )
        for row in rows
    }


__all__ = ["Transfer", "describe", "passing", "staying", "transfers", "undecided"]
