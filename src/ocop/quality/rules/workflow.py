"""The procedures of inspection and of papers as tables (section IV.4 of the plan)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Guard, Transition
from ocop.quality.enums import (
    Outcome,
    OverlapState,
    PlanState,
    ProgrammeState,
    ProposalState,
    ReceptionState,
    RemedyState,
    VisitKind,
    VisitState,
)

PLAN_IV4 = "Mục IV.4 Kế hoạch OCOP tỉnh Hà Tĩnh 2023-2025"
QUALITY_REGULATION = "Quyết định 843/QĐ-UBND ngày 04/02/2021 của UBND tỉnh Hà Tĩnh"
ARTICLE_8 = "Điều 8 Quyết định 26/2026/QĐ-TTg"

KEEPER = frozenset({"quality.keeper"})
AGENCY = frozenset({"quality.agency", "quality.lead"})
TEAM = frozenset({"quality.team", "quality.lead"})
LEAD = frozenset({"quality.lead"})
STANDING = frozenset({"standing_officer"})
LEADER = frozenset({"province_leader"})
CLERK = frozenset({"province_clerk"})
ADVISORY = frozenset({"advisory_officer"})
MAKERS = frozenset({"producer.owner", "producer.staff", "producer.helper"})
RECEIVER = frozenset({"quality.receiver"})


def _step(
    name: str,
    source: Sequence[str],
    target: str | None,
    roles: frozenset[str],
    label: str,
    *guards: Guard,
    basis: str = PLAN_IV4,
    reason: bool = False,
    style: str = "secondary",
    confirm: str = "",
) -> Transition:
    return Transition(
        name=name,
        source=frozenset(str(one) for one in source),
        target=str(target) if target else None,
        roles=roles,
        label=label,
        guards=guards,
        legal_basis=basis,
        needs_reason=reason,
        style=style,
        confirm=confirm,
    )


# -- The plan of one agency ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanFacts:
    """What the guards of a plan look at."""

    lines: int
    programme_is_open: bool
    programme_is_issued: bool = False


def has_lines(facts: PlanFacts) -> Iterable[Refusal]:
    """An empty plan is not sent."""
    if not facts.lines:
        yield Refusal("plan.empty", "Kế hoạch chưa có lượt kiểm tra nào.")


def programme_is_open(facts: PlanFacts) -> Iterable[Refusal]:
    """The programme of the year still takes plans."""
    if not facts.programme_is_open:
        yield Refusal("plan.programme", "Chương trình của năm này đã trình duyệt hoặc đã ban hành.")


def programme_is_issued(facts: PlanFacts) -> Iterable[Refusal]:
    """A plan is agreed by the programme that holds it, not apart from it."""
    if not facts.programme_is_issued:
        yield Refusal("plan.issued", "Kế hoạch được thống nhất khi chương trình năm ban hành.")


PLAN = Flow(
    key="quality-plan",
    title="Kế hoạch kiểm tra năm của một cơ quan",
    initial=PlanState.DRAFT,
    final=frozenset({PlanState.AGREED}),
    legal_basis=PLAN_IV4,
    transitions=(
        _step("send", (PlanState.DRAFT, PlanState.RETURNED), PlanState.SENT, KEEPER, "Gửi cơ quan thường trực",
              has_lines, style="primary"),
        _step("take", (PlanState.SENT,), PlanState.TAKEN, STANDING, "Đưa vào chương trình năm",
              programme_is_open, style="primary"),
        _step("return", (PlanState.SENT, PlanState.TAKEN), PlanState.RETURNED, STANDING, "Trả lại để sửa",
              programme_is_open, reason=True),
        _step("agree", (PlanState.TAKEN,), PlanState.AGREED, CLERK, "Thống nhất theo chương trình ban hành",
              programme_is_issued),
    ),
)  # fmt: skip


# -- The programme of the province --------------------------------------------------------------------------


@dataclass(frozen=True)
class ProgrammeFacts:
    """What the guards of a programme look at."""

    plans: int
    open_overlaps: int
    number: str
    issued_on: date | None


def has_plans(facts: ProgrammeFacts) -> Iterable[Refusal]:
    """At least one agency's plan was taken."""
    if not facts.plans:
        yield Refusal("programme.empty", "Chưa có kế hoạch của cơ quan nào trong chương trình.")


