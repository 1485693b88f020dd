"""Asking for a new copy of a certificate, its page with the one press that is the person's, the desk's list."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.files.actions import store
from ocop.files.models import StoredFile
from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.flow import moves_for
from ocop.recognition.actions import reissue as actions
from ocop.recognition.forms import CopyForm, ReasonForm, ReissueForm
from ocop.recognition.models import Certificate, Reissue
from ocop.recognition.models.reissue import COMMUNE, ENDED
from ocop.recognition.models.verification import DESK
from ocop.recognition.reissuing import decider, facts_of, may_ask, suggested
from ocop.recognition.rules.reissue import ARTICLE, ISSUING, REISSUE, issuing_verb
from ocop.recognition.verifying import roles_for
from ocop.units.enums import Duty
from ocop.units.models import Agency
from ocop.units.queries import agency_with, province_of


def _person(request: HttpRequest) -> User:
    """Who is signed in; the pages let nobody else in."""
    return cast(User, request.user)


def _rows(request: HttpRequest) -> Any:
    rows = Reissue.objects.visible_to(request.user)
    return rows.select_related(
        "certificate__unit",
        "certificate__product",
        "certificate__issuer",
        "new_unit",
        "decision",
        "change",
        "asked_by",
    )


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Requests under way, the oldest first, then those that ended."""
    if not scope_of(request.user).has_any(*DESK, *COMMUNE):
        raise Http404
    running = list(_rows(request).under_way().order_by("asked_at", "pk"))
    ended = list(_rows(request).filter(state__in=ENDED).order_by("-asked_at", "-pk")[:100])
    return render(request, "recognition/reissues.html", {"running": running, "ended": ended})


def _files(form: ReissueForm, request: HttpRequest) -> list[StoredFile]:
    sent = form.cleaned_data.get("file")
    return [store(sent, by=_person(request), sensitive=True)] if sent else []


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a new copy; the form starts with the producer's name and the unit of today."""
    rows = Certificate.objects.visible_to(request.user).select_related("unit", "product__producer")
    certificate = get_object_or_404(rows, code=code)
    today = clock.today()
    if not may_ask(request.user, certificate, today):
        raise Forbidden("reissue.role", "Chủ thể, UBND cấp xã và cơ quan tham mưu đề nghị cấp lại.", ARTICLE)
    start = suggested(certificate, today)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReissueForm(*sent, initial=start)
    if form.is_valid():

        def act() -> str:
            data = {name: value for name, value in form.cleaned_data.items() if name not in ("file", "once")}
            files = _files(form, request)
            return actions.ask_reissue(
                certificate, files=files, by=_person(request), **data
            ).get_absolute_url()

        try:
            return once.run(request, form.once_key, act)
        except Refused as refused:
            for one in refused.refusals:
                form.add_error(None, one.reason)
    context = {"certificate": certificate, "form": form, "start": start}
    return render(request, "recognition/reissue_ask.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """One request."""
    return _page(request, get_object_or_404(_rows(request), pk=pk))


def _page(request: HttpRequest, row: Reissue, **more: Any) -> HttpResponse:
    today = clock.today()
    offers = moves_for(REISSUE, row.state, roles_for(request.user, row.certificate), facts_of(row, today))
    verb = issuing_verb(row.certificate.stars, decider(today))
    issuing = next((one for one in offers if one.name == verb), None)
    copy = more.get("copy")
    if copy is None and issuing is not None and issuing.allowed:
        copy = CopyForm(initial={"issued_on": today})
    shown = [one for one in offers if one.name not in ISSUING or (one is issuing and not one.allowed)]
    context = {
        "row": row,
        "copy": copy,
        "refused": more.get("refused", ()),
        "presses": [
            (one, ReasonForm(initial={"verb": one.name}, needs_reason=one.transition.needs_reason))
            for one in shown
        ],
        "files": row.files.order_by("at", "pk"),
        "moves": row.moves.select_related("by"),
    }
    return render(request, "recognition/reissue.html", context, status=422 if more else 200)


@login_required
@require_POST
def press(request: HttpRequest, pk: int) -> HttpResponse:
    """One press of the flow; a refusal keeps the page with the reasons."""
    row = get_object_or_404(_rows(request), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid() or form.cleaned_data["verb"] in ISSUING:
        return redirect(row.get_absolute_url())

    def act() -> str:
        data = form.cleaned_data
        actions.press_reissue(row, data["verb"], by=_person(request), reason=data["reason"])
        return row.get_absolute_url()

    try:
        return once.run(request, form.once_key, act)
    except Forbidden:
        raise
    except Refused as refused:
        row.refresh_from_db()
        return _page(request, row, refused=refused.refusals)


def _issuer(row: Reissue) -> Agency:
    """Who signs today: the issuer of five stars, the deciding or the advisory body of the province otherwise."""
    star, today = row.certificate, clock.today()
    duty = Duty.ADVISORY_BODY if decider(today) == "advisory" else Duty.DECIDES
    central = star.stars == 5 and duty == Duty.DECIDES
    issuer = star.issuer if central else agency_with(duty, today, province_of(star.unit))
    if issuer is None:
        raise Refused("reissue.issuer", "Chưa ghi cơ quan cấp lại của tỉnh này.", ARTICLE)
    return issuer


@login_required
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Day and signer of the new copy; the public page shows the change at the next request."""
    row = get_object_or_404(_rows(request), pk=pk)
    form = CopyForm(request.POST)
    if form.is_valid():

        def act() -> str:
            data = {name: form.cleaned_data[name] for name in ("issued_on", "signer", "number")}
            actions.issue_copy(row, issuer=_issuer(row), by=_person(request), **data)
            messages.success(request, "Đã cấp lại. Giấy mới in được ngay; chủ thể và xã đã được báo.")
            return row.get_absolute_url()

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            row.refresh_from_db()
            form.add_error(None, refused.reason)
    return _page(request, row, copy=form)
