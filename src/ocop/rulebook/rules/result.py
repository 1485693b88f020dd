"""The council's result out of the members' sheets (Decision 26/2026/QĐ-TTg, Articles 4 and 7).

The decision says only "tổng điểm trung bình"; quorum, spread, rounding and the reading of minimums over
several sheets come from dated settings (`rules.settings`).
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ocop.rulebook.rules.scoring import band_of, evaluate, stars_of
from ocop.rulebook.rules.settings import ResultSettings
from ocop.rulebook.rules.sheet import Sheet

Answers = Mapping[str, int | None]
Ruling = Literal["stars", "potential_five", "disqualified"]


@dataclass(frozen=True)
class MemberSheet:
    """One member's sheet of the last round: whether it was submitted, and whether the member is barred."""

    member: Hashable
    answers: Answers
    submitted: bool = True
    barred: bool = False


def counted(sheets: Iterable[MemberSheet]) -> list[MemberSheet]:
    """The sheets that count: submitted in the last round by members who are not barred."""
    return [sheet for sheet in sheets if sheet.submitted and not sheet.barred]


def mean_exact(totals: Sequence[int | Decimal | Fraction]) -> Fraction:
    """The mean of the totals, exact; raises ValueError when there is none."""
    if not totals:
        raise ValueError("no counted sheet")
    return sum((Fraction(total) for total in totals), Fraction()) / len(totals)


