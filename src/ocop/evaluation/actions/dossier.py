"""What the producer's side does with a dossier: open it, fill it in, attach evidence, hand it in, take it back."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from ocop.accounts.models import User
from ocop.cycle.queries.plans import known_answers, plan_of
from ocop.evaluation.actions.extension import end_with_result
from ocop.evaluation.actions.road import advance, locked
from ocop.evaluation.enums import DossierKind, DossierState
from ocop.evaluation.models import Dossier, DossierMove, Evidence, Submission
from ocop.evaluation.permissions import may_edit_dossier
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.queries.transition import procedure_for
from ocop.evaluation.rules.forms import mark_of_values
from ocop.evaluation.rules.workflow import ARTICLES
from ocop.files.models import StoredFile
from ocop.kit import clock
from ocop.kit.errors import Refused, Stale, require
from ocop.producers.models import Producer
from ocop.products.models import Paper, Product
from ocop.recognition.models import Certificate
from ocop.recognition.queries import current_of
from ocop.rulebook.models import CriteriaSet
from ocop.rulebook.rules.scoring import UnknownAnswer, evaluate
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import heirs_on, province_of

CODE_TRIES = 20


def open_dossier(
    product: Product,
    *,
    criteria_set: CriteriaSet,
    by: User,
    kind: str = DossierKind.FIRST,
    at: datetime | None = None,
    is_demo: bool = False,
) -> Dossier:
    """Open a dossier for a product under the procedure and the book in force today; what the approved business plan
    of the product says is in form 02 from the start (plan IV.3.2.a), everything else is empty.

    Opening twice for the same product answers the dossier that is already open. Raises Refused when no procedure is in
    force, when the set belongs to another book or to another group than the product, when the product has stopped, or
    when a re-evaluation or an upgrade (Art. 7.5, 7.6) is asked for a product without a star.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    producer = product.producer_on(day)
    unit = _unit_of(producer, product, day)
    procedure, district = procedure_for(unit, day)
    if procedure is None:
        raise Refused(
            "dossier.procedure", f"Không có quy trình đánh giá nào nhận hồ sơ mới ngày {day:%d/%m/%Y}."
        )
    if criteria_set.book_id != procedure.book_id:
        raise Refused(
            "dossier.book",
            f"Bộ tiêu chí này thuộc {criteria_set.book}, không phải văn bản đang áp dụng.",
            ARTICLES[procedure.flow_key].submit,
        )
    group = product.group_on(day)
    if group is not None and group != criteria_set.group:
        raise Refused(
            "dossier.group",
            f"Sản phẩm thuộc nhóm {group.name}, còn bộ {criteria_set.number} thuộc nhóm {criteria_set.group.name}. "
            "Hãy chọn lại bộ tiêu chí hoặc sửa nhóm của sản phẩm.",
            "Phụ lục I Quyết định 26/2026/QĐ-TTg",
        )
    with transaction.atomic():
        if Product.objects.select_for_update().get(pk=product.pk).merged_into_id:
            raise Refused(
                "dossier.merged", "Sản phẩm này đã được gộp vào một sản phẩm khác; hãy tải lại trang."
            )
        running = Dossier.objects.filter(product=product).open().first()
        if running:
            return running
        renews = _star_of(product, kind, day)
        dossier = Dossier(
            product=product,
            producer=producer,
            kind=kind,
            renews=renews,
            criteria_set=criteria_set,
            procedure=procedure,
            flow_key=procedure.flow_key,
            unit=unit,
            province=province_of(unit),
            district=district,
            created_by=by,
            created_at=at,
            is_demo=is_demo,
        )
        require(may_edit_dossier(roles_for(by, dossier), dossier))
        plan = plan_of(product)
        if plan is not None:
            dossier.form02 = known_answers(plan)
        _save_with_code(dossier, day.year)
    return dossier


def _star_of(product: Product, kind: str, day: date) -> Certificate | None:
    """The star that a re-evaluation renews or an upgrade starts from; raises Refused where the product has none."""
    if kind == DossierKind.FIRST:
        return None
    held = current_of(product.pk, day).first()
    if held is None or held.revoked_on:
        label = DossierKind(kind).label.lower()
        raise Refused(
            "dossier.no_star",
            f"Sản phẩm chưa có sao OCOP nên không lập hồ sơ {label} được. Hãy chọn đánh giá lần đầu.",
            "Điều 7 khoản 5, khoản 6 Quyết định 26/2026/QĐ-TTg",
        )
    return held


