"""Decisions entered, certificates issued and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ocop.accounts.models import User
from ocop.files.models import StoredFile
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.kit.registry import announce
from ocop.products.models import Product
from ocop.recognition.enums import IN_VALIDITY, ChangeKind, DecisionKind, State
from ocop.recognition.models import Certificate, CertificateChange, Decision
from ocop.recognition.rules.validity import last_valid_day
from ocop.recognition.signals import certificate_issued, certificate_revoked
from ocop.units.models import Agency, Unit

ARTICLE_CERTIFICATE = "Điều 4 khoản 3 Quyết định 26/2026/QĐ-TTg"
ARTICLE_REVOCATION = "Điều 8 Quyết định 26/2026/QĐ-TTg"


@dataclass(frozen=True)
class Award:
    """One line of a decision's annex: the product, its star, the certificate's number and the names printed."""

    product: Product
    stars: int
    number: str
    product_name: str
    producer_name: str
    unit: Unit


def record_decision(
    *,
    kind: DecisionKind,
    number: str,
    issued_on: date,
    issuer: Agency,
    title: str,
    by: User,
    signer: str = "",
    file: StoredFile | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Decision:
    """Enter a signed decision with the number and date that the clerk gave it.

    Raises Refused: the number was used by this agency in that year, the date lies ahead, the agency did not exist
    on that day.
    """
    at = at or clock.now()
    number = number.strip()
    if not number:
        raise Refused("decision.number", "Cần nhập số quyết định.", ARTICLE_CERTIFICATE)
    if issued_on > clock.local_day(at):
        raise Refused(
            "decision.ahead", "Ngày ban hành ở tương lai; chỉ ghi quyết định đã ký.", ARTICLE_CERTIFICATE
        )
    if not issuer.in_force(issued_on):
        raise Refused(
            "decision.issuer", f"{issuer} không hoạt động vào ngày {issued_on:%d/%m/%Y}.", ARTICLE_CERTIFICATE
        )
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                kind=kind,
                number=number,
                issued_on=issued_on,
                issuer=issuer,
                title=title,
                signer=signer,
                file=file,
                is_demo=is_demo,
                recorded_by=by,
                recorded_at=at,
            )
    except IntegrityError as error:
        raise Refused(
            "decision.number_used",
            f"Số quyết định {number} đã được {issuer} dùng trong năm {issued_on.year}.",
            ARTICLE_CERTIFICATE,
        ) from error
    announce("decision.recorded", by=by, subject=decision)
    return decision


def issue_certificates(
    decision: Decision,
    awards: Sequence[Award],
    *,
    by: User,
    months: int = 36,
    publish: bool = True,
    at: datetime | None = None,
) -> list[Certificate]:
    """Issue the certificates of a decision's annex, all or none; the term starts on the day of the decision.

    A star that the product still holds is replaced from that day (an upgrade runs until the new star replaces it).
    Raises Refused: fewer than 3 stars (Art. 4.1a: one and two stars get neither decision nor certificate), a number
    used twice, one product named twice.
    """
    at = at or clock.now()
    if any(award.stars < 3 for award in awards):
        raise Refused(
            "certificate.stars",
            "Hạng 1 sao và 2 sao không được công nhận và không cấp giấy chứng nhận.",
            "Điều 4 khoản 1 điểm a Quyết định 26/2026/QĐ-TTg",
        )
    if len({award.product.pk for award in awards}) != len(awards):
        raise Refused("certificate.twice", "Một sản phẩm có mặt hai lần trong phụ lục.", ARTICLE_CERTIFICATE)
    numbers = [award.number.strip() for award in awards]
    if "" in numbers:
        raise Refused("certificate.number", "Mỗi sản phẩm cần một số giấy chứng nhận.", ARTICLE_CERTIFICATE)
    day = decision.issued_on
    with transaction.atomic():
        used = list(
            Certificate.objects.select_for_update()
            .filter(issuer=decision.issuer, issued_year=day.year, number__in=numbers)
            .values_list("number", flat=True)
        )
        doubled = sorted({number for number in numbers if numbers.count(number) > 1} | set(used))
        if doubled:
            raise Refused(
                "certificate.number_used",
                f"Số giấy chứng nhận đã dùng trong năm {day.year}: {', '.join(doubled)}.",
                ARTICLE_CERTIFICATE,
            )
        return [
            _issue(decision, award, number, months=months, publish=publish, by=by, at=at)
            for award, number in zip(awards, numbers, strict=True)
        ]


def _issue(
    decision: Decision, award: Award, number: str, *, months: int, publish: bool, by: User, at: datetime
) -> Certificate:
    """One certificate of the annex. Raises Refused when another clerk used its number in the same moment."""
    day = decision.issued_on
    _replace_running(award.product, day, decision=decision, by=by, at=at)
    try:
        with transaction.atomic():
            certificate = Certificate.objects.create(
                product=award.product,
                stars=award.stars,
                decision=decision,
                issuer=decision.issuer,
                number=number,
                issued_on=day,
                issued_year=day.year,
                valid_to=last_valid_day(day, months),
                product_name=award.product_name,
                producer_name=award.producer_name,
                unit=award.unit,
                published_at=at if publish else None,
                is_demo=decision.is_demo,
            )
    except IntegrityError as error:
        raise Refused(
            "certificate.number_used",
            f"Số giấy chứng nhận đã dùng trong năm {day.year}: {number}.",
            ARTICLE_CERTIFICATE,
        ) from error
    CertificateChange.objects.create(
        certificate=certificate, kind=ChangeKind.ISSUED, on=day, decision=decision, by=by, at=at
    )
    certificate_issued.send(Certificate, certificate=certificate, by=by)
    announce("certificate.issued", by=by, subject=certificate)
    return certificate


def _replace_running(product: Product, day: date, *, decision: Decision, by: User, at: datetime) -> None:
    """Mark the product's running certificates, and those of unknown term, as replaced from `day`."""
    rows = Certificate.objects.select_for_update().filter(product=product).with_state(day)
    for old in rows.filter(state_that_day__in=(*IN_VALIDITY, State.UNKNOWN)):
        old.replaced_on = day
        old.save()
        CertificateChange.objects.create(
            certificate=old, kind=ChangeKind.REPLACED, on=day, decision=decision, by=by, at=at
        )


