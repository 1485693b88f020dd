"""Yearly rounds: rows made from the procedure's deadlines, and extra rounds by plan (Art. 5 of Decision 26/2026)."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import RoundLevel
from ocop.evaluation.models import RankingRound
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.rulebook.queries import procedure_in_force, province_rounds, setting
from ocop.rulebook.rules import deadlines
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

ARTICLE = "Điều 5 Quyết định 26/2026/QĐ-TTg"


def ensure_rounds(province: Unit, *, year: int) -> list[RankingRound]:
    """The rounds of a year as the procedure in force that year sets them; rows that exist stay as they are.

    Province: two a year; centre: two a year, the second ending in the next (its last days carry their own years).
    """
    procedure = procedure_in_force(date(year, 12, 31))
    if procedure is None:
        return []
    made = []
    for level in (RoundLevel.PROVINCE, RoundLevel.CENTRE):
        for number, window in enumerate(
            deadlines.windows(province_rounds(procedure, level.value), year), start=1
        ):
            row, _ = RankingRound.objects.get_or_create(
                province=province,
                level=level,
                year=year,
                number=number,
                defaults={"propose_by": window.propose_until, "rank_by": window.rank_until, "basis": ARTICLE},
            )
            made.append(row)
    return made


def ensure_rounds_everywhere(log: Callable[[str], None]) -> None:
    """Rounds of this year and the next for every province in force."""
    today = clock.today()
    for province in Unit.objects.valid_on(today).filter(level=UnitLevel.PROVINCE):
        for year in (today.year, today.year + 1):
            ensure_rounds(province, year=year)
    log("các đợt đánh giá trong năm")


def ensure_rounds_quietly() -> None:
    """`ensure_rounds_everywhere` for the scheduler, which prints nothing."""
    ensure_rounds_everywhere(lambda text: None)


def plan_extra_round(
    province: Unit, *, propose_by: date, rank_by: date, basis: str, by: User
) -> RankingRound:
    """An extra round by statute and plan. Raises Refused without basis or where the setting forbids it."""
    scope = scope_of(by)
    if not (scope.has(Role.ADVISORY_OFFICER, province) or scope.has(Role.PROVINCE_LEADER, province)):
        raise Forbidden(
            "round.role", "Chỉ cơ quan tham mưu hoặc lãnh đạo UBND tỉnh lập đợt bổ sung.", ARTICLE
        )
    if not basis.strip():
        raise Refused("round.basis", "Ghi căn cứ (Quy chế Hội đồng, kế hoạch) của đợt bổ sung.", ARTICLE)
    if rank_by < propose_by:
        raise Refused("round.order", "Hạn đánh giá phải sau hạn đề nghị.", ARTICLE)
    if not setting("extra_rounds_allowed", province.code, propose_by):
        raise Refused("round.forbidden", "Quy chế của tỉnh không cho tổ chức đợt bổ sung.", ARTICLE)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=province.pk)
        rows = RankingRound.objects.filter(province=province, level=RoundLevel.PROVINCE, year=propose_by.year)
        number = max((row.number for row in rows), default=0) + 1
        return RankingRound.objects.create(
            province=province,
            year=propose_by.year,
            number=number,
            propose_by=propose_by,
            rank_by=rank_by,
            is_extra=True,
            basis=basis.strip(),
        )
