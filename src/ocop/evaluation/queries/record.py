"""The record page of a dossier: what it shows and offers to this person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ocop.accounts.models import User
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.models.dossier import AT_COMMUNE
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.facts import facts_of
from ocop.evaluation.queries.places import without_own_page
from ocop.evaluation.rules.workflow import AT_DISTRICT, FLOW_148_2023, REFILED, RETURNED_FROM_ABOVE
from ocop.kit.flow import Offer, moves_for

# Verbs with a page of their own (a form to fill in): the panel links there, it does not press them.
OWN_PAGE = frozenset(
    {
        "propose",
        "put_before_council",
        "take_off_agenda",
        "conclude_recognise",
        "conclude_five",
        "conclude_not_ranked",
        "conclude_forward",
        "conclude_fall_back",
        "forward_to_province",
        "decide_on_district_result",
        REFILED,
        "recognise",
        "record_five_stars",
        "record_below_ninety",
        "send_to_centre",
    }
)

ROAD = (
    ("Soạn hồ sơ", (DossierState.DRAFT,)),
    (
        "Xã đánh giá",
        (DossierState.SUBMITTED, DossierState.COMMUNE_REVIEW, DossierState.RETURNED_BY_COMMUNE),
    ),
    (
        "Tỉnh kiểm tra",
        (
            DossierState.PROPOSED,
            DossierState.FORWARDED_BY_DISTRICT,
            DossierState.PROVINCE_INTAKE,
            DossierState.RETURNED_BY_PROVINCE,
        ),
    ),
    ("Tổ tư vấn", (DossierState.EXPERT_REVIEW,)),
    ("Hội đồng", (DossierState.COUNCIL_READY, DossierState.IN_SESSION)),
    (
        "Quyết định",
        (
            DossierState.AWAITING_DECISION,
            DossierState.AWAITING_APPROVAL,
            DossierState.APPROVED_FOR_CENTRE,
            DossierState.AT_CENTRE,
            DossierState.CENTRE_BELOW,
            DossierState.TO_BE_TOLD,
            DossierState.FELL_BACK,
        ),
    ),
    ("Kết thúc", (DossierState.RECOGNISED, DossierState.NOT_RANKED, DossierState.WITHDRAWN)),
)

# Under Decision 148 a district ranked before the province did; its steps stand between commune and province.
DISTRICT_ROAD = (
    (
        "Huyện kiểm tra",
        (
            DossierState.PROPOSED_TO_DISTRICT,
            DossierState.DISTRICT_INTAKE,
            DossierState.RETURNED_BY_DISTRICT,
            DossierState.DISTRICT_EXPERT_REVIEW,
        ),
    ),
    ("Hội đồng huyện", (DossierState.DISTRICT_COUNCIL_READY, DossierState.DISTRICT_IN_SESSION)),
    (
        "Huyện quyết định",
        (
            DossierState.DISTRICT_AWAITING_DECISION,
            DossierState.DISTRICT_TO_BE_TOLD,
            DossierState.DISTRICT_TO_FORWARD,
        ),
    ),
)

TONES = {
    DossierState.DRAFT: ("grey", "pencil"),
    DossierState.RETURNED_BY_COMMUNE: ("ink", "arrow-back-up"),
    **dict.fromkeys(RETURNED_FROM_ABOVE, ("ink", "arrow-back-up")),
    DossierState.RECOGNISED: ("leaf", "circle-check"),
    DossierState.NOT_RANKED: ("grey", "ban"),
    DossierState.WITHDRAWN: ("grey", "ban"),
}


@dataclass(frozen=True)
class Mark:
    """A state as a badge shows it."""

    label: str
    tone: str
    icon: str


def mark_of(state: str) -> Mark:
    """Word, colour and icon of a dossier's state, the same on every page."""
    known = DossierState(state)
    tone, icon = TONES.get(known, ("water", "dots"))
    return Mark(known.label, tone, icon)


def road_of(dossier: Dossier) -> list[dict[str, str]]:
    """The steps of the road with the present one marked, for the stepper.

    The end, once reached, is done; a dossier that was taken back stopped at the step it was taken back from.
    """
    state, present = dossier.state, "current"
    if state == DossierState.WITHDRAWN:
        last = dossier.moves.filter(to_state=state).order_by("-pk").first()
        state, present = (last.from_state if last else DossierState.DRAFT), "blocked"
    road = _steps_of(dossier, state)
    here = next(index for index, (_, states) in enumerate(road) if state in states)
    if here == len(road) - 1:
        present = "done"
    return [
        {"label": label, "state": "done" if index < here else present if index == here else "todo"}
        for index, (label, _) in enumerate(road)
    ]


def _steps_of(dossier: Dossier, state: str) -> list[tuple[str, tuple[DossierState, ...]]]:
    """The steps that this dossier goes: with a district its three, and the province's only where it was sent up."""
    if dossier.district_id is None or dossier.flow_key != FLOW_148_2023.key:
        return list(ROAD)
    above = (
        state not in {*AT_COMMUNE, *AT_DISTRICT} and dossier.moves.filter(name="forward_to_province").exists()
    )
    return [*ROAD[:2], *DISTRICT_ROAD, *(ROAD[2:] if above else ROAD[-1:])]


def offers_for(dossier: Dossier, user: User, *, roles: frozenset[str] | None = None) -> list[Offer]:
    """The moves this person is offered on the record page, the way onward first; those with a page are left to it."""
    roles = roles_for(user, dossier) if roles is None else roles
    offers = moves_for(dossier.flow, dossier.state, roles, facts_of(dossier))
    pressed = without_own_page([offer for offer in offers if offer.name not in OWN_PAGE], dossier, roles)
    return sorted(pressed, key=lambda offer: offer.transition.style != "primary")


def move_now(dossier: Dossier, roles: frozenset[str], verb: str) -> Offer | None:
    """The move of that verb as it is offered to these roles in the present state, None when it is not."""
    transition = dossier.flow.find(verb, dossier.state)
    if transition is None or not transition.roles & roles:
        return None
    facts = facts_of(dossier) if transition.guards else None
    return Offer(transition, transition.refusals(facts))


def history_of(dossier: Dossier) -> Sequence[dict]:
    """The moves, newest first, as the timeline shows them; one query."""
    labels = {transition.name: transition.label for transition in dossier.flow.transitions}
    moves = dossier.moves.select_related("by", "unit").order_by("-at", "-pk")
    return [
        {
            "what": labels.get(move.name, move.name),
            "who": move.by.full_name or move.by.username,
            "at": move.at,
            "reason": move.reason,
            "basis": move.legal_basis,
        }
        for move in moves
    ]


def facts_table(dossier: Dossier, today: date) -> list[tuple[str, str]]:
    """The head of the record: what it is, whose, where, under which rules."""
    return [
        ("Sản phẩm", dossier.product.name),
        ("Chủ thể", dossier.producer.public_name),
        ("Địa bàn", dossier.unit.full_name),
        ("Bộ tiêu chí", str(dossier.criteria_set)),
        ("Văn bản áp dụng", str(dossier.criteria_set.book)),
        ("Loại hồ sơ", dossier.get_kind_display()),
        ("Đợt", str(dossier.round) if dossier.round else ""),
        ("Mã sản phẩm", dossier.product.code),
    ]
