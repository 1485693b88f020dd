"""Looking into a star and taking it back: opened, concluded, decided, told (Art. 8 of Decision 26/2026/QĐ-TTg)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import cast

from django.db import IntegrityError, transaction
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.files.models import StoredFile
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.flow import make_move
from ocop.producers.models import ProducerAccess
from ocop.recognition.actions.certificates import record_decision, revoke
from ocop.recognition.enums import DecisionKind, RevocationGround, VerificationState
from ocop.recognition.models import Certificate, Verification, VerificationMove
from ocop.recognition.rules.verification import ADVISORY, ARTICLE, VERIFY, due_after
from ocop.recognition.verifying import decision_days, facts_of, roles_for
from ocop.units.models import Agency

KIND = "recognition.verification"


def open_verification(
    certificate: Certificate,
    *,
    ground: str,
    account: str,
    by: User,
    files: Iterable[StoredFile] = (),
    at: datetime | None = None,
) -> Verification:
    """Begin to look into a star on one of the six grounds; one under way is answered again.

    Raises Forbidden for others than the advisory body, Refused when the star is gone or nothing is said.
    """
    at = at or clock.now()
    if not roles_for(by, certificate) & ADVISORY:
        raise Forbidden("verify.role", "Cơ quan tham mưu quản lý OCOP cấp tỉnh xác minh.", ARTICLE)
    if certificate.revoked_on or certificate.replaced_on:
        raise Refused("verify.gone", "Giấy chứng nhận đã được thay thế hoặc đã bị thu hồi.", ARTICLE)
    if not account.strip():
        raise Refused("verify.account", "Cần ghi sự việc.", ARTICLE)
    try:
        with transaction.atomic():
            row = Verification.objects.create(
                certificate=certificate,
                ground=RevocationGround(ground),
                account=account.strip(),
                opened_by=by,
                opened_at=at,
            )
            row.files.add(*files)
    except IntegrityError:
        return Verification.objects.under_way().get(certificate=certificate)
    return row


def _locked(verification: Verification) -> Verification:
    Certificate.objects.select_for_update().get(pk=verification.certificate_id)
    return (
        Verification.objects.select_for_update(of=("self",))
        .select_related("certificate__product")
        .get(pk=verification.pk)
    )


def save_findings(
    verification: Verification,
    *,
    ground: str,
    account: str,
    conclusion: str,
    concluded_on: date | None,
    by: User,
    files: Iterable[StoredFile] = (),
    at: datetime | None = None,
) -> Verification:
    """Keep what was found; the day of the conclusion starts the 15 calendar days.

    Raises Refused once it has been sent on, or for a day that lies ahead.
    """
    at = at or clock.now()
    today = clock.local_day(at)
    with transaction.atomic():
        row = _locked(verification)
        if not roles_for(by, row.certificate) & ADVISORY:
            raise Forbidden("verify.role", "Cơ quan tham mưu quản lý OCOP cấp tỉnh xác minh.", ARTICLE)
        if row.state != VerificationState.OPENED:
            raise Refused("verify.state", "Việc xác minh đã gửi đi hoặc đã kết thúc.", ARTICLE)
        if concluded_on and concluded_on > today:
            raise Refused("verify.ahead", "Ngày kết luận ở tương lai.", ARTICLE)
        row.ground, row.account = RevocationGround(ground), account.strip()
        row.conclusion, row.concluded_on = conclusion.strip(), concluded_on
        row.due_on = due_after(concluded_on, decision_days(today))
        row.save()
        row.files.add(*files)
    return row


def press(
    verification: Verification, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> VerificationMove:
    """Press propose, close, send_back or approve. Raises Refused with every reason, Forbidden for others' verbs."""
    at = at or clock.now()
    with transaction.atomic():
        row = _locked(verification)
        move = _advance(row, verb, by=by, at=at, reason=reason)
        told = {
            "propose": Role.STANDING_OFFICER if row.certificate.stars == 5 else Role.PROVINCE_LEADER,
            "send_back": Role.ADVISORY_OFFICER,
            "approve": Role.PROVINCE_CLERK,
        }.get(verb)
        if told:
            people = holders_of(told, unit=row.certificate.unit_id, day=clock.local_day(at))
            due = f" Hạn quyết định {formats.day(row.due_on)}." if row.due_on else ""
            _tell(
                people,
                row,
                f"{row.get_state_display()}: {row.certificate.product_name}",
                f"{reason}{due}",
                at,
            )
    return move


def revoke_by_decision(
    verification: Verification,
    *,
    number: str,
    issued_on: date,
    issuer: Agency,
    by: User,
    signer: str = "",
    at: datetime | None = None,
) -> Verification:
    """Enter the signed decision: the star is gone from its day, producer, commune and advisory body are told.

    All or nothing; a second press answers the first. Raises Refused for a number used before or a day before the
    approval, Forbidden for others than the clerk (five stars: the standing agency).
    """
    at = at or clock.now()
    with transaction.atomic():
        row = _locked(verification)
        if row.state == VerificationState.REVOKED:
            return row
        verb = "record_minister" if row.certificate.stars == 5 else "issue"
        if row.concluded_on and issued_on < row.concluded_on:
            raise Refused("verify.before", "Ngày quyết định trước ngày kết luận.", ARTICLE)
        _advance(row, verb, by=by, at=at)
        decision = record_decision(
            kind=DecisionKind.REVOCATION,
            number=number,
            issued_on=issued_on,
            issuer=issuer,
            title=f"Thu hồi giấy chứng nhận OCOP của {row.certificate.product_name}",
            signer=signer,
            is_demo=row.certificate.is_demo,
            by=by,
            at=at,
        )
        revoke(row.certificate, ground=row.ground, decision=decision, reason=row.conclusion, by=by, at=at)
        row.decision = decision
        row.save()
        _tell_everybody(row, at)
    verification.refresh_from_db()
    return row


def _advance(row: Verification, verb: str, *, by: User, at: datetime, reason: str = "") -> VerificationMove:
    move = make_move(
        row,
        VERIFY,
        verb,
        move_model=VerificationMove,
        by=by,
        roles=roles_for(by, row.certificate),
        facts=facts_of(row),
        at=at,
        reason=reason,
    )
    return cast(VerificationMove, move)


def _tell(people: Iterable[User], row: Verification, title: str, text: str, at: datetime) -> None:
    notify_each(
        people, kind=KIND, title=title, text=text, url=row.get_absolute_url(),
        subject_key=f"certificate:{row.certificate.code}", at=at,
    )  # fmt: skip


def _tell_everybody(row: Verification, at: datetime) -> None:
    """Producer, commune and advisory body (Art. 8): the decision, the ground, what it means."""
    star, day = row.certificate, clock.local_day(at)
    access = ProducerAccess.objects.valid_on(day).filter(producer=star.product.producer_id)
    owners = User.objects.filter(pk__in=access.values("user_id"), is_active=True)
    officers = holders_of(
        Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ADVISORY_OFFICER, unit=star.unit_id, day=day
    )
    notify_each(
        [*owners, *officers],
        kind=KIND,
        title=f"Thu hồi {star.stars} sao của {star.product_name}",
        text=f"Quyết định {row.decision}. {row.get_ground_display()}. Từ nay không được in, dùng sao cho sản phẩm này.",
        url=reverse("recognition:of_product", args=[star.product.public_code]),
        subject_key=f"certificate:{star.code}",
        dedupe_key=f"revoked:{star.pk}",
        at=at,
    )
