"""Parts of a road from which the procedures are put together: the commune, a level that ranks, the centre.

A verb has one name at every level; states and roles tell the levels apart, so that a page or an action presses the
same verb wherever the dossier stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ocop.evaluation.enums import DossierState as S
from ocop.evaluation.rules.workflow import guards, roles
from ocop.evaluation.rules.workflow.articles import Articles
from ocop.kit.flow import Guard, Transition


def move(
    name: str,
    source: S | Iterable[S],
    target: S | None,
    who: frozenset[str],
    label: str,
    basis: str,
    **more: Any,
) -> Transition:
    """One line of a table."""
    states = [source] if isinstance(source, S) else source
    return Transition(
        name=name,
        source=frozenset(str(state.value) for state in states),
        target=target.value if target else None,
        roles=who,
        label=label,
        legal_basis=basis,
        **more,
    )


@dataclass(frozen=True)
class Level:
    """A level that ranks: its states, its desk and committee, and its own words."""

    name: str
    proposed: tuple[S, ...]
    intake: S
    returned: S
    experts: S
    ready: S
    session: S
    decision: S
    to_tell: S
    desk: frozenset[str]
    leader: frozenset[str]
    clerk: frozenset[str]
    receive: str
    supplement: str


DISTRICT = Level(
    "huyện",
    (S.PROPOSED_TO_DISTRICT,),
    S.DISTRICT_INTAKE,
    S.RETURNED_BY_DISTRICT,
    S.DISTRICT_EXPERT_REVIEW,
    S.DISTRICT_COUNCIL_READY,
    S.DISTRICT_IN_SESSION,
    S.DISTRICT_AWAITING_DECISION,
    S.DISTRICT_TO_BE_TOLD,
    roles.DISTRICT_DESK,
    roles.DISTRICT_LEADER,
    roles.DISTRICT_CLERK,
    "receive_at_district",
    "supplement_to_district",
)
PROVINCE = Level(
    "tỉnh",
    (S.PROPOSED,),
    S.PROVINCE_INTAKE,
    S.RETURNED_BY_PROVINCE,
    S.EXPERT_REVIEW,
    S.COUNCIL_READY,
    S.IN_SESSION,
    S.AWAITING_DECISION,
    S.TO_BE_TOLD,
    roles.ADVISORY,
    roles.LEADER,
    roles.CLERK,
    "receive_at_province",
    "supplement_to_province",
)


def commune_part(
    law: Articles,
    first: Level,
    returned_above: Iterable[S],
    *more: Transition,
    before_proposal: tuple[Guard, ...] = (),
) -> tuple[Transition, ...]:
    """From the producer's file to the commune's proposal; `first` is the level that the commune sends it to."""
    submit_guards = (guards.old_rules_still_admit, guards.dossier_is_complete)
    return (
        move("submit", S.DRAFT, S.SUBMITTED, roles.PRODUCER, "Nộp hồ sơ", law.submit, guards=submit_guards,
             style="primary"),
        move("withdraw", (S.DRAFT, S.SUBMITTED, S.RETURNED_BY_COMMUNE, *returned_above), S.WITHDRAWN,
             roles.OWNER, "Rút hồ sơ", law.submit, needs_reason=True, style="danger",
             confirm="Rút hồ sơ? Dữ liệu đã nhập vẫn được giữ."),
        *more,
        move("receive", S.SUBMITTED, S.COMMUNE_REVIEW, roles.COMMUNE, "Tiếp nhận", law.commune, style="primary"),
        move("return_to_producer", (S.SUBMITTED, S.COMMUNE_REVIEW), S.RETURNED_BY_COMMUNE, roles.COMMUNE,
             "Trả lại để bổ sung", law.commune, needs_reason=True),
        move("supplement", S.RETURNED_BY_COMMUNE, S.COMMUNE_REVIEW, roles.PRODUCER, "Nộp bổ sung", law.commune,
             guards=(guards.dossier_is_complete,), style="primary"),
        move("propose", S.COMMUNE_REVIEW, first.proposed[0], roles.COMMUNE_LEADER,
             f"Ký đề nghị, gửi {first.name}", law.commune, guards=(guards.report_is_complete, *before_proposal),
             style="primary"),
    )  # fmt: skip


def ranking_part(law: Articles, level: Level) -> tuple[Transition, ...]:
    """What a level that ranks does with a dossier until its council has it on the agenda."""
    return (
        move(level.receive, level.proposed, level.intake, level.desk, "Tiếp nhận hồ sơ", law.ranking,
             style="primary"),
        move("ask_supplement", (level.intake, level.experts), level.returned, level.desk | roles.EXPERT_LEAD,
             "Yêu cầu bổ sung", law.ranking, needs_reason=True),
        move(level.supplement, level.returned, level.intake, roles.PRODUCER | roles.COMMUNE, "Nộp bổ sung",
             law.ranking, guards=(guards.dossier_is_complete,), style="primary"),
        move("hand_to_experts", level.intake, level.experts, level.desk, "Chuyển Tổ tư vấn", law.ranking,
             guards=(guards.samples_are_noted, guards.experts_are_assigned), style="primary"),
        move("report_to_chair", level.experts, level.ready, roles.EXPERT_LEAD, "Báo cáo Chủ tịch Hội đồng",
             law.ranking, guards=(guards.expert_report_is_written,), style="primary"),
        move("put_before_council", level.ready, level.session, roles.COUNCIL_DESK, "Đưa ra họp Hội đồng",
             law.ranking),
        move("take_off_agenda", level.session, level.ready, roles.COUNCIL_DESK, "Rút khỏi phiên họp", law.ranking,
             needs_reason=True),
    )  # fmt: skip


def deciding_part(law: Articles, level: Level, also_back: Iterable[S] = ()) -> tuple[Transition, ...]:
    """From the council's result to the decision of that level's committee, or to the letter that there is no rank."""
    closed = (guards.result_is_closed,)
    return (
        move("conclude_recognise", level.session, level.decision, roles.COUNCIL_CHAIR, "Chốt: đề nghị công nhận",
             law.ranking, guards=closed),
        move("conclude_not_ranked", level.session, level.to_tell, roles.COUNCIL_CHAIR,
             "Chốt: không được công nhận", law.no_certificate, guards=closed),
        move("tell_result", level.to_tell, S.NOT_RANKED, level.desk, "Gửi thông báo kết quả", law.ranking,
             guards=(guards.letters_are_made,), style="primary"),
        move("return_to_council", (level.decision, *also_back), level.ready, level.leader,
             "Yêu cầu Hội đồng xem lại", law.ranking, needs_reason=True),
        move("recognise", level.decision, S.RECOGNISED, level.clerk, "Ban hành quyết định, cấp giấy", law.ranking,
             guards=(guards.draft_is_approved,), style="primary"),
    )  # fmt: skip


def centre_part(law: Articles) -> tuple[Transition, ...]:
    """From 90 points of the province's council to the centre and back."""
    return (
        move("conclude_five", S.IN_SESSION, S.AWAITING_APPROVAL, roles.COUNCIL_CHAIR, "Chốt: tiềm năng 5 sao",
             law.centre, guards=(guards.result_is_closed,)),
        move("approve_for_centre", S.AWAITING_APPROVAL, S.APPROVED_FOR_CENTRE, roles.LEADER, "Phê duyệt kết quả",
             law.centre, style="primary"),
        move("send_to_centre", S.APPROVED_FOR_CENTRE, S.AT_CENTRE, roles.ADVISORY, "Gửi trung ương", law.centre,
             style="primary"),
        move("record_five_stars", S.AT_CENTRE, S.RECOGNISED, roles.STANDING, "Ghi nhận 5 sao", law.centre,
             style="primary"),
        move("record_below_ninety", S.AT_CENTRE, S.CENTRE_BELOW, roles.STANDING, "Ghi kết quả dưới 90 điểm",
             law.centre, needs_reason=True),
        move("decide_on_centre_result", S.CENTRE_BELOW, S.AWAITING_DECISION, roles.LEADER,
             "Công nhận 3, 4 sao theo kết quả trung ương", law.centre_below, style="primary"),
        move("order_reranking", S.CENTRE_BELOW, S.COUNCIL_READY, roles.LEADER, "Giao đánh giá lại",
             law.centre_below, needs_reason=True),
    )  # fmt: skip


