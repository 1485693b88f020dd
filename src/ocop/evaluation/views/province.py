"""The advisory body's desk: checklist, samples, experts, hand-over (Art. 7.3 of Decision 26/2026/QĐ-TTg)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.evaluation.actions import province
from ocop.evaluation.forms.commune import ChecklistForm, ReturnForm
from ocop.evaluation.forms.province import ExpertsForm, SampleForm, SampleReturnForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.checks import verdicts_of
from ocop.evaluation.queries.province import assignment_of, assignments_here, expert_team
from ocop.evaluation.queries.record import move_now
from ocop.evaluation.rules.checklists import items_for
from ocop.evaluation.rules.supplement import supplement_text
from ocop.evaluation.rules.workflow import ADVISORY, DISTRICT_DESK, EXPERTS_AT_WORK, INTAKE
from ocop.evaluation.views.checklist import keep_checks
from ocop.evaluation.views.desk import desk, frame, send
from ocop.kit import clock

at_province = desk(*ADVISORY, *DISTRICT_DESK, who="cán bộ cơ quan phụ trách OCOP của cấp đánh giá")
WORKABLE = INTAKE | EXPERTS_AT_WORK


def _page(
    request: HttpRequest, dossier: Dossier, roles: frozenset[str], status: int = 200, **forms: Any
) -> HttpResponse:
    """The province's page with the forms that may be sent now; `forms` are those that came back refused."""
    items = items_for(at_province=True, samples_needed=dossier.samples_needed)
    verdicts = verdicts_of(dossier, at_province=True)
    reason = supplement_text(items, verdicts)
    day = {"on": clock.today()}
    notes = list(dossier.samples.select_related("by"))
    units = sum(note.units for note in notes)
    missing = max(dossier.samples_needed - units, 0)
    context = {
        **frame(request, dossier, roles, active="district" if dossier.at_district else "province"),
        "open": dossier.state in WORKABLE,
        "checks": forms.get("checks") or ChecklistForm(items, verdicts),
        "sample": forms.get("sample") or SampleForm(initial={**day, "units": missing or None}),
        "samples": [(note, SampleReturnForm(initial={**day, "units": note.units})) for note in notes],
        "sample_return": forms.get("sample_return"),
        "sample_units": units,
        "experts": forms.get("experts") or ExpertsForm(expert_team(dossier), initial=assignment_of(dossier)),
        "assigned": list(assignments_here(dossier).select_related("expert").order_by("-is_lead", "pk")),
        "ask": forms.get("ask") or ReturnForm(initial={"reason": reason}),
        "level": "huyện" if dossier.at_district else "tỉnh",
        "receive": move_now(dossier, roles, province.RECEIVE[dossier.at_district]),
        "hand_over": move_now(dossier, roles, "hand_to_experts"),
        "may_ask": move_now(dossier, roles, "ask_supplement"),
    }
    return render(request, "evaluation/province/intake.html", context, status=status)


def _here(dossier: Dossier, part: str = "") -> str:
    return reverse("evaluation:province-intake", args=[dossier.code]) + part


@at_province
@require_GET
def intake(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Everything that the advisory body does with a dossier, on one page."""
    return _page(request, dossier, roles)


@at_province
@require_POST
def checks(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Keep the province's checklist."""
    form = ChecklistForm(items_for(at_province=True, samples_needed=dossier.samples_needed), {}, request.POST)
    return keep_checks(
        request,
        dossier,
        form,
        back=_here(dossier),
        page=lambda status: _page(request, dossier, roles, status=status, checks=form),
        at_province=True,
    )


@at_province
@require_POST
def note_samples(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Note samples that came in."""
    form = SampleForm(request.POST)

    def act() -> str:
        province.note_samples(dossier, by=request.user, **_sample(form))
        return _here(dossier, "#mau")

    done = send(request, form, act, "Đã ghi nhận mẫu sản phẩm.")
    return done or _page(request, dossier, roles, status=422, sample=form)


def _sample(form: SampleForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("on", "units", "condition")}


@at_province
@require_POST
def return_samples(request: HttpRequest, dossier: Dossier, roles: frozenset[str], pk: int) -> HttpResponse:
    """Note samples that were given back."""
    note = get_object_or_404(dossier.samples, pk=pk)
    form = SampleReturnForm(request.POST)

    def act() -> str:
        data = form.cleaned_data
        province.return_samples(note, units=data["units"], on=data["on"], by=request.user)
        return _here(dossier, "#mau")

    done = send(request, form, act, "Đã ghi trả mẫu.")
    return done or _page(request, dossier, roles, status=422, sample_return=form)


@at_province
@require_POST
def assign(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Give the dossier to members of the expert team, one leading."""
    form = ExpertsForm(expert_team(dossier), request.POST)

    def act() -> str:
        province.assign_experts(dossier, by=request.user, **form.chosen())
        return _here(dossier, "#to-tu-van")

    done = send(request, form, act, "Đã phân công Tổ tư vấn.")
    return done or _page(request, dossier, roles, status=422, experts=form)


@at_province
@require_POST
def ask(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Ask commune and producer for more."""
    form = ReturnForm(request.POST)

    def act() -> str:
        province.ask_supplement(dossier, by=request.user, reason=form.cleaned_data["reason"])
        return reverse("evaluation:dossier-detail", args=[dossier.code])

    done = send(request, form, act, "Đã gửi yêu cầu bổ sung cho xã và chủ thể.")
    return done or _page(request, dossier, roles, status=422, ask=form)
