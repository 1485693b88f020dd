"""The pages of a register. Each takes the register from its address; rows come from the register's scope."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit import clock, excel, formats, once, registry
from ocop.kit.errors import Forbidden, Refused, Stale, require
from ocop.kit.models import ImportBatch
from ocop.kit.registers import editing, history, jobs, presets, sheets, story
from ocop.kit.registers.listing import PAGE, listing
from ocop.kit.registers.pages import COUNTED, RowPages
from ocop.kit.text import slug

if TYPE_CHECKING:
    from ocop.kit.registers.register import Register

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEMS_SHOWN = 200
COUNT = "dem"  # asks a list how many rows it has to the last, no more
TABLE = "kit/register/list.html#table"  # a template that extends the list has no partial of its own


def _seen(register: "Register", user: Any) -> None:
    """404 for whom the register does not exist."""
    if not register.may_see(user):
        raise Http404


def _may_import(register: "Register", user: Any) -> None:
    """404 for whom the register does not exist; raises `Forbidden` for whom reading a sheet is refused."""
    _seen(register, user)
    require(register.may_import(user))


def _row(register: "Register", user: Any, pk: int) -> Any:
    _seen(register, user)
    return get_object_or_404(register.rows(user), pk=pk)


def _page(
    request: HttpRequest, register: "Register", template: str, status: int = 200, **context: Any
) -> HttpResponse:
    return render(
        request, template, {"register": register, "base": register.base_template, **context}, status=status
    )


def _counted(register: "Register", number: int) -> str:
    return f"{formats.number(number)} {register.words}"


def _shown(register: "Register", pages: RowPages) -> str:
    """How many rows there are, or more than how many; the browser then asks for the rest."""
    if not pages.is_more:
        return _counted(register, pages.count)
    return f"hơn {_counted(register, pages.count // COUNTED * COUNTED)}"


@login_required
@require_GET
def list_page(request: HttpRequest, register: "Register") -> HttpResponse:
    """The list: search, filters, order, page; htmx gets the table alone."""
    user = request.user
    _seen(register, user)
    found = listing(register, user, request.GET, opens=True)
    if COUNT in request.GET and getattr(request, "htmx", False):
        return HttpResponse(escape(_counted(register, found.rows.count())))
    pages = found.pages(register.per_page)
    page = pages.get_page(request.GET.get(PAGE))
    template = TABLE if getattr(request, "htmx", False) else register.list_template
    can_write = register.form_class is not None and bool(register.may_create(user))
    return _page(
        request, register, template,
        found=found, page=page, lines=[(row, register.cells(row)) for row in page.object_list],
        count=_shown(register, pages), list_url=register.url("list"),
        counting=f"?{'&'.join(filter(None, [found.query, f'{COUNT}=1']))}" if pages.is_more else "",
        export_url=f"{register.url('export')}?{found.query}" if register.may_export(user) else "",
        create_url=register.url("create") if can_write else "",
        import_url=register.url("import") if register.on("import") and register.may_import(user) else "",
        is_filtered=found.is_filtered, presets=presets.tabs(register, request.GET, found.preset),
        everything=f"?{presets.VIEW}={presets.EVERYTHING}",
    )  # fmt: skip


@login_required
@require_GET
def detail_page(request: HttpRequest, register: "Register", pk: int) -> HttpResponse:
    """One row: its sections, the tabs that other apps added, its last changes."""
    row = _row(register, request.user, pk)
    can_edit = register.form_class is not None and bool(register.may_edit(request.user, row))
    return _page(
        request, register, register.detail_template,
        row=row, sections=_sections(register, row), tabs=_tabs(register, row, request.user, "detail"),
        changes=history.timeline(row, 10), edit_url=register.url("edit", pk) if can_edit else "",
        list_url=register.url("list"), blocks=story.blocks_under(register.model, row, request.user),
        attachments=register.attachments(row),
        **register.page_context(request.user, row), **register.detail_context(request.user, row),
    )  # fmt: skip


def _sections(register: "Register", row: Any) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The parts of the page with (label, words, link); a titled part in which nothing was written yet is left out."""
    columns = {column.name: column for column in register.on("detail")}
    parts = [(part.title, part.names) for part in register.sections] or [("", tuple(columns))]
    found = [
        (title, [(columns[name].label, columns[name].shown(row), columns[name].link(row))
                 for name in names if name in columns])
        for title, names in parts
    ]  # fmt: skip
    return [(title, pairs) for title, pairs in found if not title or any(words for _, words, _ in pairs)]


