"""This year at the home of the personas: an idea, a meeting and a plan in every state, pressed by its people."""

from datetime import timedelta
from typing import Any

from ocop.accounts.demo import HOME_COMMUNE, persona_user
from ocop.cycle import actions
from ocop.cycle.demo.ideas import LOW, MEMBERS, SCORES, WHY_NOT, Told, moment, told_ideas
from ocop.cycle.models import BusinessPlan, Idea, MeetingMember, SelectionMeeting
from ocop.cycle.rules.plans import quarter_of
from ocop.kit import clock
from ocop.producers.actions.access import grant
from ocop.producers.actions.register import open_producer
from ocop.producers.casework.roles import province_code
from ocop.producers.models import Producer
from ocop.rulebook.offices import local_level
from ocop.rulebook.queries import support_items_on
from ocop.units.models import Unit
from ocop.units.queries import district_of, unit_on

CAST = {
    "commune": ("can-bo-phuc-trach", "lanh-dao-phuc-trach"),
    "district": ("can-bo-huyen", "lanh-dao-huyen"),
    "province": ("tham-muu", "lanh-dao-tinh"),
}
"""Who does the district's part, by the level of the day: officer and leader."""
OWNER = "ba-lan"


class Present:
    """The people and the place; each method leaves one case behind."""

    def __init__(self) -> None:
        today = clock.today()
        self.commune = unit_on(HOME_COMMUNE, today)
        level = local_level(province_code(self.commune), today)
        officer, leader = CAST[level]
        self.officer, self.leader, self.owner = (persona_user(name) for name in (officer, leader, OWNER))
        self.home: Unit = (
            (district_of(self.commune, today) or self.commune) if level == "district" else self.commune
        )
        self.producer = self._producer()
        self.told = iter(told_ideas())
        self.made = 0

    def _producer(self) -> Producer:
        held = Producer.objects.filter(is_demo=True, accesses__user=self.owner).order_by("pk").first()
        if held is not None:
            return held
        made = open_producer(
            name="Hợp tác xã Bưởi và Mật ong Lan Hương (trình diễn)", form="cooperative", unit=self.commune, by=None,
            is_demo=True,
        )  # fmt: skip
        grant(made, self.owner, kind="owner", by=None)
        return made

    def idea(self, days: int, *, sent: bool = True, **other: Any) -> Idea:
        """An idea begun so many days ago."""
        told: Told = next(self.told)
        at = moment(clock.today() - timedelta(days=days))
        row = actions.open_idea(
            self.producer,
            by=self.owner,
            at=at,
            year=clock.today().year,
            is_demo=True,
            **{**told.idea(), **other},
        )
        self.made += 1
        if sent:
            actions.register_idea(row, by=self.owner, at=at + timedelta(hours=1))
        row.told = told  # type: ignore[attr-defined]
        return row

    def meeting(self, days: int, title: str) -> SelectionMeeting:
        """A meeting held so many days ago (in so many days, below zero)."""
        day = clock.today() - timedelta(days=days)
        row = actions.plan_meeting(
            self.home, by=self.officer, held_on=day, title=title, place="Hội trường UBND", chaired_by=MEMBERS[0][0],
            year=clock.today().year, is_demo=True, at=moment(min(clock.today(), day) - timedelta(days=7)),
        )  # fmt: skip
        for name, position in MEMBERS:
            MeetingMember(meeting=row, name=name, position=position).save()
        return row

    def chosen(self, count: int) -> list[Idea]:
        """Ideas that a meeting chose forty days ago, and two that it refused."""
        ideas = [self.idea(60) for _ in range(count)]
        refused = [self.idea(58) for _ in range(2)]
        meeting = self.meeting(40, "Phiên xét chọn ý tưởng đợt 1")
        met, answered = (moment(clock.today() - timedelta(days=days)) for days in (40, 36))
        lines = actions.list_ideas(meeting, [*ideas, *refused], by=self.officer, at=met)
        for number, line in enumerate(lines):
            low = number >= count
            actions.score_idea(
                line, by=self.officer, scores=LOW if low else SCORES, reason=WHY_NOT[number % 3] if low else "",
            )  # fmt: skip
        actions.submit_list(meeting, by=self.officer, at=met)
        actions.approve_list(meeting, by=self.leader, number="21/QĐ-UBND", at=answered)
        for idea in ideas:
            idea.refresh_from_db()
        return ideas

    def plan(self, idea: Idea, days: int, *, sent: bool = True) -> BusinessPlan:
        """The plan of an idea, begun so many days ago."""
        at = moment(clock.today() - timedelta(days=days))
        row = actions.open_plan(idea, by=self.owner, at=at, **idea.told.plan())  # type: ignore[attr-defined]
        row.milestones.create(title="Hoàn thiện bao bì", due_on=clock.today() + timedelta(days=90))
        wanted = support_items_on(clock.local_day(at), self.commune).first()
        if wanted is not None:
            row.supports.create(item=wanted, purpose="Thiết kế, in bao bì và tem nhãn", amount=15_000_000)
        if sent:
            actions.submit_plan(row, by=self.owner, at=at + timedelta(hours=2))
        return row

    def appraised(self, idea: Idea, days: int, appraisal: str = "approve") -> BusinessPlan:
        """A plan that was appraised."""
        row = self.plan(idea, days)
        at = moment(clock.today() - timedelta(days=days - 5))
        text = "Thực trạng sát thực tế, phương án khả thi, nguồn lực bảo đảm."
        actions.appraise_plan(row, by=self.officer, appraisal=appraisal, text=text, at=at)
        return row

    def approved(self, idea: Idea, days: int, number: str) -> BusinessPlan:
        """A plan that is carried out."""
        row = self.appraised(idea, days)
        actions.approve_plan(
            row, by=self.leader, number=number, at=moment(clock.today() - timedelta(days=days - 8))
        )
        return row


