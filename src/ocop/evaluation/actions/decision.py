"""From a result to a star: draft decision, approval, number and date, certificates; the centre; the letters.

Art. 4, 7.3 and 7.4 of Decision 26/2026/QĐ-TTg: 3 and 4 stars are recognised by the chair of the provincial People's
Committee, five by the Minister; 1 and 2 stars get neither decision nor certificate and are told in writing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.actions.extension import end_with_result
from ocop.evaluation.actions.road import advance, in_lock_order, locked
from ocop.evaluation.enums import DraftState
from ocop.evaluation.models import CentreResult, DecisionDraft, DecisionLine, Dossier, DossierMove
from ocop.evaluation.queries.outcome import stars_to_award
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.queries.transition import law_on
from ocop.evaluation.rules.offices import office_of
from ocop.evaluation.rules.workflow import TO_DECIDE
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.recognition import actions as recognition
from ocop.recognition.enums import DecisionKind
from ocop.recognition.models import Certificate
from ocop.rulebook.rules.scoring import band_of
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, Unit


def _require_role(by: User, unit: Unit | int, *roles: str) -> None:
    scope = scope_of(by)
    if not any(scope.has(role, unit) for role in roles):
        labels = ", ".join(Role(role).label for role in roles)
        raise Forbidden("decision.role", f"Việc này của: {labels}.")


def _article(draft: DecisionDraft) -> str:
    """What a decision of that day rests on."""
    return law_on(clock.local_day(draft.created_at)).ranking


def draft_decision(
    *,
    province: Unit,
    issuer: Agency,
    dossiers: Sequence[Dossier],
    title: str,
    by: User,
    at: datetime | None = None,
) -> DecisionDraft:
    """Draw up one draft decision whose annex recognises many dossiers.

    Raises Refused for a dossier that does not wait for a decision, already lies in a draft, or has fewer than 3 stars.
    """
    at = at or clock.now()
    district = issuer.unit if issuer.kind == AgencyKind.DISTRICT_COMMITTEE else None
    _require_role(by, district or province, *office_of(at_district=district is not None).writers)
    if not dossiers:
        raise Refused("draft.empty", "Chọn ít nhất một hồ sơ cho dự thảo quyết định.")
    with transaction.atomic():
        draft = DecisionDraft.objects.create(
            province=province,
            district=district,
            issuer=issuer,
            title=title.strip(),
            created_by=by,
            created_at=at,
        )
        for dossier in in_lock_order(dossiers):
            _add_line(draft, dossier)
    return draft


def _add_line(draft: DecisionDraft, dossier: Dossier) -> DecisionLine:
    row = locked(dossier)
    if row.province_id != draft.province_id:
        raise Refused("draft.province", f"{row.code} thuộc tỉnh khác.", row.law.ranking)
    if row.ranked_by_id != draft.home_id:
        raise Refused("draft.level", f"{row.code} không do {draft.issuer} quyết định.", row.law.ranking)
    if row.state not in TO_DECIDE:
        raise Refused("draft.state", f"{row.code} không ở bước chờ quyết định công nhận.", row.law.ranking)
    if row.decision_lines.filter(dropped_at__isnull=True).exists():
        raise Refused("draft.taken", f"{row.code} đã nằm trong một dự thảo quyết định.", row.law.ranking)
    stars = stars_to_award(row)
    if stars not in (3, 4):
        raise Refused("draft.stars", f"{row.code} không có kết quả 3 hoặc 4 sao.", row.law.ranking)
    return DecisionLine.objects.create(draft=draft, dossier=row, stars=stars)


def drop_line(line: DecisionLine, *, by: User, at: datetime | None = None) -> None:
    """Take a dossier out of a draft that is not yet approved; it waits for another decision."""
    at = at or clock.now()
    with transaction.atomic():
        draft = DecisionDraft.objects.select_for_update().get(pk=line.draft_id)
        _require_role(by, draft.home_id, *draft.office.writers)
        if draft.state != DraftState.DRAFT:
            raise Refused(
                "draft.approved",
                "Dự thảo đã được duyệt, không sửa phụ lục được nữa.",
                _article(draft),
            )
        DecisionLine.objects.filter(pk=line.pk, dropped_at__isnull=True).update(dropped_at=at)


def approve_draft(draft: DecisionDraft, *, by: User, at: datetime | None = None) -> DecisionDraft:
    """The chair of the provincial People's Committee approves the draft. Approving twice changes nothing."""
    at = at or clock.now()
    with transaction.atomic():
        row = DecisionDraft.objects.select_for_update().get(pk=draft.pk)
        _require_role(by, row.home_id, row.office.leader)
        if row.state == DraftState.DRAFT:
            if not row.lines.filter(dropped_at__isnull=True).exists():
                raise Refused(
                    "draft.empty",
                    "Phụ lục không có sản phẩm nào.",
                    _article(row),
                )
            row.state, row.approved_by, row.approved_at = DraftState.APPROVED, by, at
            row.save()
    return row