def _unit_of(producer: Producer, product: Product, day: date) -> Unit:
    """The commune of `day` that handles the dossier: the producer's address, carried over to its successor.

    Raises Refused when the old commune was split or its successor is not known: somebody must say which one it is.
    """
    site = producer.site_on(day)
    unit = site.unit if site else product.unit
    if unit.in_force(day) and unit.level == UnitLevel.COMMUNE:
        return unit
    heirs = heirs_on([unit], day).get(unit.pk, [])
    if len(heirs) != 1 or heirs[0].level != UnitLevel.COMMUNE:
        raise Refused(
            "dossier.unit",
            f"Chưa rõ cơ sở nay thuộc xã nào (địa bàn đang ghi: {unit.full_name}). "
            "Hãy cập nhật địa chỉ của cơ sở theo xã, phường hiện nay.",
        )
    return heirs[0]


def _save_with_code(dossier: Dossier, year: int) -> None:
    """Save a new dossier under the next code of the year.

    Two producers who open at once reach for the same code: the database lets one have it, the other takes the next.
    """
    for attempt in range(CODE_TRIES):
        dossier.code = _next_code(year)
        try:
            with transaction.atomic():
                dossier.save()
            return
        except IntegrityError:
            if attempt + 1 == CODE_TRIES or not Dossier.objects.filter(code=dossier.code).exists():
                raise


def _next_code(year: int) -> str:
    """The code after the highest of the year."""
    prefix = f"HS{year}-"
    last = Dossier.objects.filter(code__startswith=prefix).aggregate(last=Max("code"))["last"]
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"


def save_form(
    dossier: Dossier,
    *,
    form: str,
    answers: Mapping[str, Any],
    by: User,
    version: int | None = None,
    at: datetime | None = None,
) -> Dossier:
    """Keep answers of form 01 or 02 (`form` is "form01" or "form02"); other questions stay as they are.

    Raises Stale when somebody saved since `version`, Refused when the dossier is no longer the producer's to change.
    """
    if form not in ("form01", "form02"):
        raise ValueError(form)
    with transaction.atomic():
        row = locked(dossier, version=version)
        require(may_edit_dossier(roles_for(by, row), row))
        setattr(row, form, {**getattr(row, form), **answers})
        row.version += 1
        row.save()
    return row