def round_half_up(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """Round to `places` decimals, a half going up (69.995 -> 70.00); exact for any fraction not below 0."""
    scale = 10**places
    hundredths = int((Fraction(value) * scale * 2 + 1) // 2)
    return Decimal(hundredths).scaleb(-places)


def spread(totals: Sequence[int | Decimal]) -> Decimal:
    """Highest minus lowest total, in points; 0 for fewer than two sheets."""
    return Decimal(max(totals) - min(totals)) if totals else Decimal(0)


def needs_discussion(totals: Sequence[int | Decimal], limit: Decimal | int) -> bool:
    """True when the spread is above the limit (not exactly at it): discuss and mark again."""
    return spread(totals) > limit


@dataclass(frozen=True)
class Quorum:
    """Whether the council may sit: who is counted, how many are needed, whether somebody leads."""

    present: int
    base: int
    needed: int
    lead_present: bool
    met: bool


def quorum(
    *,
    appointed: Collection[Hashable],
    present: Collection[Hashable],
    barred: Collection[Hashable] = (),
    leads: Collection[Hashable] = (),
    settings: ResultSettings = ResultSettings(),  # noqa: B008 - frozen
) -> Quorum:
    """Quorum of a session for one dossier: present / appointed, both without the barred members.

    `leads` are the chair and the deputy authorised to preside; one of them must be present and not barred
    unless the setting `quorum_needs_lead` says otherwise. Nobody left to appoint means no quorum.
    """
    base = set(appointed) - set(barred)
    here = base & set(present)
    needed = -(-len(base) * settings.quorum_percent // 100)
    lead_present = bool(here & set(leads))
    met = bool(base) and len(here) >= needed and (lead_present or not settings.quorum_needs_lead)
    return Quorum(len(here), len(base), needed, lead_present, met)


@dataclass(frozen=True)
class MinimumVerdict:
    """One minimum judged by the council: `met_by` of `sheets` sheets, mean of the points given."""

    criterion: str
    star: int
    needed: int
    needed_points: int
    met: bool
    met_by: int
    sheets: int
    mean_points: Decimal


def minimum_verdicts(
    sheet: Sheet,
    answers: Sequence[Answers],
    case: int | None = None,
    *,
    policy: str = "majority",
    agreed: Answers | None = None,
) -> tuple[MinimumVerdict, ...]:
    """Every minimum of the sheet judged over the counted sheets, in book order, then by star.

    `majority`: strictly more than half of the sheets meet it, a tie fails. `mean_points`: the exact mean
    of the points given reaches the level's points. `agreed`: the agreed sheet meets it (raises ValueError
    without one).
    """
    if policy == "agreed" and agreed is None:
        raise ValueError("the agreed sheet is needed")
    outcomes = [evaluate(sheet, one, case) for one in answers]
    missed_by: dict[tuple[str, int], int] = {}
    for outcome in outcomes:
        for missed in outcome.missed:
            key = (missed.criterion, missed.star)
            missed_by[key] = missed_by.get(key, 0) + 1
    agreed_missed = set()
    if agreed is not None:
        agreed_missed = {(missed.criterion, missed.star) for missed in evaluate(sheet, agreed, case).missed}
    points = {row.code: [row.answers[one.get(row.code)][0] for one in answers] for row in sheet.rows(case)}
    count = len(outcomes)
    verdicts = []
    for criterion in sheet.criteria:
        own_case = case if criterion.has_cases else None
        mean = mean_exact(points[criterion.code]) if count else Fraction()
        for minimum in criterion.minimums(own_case):
            key = (criterion.code, minimum.star)
            met_by = count - missed_by.get(key, 0)
            if policy == "agreed":
                met = key not in agreed_missed
            elif policy == "mean_points":
                met = count > 0 and mean >= minimum.points
            else:
                met = met_by * 2 > count
            verdicts.append(
                MinimumVerdict(
                    criterion.code,
                    minimum.star,
                    criterion.place_for(minimum.points, own_case),
                    minimum.points,
                    met,
                    met_by,
                    count,
                    round_half_up(mean),
                )
            )
    return tuple(verdicts)


@dataclass(frozen=True)
class CouncilResult:
    """What the council's sheets come to.

    `ruling` "disqualified" is "hồ sơ bị loại": no star, not 1 star. "potential_five": sent to the centre, no
    recognition yet. `total` has 2 decimals, rounded half up; `exact` is the mean before rounding.
    """

    ruling: Ruling
    stars: int | None
    band: int | None
    total: Decimal | None
    exact: Fraction | None
    spread: Decimal
    sheets: int
    verdicts: tuple[MinimumVerdict, ...]

    @property
    def unmet(self) -> tuple[MinimumVerdict, ...]:
        """The minimums that the council found not met."""
        return tuple(verdict for verdict in self.verdicts if not verdict.met)

    @property
    def is_recognised_by_province(self) -> bool:
        """True for 3 and 4 stars: the province decides and issues a certificate (Article 4)."""
        return self.ruling == "stars" and self.stars in (3, 4)


def council_result(
    sheet: Sheet,
    sheets: Iterable[MemberSheet],
    case: int | None = None,
    *,
    settings: ResultSettings = ResultSettings(),  # noqa: B008 - frozen
    agreed: Answers | None = None,
    disqualified: bool = False,
) -> CouncilResult:
    """The result of a session for one dossier.

    Stars = the highest s not above the band with the minimums of 3...s all met; when 3 fails, min(band, 2). A
    confirmed disqualifier gives "disqualified" whatever the points. Raises ValueError when no sheet
    counts and the dossier is not disqualified, or when the policy needs the agreed sheet and there is
    none.
    """
    answers = [one.answers for one in counted(sheets)]
    totals = [evaluate(sheet, one, case).points for one in answers]
    exact = mean_exact(totals) if totals else None
    if disqualified:
        total = None if exact is None else round_half_up(exact)
        return CouncilResult("disqualified", None, None, total, exact, spread(totals), len(totals), ())
    if exact is None:
        raise ValueError("no counted sheet")
    total = round_half_up(exact)
    verdicts = minimum_verdicts(sheet, answers, case, policy=settings.minimums_policy, agreed=agreed)
    band = band_of(sheet.bands, exact if settings.band_before_rounding else total)
    stars = stars_of(band, {verdict.star for verdict in verdicts if not verdict.met})
    ruling: Ruling = "stars"
    if band == 5 and (stars == 5 or not settings.five_star_needs_minimums):
        ruling = "potential_five"
    return CouncilResult(ruling, stars, band, total, exact, spread(totals), len(totals), verdicts)
