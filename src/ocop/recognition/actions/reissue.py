"""A certificate printed anew: asked, checked, issued with the same number and term, told."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.files.models import StoredFile
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.flow import make_move
from ocop.kit.registry import announce
from ocop.producers.models import ProducerAccess
from ocop.recognition.actions.certificates import record_decision
from ocop.recognition.enums import ChangeKind, DecisionKind, ReissueGround, ReissueState
from ocop.recognition.models import Certificate, CertificateChange, Reissue, ReissueMove
from ocop.recognition.reissuing import facts_of, may_ask
from ocop.recognition.rules.reissue import ARTICLE, REISSUE, certificate_stands, change_is_shown, issuing_verb
from ocop.recognition.verifying import roles_for
from ocop.units.models import Agency, Unit

KIND = "recognition.reissue"


def ask_reissue(
    certificate: Certificate,
    *,
    ground: str,
    by: User,
    account: str = "",
    new_producer_name: str = "",
    new_product_name: str = "",
    new_unit: Unit | None = None,
    files: Iterable[StoredFile] = (),
    at: datetime | None = None,
) -> Reissue:
    """Ask for a new copy of a certificate; one under way is answered again.

    Raises Forbidden for others than the producer's people, its commune and the advisory body; Refused for a
    certificate that is not in validity and for a change that is not named or not proved.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    files = list(files)
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).select_related(
            "product__producer", "unit"
        )
        star = locked.get(pk=certificate.pk)
        if not may_ask(by, star, day):
            raise Forbidden(
                "reissue.role", "Chủ thể, UBND cấp xã và cơ quan tham mưu đề nghị cấp lại.", ARTICLE
            )
        under_way = star.reissues.under_way().first()  # type: ignore[attr-defined]
        if under_way is not None:
            return cast(Reissue, under_way)
        row = Reissue(
            certificate=star, ground=ReissueGround(ground), account=account.strip(), asked_by=by, asked_at=at,
            **_wanted(ground, new_producer_name, new_product_name, new_unit),
        )  # fmt: skip
        row.save()
        row.files.add(*files)
        facts = facts_of(row, day)
        refusals = [*certificate_stands(facts), *change_is_shown(facts)]
        if refusals:
            raise Refused.because(refusals)
        people = holders_of(Role.ADVISORY_OFFICER, unit=star.unit_id, day=day)
        _tell(
            people, row, f"Đề nghị cấp lại giấy chứng nhận: {star.product_name}", row.get_ground_display(), at
        )
    return row


def _wanted(ground: str, producer: str, product: str, unit: Unit | None) -> dict[str, Any]:
    """What of the sent fields belongs to the ground; a lost paper is printed as it was."""
    if ground == ReissueGround.RENAMED:
        return {"new_producer_name": producer.strip(), "new_unit": unit}
    if ground == ReissueGround.MERGED:
        return {"new_unit": unit}
    if ground == ReissueGround.MISTAKE:
        return {
            "new_producer_name": producer.strip(),
            "new_product_name": product.strip(),
            "new_unit": unit,
        }
    return {}


def _locked(reissue: Reissue) -> Reissue:
    Certificate.objects.select_for_update().get(pk=reissue.certificate_id)
    rows = Reissue.objects.select_for_update(of=("self",))
    return rows.select_related("certificate__product", "certificate__unit", "new_unit").get(pk=reissue.pk)


