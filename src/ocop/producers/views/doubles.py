"""Doubles in the register of producers: the list, the merge, and the way from a merged row to the one that stayed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registers.views import detail_page
from ocop.producers import actions, permissions, queries
from ocop.producers.models import Producer
from ocop.producers.pages import hidden_unless
from ocop.producers.registers import PRODUCERS


@login_required
@require_http_methods(["GET", "POST"])
def doubles(request: HttpRequest) -> HttpResponse:
    """Pairs of rows that may be one business, with the score and the reason; one press merges a pair."""
    hidden_unless(permissions.may_register(request.user))
    if request.method == "POST":
        rows = Producer.objects.visible_to(request.user)
        into = get_object_or_404(rows, code=request.POST.get("into", ""))
        double = get_object_or_404(rows, code=request.POST.get("double", ""))
        try:
            actions.merge_producers(double, into, by=request.user)
            messages.success(request, f"Đã gộp {double.name} ({double.code}) vào {into.name} ({into.code}).")
        except Forbidden:
            raise
        except Refused as refused:
            messages.error(request, refused.reason)
        return HttpResponseRedirect(request.path)
    context = {"pairs": queries.doubles_of(request.user), "list_url": PRODUCERS.url("list")}
    return render(request, "producers/doubles.html", context)


@login_required
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One producer; a merged double leads to the row that stayed, whoever may see that."""
    heir = Producer.objects.filter(merged__pk=pk).first()
    if heir and PRODUCERS.scope(request.user).filter(pk=heir.pk).exists():
        return HttpResponseRedirect(PRODUCERS.url("detail", heir.pk))
    return detail_page(request, PRODUCERS, pk)
