"""What the producer's pages show: the parts of the work, what is left, where to go on, and for whom one acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.models import Dossier, Evidence
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.forms import Step, missing_in, step_done
from ocop.evaluation.rules.kinds import steps_for
from ocop.kit import clock
from ocop.producers.enums import AccessKind
from ocop.producers.models import ProducerAccess
from ocop.rulebook.rules.sheet import Criterion
from ocop.rulebook.rules.view import CriterionView, HeadView, SectionView, SimulationView, simulation_view


@dataclass(frozen=True)
class Part:
    """A line of the dossier's first page: what it is, done or not, in words, and where it is worked on."""

    label: str
    url: str
    done: bool
    note: str


@dataclass(frozen=True)
class Placed:
    """A criterion on its page: where it stands in the book, and its neighbours."""

    view: CriterionView
    section: SectionView
    head: HeadView
    number: int
    total: int
    before: str
    after: str

    @property
    def where(self) -> str:
        """Section and head in words."""
        return f"Phần {self.section.code} · {self.head.number}. {self.head.name}"


def step_url(dossier: Dossier, step: Step) -> str:
    """Where a screen of forms 01 and 02 is filled in."""
    return reverse("evaluation:dossier-step", args=[dossier.code, step.key])


def criterion_url(dossier: Dossier, code: str) -> str:
    """Where a criterion is marked."""
    return reverse("evaluation:dossier-criterion", args=[dossier.code, code])


def case_url(dossier: Dossier) -> str:
    """Where the case of set 26 is chosen."""
    return reverse("evaluation:dossier-case", args=[dossier.code])


def case_is_open(dossier: Dossier) -> bool:
    """True while a set with cases waits for the choice of one."""
    return bool(sheet_for(dossier).cases) and dossier.case is None


def marking_of(dossier: Dossier) -> SimulationView:
    """The sheet with the producer's own levels; no query once the set is at hand."""
    sheet = sheet_for(dossier)
    known = {code: place for code, place in dossier.answers.items() if code in sheet.by_code}
    return simulation_view(sheet, known, dossier.case)


def form_parts(dossier: Dossier) -> list[Part]:
    """The screens of forms 01 and 02 with what is open on each; once handed in, only open questions count."""
    parts = []
    for step in steps_for(dossier.kind):
        answers = getattr(dossier, step.form)
        open_ = missing_in(step, answers)
        done = step_done(step, answers) or (dossier.submitted_at is not None and not open_)
        note = "xong" if done else f"còn {open_} câu cần trả lời" if open_ else "chưa xem"
        parts.append(Part(step.title, step_url(dossier, step), done, note))
    return parts


def first_unscored(view: SimulationView) -> str | None:
    """The first criterion in book order without an answer."""
    return view.outcome.unscored[0] if view.outcome.unscored else None


def resume_at(dossier: Dossier, view: SimulationView) -> Part:
    """Where the work stopped: the first open screen, the case, the first criterion not marked, else handing in."""
    for part in form_parts(dossier):
        if not part.done:
            return part
    if case_is_open(dossier):
        return Part("Chọn trường hợp chấm", case_url(dossier), False, "")
    code = first_unscored(view)
    if code is not None:
        return Part(f"Tự chấm tiêu chí {code}", criterion_url(dossier, code), False, "")
    label = "Kiểm tra và nộp" if dossier.submitted_at is None else "Kiểm tra và nộp bổ sung"
    return Part(label, reverse("evaluation:dossier-check", args=[dossier.code]), False, "")


def placed(view: SimulationView, code: str) -> Placed | None:
    """The criterion of that code with its place in the book; None for a code that the book does not have."""
    order = [
        (section, head, criterion)
        for section in view.sections
        for head in section.heads
        for criterion in head.criteria
    ]
    for index, (section, head, criterion) in enumerate(order):
        if criterion.code == code:
            before = order[index - 1][2].code if index else ""
            after = order[index + 1][2].code if index + 1 < len(order) else ""
            return Placed(criterion, section, head, index + 1, len(order), before, after)
    return None


def star_lines(dossier: Dossier, view: SimulationView) -> list[dict[str, Any]]:
    """For 3, 4 and 5 stars in plain words: reached, or the points and the levels that it still asks for."""
    lines = []
    for step in view.steps:
        needs = [
            {
                "text": f"Tiêu chí {one.criterion} “{one.name}” cần mức {one.needed.place}: {one.needed.text}",
                "now": _given(one.given),
                "url": criterion_url(dossier, one.criterion),
            }
            for one in step.blockers
        ]
        lines.append(
            {"star": step.star, "open": step.is_open, "points": step.points_missing, "needs": needs,
             "next": view.next_step is not None and step.star == view.next_step.star}
        )  # fmt: skip
    return lines


def _given(place: int | None) -> str:
    if place is None:
        return "chưa chấm"
    return f"đang ở mức {place}" if place else "đang không đạt mức nào"


def evidence_of(dossier: Dossier, criterion: str | None = None) -> QuerySet[Evidence]:
    """The evidence with papers, versions and files, in the producer's order; a fixed number of queries."""
    rows = dossier.evidence.select_related("paper", "file", "paper_version__file")
    if criterion is not None:
        rows = rows.filter(criterion=criterion)
    return rows.prefetch_related("paper__versions__file")


def in_book_order(
    criteria: Sequence[Criterion], pieces: Sequence[Evidence]
) -> list[tuple[str, str, list[Evidence]]]:
    """(code, name, pieces) of every criterion that has evidence, in book order, general papers last."""
    held: dict[str, list[Evidence]] = {}
    for piece in pieces:
        held.setdefault(piece.criterion, []).append(piece)
    rows = [(one.code, one.name, held.pop(one.code)) for one in criteria if one.code in held]
    rest = [piece for left in held.values() for piece in left]
    return [*rows, ("", "Giấy tờ chung", rest)] if rest else rows


def acting_for(user: User, dossier: Dossier) -> str:
    """One sentence that says for whom a helper or an officer acts; "" for the producer's own people."""
    rows = ProducerAccess.objects.valid_on(clock.today()).filter(user=user, producer_id=dossier.producer_id)
    access = {row.kind: row for row in rows}
    if AccessKind.OWNER in access or AccessKind.STAFF in access:
        return ""
    name = dossier.producer.public_name
    if AccessKind.HELPER in access:
        until = access[AccessKind.HELPER].valid_to
        last = f" đến hết ngày {until:%d/%m/%Y}" if until else ""
        return f"Bạn đang giúp {name}. Chủ cơ sở đã đồng ý cho bạn làm hồ sơ này{last}; việc bạn làm đều được ghi lại."
    return (
        f"Bạn là cán bộ, đang soạn giúp {name}. Nộp thay khi chủ cơ sở đồng ý; việc bạn làm đều được ghi lại."
    )