def issue_decision(
    draft: DecisionDraft,
    *,
    number: str,
    issued_on: date,
    certificate_numbers: Mapping[int, str],
    by: User,
    signer: str = "",
    at: datetime | None = None,
) -> list[Certificate]:
    """The clerk enters number and date; certificates are issued and published, every dossier of the annex closes.

    `certificate_numbers` maps line ids to numbers. All or nothing: one wrong number and nothing happened. A second
    press answers the certificates of the first. Raises Refused before approval or for a number used before.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = DecisionDraft.objects.select_for_update().get(pk=draft.pk)
        _require_role(by, row.home_id, row.office.clerk)
        if row.state == DraftState.ISSUED:
            return list(Certificate.objects.filter(decision=row.decision))
        if row.state != DraftState.APPROVED:
            raise Refused(
                "draft.open",
                f"Chủ tịch {row.office.name} chưa duyệt dự thảo quyết định.",
                _article(row),
            )
        if row.approved_at and issued_on < clock.local_day(row.approved_at):
            raise Refused(
                "decision.before_approval",
                "Ngày ban hành trước ngày duyệt dự thảo.",
                _article(row),
            )
        lines = _lines_to_issue(row)
        decision = recognition.record_decision(
            kind=DecisionKind.RECOGNITION,
            number=number,
            issued_on=issued_on,
            issuer=row.issuer,
            title=row.title,
            signer=signer,
            by=by,
            at=at,
            is_demo=any(line.dossier.is_demo for line in lines),
        )
        awards = []
        for line in lines:
            line.certificate_number = certificate_numbers.get(line.pk, "").strip()
            line.save()
            awards.append(_award(line.dossier, line.stars, line.certificate_number))
        issued = recognition.issue_certificates(
            decision, awards, by=by, at=at, months=lines[0].dossier.criteria_set.book.certificate_months
        )
        row.state, row.decision = DraftState.ISSUED, decision
        row.save()
        for line in lines:
            advance(
                line.dossier, "recognise", by=by, at=at, data={"decision": decision.pk, "stars": line.stars}
            )
    return issued


def _lines_to_issue(draft: DecisionDraft) -> list[DecisionLine]:
    """The annex as it stands once its dossiers are locked: one that goes back to the council has left it by then.

    Raises Refused when nothing is left. Dossiers are locked before their lines, as in `return_to_council`.
    """
    standing = draft.lines.filter(dropped_at__isnull=True)
    for dossier in in_lock_order(Dossier.objects.filter(pk__in=standing.values("dossier"))):
        locked(dossier)
    lines = list(standing.select_related("dossier__product", "dossier__producer"))
    if not lines:
        raise Refused(
            "draft.empty",
            "Phụ lục không còn sản phẩm nào.",
            _article(draft),
        )
    return lines


def _award(dossier: Dossier, stars: int, number: str) -> recognition.Award:
    return recognition.Award(
        product=dossier.product,
        stars=stars,
        number=number,
        product_name=dossier.product.name,
        producer_name=dossier.producer.public_name,
        unit=dossier.unit,
    )


def return_to_council(dossier: Dossier, *, by: User, reason: str, at: datetime | None = None) -> DossierMove:
    """The chair of the People's Committee asks the council to look again, with a reason; it leaves its draft."""
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        move = advance(row, "return_to_council", by=by, reason=reason, at=at)
        DecisionLine.objects.filter(dossier=row, dropped_at__isnull=True).update(dropped_at=at)
        dossier.refresh_from_db()
    return move


