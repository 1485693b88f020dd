"""Draft decisions: drawn up, approved, numbered; the certificates come out of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.accounts.queries import scope_of
from ocop.evaluation.actions import decision as actions
from ocop.evaluation.actions.letters import make_decision_paper
from ocop.evaluation.enums import DraftState
from ocop.evaluation.forms.decision import DraftForm, IssueForm
from ocop.evaluation.models import DecisionDraft
from ocop.evaluation.permissions import may_open_decisions
from ocop.evaluation.queries.clock import due_words
from ocop.evaluation.queries.drafts import (
    READERS,
    WRITERS,
    drafts_for,
    due_of_draft,
    issuer_for,
    suggested_numbers,
    waiting_dossiers,
)
from ocop.evaluation.queries.outcome import current_result, stars_to_award
from ocop.kit import clock, once
from ocop.kit.errors import Refused, require

TONES = {
    DraftState.DRAFT: ("water", "dots"),
    DraftState.APPROVED: ("clay", "hourglass"),
    DraftState.ISSUED: ("leaf", "circle-check"),
}
WAITS = {
    DraftState.DRAFT: "Chờ lãnh đạo {} duyệt dự thảo.",
    DraftState.APPROVED: "Đã duyệt. Chờ văn thư {} ghi số, ngày và ban hành.",
}


def _marked(draft: DecisionDraft) -> tuple[str, str, str]:
    tone, icon = TONES[DraftState(draft.state)]
    return draft.get_state_display(), tone, icon


def _draft(request: HttpRequest, pk: int) -> DecisionDraft:
    return get_object_or_404(drafts_for(request.user), pk=pk)


@login_required
@require_GET
def draft_list(request: HttpRequest) -> HttpResponse:
    """Dossiers that wait for a decision, and the drafts with where they stand."""
    require(may_open_decisions(scope_of(request.user).roles, frozenset(READERS)))
    waiting = waiting_dossiers(request.user)
    drafts = [{"draft": draft, "mark": _marked(draft)} for draft in drafts_for(request.user)]
    today = clock.today()
    rows = [
        {
            "dossier": row,
            "stars": stars_to_award(row),
            "result": current_result(row),
            "due": due_words(row, today),
        }
        for row in waiting
    ]
    may_write = scope_of(request.user).has_any(*WRITERS)
    context = {"rows": rows, "drafts": drafts, "may_write": may_write}
    return render(request, "evaluation/decision/draft_list.html", context)


@login_required
def draft_create(request: HttpRequest) -> HttpResponse:
    """Draw up one draft for the ticked dossiers."""
    require(may_open_decisions(scope_of(request.user).roles, frozenset(WRITERS)))
    waiting = waiting_dossiers(request.user)
    form = DraftForm(request.POST or None, waiting=waiting, initial={"dossiers": [row.pk for row in waiting]})
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["dossiers"])
        province = chosen[0].province
        issuer = issuer_for(chosen[0], clock.today())
        try:
            if issuer is None:
                raise Refused("draft.issuer", "Chưa ghi cơ quan ban hành quyết định của cấp này.")
            return once.run(
                request,
                form.once_key,
                lambda: reverse(
                    "evaluation:draft-detail",
                    args=[
                        actions.draft_decision(
                            province=province,
                            issuer=issuer,
                            dossiers=chosen,
                            title=form.cleaned_data["title"],
                            by=request.user,
                        ).pk
                    ],
                ),
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
    status = 422 if form.errors else 200
    return render(request, "evaluation/decision/draft_form.html", {"form": form}, status=status)


@login_required
@require_GET
def draft_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: its annex, and the one press that is the person's."""
    draft = _draft(request, pk)
    return render(request, "evaluation/decision/draft_detail.html", _detail(request, draft))


def _detail(request: HttpRequest, draft: DecisionDraft, form: IssueForm | None = None) -> dict:
    scope = scope_of(request.user)
    lines = draft.lines.filter(dropped_at__isnull=True).select_related(
        "dossier__product", "dossier__producer", "dossier__unit"
    )
    can_issue = draft.state == DraftState.APPROVED and scope.has(draft.office.clerk, draft.home_id)
    if can_issue and form is None:
        signer = draft.approved_by.full_name if draft.approved_by else ""
        form = _issue_form(draft, initial={"issued_on": clock.today(), "signer": signer})
    return {
        "draft": draft,
        "mark": _marked(draft),
        "due": due_of_draft(draft, clock.today()),
        "lines": lines.prefetch_related("dossier__results"),
        "papers": draft.generated_papers.select_related("file"),
        "may_drop": draft.state == DraftState.DRAFT and scope.has_any(*WRITERS),
        "may_approve": draft.state == DraftState.DRAFT and scope.has(draft.office.leader, draft.home_id),
        "form": form if can_issue else None,
        "waits_for": WAITS.get(DraftState(draft.state), "").format(draft.office.name),
        "certificates": draft.decision.certificates.all() if draft.decision else [],
    }


def _issue_form(draft: DecisionDraft, data=None, **kwargs) -> IssueForm:
    numbers = suggested_numbers(draft.issuer, clock.today().year, draft.lines.count())
    return IssueForm(data, draft=draft, numbers=numbers, **kwargs)


@login_required
@require_POST
def draft_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair approves."""
    draft = _draft(request, pk)
    actions.approve_draft(draft, by=request.user)
    messages.success(request, "Đã duyệt dự thảo. Văn thư ghi số, ngày và ban hành.")
    return redirect("evaluation:draft-detail", pk=draft.pk)


@login_required
@require_POST
def draft_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk enters number, date and certificate numbers; a refusal keeps what was typed."""
    draft = _draft(request, pk)
    form = _issue_form(draft, request.POST)
    if form.is_valid():
        data = form.cleaned_data

        def issue() -> str:
            issued = actions.issue_decision(
                draft,
                number=data["number"],
                issued_on=data["issued_on"],
                signer=data["signer"],
                certificate_numbers=form.certificate_numbers(),
                by=request.user,
            )
            messages.success(request, f"Đã ban hành và công bố {len(issued)} giấy chứng nhận.")
            return reverse("evaluation:draft-detail", args=[draft.pk])

        try:
            return once.run(request, form.once_key, issue)
        except Refused as refused:
            form.add_error(None, refused.reason)
    return render(request, "evaluation/decision/draft_detail.html", _detail(request, draft, form), status=422)


@login_required
@require_POST
def line_drop(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Take a dossier out of a draft."""
    draft = _draft(request, pk)
    actions.drop_line(get_object_or_404(draft.lines, pk=line), by=request.user)
    return redirect("evaluation:draft-detail", pk=draft.pk)


@login_required
@require_POST
def draft_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the decision with its annex as a Word paper; the number is left for the clerk."""
    draft = _draft(request, pk)
    make_decision_paper(draft, by=request.user)
    messages.success(request, "Đã lập dự thảo quyết định kèm phụ lục (Word).")
    return redirect("evaluation:draft-detail", pk=draft.pk)