def between_levels(law: Articles) -> tuple[Transition, ...]:
    """A district ranks three stars itself, sends 70 points and more up, and takes back what falls below them there."""
    closed = (guards.result_is_closed,)
    return (
        move("conclude_forward", S.DISTRICT_IN_SESSION, S.DISTRICT_TO_FORWARD, roles.COUNCIL_CHAIR,
             "Chốt: từ 70 điểm, trình cấp tỉnh", law.ranking, guards=closed),
        move("forward_to_province", S.DISTRICT_TO_FORWARD, S.FORWARDED_BY_DISTRICT, roles.DISTRICT_LEADER,
             "Ký công văn, trình cấp tỉnh", law.ranking, style="primary"),
        move("return_to_council", S.DISTRICT_TO_FORWARD, S.DISTRICT_COUNCIL_READY, roles.DISTRICT_LEADER,
             "Yêu cầu Hội đồng xem lại", law.ranking, needs_reason=True),
        move("conclude_fall_back", S.IN_SESSION, S.FELL_BACK, roles.COUNCIL_CHAIR,
             "Chốt: dưới 70 điểm, chuyển lại huyện", law.ranking, guards=closed),
        move("decide_on_district_result", S.FELL_BACK, S.DISTRICT_AWAITING_DECISION, roles.DISTRICT_LEADER,
             "Công nhận 3 sao theo kết quả cấp huyện", law.ranking, style="primary"),
        move("order_district_reranking", S.FELL_BACK, S.DISTRICT_COUNCIL_READY, roles.DISTRICT_LEADER,
             "Giao Hội đồng cấp huyện đánh giá lại", law.ranking, needs_reason=True),
    )  # fmt: skip


REFILED = "refile"


def refiling(law: Articles, states: Iterable[S]) -> Transition:
    """A dossier that the old rules can no longer end is taken back, to be drawn up anew from its data (Art. 12)."""
    return move(
        REFILED,
        states,
        S.WITHDRAWN,
        roles.OWNER,
        "Lập lại theo quy định mới",
        law.transition,
        guards=(guards.old_rules_are_over,),
        confirm="Lập lại theo quy định mới? Hồ sơ cũ được đóng; nội dung và minh chứng chuyển sang hồ sơ mới.",
    )
