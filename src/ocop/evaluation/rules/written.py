"""Written opinions on a re-evaluation: agreement, or a meeting (Art. 7.6 of Decision 26/2026/QĐ-TTg).

The decision says "only on disagreement"; what counts as one is read off the statute's settings and the sheets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ocop.evaluation.rules.renewal import ARTICLE
from ocop.kit import formats
from ocop.kit.errors import Refusal
from ocop.rulebook.rules.result import MinimumVerdict, needs_discussion, spread
from ocop.rulebook.rules.scoring import stars_of


@dataclass(frozen=True)
class Opinions:
    """The counted sheets of a closed round: totals, the mean's band, minimums, and what members said beside marks."""

    totals: tuple[int, ...]
    band: int
    verdicts: tuple[MinimumVerdict, ...]
    spread_limit: Decimal
    needs_agreed_sheet: bool
    wishes: tuple[str, ...]  # reasons of those who ask for a meeting
    disqualifiers: tuple[str, ...]


def disputed_minimums(opinions: Opinions) -> list[MinimumVerdict]:
    """Minimums on which the sheets are split while the star depends on them; none when it is the same either way."""
    split = [one for one in opinions.verdicts if 0 < one.met_by < one.sheets]
    missed = {one.star for one in opinions.verdicts if one.met_by == 0}
    if stars_of(opinions.band, missed) == stars_of(opinions.band, missed | {one.star for one in split}):
        return []
    return [one for one in split if one.star <= opinions.band]


def reasons_to_meet(opinions: Opinions) -> list[str]:
    """Why the council has to meet, in words; empty where the opinions agree."""
    found = []
    if needs_discussion(opinions.totals, opinions.spread_limit):
        points, limit = formats.points(spread(opinions.totals)), formats.points(opinions.spread_limit)
        found.append(f"Chênh lệch giữa các phiếu {points} điểm, vượt {limit} điểm.")
    if disputed := disputed_minimums(opinions):
        codes = ", ".join(f"{one.criterion} ({one.star} sao)" for one in disputed)
        found.append(f"Các phiếu khác nhau về mức tối thiểu quyết định hạng sao: {codes}.")
    if opinions.needs_agreed_sheet:
        found.append("Quy chế xét mức tối thiểu theo phiếu thống nhất ghi tại phiên họp.")
    found += [f"Thành viên đề nghị họp: {wish}" for wish in opinions.wishes]
    found += [f"Có phiếu nêu trường hợp loại: {text}" for text in opinions.disqualifiers]
    return found


@dataclass(frozen=True)
class AskFacts:
    """What decides whether a dossier may be put to written opinions."""

    is_renewal: bool
    flow: str
    waits_for_council: bool
    meeting_reason: str


def may_ask(facts: AskFacts) -> Iterable[Refusal]:
    """Why a dossier may not be put to written opinions; nothing when it may."""
    if not facts.is_renewal or facts.flow != "26-2026":
        yield Refusal(
            "written.kind",
            "Chỉ hồ sơ đánh giá lại theo Quyết định 26/2026 được lấy ý kiến bằng văn bản.",
            ARTICLE,
        )
    if not facts.waits_for_council:
        yield Refusal("written.state", "Hồ sơ không ở bước chờ Hội đồng.", ARTICLE)
    if facts.meeting_reason:
        yield Refusal("written.meeting", "Hồ sơ này phải họp Hội đồng: " + facts.meeting_reason, ARTICLE)


def may_close(waiting: int, answer_by: date, day: date) -> Iterable[Refusal]:
    """The round is closed when nobody is waited for or its last day has passed; `waiting` counts open answers."""
    if waiting and day <= answer_by:
        yield Refusal(
            "written.waiting",
            f"Còn {waiting} thành viên chưa trả lời; hạn trả lời hết ngày {formats.day(answer_by)}.",
            ARTICLE,
        )


def meeting_words(reasons: Sequence[str]) -> str:
    """The reasons as one text for the record."""
    return " ".join(reasons)
