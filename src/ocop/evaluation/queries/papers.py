"""What the papers of a dossier hold, which were made, and who may open them."""

from typing import Any

from ocop.accounts.models import User
from ocop.evaluation.models import Dossier, GeneratedPaper
from ocop.evaluation.models.dossier import AT_COMMUNE
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.claims import assessments_of, claims_of
from ocop.evaluation.queries.report import LATER, lines_of, report_of
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.forms import Step
from ocop.evaluation.rules.kinds import steps_for
from ocop.evaluation.rules.paper_kinds import KINDS, SHORTENED, UNCHECKED, PaperKind
from ocop.evaluation.rules.workflow import COMMUNE
from ocop.files.models import StoredFile
from ocop.kit import formats
from ocop.producers.permissions import may_see_personal
from ocop.producers.queries import representative_of
from ocop.rulebook.rules.scoring import evaluate

BLANK = "................................"


def may_read_paper(user: Any, kind: PaperKind, dossier: Dossier, roles: frozenset[str]) -> bool:
    """Who reads a paper of a dossier that the person sees: personal data stay with those who need them."""
    if kind.personal:
        return bool(may_see_personal(user, dossier.producer))
    if roles & COMMUNE:
        return True
    return bool(roles & LATER) and dossier.state not in AT_COMMUNE


def may_read_paper_file(user: Any, file: StoredFile) -> bool:
    """File reader: papers of these kinds, of dossiers that the person sees."""
    if not getattr(user, "is_authenticated", False):
        return False
    rows = GeneratedPaper.objects.filter(file=file, kind__in=KINDS, dossier__isnull=False)
    for row in rows.select_related("dossier__producer", "dossier__unit"):
        dossier = Dossier.objects.visible_to(user).filter(pk=row.dossier_id).first()
        if dossier and may_read_paper(user, KINDS[row.kind], dossier, roles_for(user, dossier)):
            return True
    return False


def offered_kinds(dossier: Dossier, roles: frozenset[str]) -> list[PaperKind]:
    """The papers that this person may have made now."""
    has_report = report_of(dossier) is not None
    return [kind for kind in KINDS.values() if kind.makers & roles and (has_report or not kind.needs_report)]


def context_of(kind: PaperKind, dossier: Dossier, user: User) -> dict[str, Any]:
    """The fields of a paper's template; personal data only as far as the person may see them."""
    makers = {"form01": _form01, "form02": _form02, "form03": _form03, "proposal_letter": _letter}
    return {**_common(dossier), **makers[kind.key](dossier, user)}


def _common(dossier: Dossier) -> dict[str, Any]:
    wording = sheet_for(dossier).wording
    return {
        "unchecked": UNCHECKED,
        "shortened": SHORTENED if wording == "shortened" else "",
        "code": dossier.code,
        "commune": dossier.unit.title,
        "commune_upper": dossier.unit.title.upper(),
        "commune_low": dossier.unit.full_name,
        "commune_name": dossier.unit.name,
        "province": dossier.province.title,
        "province_low": dossier.province.full_name,
        "producer": dossier.producer.name,
        "product": dossier.product.name,
        "product_code": dossier.product.code or BLANK,
        "set": str(dossier.criteria_set),
        "group": dossier.criteria_set.group.name,
        "subgroup": dossier.criteria_set.subgroup,
        "kind": dossier.get_kind_display(),
        "round": str(dossier.round) if dossier.round else "",
    }


def _person(dossier: Dossier, user: User) -> dict[str, str]:
    person = representative_of(dossier.producer, user)
    get = (lambda name: getattr(person, name) or BLANK) if person else (lambda name: BLANK)
    return {
        "representative": get("full_name"),
        "position": (dossier.form01.get("contact_position") or "").strip() or get("position"),
        "phone": formats.phone(get("phone")),
        "email": get("email"),
        "gender": (person.get_gender_display() if person else "") or BLANK,
        "ethnicity": get("ethnicity"),
    }


