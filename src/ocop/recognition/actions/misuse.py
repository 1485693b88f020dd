"""A star reported as wrongly used: received from anybody, put into a verification, or answered with a reason."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.files.actions import store
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registry import announce
from ocop.recognition.actions.verification import open_verification
from ocop.recognition.enums import MisuseKind, MisuseState, RevocationGround, VerificationState
from ocop.recognition.models import Certificate, MisuseReport, Verification
from ocop.recognition.rules.verification import ADVISORY
from ocop.recognition.verifying import roles_for

KIND = "recognition.misuse"
ARTICLE = "Điều 8 điểm d Quyết định 26/2026/QĐ-TTg"


def report_misuse(
    certificate: Certificate,
    *,
    kind: str,
    place: str,
    by: User | None,
    text: str = "",
    seen_on: date | None = None,
    phone: str = "",
    consent_text: str = "",
    photo: UploadedFile | None = None,
    at: datetime | None = None,
) -> MisuseReport:
    """Keep what somebody saw and tell the advisory body, once a day for one certificate.

    `by` is kept nowhere: who is signed in reports like everybody. Raises Refused for a day ahead, a telephone number
    without the consent to keep it, and a photograph that is not taken.
    """
    at = at or clock.now()
    today = clock.local_day(at)
    if seen_on and seen_on > today:
        raise Refused("misuse.ahead", "Ngày thấy ở tương lai.", ARTICLE)
    if phone and not consent_text:
        raise Refused(
            "misuse.consent", "Cần đồng ý cho lưu số điện thoại, hoặc để trống số điện thoại.", ARTICLE
        )
    with transaction.atomic():
        row = MisuseReport.objects.create(
            certificate=certificate, kind=MisuseKind(kind), text=text.strip(), place=place.strip(), seen_on=seen_on,
            photo=store(photo, by=None, sensitive=True, at=at) if photo else None,
            phone=phone, consent_text=consent_text if phone else "", at=at,
        )  # fmt: skip
        announce("misuse.reported", by=None, subject=row, certificate=certificate.code)
        notify_each(
            holders_of(Role.ADVISORY_OFFICER, unit=certificate.unit_id, day=today),
            kind=KIND,
            title=f"Phản ánh dùng sai sao: {certificate.product_name}",
            text=f"{row.get_kind_display()}. Xem và mở xác minh, hoặc trả lời không có căn cứ.",
            url=row.get_absolute_url(),
            subject_key=f"certificate:{certificate.code}",
            dedupe_key=f"misuse:{certificate.pk}:{today:%Y-%m-%d}",
            at=at,
        )
    return row


def verify_report(report: MisuseReport, *, by: User, at: datetime | None = None) -> Verification:
    """Open the verification of Article 8 point d with every waiting report of the star, or join the one under way.

    A second press answers the same verification. Raises Forbidden for others than the advisory body, Refused for a
    report that was answered otherwise and for a star that was replaced or revoked.
    """
    at = at or clock.now()
    with transaction.atomic():
        star = Certificate.objects.select_for_update().get(pk=report.certificate_id)
        row = _mine(report, star, by)
        if row.verification is not None:
            return row.verification
        if row.state != MisuseState.RECEIVED:
            raise Refused("misuse.answered", "Phản ánh này đã được trả lời.", ARTICLE)
        waiting = list(star.misuse_reports.waiting().order_by("at", "pk").select_related("photo"))  # type: ignore[attr-defined]
        photos = [one.photo for one in waiting if one.photo is not None]
        verification = star.verifications.under_way().first()  # type: ignore[attr-defined]
        if verification is None:
            verification = open_verification(
                star, ground=RevocationGround.MISUSE, account=_account(waiting), files=photos, by=by, at=at
            )
        else:
            verification.files.add(*photos)
        star.misuse_reports.waiting().update(  # type: ignore[attr-defined]
            state=MisuseState.JOINED, verification=verification, answered_by=by, answered_at=at
        )
        announce("misuse.joined", by=by, subject=verification, reports=[one.code for one in waiting])
    report.refresh_from_db()
    return verification


def answer_report(
    report: MisuseReport, *, state: str, reason: str, by: User, at: datetime | None = None
) -> MisuseReport:
    """No ground, or handed to another body; the sender reads the reason under the code.

    Raises Forbidden for others than the advisory body, Refused without a reason or when it was answered before.
    """
    at = at or clock.now()
    if state not in (MisuseState.DISMISSED, MisuseState.REFERRED):
        raise Refused("misuse.outcome", "Hãy chọn cách trả lời.", ARTICLE)
    if not reason.strip():
        raise Refused("misuse.reason", "Cần ghi lý do.", ARTICLE)
    with transaction.atomic():
        star = Certificate.objects.select_for_update().get(pk=report.certificate_id)
        row = _mine(report, star, by)
        if (row.state, row.answer) == (state, reason.strip()):
            return row
        if row.state != MisuseState.RECEIVED:
            raise Refused("misuse.answered", "Phản ánh này đã được trả lời.", ARTICLE)
        row.state, row.answer = MisuseState(state), reason.strip()
        row.answered_by, row.answered_at = by, at
        row.save()
        announce("misuse.answered", by=by, subject=row, state=str(row.state))
    return row


def reveal_phone(report: MisuseReport, *, by: User) -> str:
    """The sender's number, for the advisory body; the view is logged. Raises Forbidden for others."""
    row = _mine(report, report.certificate, by)
    announce("personal.viewed", by=by, subject=row, fields=["phone"])
    return row.phone


def forget_senders() -> int:
    """Erase the numbers of senders whose matter has ended; answers how many. Run every night.

    They were given to ask more about the report; with the answer, or the end of the verification, that is over
    (Decree 13/2023/NĐ-CP, Article 16).
    """
    answered = Q(state__in=(MisuseState.DISMISSED, MisuseState.REFERRED))
    ended = Q(verification__state__in=(VerificationState.REVOKED, VerificationState.CLOSED))
    rows = list(MisuseReport.objects.filter(answered | ended).exclude(phone=""))
    with transaction.atomic():
        for row in rows:
            MisuseReport.objects.filter(pk=row.pk).update(phone="")
            announce("personal.erased", by=None, subject=row)
    return len(rows)


def _mine(report: MisuseReport, star: Certificate, by: User) -> MisuseReport:
    """The report as it stands now. Raises Forbidden for others than the advisory body."""
    if not roles_for(by, star) & ADVISORY:
        raise Forbidden("misuse.role", "Cơ quan tham mưu quản lý OCOP cấp tỉnh xử lý phản ánh.", ARTICLE)
    return MisuseReport.objects.select_related("certificate", "verification").get(pk=report.pk)


def _account(reports: list[MisuseReport]) -> str:
    """What the verification starts from: the reports by their codes; what strangers wrote stays with the reports."""
    lines = [
        f"Phản ánh {one.code} ngày {formats.day(clock.local_day(one.at))}: {one.get_kind_display()}."
        for one in reports
    ]
    return "\n".join(lines)[:4000]