def press_reissue(
    reissue: Reissue, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> ReissueMove:
    """Press check, decline or send_back. Raises Refused with every reason, Forbidden for others' verbs."""
    at = at or clock.now()
    with transaction.atomic():
        row = _locked(reissue)
        move = _advance(row, verb, by=by, at=at, reason=reason)
        star, day = row.certificate, clock.local_day(at)
        title = f"{row.get_state_display()}: {star.product_name}"
        if verb == "decline":
            _tell(_owners(row, day), row, title, reason, at)
        elif verb == "send_back":
            _tell(holders_of(Role.ADVISORY_OFFICER, unit=star.unit_id, day=day), row, title, reason, at)
        else:
            role = Role.STANDING_OFFICER if star.stars == 5 else Role.PROVINCE_CLERK
            if issuing_verb(star.stars, facts_of(row, day).decider) != "issue_advisory":
                _tell(holders_of(role, unit=star.unit_id, day=day), row, title, row.get_ground_display(), at)
    return move


def issue_copy(
    reissue: Reissue,
    *,
    issued_on: date,
    issuer: Agency,
    by: User,
    number: str = "",
    signer: str = "",
    at: datetime | None = None,
) -> Reissue:
    """Record the signed new copy: names and address change, number and term stay, the change shows at once.

    `number` is that of the decision or document behind it, where there is one. All or nothing; a second press answers
    the first. Raises Refused for a day ahead or before the last paper, a number used before, a certificate that ended.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    with transaction.atomic():
        row = _locked(reissue)
        if row.state == ReissueState.ISSUED:
            return row
        star = row.certificate
        copies = star.reissues.aggregate(last=Max("number"), day=Max("issued_on"))
        if issued_on > day:
            raise Refused("reissue.ahead", "Ngày cấp lại ở tương lai; chỉ ghi giấy đã ký.", ARTICLE)
        if issued_on < max(filter(None, (star.issued_on, copies["day"]))):
            raise Refused("reissue.before", "Ngày cấp lại trước ngày của giấy đang dùng.", ARTICLE)
        _advance(row, issuing_verb(star.stars, facts_of(row, day).decider), by=by, at=at)
        row.number, row.issued_on = (copies["last"] or 0) + 1, issued_on
        row.issuer, row.signer = issuer, signer.strip()
        if number.strip():
            row.decision = record_decision(
                kind=DecisionKind.REISSUE, number=number, issued_on=issued_on, issuer=issuer, signer=row.signer,
                title=f"Cấp lại giấy chứng nhận OCOP của {star.product_name}", is_demo=star.is_demo, by=by, at=at,
            )  # fmt: skip
        _change(row, by=by, at=at)
        row.save()
        _tell_everybody(row, at)
    reissue.refresh_from_db()
    return row


def _change(row: Reissue, *, by: User, at: datetime) -> None:
    """Write the new names on the certificate, and the change with its ground for everybody to read."""
    star = row.certificate
    told = [f"Lần {row.number}, do {row.issuer} cấp."]
    told += [f"{what}: “{before}” thành “{after}”." for what, before, after in row.changes]
    star.producer_name = row.new_producer_name or star.producer_name
    star.product_name = row.new_product_name or star.product_name
    if row.new_unit is not None:
        star.unit = row.new_unit
    star.save()
    row.change = CertificateChange.objects.create(
        certificate=star, kind=ChangeKind.REISSUED, on=row.issued_on, decision=row.decision, ground=row.ground,
        text=" ".join(told), by=by, at=at,
    )  # fmt: skip
    announce("certificate.reissued", by=by, subject=star, copy=row.number)


def _advance(row: Reissue, verb: str, *, by: User, at: datetime, reason: str = "") -> ReissueMove:
    move = make_move(
        row, REISSUE, verb, move_model=ReissueMove, by=by, roles=roles_for(by, row.certificate),
        facts=facts_of(row, clock.local_day(at)), at=at, reason=reason,
    )  # fmt: skip
    return cast(ReissueMove, move)


def _owners(row: Reissue, day: date) -> list[User]:
    """The producer's people, and who asked."""
    access = ProducerAccess.objects.valid_on(day).filter(producer=row.certificate.product.producer_id)
    return [*User.objects.filter(pk__in=access.values("user_id"), is_active=True), row.asked_by]


def _tell(people: Iterable[User], row: Reissue, title: str, text: str, at: datetime) -> None:
    notify_each(
        people, kind=KIND, title=title, text=text, url=row.get_absolute_url(),
        subject_key=f"certificate:{row.certificate.code}", at=at,
    )  # fmt: skip


def _tell_everybody(row: Reissue, at: datetime) -> None:
    """Producer, commune and who asked: which copy, since when, that the term is the same."""
    star, day = row.certificate, clock.local_day(at)
    officers = holders_of(Role.COMMUNE_OFFICER, unit=star.unit_id, day=day)
    notify_each(
        [*_owners(row, day), *officers],
        kind=KIND,
        title=f"Đã cấp lại giấy chứng nhận của {star.product_name}",
        text=(
            f"Lần {row.number}, ngày {formats.day(row.issued_on)}. {row.get_ground_display()}. "
            f"Số và thời hạn không đổi, đến hết {formats.day(star.extended_to or star.valid_to)}."
        ),
        url=reverse("recognition:of_product", args=[star.product.public_code]),
        subject_key=f"certificate:{star.code}",
        dedupe_key=f"reissued:{row.pk}",
        at=at,
    )
