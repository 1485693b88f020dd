"""Rounds of reports, writing a report, its Excel form, and consolidated reports."""

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.queries import scope_of
from ocop.kit import clock, once
from ocop.kit.cases.views import TYPES
from ocop.kit.errors import Forbidden, Refused, Stale
from ocop.kit.indicators import indicators
from ocop.kit.registry import announce
from ocop.producers.models import VIEWING_ROLES
from ocop.reporting import report_papers, sheets
from ocop.reporting.actions.consolidate import consolidate, send_consolidation, write_consolidation
from ocop.reporting.actions.reports import Terms, open_round, terms_of, write_report
from ocop.reporting.models import Consolidation, Report, Round
from ocop.reporting.permissions import may_consolidate, may_open_round
from ocop.reporting.queries.comparing import compare_consolidation, earlier_days
from ocop.reporting.queries.people import roles_on_report
from ocop.reporting.queries.places import home_unit
from ocop.reporting.queries.reports import on_time_board
from ocop.reporting.report_forms import ConsolidationForm, FilledForm, RoundForm, SendForm, WriteForm, days_of
from ocop.reporting.rules.workflow import REPORTER
from ocop.reporting.tasks import fill_round
from ocop.units.models import Unit
from ocop.units.queries import province_of


def _province(request: HttpRequest) -> Unit:
    unit = home_unit(request.user, clock.today())
    province = province_of(unit) if unit is not None else None
    if province is None:
        raise Http404
    return province


@login_required
@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round of the province, and for the desk the form that opens one."""
    province = _province(request)
    allowed = may_open_round(request.user, province)
    form = RoundForm(request.POST or None, initial={"year": clock.today().year}) if allowed else None
    if request.method == "POST" and form is None:
        raise Forbidden(allowed.code, allowed.reason)
    if form is not None and form.is_valid() and (done := _open(request, province, form)) is not None:
        return done
    rows = Round.objects.filter(province=province).select_related("form")
    bound = form is not None and form.is_bound
    context = {"rows": rows, "form": form, "today": clock.today()}
    return render(request, "reporting/rounds.html", context, status=422 if bound else 200)


def _open(request: HttpRequest, province: Unit, form: RoundForm) -> HttpResponseRedirect | None:
    data = form.cleaned_data

    def act() -> str:
        if data["kind"] in form.RHYTHM:
            terms = terms_of(province, data["kind"], data["year"], data["number"] or 1)
        else:
            first, last, due_on = days_of(form)
            terms = Terms(data["kind"], data["title"], first, last, due_on, data["basis"])
        round = open_round(province, terms, by=request.user)
        fill_round.enqueue(round.pk)
        messages.success(request, f"Đã mở {round}: {round.reports.count()} cơ quan báo cáo.")
        return round.get_absolute_url()

    try:
        return once.run(request, form.once_key, act)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None


def _round(request: HttpRequest, pk: int) -> Round:
    if not scope_of(request.user).has_any(*VIEWING_ROLES):
        raise Http404
    return get_object_or_404(
        Round.objects.filter(province=_province(request)).select_related("form", "province"), pk=pk
    )


@login_required
@require_GET
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The board "đúng hạn" of a round: who, when, late by, times returned."""
    round = _round(request, pk)
    seen = set(Report.objects.visible_to(request.user).filter(round=round).values_list("pk", flat=True))
    lines = [line for line in on_time_board(round, clock.today()) if line.report.pk in seen]
    unit = home_unit(request.user, clock.today())
    context = {
        "round": round, "lines": lines, "today": clock.today(),
        "counts": [
            ("Đã gửi", sum(not line.is_missing for line in lines), "leaf"),
            ("Chưa gửi", sum(line.is_missing for line in lines), "grey"),
            ("Trễ hạn", sum(line.late > 0 for line in lines), "seal"),
            ("Bị trả lại", sum(line.report.returns > 0 for line in lines), "clay"),
        ],
        "may_consolidate": unit is not None and bool(may_consolidate(request.user, unit)),
        "consolidations": Consolidation.objects.visible_to(request.user).filter(round=round).select_related("unit"),
        "once": once.new_key(),
    }  # fmt: skip
    return render(request, "reporting/round.html", context)


def _report(request: HttpRequest, pk: int) -> Report:
    rows = Report.objects.visible_to(request.user).select_related("round__form", "agency", "unit", "receiver")
    row = get_object_or_404(rows, pk=pk)
    if REPORTER not in roles_on_report(request.user, row):
        raise Forbidden("report.write", "Báo cáo do cán bộ của cơ quan báo cáo lập.")
    return row


