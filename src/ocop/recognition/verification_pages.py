"""The desk of verifications: the list, opening one, its page with the one press that is the person's."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.files.actions import store
from ocop.files.models import StoredFile
from ocop.kit import clock, formats, once
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.flow import moves_for
from ocop.recognition.actions import verification as actions
from ocop.recognition.enums import VerificationState as S
from ocop.recognition.forms import DecisionForm, FindingsForm, ReasonForm, VerifyForm
from ocop.recognition.models import Certificate, Verification
from ocop.recognition.models.verification import DESK
from ocop.recognition.rules.verification import ADVISORY, ARTICLE, VERIFY
from ocop.recognition.verifying import facts_of, roles_for
from ocop.units.models import Agency
from ocop.units.queries import agency_with, province_of

DECIDING = ("issue", "record_minister")


def _person(request: HttpRequest) -> User:
    """Who is signed in; the pages let nobody else in."""
    return cast(User, request.user)


def _rows(request: HttpRequest) -> Any:
    rows = Verification.objects.visible_to(request.user)
    return rows.select_related("certificate__unit", "certificate__product", "decision", "opened_by")


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Verifications under way, the nearest deadline first, then those that ended."""
    if not scope_of(request.user).has_any(*DESK):
        raise Http404
    today = clock.today()
    running = [
        {"row": row, "due": formats.distance(row.due_on, today)}
        for row in _rows(request).under_way().order_by("due_on", "opened_at", "pk")
    ]
    ended = _rows(request).filter(state__in=(S.REVOKED, S.CLOSED)).order_by("-opened_at", "-pk")[:100]
    return render(request, "recognition/verifications.html", {"running": running, "ended": ended})


def _file(form: VerifyForm, request: HttpRequest) -> list[StoredFile]:
    sent = form.cleaned_data.get("file")
    return [store(sent, by=_person(request))] if sent else []


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to look into a star."""
    rows = Certificate.objects.visible_to(request.user).select_related("unit", "product")
    certificate = get_object_or_404(rows, code=code)
    if not roles_for(request.user, certificate) & ADVISORY:
        raise Forbidden("verify.role", "Cơ quan tham mưu quản lý OCOP cấp tỉnh xác minh.", ARTICLE)
    form = VerifyForm(request.POST or None, request.FILES or None)
    if form.is_valid():

        def act() -> str:
            row = actions.open_verification(
                certificate,
                ground=form.cleaned_data["ground"],
                account=form.cleaned_data["account"],
                files=_file(form, request),
                by=_person(request),
            )
            return row.get_absolute_url()

        try:
            return once.run(request, form.once_key, act)
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = {"certificate": certificate, "form": form}
    return render(request, "recognition/verify.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """One verification; posting keeps the findings."""
    row = get_object_or_404(_rows(request), pk=pk)
    if request.method == "GET":
        return _page(request, row)
    form = FindingsForm(request.POST, request.FILES)
    if form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            actions.save_findings(
                row,
                ground=data["ground"],
                account=data["account"],
                conclusion=data["conclusion"],
                concluded_on=data["concluded_on"],
                files=_file(form, request),
                by=_person(request),
            )
            messages.success(request, "Đã lưu kết quả xác minh.")
            return row.get_absolute_url()

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    return _page(request, row, findings=form)


def _page(request: HttpRequest, row: Verification, **forms: Any) -> HttpResponse:
    roles = roles_for(request.user, row.certificate)
    offers = moves_for(VERIFY, row.state, roles, facts_of(row))
    today = clock.today()
    initial = {name: getattr(row, name) for name in ("ground", "account", "conclusion", "concluded_on")}
    findings = forms.get("findings")
    if findings is None and row.state == S.OPENED and roles & ADVISORY:
        findings = FindingsForm(initial=initial)
    deciding = next((one for one in offers if one.name in DECIDING), None)
    decision = forms.get("decision")
    if decision is None and deciding is not None and deciding.allowed:
        decision = DecisionForm(initial={"issued_on": today})
    context = {
        "row": row,
        "findings": findings,
        "decision_form": decision,
        "refused": forms.get("refused", ()),
        "presses": [
            (one, ReasonForm(initial={"verb": one.name}, needs_reason=one.transition.needs_reason))
            for one in offers
            if one.name not in DECIDING
        ],
        "files": row.files.order_by("at", "pk"),
        "reports": row.misuse_reports.order_by("at", "pk"),
        "moves": row.moves.select_related("by"),
        "due": formats.distance(row.due_on, today),
    }
    bound = any(getattr(form, "is_bound", False) for form in forms.values()) or forms.get("refused")
    return render(request, "recognition/verification.html", context, status=422 if bound else 200)


@login_required
@require_POST
def verification_press(request: HttpRequest, pk: int) -> HttpResponse:
    """One press of the flow; a refusal keeps the page with the reasons."""
    row = get_object_or_404(_rows(request), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return redirect(row.get_absolute_url())

    def act() -> str:
        actions.press(row, form.cleaned_data["verb"], by=_person(request), reason=form.cleaned_data["reason"])
        return row.get_absolute_url()

    try:
        return once.run(request, form.once_key, act)
    except Forbidden:
        raise
    except Refused as refused:
        row.refresh_from_db()
        return _page(request, row, refused=refused.refusals)


def _issuer(row: Verification) -> Agency:
    star = row.certificate
    issuer = star.issuer if star.stars == 5 else agency_with("decides", clock.today(), province_of(star.unit))
    if issuer is None:
        raise Refused("verify.issuer", "Chưa ghi cơ quan quyết định của tỉnh này.", ARTICLE)
    return issuer


@login_required
@require_POST
def verification_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and day of the signed decision; the public page changes at the next request."""
    row = get_object_or_404(_rows(request), pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid():

        def act() -> str:
            actions.revoke_by_decision(row, issuer=_issuer(row), by=_person(request), **_decided(form))
            messages.success(request, "Đã thu hồi và công bố. Chủ thể, xã đã được báo.")
            return reverse("recognition:verification", args=[row.pk])

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            row.refresh_from_db()
            form.add_error(None, refused.reason)
    return _page(request, row, decision=form)


def _decided(form: DecisionForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("number", "issued_on", "signer")}
