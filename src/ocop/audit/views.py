"""The log as those who may read it see it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.audit import permissions, queries
from ocop.audit.forms import EventFilter
from ocop.audit.rules.words import fact_words

PAGE = 50


def events(request: HttpRequest) -> HttpResponse:
    """The list of events, newest first, with its filters; 404 for whoever may not read the log."""
    if not permissions.may_read(request.user):
        raise Http404
    form = EventFilter(request.GET or None)
    rows = form.narrow(permissions.visible_events(request.user)).select_related("actor").order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    lines = [(event, queries.words_of(event), fact_words(event.data)) for event in page]
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "head": queries.head(),
        "count": f"{page.paginator.count} sự kiện",
    }
    return render(request, "audit/events.html", context)