@login_required
@require_http_methods(["GET", "POST"])
def write_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Words and figures of a report; two who write at once notice each other, and what was typed stays."""
    row = _report(request, pk)
    if not row.is_open:
        return redirect(row.get_absolute_url())
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form, status = WriteForm(*sent, report=row), 422 if sent else 200
    if sent and form.is_valid():
        try:
            return once.run(request, form.once_key, lambda: _write(request, row, form))
        except Stale as error:
            form.add_error(None, error.reason + " Hãy chép phần bạn vừa viết, mở lại trang rồi ghi tiếp.")
            status = 409
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    return render(
        request, "reporting/write.html", {"row": row, "form": form, "filled": FilledForm()}, status=status
    )


def _write(request: HttpRequest, row: Report, form: WriteForm) -> str:
    write_report(
        row, texts=form.texts, corrections=form.corrections, edits=form.cleaned_data["edits"], by=request.user,
        uploads=form.cleaned_data["attached"],
    )  # fmt: skip
    messages.success(request, "Đã lưu báo cáo. Khi xong, bấm “Gửi báo cáo”.")
    return row.get_absolute_url()


@login_required
@require_GET
def form_file(request: HttpRequest, pk: int) -> FileResponse:
    """The Excel form of a report, to fill in outside the system."""
    row = _report(request, pk)
    announce("report.form", by=request.user, request=request, subject=row)
    return _file(sheets.report_form(row), f"mau-bao-cao-{row.pk}.xlsx", "xlsx")


@login_required
@require_POST
def form_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The filled Excel form comes back: checked as a whole, then written as the page writes it."""
    row, filled = _report(request, pk), FilledForm(request.POST, request.FILES)
    problems: list[str] = []
    if filled.is_valid():
        try:
            found = sheets.read_form(row, filled.cleaned_data["file"])
            problems = found.problems
            if not problems:
                write_report(
                    row, texts=found.texts, corrections=found.corrections, edits=row.edits, by=request.user
                )
                messages.success(request, "Đã nhận tệp. Hãy xem lại rồi gửi báo cáo.")
                return redirect(row.get_absolute_url())
        except Forbidden:
            raise
        except Refused as refused:
            filled.add_error("file", refused.reason)
    context = {"row": row, "form": WriteForm(report=row), "filled": filled, "problems": problems}
    return render(request, "reporting/write.html", context, status=422)


@login_required
@require_POST
def consolidate_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the accepted reports of a round together for the unit of the office."""
    round, unit = _round(request, pk), home_unit(request.user, clock.today())
    if unit is None:
        raise Http404

    def act() -> str:
        return consolidate(round, unit, by=request.user).get_absolute_url()

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect(round.get_absolute_url())


def _consolidation(request: HttpRequest, pk: int) -> Consolidation:
    rows = Consolidation.objects.visible_to(request.user).select_related("round__form", "unit", "made_by")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def consolidation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The sums beside the live figures, who is missing, the words; sending it on."""
    row = _consolidation(request, pk)
    writes = bool(may_consolidate(request.user, row.unit)) and row.sent_on is None
    if request.method == "POST" and not writes:
        raise Forbidden("reporting.consolidate", "Báo cáo tổng hợp đã gửi hoặc do nơi khác lập.")
    sends = request.method == "POST" and "number" in request.POST
    form = ConsolidationForm(request.POST if request.method == "POST" and not sends else None, row=row)
    sending = SendForm(request.POST if sends else None, initial={"sent_on": clock.today()})
    asked = sending if sends else form
    if asked.is_bound and asked.is_valid() and (done := _consolidated(request, row, asked)) is not None:
        return done
    before, year = earlier_days(row.round)
    context = {"row": row, "form": form if writes else None, "sending": sending if writes else None,
               "tables": _sums(row), "before": before, "year": year}  # fmt: skip
    return render(request, "reporting/consolidation.html", context, status=422 if asked.is_bound else 200)


def _consolidated(request: HttpRequest, row: Consolidation, form: Any) -> HttpResponseRedirect | None:
    data = {name: value for name, value in form.cleaned_data.items() if name != once.FIELD}

    def act() -> str:
        if isinstance(form, SendForm):
            send_consolidation(row, by=request.user, **data)
            messages.success(request, "Đã ghi số văn bản. Báo cáo của các đơn vị đã được tổng hợp.")
        else:
            write_consolidation(row, texts=data, by=request.user)
            messages.success(request, "Đã lưu.")
        return row.get_absolute_url()

    try:
        return once.run(request, form.once_key, act)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None


def _sums(row: Consolidation) -> list[tuple[str, list[tuple[Any, Any, Any, Any]], str]]:
    compared = compare_consolidation(row)
    return [
        (
            section.title,
            [
                (indicators[key], row.figure(key), row.live_figure(key), compared.get(key))
                for key in section.indicators
                if key in indicators
            ],
            row.texts.get(section.key, ""),
        )
        for section in row.round.form.sections
        if section.kind != "files"
    ]


@login_required
@require_GET
def consolidation_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """The consolidated report as Word or Excel."""
    row = _consolidation(request, pk)
    writers = {"docx": report_papers.consolidation_docx, "xlsx": sheets.consolidation_book}
    if kind not in writers:
        raise Http404
    announce("report.taken", by=request.user, request=request, subject=row, kind=kind)
    return _file(writers[kind](row), f"bao-cao-tong-hop-{row.pk}.{kind}", kind)


@login_required
@require_GET
def open_data(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The accepted figures of a round as open data."""
    rows = report_papers.open_rows(_round(request, pk))
    if kind == "json":
        lines = [dict(zip(report_papers.HEADS, row, strict=True)) for row in rows]
        return JsonResponse({"figures": lines}, json_dumps_params={"ensure_ascii": False})
    if kind != "csv":
        raise Http404
    answer = HttpResponse(report_papers.open_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="so-lieu-bao-cao-{pk}.csv"'
    return answer


def _file(content: bytes, name: str, kind: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=TYPES[kind])
