"""The producer's own pages: my businesses, register a new one, claim one of the register."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit import clock, once
from ocop.kit.errors import Refused
from ocop.kit.registry import tabs_of as registered_tabs
from ocop.producers import actions, queries
from ocop.producers.enums import ClaimState
from ocop.producers.forms import STEPS, ClaimForm, ClaimSearchForm
from ocop.producers.models import Producer, ProducerClaim
from ocop.producers.pages import form_page, sent
from ocop.units.models import Unit

DRAFT = "producers.registration"
REVIEW = "xem-lai"


@login_required
@require_GET
def my_place(request: HttpRequest) -> HttpResponse:
    """ "Cơ sở của tôi": my businesses with their parts, my claims, and the two ways to a business."""
    producers = [
        (producer, registered_tabs(producer, request.user)) for producer in queries.producers_of(request.user)
    ]
    cards = [
        (producer, [(tab.label, tab.url(producer), tab.count(request.user, producer)) for tab in tabs])
        for producer, tabs in producers
    ]
    claims = list(
        ProducerClaim.objects.filter(user=request.user)
        .select_related("producer", "unit")
        .order_by("-at", "-pk")[:10]
    )
    waiting = [row for row in claims if row.state == ClaimState.WAITING]
    settled = [row for row in claims if row.state != ClaimState.WAITING]
    return render(
        request, "producers/my_place.html", {"cards": cards, "waiting": waiting, "settled": settled}
    )


@login_required
@require_GET
def claim_search(request: HttpRequest) -> HttpResponse:
    """Find one's business among those of the register, by its public name or code."""
    form = ClaimSearchForm(request.GET or None)
    typed = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = queries.claimable(typed) if typed else []
    now = queries.places_now(found, clock.today())
    context = {"form": form, "typed": typed, "found": [(row, now.get(row.pk)) for row in found]}
    return render(request, "producers/claim_search.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a producer of the register is one's own."""
    producer = get_object_or_404(Producer.objects.known().unmerged().select_related("unit"), code=code)
    today = clock.today()
    form = ClaimForm(*sent(request), needs_unit=queries.confirming_commune(producer, today) is None)
    place = " · ".join(
        filter(None, (producer.unit.title, queries.places_now([producer], today).get(producer.pk)))
    )

    def act() -> str:
        actions.claim(
            producer,
            by=request.user,
            statement=form.cleaned_data["statement"],
            unit=form.cleaned_data.get("unit"),
        )
        messages.success(request, "Đã gửi. Xã sẽ xác nhận; bạn nhận tin khi có kết quả.")
        return reverse("producers:mine")

    return form_page(
        request, form, act, template="producers/field_form.html", title="Đây là cơ sở của bạn?", subject=producer,
        text=f"{producer.public_name} · {place}", submit="Gửi xã xác nhận",
        back=reverse("producers:claim_search"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def register_step(request: HttpRequest, step: str = "") -> HttpResponse:
    """Register a business, one question a screen; what is typed stays in the session between screens and visits."""
    keys = [key for key, _, _ in STEPS]
    draft = request.session.get(DRAFT, {})
    if not step:
        return _to_step(next((key for key in keys if key not in draft), REVIEW))
    if step == REVIEW:
        return _review(request, keys)
    if step not in keys:
        raise Http404
    place = keys.index(step)
    _, title, form_type = STEPS[place]
    posted = request.method == "POST"
    form = form_type(request.POST) if posted else form_type(initial=_initial(draft.get(step, {})))
    if posted and form.is_valid():
        kept = {key: _plain(value) for key, value in form.cleaned_data.items()}
        request.session[DRAFT] = {**draft, step: kept}
        return _to_step(keys[place + 1] if place + 1 < len(keys) else REVIEW)
    back = reverse("producers:register_step", args=[keys[place - 1]]) if place else reverse("producers:mine")
    context = {
        "form": form, "title": title, "submit": "Tiếp tục", "back": back, "step": place + 1, "steps": len(keys) + 1,
        "progress": f"Bước {place + 1} trên {len(keys) + 1}",
    }  # fmt: skip
    return render(request, "producers/field_form.html", context, status=422 if posted else 200)


def _to_step(step: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("producers:register_step", args=[step]))


def _review(request: HttpRequest, keys: list[str]) -> HttpResponse:
    """Look everything over, then register; a refusal is shown here and nothing typed is lost."""
    draft = request.session.get(DRAFT, {})
    if any(key not in draft for key in keys):
        return HttpResponseRedirect(reverse("producers:register"))
    pairs, details = [], {}
    for key, _, form_type in STEPS:
        form = form_type(_initial(draft[key]))
        if not form.is_valid():
            return HttpResponseRedirect(reverse("producers:register_step", args=[key]))
        details |= form.cleaned_data
        pairs += [(form.fields[name].label, _shown(form, name)) for name in form.fields if _shown(form, name)]
    problem = ""
    if request.method == "POST":
        try:
            return once.run(request, once.key_of(request), lambda: _register(request, details))
        except Refused as refused:
            problem = refused.reason
    context = {
        "pairs": pairs, "problem": problem, "once": once.new_key(), "steps": len(keys) + 1,
        "back": reverse("producers:register_step", args=[keys[-1]]),
    }  # fmt: skip
    return render(request, "producers/register_review.html", context, status=422 if problem else 200)


def _register(request: HttpRequest, details: dict[str, Any]) -> str:
    actions.register_own(by=request.user, **details)
    request.session.pop(DRAFT, None)
    messages.success(
        request, "Đã ghi cơ sở. Xã sẽ xác nhận; trong lúc chờ bạn vẫn thêm sản phẩm, làm hồ sơ được."
    )
    return reverse("producers:mine")


def _plain(value: Any) -> Any:
    """A value as the session keeps it."""
    if isinstance(value, Unit):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def _initial(kept: dict[str, Any]) -> dict[str, Any]:
    """What a form takes back from the session; a unit by its id becomes the text that chooses it."""
    unit = Unit.objects.filter(pk=kept["unit"]).first() if isinstance(kept.get("unit"), int) else None
    return {**kept, "unit": f"{unit.title} ({unit.code})"} if unit else dict(kept)


def _shown(form: Any, name: str) -> str:
    value = form.cleaned_data.get(name)
    choices = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(choices.get(value, value) or "") if value else ""
