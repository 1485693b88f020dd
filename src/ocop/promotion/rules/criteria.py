"""What the answers of a visit to a sale point come to (Decision 4086/QĐ-UBND; 920/QĐ-BCT and 950/QĐ-BCT)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ocop.promotion.enums import CheckOutcome, CriterionKind


@dataclass(frozen=True)
class Criterion:
    """One criterion: `minimum` only for numbers, None while nobody knows it; an unconfirmed one never fails."""

    key: str
    kind: str
    required: bool = True
    confirmed: bool = True
    minimum: Decimal | None = None


@dataclass(frozen=True)
class Given:
    """What was found: met or not for a yes-or-no criterion, a number for a measured one; None for no answer."""

    met: bool | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Judgement:
    """The outcome with the keys of criteria that are not answered, not met, or not yet judged for want of wording."""

    outcome: str
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    results: Mapping[str, bool | None] = field(default_factory=dict)


def met(criterion: Criterion, given: Given) -> bool | None:
    """Whether a criterion is met; None without an answer, and for a number whose minimum nobody knows."""
    if criterion.kind == CriterionKind.NUMBER:
        if given.value is None or criterion.minimum is None:
            return None
        return given.value >= criterion.minimum
    return given.met


def judge(criteria: Iterable[Criterion], given: Mapping[str, Given]) -> Judgement:
    """The outcome of a visit: passed when every required and confirmed criterion is met.

    A criterion whose wording or minimum was not read in the instrument is answered and shown, but decides nothing.
    """
    missing, failed, unsure = [], [], []
    results: dict[str, bool | None] = {}
    for criterion in criteria:
        answer = given.get(criterion.key, Given())
        answered = (
            answer.value is not None if criterion.kind == CriterionKind.NUMBER else answer.met is not None
        )
        results[criterion.key] = met(criterion, answer)
        if not answered:
            missing.append(criterion.key)
        elif results[criterion.key] is None or not criterion.confirmed:
            unsure.append(criterion.key)
        elif criterion.required and results[criterion.key] is False:
            failed.append(criterion.key)
    if failed:
        outcome = CheckOutcome.FAILED
    else:
        outcome = CheckOutcome.OPEN if missing else CheckOutcome.PASSED
    return Judgement(outcome.value, tuple(missing), tuple(failed), tuple(unsure), results)
