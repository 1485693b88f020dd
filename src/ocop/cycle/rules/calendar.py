"""The calendar of a cycle year: six steps with first and last day, inherited from above, flexible by season.

Plan IV.3.2: six steps every year, "linh hoạt, phù hợp với điều kiện của từng địa phương, đặc điểm từng sản phẩm".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ocop.cycle.enums import CycleStep

ARTICLE = "Kế hoạch Chương trình OCOP tỉnh Hà Tĩnh 2023-2025, mục IV.3.2"
PREFIXES: dict[int, str] = {
    CycleStep.GUIDANCE: "guidance",
    CycleStep.IDEAS: "ideas",
    CycleStep.PLANS: "plans",
    CycleStep.CARRYING_OUT: "carrying",
    CycleStep.RANKING: "ranking",
    CycleStep.PROMOTION: "promotion",
}
"""Names under which a calendar keeps the days of a step: "ideas_from", "ideas_to"."""
IN_ORDER = (CycleStep.IDEAS, CycleStep.PLANS, CycleStep.CARRYING_OUT, CycleStep.RANKING)
"""Steps that begin one after the other; guidance and promotion go on the whole year."""


@dataclass(frozen=True)
class Window:
    """First and last day of a step, both inclusive; `of` says whose calendar it is."""

    first: date
    last: date
    of: str = ""

    def holds(self, day: date) -> bool:
        """True when the step runs on that day."""
        return self.first <= day <= self.last


Windows = dict[int, Window]


def problems(days: Mapping[int, tuple[date | None, date | None]], year: int) -> list[str]:
    """Vietnamese sentences against the days of a calendar; a step without days is inherited and says nothing."""
    found = []
    for step, (first, last) in sorted(days.items()):
        label = f"Bước {step} ({CycleStep(step).label})"
        if (first is None) != (last is None):
            found.append(f"{label}: ghi cả ngày đầu và ngày cuối, hoặc để trống cả hai.")
        elif first and last and last < first:
            found.append(f"{label}: ngày cuối phải từ ngày đầu trở đi.")
        elif first and last and not (year - 1 <= first.year <= year + 1 and last.year <= year + 1):
            found.append(f"{label}: ngày phải thuộc chu trình năm {year}.")
    starts = [(step, first) for step in IN_ORDER if (first := days.get(step, (None, None))[0])]
    for (one, before), (two, after) in pairwise(starts):
        if after < before:
            found.append(f"Bước {two:d} không được bắt đầu trước bước {one:d}.")
    return found


def effective(layers: Iterable[Windows]) -> Windows:
    """The calendar that holds: `layers` from the widest (province) to the nearest (commune, the product's season)."""
    found: Windows = {}
    for layer in layers:
        found.update(layer)
    return found


def step_on(windows: Windows, day: date) -> int | None:
    """The step that the calendar is at on that day: the latest of the ordered steps that runs; else one that runs."""
    running = [step for step, window in windows.items() if window.holds(day)]
    ordered = [step for step in running if step in IN_ORDER]
    return max(ordered) if ordered else min(running, default=None)


def is_behind(windows: Windows, step: int, day: date) -> bool:
    """True when what stands in `step` should have left it: the last day of that step has passed.

    Promotion is where the road ends, so nothing is behind there.
    """
    window = windows.get(step)
    return step != CycleStep.PROMOTION and window is not None and window.last < day
