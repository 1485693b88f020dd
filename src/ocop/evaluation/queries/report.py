"""Form 03 as pages show it: what it starts from, its lines, what a colleague changed, what is left before signing."""

from collections.abc import Mapping
from typing import Any

from ocop.evaluation.enums import Assessment, CheckVerdict, DossierState
from ocop.evaluation.models import CommuneReport, Dossier
from ocop.evaluation.models.dossier import AT_COMMUNE, DISTRICT_READERS, PROVINCE_READERS
from ocop.evaluation.queries.checks import verdicts_of
from ocop.evaluation.queries.facts import facts_of
from ocop.evaluation.queries.rounds import proposal_round
from ocop.evaluation.rules.assessments import prefill, proposal_sentence
from ocop.evaluation.rules.checklists import COMMUNE_ITEMS
from ocop.evaluation.rules.supplement import unchecked
from ocop.evaluation.rules.workflow import COMMUNE
from ocop.kit import clock, formats
from ocop.kit.errors import Forbidden
from ocop.kit.flow import moves_for

COUNCIL_SEATS = ("council.chair", "council.deputy", "council.member", "council.secretary")
LATER = frozenset({*(role.value for role in (*PROVINCE_READERS, *DISTRICT_READERS)), *COUNCIL_SEATS})
READERS = COMMUNE | LATER
EXPERT_READERS = LATER
FIGURES = {"material": ("material_share",), "labour": ("labour_total", "labour_local")}
MEETING = ("meeting_on", "meeting_place", "meeting_people", "meeting_opinions")


def require_reader(dossier: Dossier, roles: frozenset[str]) -> None:
    """Raises Forbidden for the levels that rank, experts and council before the commune has sent the dossier on."""
    if not roles & COMMUNE and dossier.state in AT_COMMUNE:
        raise Forbidden("report.early", "Xã chưa gửi báo cáo đánh giá.")


def report_of(dossier: Dossier) -> CommuneReport | None:
    """The report of the dossier, None while nobody has started it."""
    return CommuneReport.objects.filter(dossier=dossier).select_related("prepared_by", "signed_by").first()


def version_of(dossier: Dossier) -> int:
    """The number of the last saving; 0 while there is none."""
    return CommuneReport.objects.filter(dossier=dossier).values_list("version", flat=True).first() or 0


def initial_of(dossier: Dossier) -> dict[str, Any]:
    """What the page starts from: the report, or the figures of form 02 and the usual sentence of a proposal."""
    report = report_of(dossier)
    if report is None:
        return {"version": 0, **prefill(dossier.form02), "proposal": _proposal(dossier)}
    columns = (
        "version",
        "material_share",
        "labour_total",
        "labour_local",
        "meeting_held",
        "proposal",
        *MEETING,
    )
    values = {name: getattr(report, name) for name in (*columns, *Assessment.values)}
    return {**values, "proposal": values["proposal"] or _proposal(dossier)}


def _proposal(dossier: Dossier) -> str:
    return proposal_sentence(
        product=dossier.product.name, producer=dossier.producer.public_name, commune=dossier.unit.full_name,
        province=dossier.province.full_name,
    )  # fmt: skip


def figures_of(form: Any, part: str) -> list[Any]:
    """The fields of figures that belong to an assessment."""
    return [form[name] for name in FIGURES.get(part, ())]


def lines_of(dossier: Dossier) -> list[tuple[str, str]]:
    """The four assessments with their figures, the meeting and the proposal: (label, text), "" where nothing stands."""
    report = report_of(dossier)
    if report is None:
        return []
    lines = [(part.label, _assessment(report, part)) for part in Assessment]
    lines.append(("Họp lấy ý kiến", _meeting(report)))
    lines.append(("Đề nghị", report.proposal))
    return lines


def _assessment(report: CommuneReport, part: Assessment) -> str:
    text = getattr(report, part.value).strip()
    if part == Assessment.MATERIAL and report.material_share is not None:
        text += f"\nTỷ lệ nguyên liệu trong xã: {formats.number(report.material_share)} %."
    if part == Assessment.LABOUR and report.labour_total is not None:
        local = formats.number(report.labour_local or 0)
        text += f"\nLao động địa bàn xã: {local}/{formats.number(report.labour_total)} người."
    return text.strip()


def _meeting(report: CommuneReport) -> str:
    if not report.meeting_held:
        return "Không tổ chức họp."
    parts = [
        f"Ngày {formats.day(report.meeting_on)}" if report.meeting_on else "",
        f"tại {report.meeting_place}" if report.meeting_place else "",
    ]
    head = " ".join(part for part in parts if part)
    people = f"Thành phần: {report.meeting_people}" if report.meeting_people else ""
    opinions = f"Ý kiến: {report.meeting_opinions}" if report.meeting_opinions else ""
    return "\n".join(part for part in (head, people, opinions) if part)


def differences(dossier: Dossier, typed: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a colleague saved otherwise than what stands on this page: (label, the colleague's text)."""
    report = report_of(dossier)
    if report is None:
        return []
    found = []
    for name, value in typed.items():
        saved = getattr(report, name)
        if (saved or "") != (value or ""):
            text = formats.day(saved) if hasattr(saved, "year") else str(saved if saved is not None else "")
            found.append((str(getattr(CommuneReport._meta.get_field(name), "verbose_name", name)), text))
    return found


def letter_of(report: CommuneReport | None) -> dict[str, Any]:
    """Number and day of the letter, where they are known."""
    return {"letter_number": report.letter_number, "letter_on": report.letter_on} if report else {}


def signing(dossier: Dossier, roles: frozenset[str]) -> dict[str, Any]:
    """What the page of signing shows beside form 03: what is still missing, the checklist, the round."""
    offers = moves_for(dossier.flow, dossier.state, roles | {"commune_leader"}, facts_of(dossier))
    offer = next((one for one in offers if one.name == "propose"), None)
    verdicts = verdicts_of(dossier)
    checks = [
        (item.label, CheckVerdict(verdicts[item.key][0]).label, verdicts[item.key][1])
        for item in COMMUNE_ITEMS
        if item.key in verdicts
    ]
    return {
        "open": dossier.state == DossierState.COMMUNE_REVIEW,
        "refusals": offer.refusals if offer else (),
        "checks": checks,
        "unchecked": unchecked(COMMUNE_ITEMS, verdicts),
        "round": dossier.round or proposal_round(dossier, clock.today()),
    }