def overlaps_are_settled(facts: ProgrammeFacts) -> Iterable[Refusal]:
    """No producer is visited twice without somebody having decided so."""
    if facts.open_overlaps:
        yield Refusal(
            "programme.overlaps",
            f"Còn {facts.open_overlaps} chỗ trùng chưa gộp hoặc chưa có lý do giữ cả hai.",
        )


def has_number(facts: ProgrammeFacts) -> Iterable[Refusal]:
    """What is issued bears a number and a day."""
    if not facts.number.strip() or facts.issued_on is None:
        yield Refusal("programme.number", "Cần ghi số và ngày ban hành.")


PROGRAMME = Flow(
    key="quality-programme",
    title="Chương trình kiểm tra năm của tỉnh",
    initial=ProgrammeState.COLLECTING,
    final=frozenset({ProgrammeState.ISSUED}),
    legal_basis=PLAN_IV4,
    transitions=(
        _step("propose", (ProgrammeState.COLLECTING,), ProgrammeState.PROPOSED, STANDING, "Trình duyệt",
              has_plans, overlaps_are_settled, style="primary"),
        _step("send_back", (ProgrammeState.PROPOSED,), ProgrammeState.COLLECTING, LEADER, "Trả lại", reason=True),
        _step("approve", (ProgrammeState.PROPOSED,), ProgrammeState.APPROVED, LEADER, "Duyệt",
              overlaps_are_settled, style="primary"),
        _step("issue", (ProgrammeState.APPROVED,), ProgrammeState.ISSUED, CLERK, "Ghi số, ban hành",
              has_number, style="primary"),
    ),
)  # fmt: skip


# -- Two visits too close to each other ---------------------------------------------------------------------


@dataclass(frozen=True)
class OverlapFacts:
    """What the guards of an overlap look at."""

    still_near: bool


def no_longer_near(facts: OverlapFacts) -> Iterable[Refusal]:
    """Nobody waves away two visits that still meet."""
    if facts.still_near:
        yield Refusal("overlap.near", "Hai lượt vẫn trùng: hãy gộp, hoặc giữ cả hai và ghi lý do.")


OVERLAP = Flow(
    key="quality-overlap",
    title="Hai lượt kiểm tra trùng một cơ sở",
    initial=OverlapState.OPEN,
    final=frozenset({OverlapState.MERGED, OverlapState.JUSTIFIED, OverlapState.GONE}),
    legal_basis=PLAN_IV4,
    transitions=(
        _step("merge", (OverlapState.OPEN,), OverlapState.MERGED, STANDING, "Gộp thành một đoàn", style="primary"),
        _step("justify", (OverlapState.OPEN,), OverlapState.JUSTIFIED, STANDING, "Giữ cả hai", reason=True),
        _step("clear", (OverlapState.OPEN,), OverlapState.GONE, STANDING, "Không còn trùng", no_longer_near),
    ),
)  # fmt: skip


# -- One visit ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VisitFacts:
    """What the guards of a visit look at."""

    kind: str
    ground: str
    reason: str
    visit_on: date | None
    has_lead: bool
    decision_number: str
    decision_on: date | None
    missing: int
    signer: str
    unsigned_reason: str
    conclusion: str
    outcome: str
    remedies: int
    open_remedies: int
    violations: int


def team_is_decided(facts: VisitFacts) -> Iterable[Refusal]:
    """A team with a head, by a decision, on a day."""
    if not facts.has_lead:
        yield Refusal("visit.lead", "Chưa có trưởng đoàn.")
    if not facts.decision_number.strip() or facts.decision_on is None:
        yield Refusal("visit.decision", "Cần ghi số, ngày quyết định lập đoàn.")
    if facts.visit_on is None:
        yield Refusal("visit.day", "Cần ghi ngày kiểm tra.")