def save_answer(
    dossier: Dossier,
    *,
    criterion: str,
    place: int | None,
    by: User,
    note: str | None = None,
    seen: str | None = None,
    at: datetime | None = None,
) -> Dossier:
    """Keep the producer's own level of one criterion (None takes the answer back) and the remark to it.

    Answers of different criteria never overwrite each other, so two helpers can fill in one sheet. `seen` is the mark
    of level and remark that the page was opened with: Stale when somebody saved something else for this criterion
    since. Raises Refused when the book has no such criterion or level.
    """
    with transaction.atomic():
        row = locked(dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        known = sheet_for(row).by_code.get(criterion)
        if known is None:
            raise Refused("answer.criterion", f"Bộ tiêu chí không có tiêu chí {criterion}.")
        if known.has_cases and row.case is None:
            raise Refused("answer.case", "Hãy chọn trường hợp chấm trước khi chấm tiêu chí này.")
        levels = known.levels_of(row.case if known.has_cases else None)
        if place is not None and not 0 <= place <= len(levels):
            raise Refused("answer.level", f"Tiêu chí {criterion} không có mức thứ {place}.")
        held = [row.answers.get(criterion), row.answer_notes.get(criterion, "")]
        wanted = [place, held[1] if note is None else note.strip()]
        if seen and mark_of_values(held) != seen and held != wanted:
            raise Stale("dossier.stale", "Người khác vừa chấm tiêu chí này. Hãy xem lại rồi chọn.")
        if held == wanted:
            return row
        answers = dict(row.answers)
        if place is None:
            answers.pop(criterion, None)
        else:
            answers[criterion] = place
        row.answers = answers
        if note is not None:
            row.answer_notes = {**row.answer_notes, criterion: note.strip()}
        row.version += 1
        row.save()
    return row


def save_answers(dossier: Dossier, *, answers: Mapping[str, int], by: User) -> Dossier:
    """Keep many levels at once (a sheet typed from paper); others stay. Raises Refused for an unknown level."""
    with transaction.atomic():
        row = locked(dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        merged = {**row.answers, **answers}
        try:
            evaluate(sheet_for(row), merged, row.case)
        except UnknownAnswer as error:
            raise Refused("answer.level", f"Mức không có trong bộ tiêu chí: {error.field}.") from error
        row.answers = merged
        row.version += 1
        row.save()
    return row


def choose_case(dossier: Dossier, *, case: int, by: User) -> Dossier:
    """Choose the case of a set that has cases (set 26); answers of criteria with cases are taken back."""
    with transaction.atomic():
        row = locked(dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        sheet = sheet_for(row)
        if case not in {one.number for one in sheet.cases}:
            raise Refused("answer.case", "Bộ tiêu chí này không có trường hợp đó.")
        if row.case != case:
            row.case = case
            row.answers = {c: p for c, p in row.answers.items() if not sheet.by_code[c].has_cases}
            row.version += 1
            row.save()
    return row


def attach_evidence(
    dossier: Dossier,
    *,
    by: User,
    criterion: str = "",
    paper: Paper | None = None,
    file: StoredFile | None = None,
    caption: str = "",
    at: datetime | None = None,
) -> Evidence:
    """Attach a paper of the vault or a loose file to a criterion; the same thing twice stays one row.

    Raises Refused when the paper belongs to another producer or the criterion is not in the book.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        if criterion and criterion not in sheet_for(row).by_code:
            raise Refused("evidence.criterion", f"Bộ tiêu chí không có tiêu chí {criterion}.")
        if paper is not None and paper.producer_id != row.producer_id:
            raise Refused("evidence.owner", "Giấy tờ này thuộc cơ sở khác.")
        if paper is None and file is None:
            raise Refused("evidence.empty", "Hãy chọn giấy tờ hoặc tệp để đính kèm.")
        existing = row.evidence.filter(criterion=criterion, paper=paper, file=file).first()
        if existing:
            return existing
        last = row.evidence.filter(criterion=criterion).aggregate(last=Max("position"))["last"] or 0
        return Evidence.objects.create(
            dossier=row,
            criterion=criterion,
            paper=paper,
            file=file,
            caption=caption.strip()[:300],
            position=last + 1,
            added_by=by,
            added_at=at,
        )


def detach_evidence(evidence: Evidence, *, by: User) -> None:
    """Take a piece of evidence off; the paper and its file stay in the producer's vault."""
    with transaction.atomic():
        row = locked(evidence.dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        evidence.delete()


_VERBS = {
    DossierState.DRAFT: "submit",
    DossierState.RETURNED_BY_COMMUNE: "supplement",
    DossierState.RETURNED_BY_DISTRICT: "supplement_to_district",
    DossierState.RETURNED_BY_PROVINCE: "supplement_to_province",
}


def submit(dossier: Dossier, *, by: User, at: datetime | None = None) -> DossierMove:
    """Hand the dossier in, or hand it in again after a return; freezes what is handed in, file versions included.

    Raises Refused with every gap at once (Art. 6, 7.1). A second press answers the first one's move.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        verb = _VERBS.get(DossierState(row.state), "submit")
        frozen = row.flow.find(verb, row.state) is not None
        move = advance(row, verb, by=by, at=at)
        if frozen:
            _freeze(row, by=by, at=at)
    dossier.refresh_from_db()
    return move


def _freeze(row: Dossier, *, by: User, at: datetime) -> Submission:
    """Keep the submitted content: answers, forms, the sheet's checksum, each evidence with version and sha256."""
    evidence: list[dict[str, Any]] = []
    files: set[StoredFile] = set()
    for piece in row.evidence.select_related("paper", "file").order_by("criterion", "position", "pk"):
        version = piece.paper.latest if piece.paper else None
        if version is not None:
            piece.paper_version = version
            piece.save(update_fields=["paper_version"])
        file = version.file if version else piece.file
        if file is not None:
            files.add(file)
        evidence.append(
            {
                "id": piece.pk,
                "criterion": piece.criterion,
                "caption": piece.caption,
                "paper": piece.paper_id,
                "version": version.pk if version else None,
                "file": str(file.key) if file else None,
                "sha256": file.sha256 if file else None,
            }
        )
    content = {
        "set": row.criteria_set.number,
        "book": row.criteria_set.book.slug,
        "sheet": row.criteria_set.checksum,
        "case": row.case,
        "form01": row.form01,
        "form02": row.form02,
        "answers": row.answers,
        "notes": row.answer_notes,
        "evidence": evidence,
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    if row.submitted_at is None:
        row.submitted_at = at
        row.save(update_fields=["submitted_at"])
    submission = Submission.objects.create(
        dossier=row, number=row.submissions.count() + 1, at=at, by=by, content=content, digest=digest
    )
    submission.files.set(files)
    return submission


def withdraw(dossier: Dossier, *, by: User, reason: str, at: datetime | None = None) -> DossierMove:
    """Take the dossier back; what was typed and attached is kept and can be opened again in a new dossier."""
    at = at or clock.now()
    with transaction.atomic():
        move = advance(dossier, "withdraw", by=by, at=at, reason=reason)
        end_with_result(dossier, by=by, reason="Hồ sơ đánh giá lại đã rút.", at=at)
    return move