def _address(dossier: Dossier) -> str:
    site = dossier.producer.site_on()
    parts = [site.address if site else "", dossier.unit.full_name, dossier.province.full_name]
    return ", ".join(part for part in parts if part)


def _form01(dossier: Dossier, user: User) -> dict[str, Any]:
    attachments = (dossier.form01.get("attachments") or "").strip()
    return {
        **_person(dossier, user),
        "address": _address(dossier),
        "attachments": attachments or "Báo cáo tự đánh giá (mẫu 02) và minh chứng theo thứ tự tiêu chí.",
        "submitted_on": formats.day(dossier.submitted_at) or BLANK,
        "received_on": formats.day(dossier.received_on) or BLANK,
        "year": dossier.created_at.year,
    }


def _answer(step: Step, answers: dict[str, Any]) -> list[dict[str, str]]:
    rows = []
    for question in step.questions:
        value = answers.get(question.key)
        if question.kind == "many":
            chosen = set(value or ())
            text = "\n".join(f"{'☑' if key in chosen else '☐'} {label}" for key, label in question.choices)
        elif question.kind == "choice":
            text = dict(question.choices).get(str(value), "")
        elif isinstance(value, int):
            text = f"{formats.number(value)} {question.unit}".strip()
        else:
            text = str(value or "").strip()
        rows.append({"label": question.label, "text": text or "không khai"})
    return rows


def _parts(dossier: Dossier, keys: tuple[str, ...]) -> list[dict[str, str]]:
    return [row for step in _steps(dossier) if step.key in keys for row in _answer(step, dossier.form02)]


def _steps(dossier: Dossier) -> tuple[Step, ...]:
    return tuple(step for step in steps_for(dossier.kind) if step.form == "form02")


GENERAL = ("san-pham", "giay-to")
PLAN = ("ke-hoach",)


def _results(dossier: Dossier) -> tuple[str, ...]:
    return tuple(step.key for step in _steps(dossier) if step.key not in (*GENERAL, *PLAN))


def _form02(dossier: Dossier, user: User) -> dict[str, Any]:
    sheet = sheet_for(dossier)
    known = {code: place for code, place in dossier.answers.items() if code in sheet.by_code}
    case = dossier.case if sheet.cases else None
    open_case = bool(sheet.cases) and case is None
    outcome = None if open_case else evaluate(sheet, known, case)
    producer = dossier.producer
    return {
        **_person(dossier, user),
        "address": _address(dossier),
        "legal_form": producer.form_label,
        "registration": ", ".join(part for part in (
            producer.registration_number, producer.registration_issuer, formats.day(producer.registered_on)
        ) if part) or BLANK,
        "general": _parts(dossier, GENERAL),
        "results": _parts(dossier, _results(dossier)),
        "plan": _parts(dossier, PLAN),
        "criteria": [
            {
                "code": claim.code,
                "name": claim.name,
                "level": claim.level,
                "most": claim.most,
                "points": "" if claim.points is None else claim.points,
                "note": claim.note,
                "evidence": "; ".join(one.name for one in claim.exhibits),
            }
            for claim in claims_of(dossier)
        ],
        "total": outcome.points if outcome else "",
        "stars": outcome.stars if outcome else "",
    }  # fmt: skip


def _form03(dossier: Dossier, user: User) -> dict[str, Any]:
    lines = lines_of(dossier)
    return {
        "received_on": formats.day(dossier.received_on),
        "assessments": [
            {"no": n, "label": label, "text": text} for n, (label, text) in enumerate(lines[:4], 1)
        ],
        "meeting": lines[4][1],
        "proposal": lines[5][1],
        "claims": [
            {"label": part.label, "text": "; ".join(f"{a.label}: {a.value}" for a in part.answers if a.value)}
            for part in assessments_of(dossier)
        ],
    }


def _letter(dossier: Dossier, user: User) -> dict[str, Any]:
    report = report_of(dossier)
    return {
        "proposal": report.proposal if report else "",
        "samples": dossier.samples_needed,
        "received_on": formats.day(dossier.received_on),
        "law": dossier.law.decision,
        "sent_to": dossier.sent_to,
    }