def unplanned_says_why(facts: VisitFacts) -> Iterable[Refusal]:
    """Outside of the programme a visit has a ground and a reason."""
    if facts.kind == VisitKind.UNPLANNED and (not facts.ground or not facts.reason.strip()):
        yield Refusal("visit.reason", "Kiểm tra đột xuất cần ghi căn cứ và lý do.")


def may_begin(facts: VisitFacts) -> Iterable[Refusal]:
    """A planned visit is announced first; an unplanned one may begin with its decision."""
    yield from unplanned_says_why(facts)
    yield from team_is_decided(facts)


def all_answered(facts: VisitFacts) -> Iterable[Refusal]:
    """The minutes are written when every question has its answer."""
    if facts.missing:
        yield Refusal("visit.missing", f"Còn {facts.missing} câu của phiếu kiểm tra chưa trả lời.")


def somebody_signed(facts: VisitFacts) -> Iterable[Refusal]:
    """The producer's person signs, or it is written down why not."""
    if not facts.signer.strip() and not facts.unsigned_reason.strip():
        yield Refusal("visit.signer", "Cần tên người đại diện cơ sở ký biên bản, hoặc lý do không ký.")


def conclusion_is_written(facts: VisitFacts) -> Iterable[Refusal]:
    """What is concluded stands on what was found."""
    if not facts.conclusion.strip():
        yield Refusal("visit.conclusion", "Chưa ghi kết luận.")
    if not facts.outcome:
        yield Refusal("visit.outcome", "Chưa chọn kết quả kiểm tra.")
    if facts.outcome == Outcome.REMEDIES and not facts.remedies:
        yield Refusal("visit.remedies", "Chưa ghi điểm phải khắc phục nào.")
    if facts.outcome == Outcome.VIOLATIONS and not facts.violations:
        yield Refusal("visit.violations", "Chưa ghi vi phạm nào vào sổ vi phạm.")
    if facts.outcome == Outcome.PASSED and (facts.violations or facts.open_remedies):
        yield Refusal("visit.passed", "Còn vi phạm hoặc điểm phải khắc phục nên không kết luận là đạt.")


def remedies_are_done(facts: VisitFacts) -> Iterable[Refusal]:
    """The visit ends with its last remedy."""
    if facts.open_remedies:
        yield Refusal("visit.open_remedies", f"Còn {facts.open_remedies} điểm chưa khắc phục xong.")


VISIT = Flow(
    key="quality-visit",
    title="Lượt kiểm tra một cơ sở",
    initial=VisitState.PLANNED,
    final=frozenset({VisitState.CLOSED, VisitState.DROPPED}),
    legal_basis=PLAN_IV4,
    transitions=(
        _step("announce", (VisitState.PLANNED,), VisitState.ANNOUNCED, AGENCY, "Lập đoàn, báo cơ sở",
              unplanned_says_why, team_is_decided, style="primary"),
        _step("begin", (VisitState.PLANNED, VisitState.ANNOUNCED), VisitState.UNDER_WAY, TEAM, "Bắt đầu kiểm tra",
              may_begin, style="primary"),
        _step("sign", (VisitState.UNDER_WAY,), VisitState.SIGNED, TEAM, "Ký biên bản",
              all_answered, somebody_signed, style="primary"),
        _step("conclude", (VisitState.SIGNED,), VisitState.CONCLUDED, LEAD, "Kết luận",
              conclusion_is_written, style="primary"),
        _step("close", (VisitState.CONCLUDED,), VisitState.CLOSED, AGENCY, "Kết thúc", remedies_are_done,
              style="primary"),
        _step("drop", (VisitState.PLANNED, VisitState.ANNOUNCED), VisitState.DROPPED, AGENCY, "Không thực hiện",
              reason=True),
    ),
)  # fmt: skip


# -- One remedy ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RemedyFacts:
    """What the guards of a remedy look at."""

    report: str
    photos: int


def report_is_shown(facts: RemedyFacts) -> Iterable[Refusal]:
    """The producer says what was done and shows it."""
    if not facts.report.strip():
        yield Refusal("remedy.report", "Hãy ghi đã khắc phục thế nào.")
    if not facts.photos:
        yield Refusal("remedy.photo", "Hãy kèm ít nhất một ảnh.")


