"""Versions of report forms: list, preview, copy, edit, put in force."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.indicators import indicators
from ocop.reporting.actions.versions import (
    change_version,
    copy_version,
    drop_version,
    publish_version,
    seen_of,
)
from ocop.reporting.enums import ReportType
from ocop.reporting.models import FormVersion
from ocop.reporting.permissions import may_keep_forms, may_open_round
from ocop.reporting.queries.places import home_unit
from ocop.reporting.version_forms import (
    FigureForm,
    NewSectionForm,
    PublishForm,
    SectionForm,
    TitleForm,
    asked_change,
)
from ocop.units.models import Unit
from ocop.units.queries import province_of


def _province(request: HttpRequest) -> Unit:
    """The province whose desk the person works at; 404 for everybody else."""
    unit = home_unit(request.user, clock.today())
    province = province_of(unit) if unit is not None else None
    if province is None or not may_open_round(request.user, province):
        raise Http404
    return province


def _version(request: HttpRequest, pk: int) -> tuple[FormVersion, Unit]:
    province = _province(request)
    rows = FormVersion.objects.filter(province__in=(province.code, ""))
    return get_object_or_404(rows, pk=pk), province


@login_required
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every version by kind: which is used today, which is a draft, how many rounds use it."""
    province, today = _province(request), clock.today()
    rows = list(
        FormVersion.objects.filter(province__in=(province.code, ""))
        .annotate(used=Count("rounds"))
        .order_by("kind", "-number")
    )
    in_force = {kind: FormVersion.objects.in_force(kind, province.code, today) for kind in ReportType.values}
    context = {
        "rows": [(row, row == in_force[row.kind]) for row in rows], "today": today,
        "keeps": bool(may_keep_forms(request.user, province)), "once": once.new_key(),
    }  # fmt: skip
    return render(request, "reporting/versions.html", context)


@login_required
@require_POST
def version_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft with the sections of a version."""
    source, province = _version(request, pk)

    def act() -> str:
        row = copy_version(source, province, by=request.user)
        messages.success(request, "Đã sao chép. Sửa xong thì ban hành để bắt đầu dùng.")
        return reverse("reporting:version_edit", args=[row.pk])

    return _pressed(
        request, reverse("reporting:versions"), lambda: once.run(request, once.key_of(request), act)
    )


def _pressed(request: HttpRequest, back: str, act: Any) -> HttpResponse:
    """What the press answers, or the page before with the reason why not."""
    try:
        return act()
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect(back)


@login_required
@require_http_methods(["GET", "POST"])
def version_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as a reporter will see it; a draft is put in force here."""
    version, province = _version(request, pk)
    is_draft = version.published_at is None
    keeps = may_keep_forms(request.user, province)
    if request.method == "POST" and not keeps:
        raise Forbidden(keeps.code, keeps.reason)
    form = PublishForm(request.POST or None, initial={"day": clock.today()})
    if (
        form.is_bound
        and form.is_valid()
        and (done := _published(request, version, province, form)) is not None
    ):
        return done
    context = {
        "version": version, "is_draft": is_draft, "keeps": bool(keeps), "form": form if is_draft and keeps else None,
        "seen": seen_of(version), "once": once.new_key(),
        "sections": [
            (section, [indicators[key] for key in section.indicators if key in indicators])
            for section in version.sections
        ],
        "used": version.rounds.count(),
    }  # fmt: skip
    return render(request, "reporting/version.html", context, status=422 if form.is_bound else 200)


def _published(request: HttpRequest, version: FormVersion, province: Unit, form: Any) -> HttpResponse | None:
    def act() -> str:
        publish_version(
            version,
            province,
            day=form.cleaned_data["day"],
            seen=request.POST.get("seen", ""),
            by=request.user,
        )
        messages.success(request, "Đã ban hành mẫu. Từ nay mẫu này không đổi.")
        return reverse("reporting:version", args=[version.pk])

    try:
        return once.run(request, form.once_key, act)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None


@login_required
@require_http_methods(["GET", "POST"])
def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Sections and figures of a draft; every press changes one thing and comes back to it."""
    version, province = _version(request, pk)
    verdict = may_keep_forms(request.user, province)
    if not verdict:
        raise Forbidden(verdict.code, verdict.reason)
    page = reverse("reporting:version_edit", args=[version.pk])
    if version.published_at is not None:
        return redirect("reporting:version", version.pk)
    wrong = None
    if request.method == "POST":
        done, wrong = _changed(request, version, province, page)
        if done is not None:
            return done
    return render(
        request, "reporting/version_edit.html", _editing(version, wrong), status=422 if wrong else 200
    )


def _changed(
    request: HttpRequest, version: FormVersion, province: Unit, page: str
) -> tuple[HttpResponse | None, Any]:
    data, key = request.POST, request.POST.get("key", "")
    if data.get("verb") == "title":
        wrong, change = TitleForm(data), None
        title = wrong.cleaned_data["title"] if wrong.is_valid() else ""
    else:
        (change, wrong), title = asked_change(data, version), ""
    if change is None and not title:
        return (None, wrong) if wrong is not None else (redirect(page), None)

    def act() -> HttpResponse:
        more = {"change": change} if change is not None else {}
        change_version(version, province, seen=data.get("seen", ""), by=request.user, title=title, **more)
        return redirect(f"{page}#phan-{key}" if key else page)

    return _pressed(request, page, act), None


def _editing(version: FormVersion, wrong: Any) -> dict[str, Any]:
    return {
        "version": version, "seen": seen_of(version), "title_form": TitleForm(initial={"title": version.title}),
        "new_form": wrong if isinstance(wrong, NewSectionForm) else NewSectionForm(), "wrong": wrong,
        "sections": [
            (
                section, SectionForm(section=section),
                [indicators[key] for key in section.indicators if key in indicators],
                FigureForm(version=version, key=section.key) if section.kind == "figures" else None,
            )
            for section in version.sections
        ],
    }  # fmt: skip


@login_required
@require_POST
def version_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    version, province = _version(request, pk)
    back = reverse("reporting:versions")

    def act() -> HttpResponse:
        drop_version(version, province, seen=request.POST.get("seen", ""), by=request.user)
        messages.success(request, "Đã bỏ bản nháp.")
        return redirect(back)

    return _pressed(request, back, act)