def tell_result(dossier: Dossier, *, by: User, at: datetime | None = None) -> DossierMove:
    """Tell commune and producer in writing that there is no recognition (1 or 2 stars, or dropped)."""
    at = at or clock.now()
    with transaction.atomic():
        move = advance(dossier, "tell_result", by=by, at=at)
        end_with_result(dossier, by=by, reason="Đánh giá lại không đạt hạng được công nhận.", at=at)
    return move


def approve_for_centre(dossier: Dossier, *, by: User, at: datetime | None = None) -> DossierMove:
    """The chair approves a potential five stars; no recognition yet, an existing star runs on (Art. 7.4)."""
    return advance(dossier, "approve_for_centre", by=by, at=at)


def send_to_centre(dossier: Dossier, *, by: User, document: str, at: datetime | None = None) -> DossierMove:
    """The province sends the dossier to the Ministry; `document` is number and date of the letter."""
    if not document.strip():
        raise Refused("centre.letter", "Ghi số, ngày công văn gửi trung ương.", dossier.law.centre)
    return advance(dossier, "send_to_centre", by=by, at=at, data={"document": document.strip()})


def record_centre_result(
    dossier: Dossier,
    *,
    points: Decimal,
    document: str,
    received_on: date,
    by: User,
    note: str = "",
    decision_number: str = "",
    decision_on: date | None = None,
    issuer: Agency | None = None,
    certificate_number: str = "",
    at: datetime | None = None,
) -> DossierMove:
    """The standing agency records the centre's result.

    90 points and more: the Minister's decision and the five-star certificate are entered. Below: the chair of the
    province decides on it or orders a re-ranking. Raises Refused when a paper of the decision is missing.
    """
    at = at or clock.now()
    if not Decimal(0) <= points <= Decimal(100):
        raise Refused("centre.points", "Điểm phải từ 0 đến 100.", dossier.law.centre)
    if not document.strip():
        raise Refused("centre.document", "Ghi số, ngày văn bản của trung ương.", dossier.law.centre)
    if received_on > clock.local_day(at):
        raise Refused("centre.ahead", "Ngày nhận không thể ở tương lai.", dossier.law.centre)
    with transaction.atomic():
        row = locked(dossier)
        five = points >= 90
        verb = "record_five_stars" if five else "record_below_ninety"
        repeated = row.flow.find(verb, row.state) is None
        move = advance(row, verb, by=by, at=at, reason=note or f"Trung ương chấm {points} điểm.")
        if repeated:
            return move
        CentreResult.objects.create(
            dossier=row,
            points=points,
            stars=band_of(sheet_for(row).bands, points),
            document=document.strip(),
            received_on=received_on,
            note=note.strip(),
            by=by,
            at=at,
        )
        if five:
            if issuer is None or decision_on is None or not decision_number.strip():
                raise Refused(
                    "centre.decision",
                    "Nhập số, ngày quyết định của Bộ trưởng và cơ quan ban hành.",
                    dossier.law.centre,
                )
            decision = recognition.record_decision(
                kind=DecisionKind.RECOGNITION,
                number=decision_number,
                issued_on=decision_on,
                issuer=issuer,
                title="Công nhận sản phẩm OCOP 5 sao",
                by=by,
                at=at,
                is_demo=row.is_demo,
            )
            recognition.issue_certificates(
                decision,
                [_award(row, 5, certificate_number)],
                by=by,
                at=at,
                months=row.criteria_set.book.certificate_months,
            )
    dossier.refresh_from_db()
    return move


def decide_on_centre_result(dossier: Dossier, *, by: User, at: datetime | None = None) -> DossierMove:
    """The chair of the province recognises 3 or 4 stars on the centre's result (Art. 7.4g).

    Raises Refused when the centre's points do not reach three stars.
    """
    with transaction.atomic():
        if stars_to_award(locked(dossier)) not in (3, 4):
            raise Refused(
                "centre.stars",
                "Điểm trung ương không đạt 3 hoặc 4 sao; hãy giao đánh giá lại.",
                dossier.law.centre,
            )
        return advance(dossier, "decide_on_centre_result", by=by, at=at)


def order_reranking(dossier: Dossier, *, by: User, reason: str, at: datetime | None = None) -> DossierMove:
    """The chair of the province orders the dossier to be ranked again (Art. 7.4g)."""
    return advance(dossier, "order_reranking", by=by, reason=reason, at=at)