REMEDY = Flow(
    key="quality-remedy",
    title="Khắc phục sau kiểm tra",
    initial=RemedyState.OPEN,
    final=frozenset({RemedyState.DONE, RemedyState.WAIVED}),
    legal_basis=PLAN_IV4,
    transitions=(
        _step("report", (RemedyState.OPEN,), RemedyState.REPORTED, MAKERS, "Báo đã khắc phục", report_is_shown,
              style="primary"),
        _step("confirm", (RemedyState.REPORTED,), RemedyState.DONE, TEAM, "Xác nhận đã khắc phục", style="primary"),
        _step("send_back", (RemedyState.REPORTED,), RemedyState.OPEN, TEAM, "Chưa đạt, làm lại", reason=True),
        _step("waive", (RemedyState.OPEN, RemedyState.REPORTED), RemedyState.WAIVED, LEAD, "Không yêu cầu nữa",
              reason=True),
    ),
)  # fmt: skip


# -- A proposal to look into a star -------------------------------------------------------------------------


@dataclass(frozen=True)
class ProposalFacts:
    """What the guards of a proposal look at."""

    is_running: bool  # the certificate is neither revoked nor replaced


def star_is_running(facts: ProposalFacts) -> Iterable[Refusal]:
    """What was replaced or taken back already is not looked into."""
    if not facts.is_running:
        yield Refusal("proposal.gone", "Giấy chứng nhận đã được thay thế hoặc đã bị thu hồi.")


PROPOSAL = Flow(
    key="quality-proposal",
    title="Đề nghị xác minh sao sau kiểm tra",
    initial=ProposalState.PROPOSED,
    final=frozenset({ProposalState.OPENED, ProposalState.DECLINED}),
    legal_basis=ARTICLE_8,
    transitions=(
        _step("open", (ProposalState.PROPOSED,), ProposalState.OPENED, ADVISORY, "Mở xác minh sao",
              star_is_running, basis=ARTICLE_8, style="primary"),
        _step("decline", (ProposalState.PROPOSED,), ProposalState.DECLINED, ADVISORY, "Không mở", basis=ARTICLE_8,
              reason=True),
    ),
)  # fmt: skip


# -- The reception of a paper -------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReceptionFacts:
    """What the guards of a reception look at."""

    has_file: bool
    number: str
    accepted_number: str


def paper_has_file(facts: ReceptionFacts) -> Iterable[Refusal]:
    """Nobody checks a paper that is not there."""
    if not facts.has_file:
        yield Refusal("reception.file", "Giấy tờ chưa có tệp chụp hoặc quét.")


def register_number(facts: ReceptionFacts) -> Iterable[Refusal]:
    """What is accepted stands in the office's book under a number."""
    if not facts.accepted_number.strip():
        yield Refusal("reception.number", "Cần ghi số tiếp nhận của cơ quan.")


RECEPTION = Flow(
    key="quality-reception",
    title="Tiếp nhận giấy tờ chất lượng",
    initial=ReceptionState.SUBMITTED,
    final=frozenset({ReceptionState.ACCEPTED}),
    legal_basis=PLAN_IV4,
    transitions=(
        _step("receive", (ReceptionState.SUBMITTED,), ReceptionState.RECEIVED, RECEIVER, "Tiếp nhận",
              paper_has_file, style="primary"),
        _step("return", (ReceptionState.SUBMITTED, ReceptionState.RECEIVED), ReceptionState.RETURNED, RECEIVER,
              "Trả lại để bổ sung", reason=True),
        _step("resubmit", (ReceptionState.RETURNED,), ReceptionState.SUBMITTED, MAKERS, "Nộp lại", paper_has_file,
              style="primary"),
        _step("accept", (ReceptionState.RECEIVED,), ReceptionState.ACCEPTED, RECEIVER, "Chấp nhận",
              paper_has_file, register_number, style="primary"),
    ),
)  # fmt: skip

FLOWS = (PLAN, PROGRAMME, OVERLAP, VISIT, REMEDY, PROPOSAL, RECEPTION)
