"""Saying what one wants to learn, the counts of it, and taking them into a plan."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit import clock
from ocop.kit.errors import require
from ocop.producers.models import Producer
from ocop.training.actions import plans as actions
from ocop.training.enums import Audience
from ocop.training.forms import NeedsForm
from ocop.training.models import Need, Topic, YearPlan
from ocop.training.queries.mine import is_officer, voices_of
from ocop.training.queries.needs import counts_by_topic, counts_by_unit, silent_communes
from ocop.training.registers.plans import PLANS
from ocop.training.views.common import form_page, sent
from ocop.units.models import Unit
from ocop.units.queries import home_province


def _year(request: HttpRequest) -> int:
    """The year asked for; from October on people are asked about the next."""
    today = clock.today()
    typed = request.GET.get("nam", "")
    if typed.isdigit() and len(typed) == 4:
        return int(typed)
    return today.year + 1 if today.month >= 10 else today.year


def _voice(key: str) -> dict[str, Any]:
    """For whom: a producer, officials or people of a unit."""
    pk = int(key[1:])
    if key[0] == "p":
        return {"producer": get_object_or_404(Producer, pk=pk)}
    audience = Audience.OFFICIAL if key[0] == "o" else Audience.PRODUCER
    return {"unit": get_object_or_404(Unit, pk=pk), "audience": audience}


@login_required
@require_http_methods(["GET", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """The one question: which topics; said again it replaces what was said."""
    voices = voices_of(request.user)
    if not voices:
        raise Http404
    year = _year(request)
    form = NeedsForm(*sent(request), choices=voices, initial=_said(voices[0][0], year))

    def act() -> str:
        data = form.cleaned_data
        made = actions.say_needs(
            year=year, topics=data["topics"], persons=data["persons"], wish=data["wish"], by=request.user,
            **_voice(data["for_whom"]),
        )  # fmt: skip
        messages.success(
            request, f"Đã ghi nhu cầu năm {year}: {len(made)} chủ đề. Bạn sửa được bất cứ lúc nào."
        )
        return reverse("training:mine")

    return form_page(request, form, act, "training/say_needs.html", year=year)


def _said(key: str, year: int) -> dict[str, Any]:
    """What was said last, so that it is changed and not typed anew."""
    voice = _voice(key)
    rows = Need.objects.filter(year=year, producer=voice.get("producer"))
    if "unit" in voice:
        rows = rows.filter(unit=voice["unit"], audience=voice["audience"])
    found = list(rows)
    if not found:
        return {}
    return {"topics": [row.topic_id for row in found], "persons": found[0].persons, "wish": found[0].wish}


@login_required
@require_GET
def totals(request: HttpRequest) -> HttpResponse:
    """Needs by topic and by unit beside what is planned."""
    if not is_officer(request.user):
        raise Http404
    year, today = _year(request), clock.today()
    topics = counts_by_topic(request.user, year)
    context = {
        "year": year,
        "years": range(2023, today.year + 2),
        "topics": topics,
        "units": counts_by_unit(request.user, year, today),
        "persons": sum(one.persons for one in topics),
        "voices": sum(one.voices for one in topics),
        "silent": silent_communes(request.user, year, today, home_province(today)),
    }
    return render(request, "training/need_totals.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def fill_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the needs of chosen topics into a plan in draft, persons and all."""
    plan = get_object_or_404(YearPlan.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require(PLANS.may_edit(request.user, plan))
    if request.method == "POST":
        chosen = list(
            Topic.objects.filter(pk__in=[key for key in request.POST.getlist("topic") if key.isdigit()])
        )
        for topic in chosen:
            actions.line_from_needs(plan, topic, by=request.user)
        messages.success(
            request, f"Đã đưa {len(chosen)} chủ đề vào kế hoạch; hãy ghi số lớp và kinh phí từng dòng."
        )
        return redirect(plan.get_absolute_url())
    topics = [one for one in counts_by_topic(request.user, plan.year, plan.unit) if one.voices]
    return render(request, "training/plan_fill.html", {"plan": plan, "topics": topics})
