"""Making the papers of a session."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from ocop.evaluation.actions import council_papers as actions
from ocop.evaluation.views.council_item import desk_item
from ocop.evaluation.views.council_session import session_for
from ocop.kit import once


@login_required
@require_POST
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the minutes of the session."""
    session = session_for(request, pk, desk=True)

    def press() -> str:
        actions.make_minutes(session, by=request.user)
        return reverse("evaluation:session-detail", args=[session.pk])

    response = once.run(request, once.key_of(request), press)
    messages.success(request, "Đã lập biên bản; tải ở mục Biên bản, phiếu chấm.")
    return response


@login_required
@require_POST
def score_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the members' score sheets of a closed dossier."""
    item = desk_item(request, pk)

    def press() -> str:
        actions.make_score_sheets(item, by=request.user)
        return reverse("evaluation:session-detail", args=[item.session_id])

    response = once.run(request, once.key_of(request), press)
    messages.success(request, "Đã lập phiếu chấm của từng thành viên.")
    return response
