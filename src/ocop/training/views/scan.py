"""Attendance by QR: the trainer's screen, the printed sheet, and the page that a phone lands on."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit import clock, papers
from ocop.kit.errors import Refused
from ocop.kit.registry import announce
from ocop.training import codes
from ocop.training.actions import people as actions
from ocop.training.models import Attendance, Session
from ocop.training.rules.attendance import TURN_SECONDS, is_fresh
from ocop.training.views.common import session_to_take

SCANNED = "training_scanned"
KEPT = timedelta(minutes=20)
"""How long a phone that scanned in time may take to sign in and press."""


def _qr(session: Session, kind: str) -> dict[str, Any]:
    address = codes.address(codes.make(session, kind, clock.now()))
    picture = papers.qr_svg(address, title="Mã điểm danh")
    return {
        "qr": mark_safe(picture),  # noqa: S308 - drawn here
        "address": address,
        "session": session,
        "course": session.course,
        "present": session.attendances.count(),
        "turn": TURN_SECONDS,
    }


@login_required
@never_cache
@require_GET
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The code for the screen of the room; a new one every half minute, by htmx or by the page itself."""
    session = session_to_take(request, pk)
    if getattr(request, "htmx", False):
        return render(request, "training/screen.html#ma", _qr(session, codes.SCREEN))
    announce("training.code_shown", by=request.user, subject=session.course, request=request)
    return render(request, "training/screen.html", _qr(session, codes.SCREEN))


@login_required
@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The code on paper, for a room without a screen; it lives as long as the session takes attendance."""
    session = session_to_take(request, pk)
    announce("training.code_shown", by=request.user, subject=session.course, request=request)
    return render(request, "training/sheet.html", _qr(session, codes.PAPER))


@never_cache
@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Where the phone lands: sign in if need be, one press, done; scanned again it says so."""
    said = codes.read(code)
    if said is None:
        return render(request, "training/scan.html", {"trouble": "Mã này không đúng."}, status=404)
    session = get_object_or_404(Session.objects.select_related("course__unit"), pk=said.session_id)
    if not said.turns or is_fresh(said.made, clock.now()):
        _remember(request, session)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    held = Attendance.objects.filter(session=session, participant__user=request.user.pk).first()
    context: dict[str, Any] = {"session": session, "course": session.course, "held": held}
    if held is None and not _scanned(request, session):
        return render(request, "training/scan.html", {**context, "stale": True}, status=410)
    if request.method == "POST":
        try:
            actions.scan(session, by=request.user)
            return redirect("training:scan", code)
        except Refused as refused:
            return render(request, "training/scan.html", {**context, "refused": refused.refusals}, status=422)
    return render(request, "training/scan.html", context)


def _remember(request: HttpRequest, session: Session) -> None:
    """This browser saw a code in time; it may take its time to sign in."""
    request.session[SCANNED] = {str(session.pk): clock.now().timestamp()}


def _scanned(request: HttpRequest, session: Session) -> bool:
    at = request.session.get(SCANNED, {}).get(str(session.pk))
    return at is not None and 0 <= clock.now().timestamp() - at <= KEPT.total_seconds()