def revoke(
    certificate: Certificate,
    *,
    ground: str,
    decision: Decision,
    reason: str,
    by: User,
    on: date | None = None,
    at: datetime | None = None,
) -> Certificate:
    """Take a certificate back from the day of the decision (Art. 8); the public page shows it at the next request.

    Raises Refused: the decision is not one of revocation, no reason, a day before the certificate was issued, the
    certificate is already revoked.
    """
    at = at or clock.now()
    if decision.kind != DecisionKind.REVOCATION:
        raise Refused("revoke.decision", "Cần quyết định thu hồi.", ARTICLE_REVOCATION)
    if not reason.strip():
        raise Refused("revoke.reason", "Cần ghi lý do thu hồi.", ARTICLE_REVOCATION)
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if locked.revoked_on:
            raise Refused("revoke.again", "Giấy chứng nhận này đã bị thu hồi.", ARTICLE_REVOCATION)
        first_day = on or decision.issued_on
        if locked.issued_on and first_day < locked.issued_on:
            raise Refused("revoke.before", "Ngày thu hồi trước ngày cấp giấy chứng nhận.", ARTICLE_REVOCATION)
        locked.revoked_on = first_day
        locked.save()
        CertificateChange.objects.create(
            certificate=locked,
            kind=ChangeKind.REVOKED,
            on=locked.revoked_on,
            decision=decision,
            ground=ground,
            text=reason.strip(),
            by=by,
            at=at,
        )
        certificate_revoked.send(Certificate, certificate=locked, by=by)
        announce("certificate.revoked", by=by, subject=locked)
    return locked
