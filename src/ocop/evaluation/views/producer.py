"""The producer's first pages: my dossiers, opening one, the overview of its parts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.evaluation.actions.dossier import open_dossier
from ocop.evaluation.enums import DossierKind
from ocop.evaluation.forms.producer import OpenForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries import mine, wizard
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.record import mark_of
from ocop.evaluation.queries.renewal import review_of
from ocop.evaluation.queries.transition import may_refile, old_rules_of
from ocop.evaluation.rules.workflow import COMMUNE, PRODUCER
from ocop.evaluation.views.record import visible
from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused, require
from ocop.producers.models import ProducerClaim
from ocop.products.actions import choose_set
from ocop.products.models import Product
from ocop.products.permissions import may_edit
from ocop.rulebook.models import CriteriaSet

Page = Callable[..., HttpResponse]


def writing(view: Page) -> Page:
    """A page of the producer's side: the dossier in place of its code; others of its readers get 403.

    Once the dossier has been handed in, the page leads to what was handed in; a form that is sent late still reaches
    its view, so that what was typed can be shown with the reason.
    """

    @login_required
    @wraps(view)
    def page(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        dossier = visible(request, code)
        roles = roles_for(request.user, dossier)
        if not roles & (PRODUCER | COMMUNE):
            raise Forbidden("dossier.not_yours", "Chỉ người của cơ sở hoặc cán bộ xã hỗ trợ được sửa hồ sơ.")
        if not dossier.is_editable and request.method == "GET":
            messages.info(request, f"Hồ sơ đang ở bước “{mark_of(dossier.state).label}”, không sửa được nữa.")
            return HttpResponseRedirect(reverse("evaluation:dossier-forms", args=[code]))
        dossier.writer_roles = roles  # type: ignore[attr-defined]
        return view(request, dossier, **more)

    return page


@login_required
@require_GET
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """ "Hồ sơ của tôi": every product with its dossiers, their state and the one next press."""
    context = {
        "businesses": mine.businesses_of(request.user),
        "drafts": mine.drafts_for_others(request.user),
        "is_claimed": ProducerClaim.objects.waiting().filter(user=request.user).exists(),
    }
    return render(request, "evaluation/producer/my_dossiers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest, product: str) -> HttpResponse:
    """Choose the set (group first) and open a dossier; a product that has one under way leads there."""
    rows = Product.objects.visible_to(request.user).select_related("producer", "group", "criteria_set__book")
    found = get_object_or_404(rows, public_code=product)
    running = Dossier.objects.visible_to(request.user).filter(product=found).open().first()
    form = OpenForm(
        request.POST if request.method == "POST" else None, initial={"kind": _kind_asked(request)}
    )
    if running is not None and request.method == "GET":
        writes = running.is_editable and roles_for(request.user, running) & (PRODUCER | COMMUNE)
        page = "evaluation:dossier-write" if writes else "evaluation:dossier-detail"
        return HttpResponseRedirect(reverse(page, args=[running.code]))
    require(may_edit(request.user, found))
    refused: tuple = ()
    if form.is_bound and form.is_valid():
        chosen = CriteriaSet.objects.select_related("group", "book").filter(
            pk=form.cleaned_data["criteria_set"]
        )

        def act() -> str:
            criteria_set = get_object_or_404(chosen)
            row = open_dossier(
                found, criteria_set=criteria_set, by=request.user, kind=form.cleaned_data["kind"]
            )
            if found.criteria_set_id is None:
                choose_set(found, criteria_set, by=request.user)
            return reverse("evaluation:dossier-write", args=[row.code])

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as error:
            refused = error.refusals
    context = mine.choice_of_set(found, request.GET.get("nhom", ""), clock.today())
    context |= {"form": form, "product": found, "refused": refused, "picked": form["criteria_set"].value()}
    return render(request, "evaluation/producer/open.html", context, status=422 if form.is_bound else 200)


def _kind_asked(request: HttpRequest) -> str:
    """The kind of application that the way here asks for (?loai=), else a first one."""
    asked = request.GET.get("loai", "")
    return asked if asked in DossierKind.values else DossierKind.FIRST


@writing
@require_GET
def write(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The dossier at a glance: what is done, what is left, one press to go on where it stopped."""
    view = wizard.marking_of(dossier)
    old = old_rules_of(dossier, clock.today())
    context = {
        "dossier": dossier,
        "old_rules": old,
        "may_refile": may_refile(dossier, old, dossier.writer_roles),  # type: ignore
        "mark": mark_of(dossier.state),
        "acting": wizard.acting_for(request.user, dossier),
        "parts": wizard.form_parts(dossier),
        "view": view,
        "resume": wizard.resume_at(dossier, view),
        "returned": mine.returned_with(dossier),
        "review": review_of(dossier),
        "known": mine.known_facts(dossier, request.user),
        "last_day": mine.last_days(dossier, clock.today()),
        "evidence_count": dossier.evidence.count(),
        "may_withdraw": dossier.flow.find("withdraw", dossier.state).roles & dossier.writer_roles,  # type: ignore
    }
    return render(request, "evaluation/producer/write.html", context)
