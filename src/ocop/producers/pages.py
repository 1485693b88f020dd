"""What the pages of producers, and of the apps above, share: a producer by its code, tabs, a form that acts once."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registers.story import tabs_for
from ocop.producers.models import Producer
from ocop.producers.registers import PRODUCERS


def producer_or_404(request: HttpRequest, code: str) -> Producer:
    """The producer of that code among those the person may see; a stranger gets 404."""
    rows = (
        Producer.objects.visible_to(request.user)
        .select_related("unit")
        .prefetch_related("forms", "sites__unit")
    )
    return get_object_or_404(rows, code=code)


def tabs_of(subject: Any, user: Any, active: str, history: str = "") -> list[dict[str, Any]]:
    """The tabs of a record's pages; `active` is the key of the one shown, `history` the address of the last one."""
    tabs = tabs_for(subject, user, active)
    if history:
        tabs.append({"label": "Lịch sử", "url": history, "active": False})
    return tabs


def producer_tabs(producer: Producer, user: Any, active: str) -> list[dict[str, Any]]:
    """The tabs of a producer's pages."""
    return tabs_of(producer, user, active, PRODUCERS.url("history", producer.pk))


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """The arguments of a form: what was posted, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def form_page(
    request: HttpRequest,
    form: Any,
    act: Callable[[], str],
    *,
    template: str = "producers/form_page.html",
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is sent and valid, act once and go where the action's address leads.

    A refusal is shown with the form, and what was typed stays; `Forbidden` goes through to its page.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {"form": form, **context}, status=status)


def hidden_unless(allowed: Any) -> None:
    """404 for pages that do not exist for this person."""
    if not allowed:
        raise Http404
