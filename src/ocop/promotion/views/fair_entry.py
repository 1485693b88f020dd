"""Registration for a fair, on a phone: who, with which products, what is needed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion import actions
from ocop.promotion.enums import EntryState
from ocop.promotion.models import Fair, FairEntry
from ocop.promotion.permissions import may_keep_producer
from ocop.promotion.queries.fairs import product_lines
from ocop.promotion.registers.fair_forms import EntryForm
from ocop.promotion.registers.fairs import producers_of
from ocop.units.models import UnitCover

MOST_PRODUCERS = 300


def _candidates(user: Any, fair: Fair) -> list[Producer]:
    """For whom the person may register: its own producers inside the unit that calls, else those it looks after."""
    inside = UnitCover.objects.filter(holder=fair.unit_id).values("covered_id")
    own = list(producers_of(user).filter(unit_id__in=inside).select_related("unit"))
    if own:
        return own
    rows = Producer.objects.visible_to(user).known().filter(unit_id__in=inside).select_related("unit")
    return [row for row in rows.order_by("name")[:MOST_PRODUCERS] if may_keep_producer(user, row)]


def _chosen(request: HttpRequest, candidates: list[Producer]) -> Producer | None:
    wanted = request.POST.get("producer") or request.GET.get("producer", "")
    if len(candidates) == 1:
        return candidates[0]
    return next((one for one in candidates if str(one.pk) == wanted), None)


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the producer where there are several, tick the products, send; before the deadline it may be changed."""
    fair = get_object_or_404(Fair.objects.visible_to(request.user).select_related("unit"), pk=pk)
    candidates = _candidates(request.user, fair)
    producer = _chosen(request, candidates)
    context = {"fair": fair, "candidates": candidates, "producer": producer, "may_enter": fair.is_calling}
    if producer is None or not fair.is_calling:
        return render(request, "promotion/fair_register.html", context)
    entry = FairEntry.objects.filter(fair=fair, producer=producer).exclude(state=EntryState.WITHDRAWN).first()
    form = _form(request, fair, producer, entry)
    if form.is_bound and form.is_valid():
        try:
            return once.run(request, form.once_key, lambda: _send(request, fair, producer, entry, form))
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    context |= {"form": form, "entry": entry}
    return render(request, "promotion/fair_register.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, fair: Fair, producer: Producer, entry: FairEntry | None) -> EntryForm:
    products = Product.objects.active().filter(producer=producer).select_related("producer")
    initial = (
        {"products": list(entry.products.values_list("pk", flat=True)), "needs": entry.needs}
        if entry
        else None
    )
    sent = (request.POST,) if request.method == "POST" else ()
    return EntryForm(product_lines(products, fair, clock.today()), *sent, initial=initial)


def _send(
    request: HttpRequest, fair: Fair, producer: Producer, entry: FairEntry | None, form: EntryForm
) -> str:
    known = {"products": form.chosen, "needs": form.cleaned_data["needs"], "by": request.user}
    if entry is not None:
        actions.amend_entry(entry, **known)
        messages.success(request, "Đã sửa đăng ký.")
        return entry.get_absolute_url()
    made = actions.register_for_fair(fair, producer, **known)
    messages.success(request, f"Đã đăng ký {producer.public_name} tham gia {fair}.")
    return made.get_absolute_url()
