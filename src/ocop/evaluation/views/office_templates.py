"""Pages where the administrator of the province replaces the Word templates of papers without code."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.evaluation.actions import office_templates as actions
from ocop.evaluation.forms.office_templates import ReturnForm, TemplateForm, TrialForm
from ocop.evaluation.models import OfficeTemplate
from ocop.evaluation.papers.samples import fields_of
from ocop.evaluation.queries import office_templates as queries
from ocop.evaluation.rules.office_papers import PLACES, TemplatePlace
from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused
from ocop.units.models import Unit


def _province(request: HttpRequest) -> Unit:
    province = queries.province_kept(request.user)
    if province is None:
        raise Http404
    return province


def _place(key: str) -> TemplatePlace:
    if key not in PLACES:
        raise Http404
    return PLACES[key]


def _word(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=actions.WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


@login_required
@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """Every paper with the template that is used today."""
    province = _province(request)
    context = {"lines": queries.template_lines(province, clock.today()), "province": province}
    return render(request, "evaluation/office/list.html", context)


def _page(
    request: HttpRequest, province: Unit, place: TemplatePlace, form: Any = None, back: Any = None
) -> HttpResponse:
    today = clock.today()
    rows = queries.template_history(province, place.key)
    held = queries.template_on(province, place.key, today)
    context = {
        "place": place,
        "province": province,
        "rows": rows,
        "held": held,
        "own": bool(held and held.file),
        "has_own": bool(rows and rows[0].file),
        "today": today,
        "form": form or TemplateForm(initial={"since": today}),
        "back": back or ReturnForm(prefix="ve", initial={"since": today}),
        "fields": fields_of(place.key),
    }
    bad = (form is not None and form.errors) or (back is not None and back.errors)
    return render(request, "evaluation/office/detail.html", context, status=422 if bad else 200)


@login_required
@require_http_methods(["GET", "POST"])
def template_detail(request: HttpRequest, paper: str) -> HttpResponse:
    """One paper: the template in use, a new one (tried first or taken into use), its fields, what was before."""
    province, place = _province(request), _place(paper)
    if request.method != "POST":
        return _page(request, province, place)
    trial = "thu" in request.POST
    form = TemplateForm(request.POST, request.FILES)
    try:
        if trial and (tried := TrialForm(request.POST, request.FILES)).is_valid():
            filled = actions.try_template(
                place.key, tried.cleaned_data["file"], province=province, by=request.user
            )
            return _word(filled, f"dien-thu-{place.key}")
        if not trial and form.is_valid():
            return _replace(request, form, province, place)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error("file", refused.reason)
    return _page(request, province, place, form=form)


def _replace(request: HttpRequest, form: TemplateForm, province: Unit, place: TemplatePlace) -> HttpResponse:
    data = form.cleaned_data

    def act() -> str:
        row = actions.replace_template(
            place.key, data["file"], province=province, since=data["since"], basis=data["basis"],
            compared=data["compared"], by=request.user,
        )  # fmt: skip
        messages.success(request, f"Đã nhận mẫu mới: {place.label}, dùng từ {row.valid_from:%d/%m/%Y}.")
        return reverse("evaluation:template-detail", args=[place.key])

    return once.run(request, form.once_key, act)


@login_required
@require_POST
def template_return(request: HttpRequest, paper: str) -> HttpResponse:
    """The shipped template counts again from a day on."""
    province, place = _province(request), _place(paper)
    back = ReturnForm(request.POST, prefix="ve")
    if back.is_valid():
        data = back.cleaned_data

        def act() -> str:
            actions.return_to_shipped(
                place.key, province=province, since=data["since"], basis=data["basis"], by=request.user
            )
            messages.success(request, f"{place.label}: dùng mẫu của hệ thống từ {data['since']:%d/%m/%Y}.")
            return reverse("evaluation:template-detail", args=[place.key])

        try:
            return once.run(request, back.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            back.add_error(None, refused.reason)
    return _page(request, province, place, back=back)


@login_required
@require_safe
def template_shipped(request: HttpRequest, paper: str) -> HttpResponse:
    """The shipped template to start from, as it is."""
    _province(request)
    place = _place(paper)
    return _word(actions.shipped(place.key), f"mau-he-thong-{place.key}")


@login_required
@require_safe
def template_sample(request: HttpRequest, paper: str, pk: int) -> HttpResponse:
    """An invented paper filled with one of the office's templates; 0 is the shipped one."""
    province, place = _province(request), _place(paper)
    rows = OfficeTemplate.objects.filter(province=province, paper=place.key, file__isnull=False)
    row = get_object_or_404(rows, pk=pk) if pk else None
    return _word(actions.filled_sample(place.key, row), f"dien-thu-{place.key}")