def _tabs(register: "Register", row: Any, user: Any, active: str) -> list[dict[str, Any]]:
    tabs = [{"label": "Thông tin", "url": register.url("detail", row.pk), "active": active == "detail"}]
    tabs += [
        {"label": tab.label, "url": tab.url(row), "count": tab.count(user, row), "active": False}
        for tab in registry.tabs_of(row, user)
    ]
    if register.has_history:
        tabs.append(
            {"label": "Lịch sử", "url": register.url("history", row.pk), "active": active == "history"}
        )
    return tabs


@login_required
@require_GET
def history_page(request: HttpRequest, register: "Register", pk: int) -> HttpResponse:
    """Every change of a row: who, when, from what to what."""
    row = _row(register, request.user, pk)
    if not register.has_history:
        raise Http404
    return _page(
        request, register, "kit/register/history.html",
        row=row, changes=history.timeline(row, 200), tabs=_tabs(register, row, request.user, "history"),
        list_url=register.url("list"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def create_page(request: HttpRequest, register: "Register") -> HttpResponse:
    """Add a row; a form sent twice adds one."""
    user = request.user
    _seen(register, user)
    if register.form_class is None:
        raise Http404
    require(register.may_create(user))
    form = editing.form_for(register, user, None, *_sent(request))
    editing.start_from(register, form, request.GET)

    def act() -> str:
        row = register.save(form, by=user, is_new=True)
        messages.success(request, f"Đã thêm {register.words}: {row}.")
        return register.after(row)

    return _submit(request, form, act) or _form_page(request, register, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit_page(request: HttpRequest, register: "Register", pk: int) -> HttpResponse:
    """Change a row; if somebody else changed it meanwhile, 409 with what was typed kept."""
    user, row = request.user, _row(register, request.user, pk)
    if register.form_class is None:
        raise Http404
    require(register.may_edit(user, row))
    form = editing.form_for(register, user, row, *_sent(request))

    def act() -> str:
        editing.lock_unchanged(register, form)
        register.save(form, by=user, is_new=False)
        messages.success(request, "Đã lưu thay đổi.")
        return register.after(form.instance)

    try:
        return _submit(request, form, act) or _form_page(request, register, form, row)
    except Stale as error:
        stored = _row(register, user, pk)
        form.renew_version(stored)
        differences = history.differences(stored, form)
        return _form_page(request, register, form, stored, 409, stale=error, differences=differences)


def _submit(request: HttpRequest, form: Any, act: Callable[[], str]) -> HttpResponse | None:
    """Run a sent, valid form once; None when the form has to be shown (again), with what is wrong in it."""
    if request.method != "POST":
        return None
    if not form.is_valid():
        return once.led_to(request, form.once_key)
    try:
        return once.run(request, form.once_key, act)
    except (Stale, Forbidden):
        raise
    except Refused as error:
        for refusal in error.refusals:
            form.add_error(None, refusal.reason)
    except IntegrityError:
        form.add_error(None, "Mục này trùng với một mục vừa được ghi. Hãy kiểm tra lại.")
    return None


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _form_page(
    request: HttpRequest, register: "Register", form: Any, row: Any, status: int = 200, **context: Any
) -> HttpResponse:
    parent = form.initial.get(register.under) if row is None and register.under else None
    back = register.url("detail", row.pk) if row is not None else register.url("list")
    back = parent.get_absolute_url() if isinstance(parent, Model) else back
    if form.is_bound:
        register.hold(form, by=request.user)
        status = 422 if status == 200 else status
    return _page(
        request, register, register.form_template, status,
        form=form, row=row, back=back, list_url=register.url("list"), **context,
    )  # fmt: skip


@login_required
@require_GET
def export_file(request: HttpRequest, register: "Register") -> FileResponse:
    """The rows of the present filter as a workbook; announced, so that the audit knows who took what away."""
    user = request.user
    _seen(register, user)
    require(register.may_export(user))
    found = listing(register, user, request.GET)
    buffer = io.BytesIO()
    count = sheets.export(register, buffer, found.rows, user=user, words=found.words)
    registry.announce(
        "register.exported", by=user, request=request, register=register.key, rows=count, filters=found.words
    )
    return _workbook(buffer, f"{slug(register.title)}-{clock.today():%Y%m%d}.xlsx")


@login_required
@require_GET
def template_file(request: HttpRequest, register: "Register") -> FileResponse:
    """The empty workbook to fill in."""
    _may_import(register, request.user)
    buffer = io.BytesIO()
    sheets.template(register, buffer, user=request.user)
    return _workbook(buffer, f"mau-{slug(register.title)}.xlsx")


def _workbook(buffer: io.BytesIO, name: str) -> FileResponse:
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=name, content_type=XLSX)


@login_required
@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest, register: "Register") -> HttpResponse:
    """First step: the file; what cannot be used says why, the rest leads to the preview."""
    _may_import(register, request.user)
    form = editing.UploadForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            batch = excel.preview(register.importer(request.user), form.cleaned_data["file"], by=request.user)
            return HttpResponseRedirect(register.url("batch", batch.key))
        except Refused as error:
            form.add_error("file", error.reason)
    return _page(
        request, register, "kit/register/import.html", 422 if form.is_bound else 200,
        form=form, list_url=register.url("list"), template_url=register.url("template"),
        columns=register.importer(request.user).columns,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def batch_page(request: HttpRequest, register: "Register", batch: str) -> HttpResponse:
    """Second step: the preview with row errors; confirming writes, many rows in a job; afterwards the result."""
    _may_import(register, request.user)
    importer = register.importer(request.user)
    found = _batch(request, importer.register, batch)
    if request.method == "POST":
        return HttpResponseRedirect(_write(request, register, importer, found))
    return _page(
        request,
        register,
        "kit/register/import_batch.html",
        columns=importer.columns,
        **batch_context(register, found),
    )


def _batch(request: HttpRequest, register_key: str, batch: str) -> ImportBatch:
    mine = ImportBatch.objects.filter(register=register_key, user_id_text=str(request.user.pk))
    return get_object_or_404(mine, key=batch)


def _write(request: HttpRequest, register: "Register", importer: excel.Importer, found: ImportBatch) -> str:
    """Write a preview, or have a job write it; answers where that is seen."""
    if excel.is_large(found):
        return reverse("kit:job", args=[jobs.start(register, found, by=request.user).key])
    waiting = found.confirmed_at is None
    done = excel.confirm(importer, found.key, by=request.user)
    if waiting:
        rows = done.counts["created"]
        registry.announce(
            "register.imported", by=request.user, request=request, register=register.key, rows=rows
        )
    return register.url("batch", found.key)


def batch_context(register: "Register", found: ImportBatch) -> dict[str, Any]:
    """What the page of a preview shows, before, while and after it is written."""
    lines = [one for one in found.problems if one["kind"] != "created"]
    job = jobs.running_job(found)
    return {
        "batch": found, "problems": lines[:PROBLEMS_SHOWN], "count": len(lines),
        "more": max(len(lines) - PROBLEMS_SHOWN, 0), "list_url": register.url("list"),
        "import_url": register.url("import"), "result_url": register.url("result", found.key),
        "job_url": reverse("kit:job", args=[job.key]) if job else "", "is_large": excel.is_large(found),
    }  # fmt: skip


@login_required
@require_GET
def result_file(request: HttpRequest, register: "Register", batch: str) -> FileResponse:
    """What became of each row, as a workbook."""
    _may_import(register, request.user)
    buffer = io.BytesIO()
    jobs.result(_batch(request, register.importer(request.user).register, batch), buffer)
    return _workbook(buffer, f"ket-qua-{slug(register.title)}.xlsx")