def load_present() -> int:
    """Drafts, ideas that wait, a meeting being prepared, plans in every state; answers how many ideas."""
    here = Present()
    half = {"description": "", "market": "", "labour_total": None, "labour_local": None}
    here.idea(1, sent=False, **half)
    returned = here.idea(9)
    actions.return_idea(returned, by=here.officer, reason="Ghi rõ mua nguyên liệu của ai, mỗi năm bao nhiêu.")
    for days in (2, 6):
        here.idea(days)
    listed = [here.idea(12), here.idea(15)]
    coming = here.meeting(0, "Phiên xét chọn ý tưởng đợt 2")
    first, _ = actions.list_ideas(coming, listed, by=here.officer)
    actions.score_idea(first, by=here.officer, scores=SCORES)
    chosen = here.chosen(7)
    here.plan(chosen[0], 3, sent=False)
    here.plan(chosen[1], 6)
    here.appraised(chosen[2], 12)
    refused = here.appraised(chosen[3], 20, "refuse")
    actions.press_plan(
        refused, "refuse", by=here.leader, reason="Doanh thu chưa có căn cứ, chưa có nơi tiêu thụ."
    )
    running = here.approved(chosen[4], 30, "31/QĐ-UBND")
    year, quarter = quarter_of(clock.today())
    facts = {
        "done_percent": 35,
        "revenue": 60_000_000,
        "spent": 45_000_000,
        "labour": 7,
        "text": "Đã lắp máy.",
    }
    actions.report_quarter(running, by=here.owner, year=year, quarter=quarter, **facts)
    actions.open_product_of(running, by=here.owner)
    done = here.approved(chosen[5], 32, "32/QĐ-UBND")
    actions.report_quarter(done, by=here.owner, year=year, quarter=quarter, **{**facts, "done_percent": 100})
    actions.finish_plan(done, by=here.officer, result="Đã có nhãn, bán ở mười cửa hàng.", revenue=180_000_000)
    return here.made
