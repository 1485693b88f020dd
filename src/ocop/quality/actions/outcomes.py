"""What follows a visit: remedies, violations, a star looked into."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.files.actions import store_generated
from ocop.files.models import StoredFile
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Forbidden, Refused, require
from ocop.producers.casework import people_of, teller
from ocop.producers.signing import signed
from ocop.quality import papers, permissions, queries
from ocop.quality.actions.visits import close_when_done
from ocop.quality.enums import Sanction, VisitState
from ocop.quality.models import Proposal, ProposalMove, Remedy, RemedyMove, Violation, Visit
from ocop.quality.rules.workflow import ARTICLE_8, PROPOSAL, REMEDY
from ocop.recognition.actions.verification import open_verification
from ocop.recognition.models import Certificate

KIND = "case.quality-remedies"
PDF = "application/pdf"


def tell_remedy(remedy: Remedy, move: Any) -> None:
    """The producer hears what to put right, the team what was reported."""
    day = clock.local_day(move.at)
    until = formats.day(remedy.required_by)
    if move.name in ("open", "send_back"):
        people = people_of(remedy.producer, day)
        title = f"Cần khắc phục trước hết ngày {until}"
    elif move.name == "report":
        people = [member.user for member in remedy.visit.members.select_related("user")]
        title = f"{remedy.producer} báo đã khắc phục"
    else:
        people = people_of(remedy.producer, day)
        title = remedy.get_state_display()
    notify_each(
        people, kind=KIND, title=title, text=f"{remedy.requirement}. {move.reason}".strip(), at=move.at,
        url=remedy.get_absolute_url(), subject_key=f"remedy:{remedy.pk}", dedupe_key=f"remedy:{remedy.pk}:{move.pk}",
    )  # fmt: skip


REMEDY_DESK = Desk(
    flow=REMEDY, move_model=RemedyMove, roles=permissions.remedy_roles, facts=queries.remedy_facts,
    due=lambda remedy, day: remedy.required_by, tell=tell_remedy,
)  # fmt: skip
PROPOSAL_DESK = Desk(
    flow=PROPOSAL, move_model=ProposalMove, roles=permissions.proposal_roles, facts=queries.proposal_facts,
    tell=teller("quality-proposals", PROPOSAL),
)  # fmt: skip


def require_remedy(
    visit: Visit, *, finding: str, requirement: str, required_by: date, by: User, at: datetime | None = None
) -> Remedy:
    """Ask the producer to put something right until a day. Raises `Forbidden`, `Refused` for a day gone by."""
    at = at or clock.now()
    require(permissions.may_find(by, visit))
    if not finding.strip() or not requirement.strip():
        raise Refused("remedy.words", "Cần ghi điểm chưa đạt và yêu cầu khắc phục.")
    if required_by < clock.local_day(at):
        raise Refused("remedy.day", "Hạn khắc phục không được ở quá khứ.")
    row = Remedy(
        visit=visit, producer=visit.producer, unit=visit.unit, finding=finding.strip(),
        requirement=requirement.strip(), required_by=required_by,
    )  # fmt: skip
    return cast(Remedy, open_case(REMEDY_DESK, signed(row, by), by=by, at=at))


def change_remedy(row: Remedy, *, by: User) -> Remedy:
    """Correct the words or the day of an open remedy, told anew by its page; raises `Refused` for a day gone by."""
    if row.required_by < clock.today():
        raise Refused("remedy.day", "Hạn khắc phục không được ở quá khứ.")
    row.due_on = row.required_by
    signed(row, by).save()
    return row


def report_remedy(
    remedy: Remedy, *, report: str, by: User, files: Iterable[StoredFile] = (), at: datetime | None = None
) -> RemedyMove:
    """The producer says and shows what was done. Raises as `press`."""

    def before(row: Remedy) -> None:
        row.files.add(*files)

    values = {"report": report.strip()}
    return cast(RemedyMove, press(REMEDY_DESK, remedy, "report", by=by, at=at, values=values, before=before))


def settle_remedy(
    remedy: Remedy, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> RemedyMove:
    """Confirm, send back or waive; the last one done ends the visit when its people may end it."""
    with transaction.atomic():
        move = press(REMEDY_DESK, remedy, verb, by=by, reason=reason, at=at)
        close_when_done(remedy.visit, by=by, at=at)
    return cast(RemedyMove, move)


def escalate_late_remedies(*, today: date | None = None, at: datetime | None = None) -> int:
    """Tell head of the team, standing agency, local office and producer of remedies past their day; once each."""
    today, at = today or clock.today(), at or clock.now()
    with transaction.atomic():
        rows = list(queries.late_remedies(today).select_for_update(of=("self",)))
        for row in rows:
            offices = holders_of(
                Role.STANDING_OFFICER,
                Role.DISTRICT_OFFICER,
                Role.COMMUNE_OFFICER,
                unit=row.unit_id,
                day=today,
            )
            lead = [row.visit.lead] if row.visit.lead else []
            late, _ = formats.distance(row.required_by, today)
            notify_each(
                [*people_of(row.producer, today), *lead, *offices], kind=KIND,
                title=f"Khắc phục {late}: {row.producer}", text=row.requirement, at=at,
                url=row.get_absolute_url(), dedupe_key=f"remedy-late:{row.pk}",
            )  # fmt: skip
            row.escalated_at = at
            row.save(update_fields=["escalated_at"])
    return len(rows)


def record_violation(visit: Visit, *, facts: Mapping[str, Any], by: User) -> Violation:
    """Enter a violation with its sanction. Raises `Forbidden`; `Refused` as `check_violation`."""
    require(permissions.may_find(by, visit))
    row = Violation(visit=visit, producer=visit.producer, unit=visit.unit, is_demo=visit.is_demo, **facts)
    check_violation(row)
    signed(row, by).save()
    return row


def check_violation(row: Violation) -> None:
    """Raise `Refused` for what does not fit together in a violation."""
    if row.sanction == Sanction.FINE and not row.amount:
        raise Refused("violation.amount", "Phạt tiền cần ghi số tiền.")
    if row.decided_on and row.decided_on > clock.today():
        raise Refused("violation.day", "Ngày quyết định ở tương lai.")
    if row.paid_on and row.decided_on and row.paid_on < row.decided_on:
        raise Refused("violation.paid", "Ngày nộp phạt trước ngày quyết định.")
    if row.product is not None and row.product.producer_id != row.producer_id:
        raise Refused("violation.product", "Sản phẩm này không thuộc cơ sở được kiểm tra.")


def propose_verification(
    visit: Visit, *, certificate: Certificate, ground: str, account: str, by: User, at: datetime | None = None
) -> Proposal:
    """Propose to the advisory body that it look into a star; if `by` is the advisory body, it is opened at once.

    Raises `Forbidden` for others than the agency and the head of the team; `Refused` before the minutes are signed, for
    a star of another producer, or one that is gone.
    """
    roles = permissions.visit_roles(by, visit)
    if not roles & {"quality.agency", "quality.lead"}:
        raise Forbidden("proposal.role", "Cơ quan chủ trì hoặc trưởng đoàn đề nghị.", ARTICLE_8)
    if visit.state not in (VisitState.SIGNED, VisitState.CONCLUDED, VisitState.CLOSED):
        raise Refused("proposal.early", "Chỉ đề nghị sau khi đã ký biên bản kiểm tra.", ARTICLE_8)
    if certificate.product.producer_id != visit.producer_id:
        raise Refused("proposal.other", "Sao này không thuộc cơ sở được kiểm tra.", ARTICLE_8)
    if not account.strip():
        raise Refused("proposal.account", "Cần ghi sự việc.", ARTICLE_8)
    with transaction.atomic():
        Visit.objects.select_for_update().get(pk=visit.pk)
        held = visit.proposals.filter(certificate=certificate).first()
        if held is not None:
            return held
        row = Proposal(
            visit=visit, unit=certificate.unit, certificate=certificate, ground=ground, account=account.strip(),
            at=at or clock.now(),
        )  # fmt: skip
        made = cast(Proposal, open_case(PROPOSAL_DESK, row, by=by, at=at))
        if "advisory_officer" in permissions.proposal_roles(by, made):
            accept_proposal(made, by=by, at=at)
            made.refresh_from_db()
    return made


def accept_proposal(proposal: Proposal, *, by: User, at: datetime | None = None) -> ProposalMove:
    """The advisory body opens the verification of the star, with the minutes of the visit as its first paper."""

    def before(row: Proposal) -> None:
        visit = row.visit
        minutes = store_generated(
            papers.minutes_pdf(visit),
            name=f"bien-ban-kiem-tra-{visit.pk}.pdf",
            content_type=PDF,
            by=by,
            at=at,
        )
        photos = [photo.file for line in queries.found_by(visit) for photo in line.photos]
        row.verification = open_verification(
            row.certificate, ground=row.ground, account=_account(row), files=[minutes, *photos], by=by, at=at
        )

    return cast(ProposalMove, press(PROPOSAL_DESK, proposal, "open", by=by, at=at, before=before))


def _account(row: Proposal) -> str:
    visit = row.visit
    number = f" {visit.conclusion_number}" if visit.conclusion_number else ""
    day = formats.day(visit.visit_on or visit.first_on)
    return f"{row.account}\n\nTheo kết luận kiểm tra{number} của {visit.agency.name}, kiểm tra ngày {day}."


def decline_proposal(
    proposal: Proposal, *, by: User, reason: str, at: datetime | None = None
) -> ProposalMove:
    """The advisory body sees no ground, with the reason."""
    return cast(ProposalMove, press(PROPOSAL_DESK, proposal, "decline", by=by, reason=reason, at=at))
