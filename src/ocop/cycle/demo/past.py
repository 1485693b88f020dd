"""The years before: ideas, meetings and plans of invented producers, written down in bulk as the presses leave them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ocop.accounts.models import User
from ocop.cycle.actions import IDEA_DESK, MEETING_DESK, PLAN_DESK
from ocop.cycle.demo.ideas import LOW, MEMBERS, SCORES, WHY_NOT, Told, moment, told_ideas
from ocop.cycle.enums import Verdict
from ocop.cycle.models import (
    BusinessPlan,
    Idea,
    MeetingLine,
    MeetingMember,
    PlanMilestone,
    PlanProgress,
    SelectionMeeting,
)
from ocop.cycle.queries.facts import criteria_on, known
from ocop.cycle.rules.plans import has_priority, last_day_of, next_quarter, quarter_of
from ocop.cycle.rules.selection import given_by_facts
from ocop.kit import clock
from ocop.kit.cases import Past, Step, write_past
from ocop.producers.models import Producer
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import covered_ids, district_of, first_day_held

PLACES = 16
"""How many of the invented producers have a past in the cycle."""
OFFICE = "van-phong-chu-trinh-td"


@dataclass
class Season:
    """A season of one office: its people, the day of its meeting, the ideas that were registered."""

    home: Unit
    officer: User
    leader: User
    held_on: date
    producers: list[tuple[Producer, Unit]]
    ideas: list[Told]
    number: str
    meetings: list[Past] = field(default_factory=list)
    kept: list[Past] = field(default_factory=list)
    plans: list[Past] = field(default_factory=list)
    lines: list[MeetingLine] = field(default_factory=list)
    milestones: list[PlanMilestone] = field(default_factory=list)
    progress: list[PlanProgress] = field(default_factory=list)

    def run(self, *, until: date) -> int:
        """Write the season down; answers how many ideas."""
        meeting = self._meeting()
        criteria = criteria_on(self.held_on)
        for place, told in enumerate(self.ideas):
            producer, unit = self.producers[place % len(self.producers)]
            idea = Idea(producer=producer, unit=unit, year=self.held_on.year, is_demo=True, **told.idea())
            points = {**(LOW if place % 4 == 3 else SCORES)}
            scores = {**points, **given_by_facts(criteria, idea.facts)}
            if self._answer(meeting, idea, scores, WHY_NOT[place % len(WHY_NOT)]):
                self._plan(idea, told, place, until)
        self._write()
        return len(self.ideas)

    def _meeting(self) -> SelectionMeeting:
        meeting = SelectionMeeting(
            title=f"Phiên xét chọn ý tưởng năm {self.held_on.year}", unit=self.home, year=self.held_on.year,
            held_on=self.held_on, place="Hội trường UBND", chaired_by=MEMBERS[0][0], is_demo=True,
            conclusion="Thống nhất danh sách; chủ thể được chọn lập phương án trong tháng.",
            document_number=self.number, approved_on=self.held_on + timedelta(days=4), approved_by=self.leader,
        )  # fmt: skip
        presses = [
            Step("submit", moment(self.held_on, 16), self.officer),
            Step("approve", moment(self.held_on + timedelta(days=4)), self.leader),
        ]
        opened = Step("open", moment(self.held_on - timedelta(days=7)), self.officer)
        self.meetings.append(Past(meeting, opened, tuple(presses)))
        return meeting

    def _answer(self, meeting: SelectionMeeting, idea: Idea, scores: dict[str, int], why: str) -> bool:
        """Whether the meeting chose the idea."""
        total = sum(scores.values())
        chosen = total >= int(known("idea_points_needed", self.held_on))
        reason = "" if chosen else why
        self.lines.append(
            MeetingLine(
                meeting=meeting, idea=idea, scores=scores, points=total, reason=reason,
                verdict=Verdict.SELECT if chosen else Verdict.REFUSE,
            )
        )  # fmt: skip
        sent, decided = self.held_on - timedelta(days=20), self.held_on + timedelta(days=4)
        presses = [
            Step("register", moment(sent, 10), self.officer),
            Step("list", moment(self.held_on - timedelta(days=7), 10), self.officer),
            Step(
                "select" if chosen else "refuse",
                moment(decided),
                self.leader,
                reason,
                {"document": self.number},
            ),
        ]
        idea.points = total
        self.kept.append(Past(idea, Step("open", moment(sent), self.officer), tuple(presses)))
        return chosen

    def _plan(self, idea: Idea, told: Told, place: int, until: date) -> None:
        start = self.held_on + timedelta(days=25)
        judged, decided = start + timedelta(days=20), start + timedelta(days=28)
        plan = BusinessPlan(
            idea=idea, producer=idea.producer, unit=idea.unit, year=start.year, is_demo=True,
            title=f"Phương án phát triển {idea.name}", material_area=idea.material,
            material_local_share=idea.material_local_share, labour_total=idea.labour_total,
            labour_local=idea.labour_local, market=idea.market, development=idea.description, **told.plan(),
        )  # fmt: skip
        plan.has_priority = has_priority(
            plan.revenue_1, plan.revenue_3, first_at_least=int(known("plan_priority_first_year", start)),
            third_at_least=int(known("plan_priority_third_year", start)),
        )  # fmt: skip
        plan.appraisal, plan.appraised_on = "approve", judged
        plan.appraisal_text = "Thực trạng sát thực tế, phương án khả thi, nguồn lực bảo đảm."
        plan.decision_number, plan.decided_on, plan.decided_by = (
            f"{100 + place}/QĐ-UBND",
            decided,
            self.leader,
        )
        presses = [
            Step("submit", moment(start, 15), self.officer),
            Step("appraise", moment(judged), self.officer),
            Step("approve", moment(decided), self.leader),
            *self._reports(plan, decided, until),
        ]
        if decided + timedelta(days=400) < until:
            presses.append(Step("finish", moment(decided + timedelta(days=400)), self.officer))
            plan.result = "Đã có nhãn, bao bì; bán ổn định ở cửa hàng và hội chợ."
            plan.result_revenue, plan.finished_on = plan.revenue_1, decided + timedelta(days=400)
        self.plans.append(Past(plan, Step("open", moment(start), self.officer), tuple(presses)))
        for months, title in ((60, "Hoàn thiện quy trình, bao bì"), (150, "Đưa sản phẩm ra thị trường")):
            self.milestones.append(
                PlanMilestone(plan=plan, title=title, due_on=decided + timedelta(days=months))
            )

    def _reports(self, plan: BusinessPlan, decided: date, until: date) -> list[Step]:
        """Four quarters from the decision on, as far as they are over."""
        presses, found = [], quarter_of(decided)
        for number in range(1, 5):
            at = moment(last_day_of(*found) + timedelta(days=5))
            if at.date() > until:
                break
            year, quarter = found
            self.progress.append(
                PlanProgress(
                    plan=plan, year=year, quarter=quarter, done_percent=25 * number, at=at, by=self.officer,
                    revenue=(plan.revenue_1 or 0) // 5 * number // 2, spent=(plan.cost_1 or 0) // 5,
                    labour=plan.labour_total, text="Làm đúng tiến độ.",
                )
            )  # fmt: skip
            presses.append(Step("report", at, self.officer, data={"year": year, "quarter": quarter}))
            found = next_quarter(*found)
        return presses

    def _write(self) -> None:
        meetings = write_past(MEETING_DESK, self.meetings)
        write_past(IDEA_DESK, self.kept)
        plans = write_past(PLAN_DESK, self.plans)
        for meeting in meetings:
            people = [MeetingMember(meeting=meeting, name=name, position=what) for name, what in MEMBERS]
            _bulk(MeetingMember, people)
        _bulk(MeetingLine, self.lines)
        _bulk(PlanMilestone, self.milestones)
        _bulk(PlanProgress, self.progress)
        for plan, past in zip(plans, self.plans, strict=True):
            plan.due_on = PLAN_DESK.last_day(plan, past.steps[-1].at)
        BusinessPlan.objects.bulk_update(plans, ["due_on"], batch_size=300)


def _bulk(model: Any, rows: list[Any]) -> None:
    for row in rows:
        row.set_search()
    model.objects.bulk_create(rows, batch_size=300)


def _clerk() -> User:
    """The one invented officer of the past, who has no role today."""
    found, _ = User.objects.get_or_create(
        username=OFFICE, defaults={"full_name": "Cán bộ OCOP các năm trước (trình diễn)", "is_active": False}
    )
    return found


def _producers() -> list[Producer]:
    """Some of the invented producers that an earlier step has spread over the communes."""
    return list(Producer.objects.filter(is_demo=True).select_related("unit").order_by("pk")[:PLACES])


def _then(producer: Producer, day: date) -> Unit:
    """The unit of then in the place of a producer: the first that its unit wholly absorbed, else its own."""
    if producer.unit.in_force(day):
        return producer.unit
    old = Unit.objects.valid_on(day).filter(level=UnitLevel.COMMUNE, pk__in=covered_ids(producer.unit))
    return old.order_by("code").first() or producer.unit


def load_past() -> int:
    """Two years and the spring of this one; answers how many ideas."""
    told, officer, made = told_ideas(), _clerk(), 0
    producers = _producers()
    today, since = clock.today(), first_day_held()
    for year in range(max(today.year - 2, since.year + 1 if since else 0), today.year + 1):
        held_on = date(year, 4, 10)
        if held_on + timedelta(days=60) > today:
            break
        for place, producer in enumerate(producers):
            unit = _then(producer, held_on)
            home = district_of(unit, held_on) or unit
            ideas = [told[(place * 3 + year + number) % len(told)] for number in range(4)]
            season = Season(
                home, officer, officer, held_on, [(producer, unit)], ideas, f"{10 + place}/QĐ-UBND"
            )
            made += season.run(until=today)
    return made
