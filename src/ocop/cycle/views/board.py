"""The board "chu trình": six columns of cards, the same as a table and as a workbook."""

import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.accounts.queries import scope_of
from ocop.cycle.forms.board import BoardForm
from ocop.cycle.queries import board as reads
from ocop.cycle.queries.pages import calendar_strip
from ocop.kit import clock, excel, registry
from ocop.kit.excel import Column, Heading, Kind
from ocop.producers.casework.scoping import acts_for_producers

SHOWN = 12
PER_PAGE = 50
SHEET = (
    Column("step_label", "Bước", width=26),
    Column("kind_label", "Loại", width=12),
    Column("name", "Tên", width=40),
    Column("producer", "Chủ thể", width=36),
    Column("unit", "Địa bàn", width=26),
    Column("where", "Đang ở", width=34),
    Column("last_day", "Hạn của bước theo lịch", Kind.DATE, width=16),
    Column("is_behind", "Chậm so với lịch", Kind.BOOLEAN, width=12),
    Column("blocker_text", "Vướng mắc", width=50),
)


def _asked(request: HttpRequest) -> tuple[BoardForm, reads.Wanted]:
    if not (scope_of(request.user).is_official or acts_for_producers(request.user)):
        raise Http404
    form = BoardForm(request.GET)
    form.is_valid()
    typed: dict[str, Any] = form.cleaned_data
    return form, reads.Wanted(
        unit=typed.get("unit"), step=int(typed["buoc"]) if typed.get("buoc") else None,
        typed=typed.get("q", ""), kind=typed.get("loai", ""), is_held_up=bool(typed.get("vuong")),
    )  # fmt: skip


@login_required
@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Every idea and product in reach by step of the cycle, what blocks each; as cards or as a table."""
    form, wanted = _asked(request)
    today = clock.today()
    query = request.GET.copy()
    query.pop("trang", None)
    context: dict[str, Any] = {
        "form": form, "wanted": wanted, "year": today.year, "strip": calendar_strip(request.user, wanted.unit, today),
        "query": query.urlencode(), "words": form.words(),
    }  # fmt: skip
    if request.GET.get("xem") == "bang":
        pages = Paginator(reads.found(request.user, wanted, today), PER_PAGE)
        page = pages.get_page(request.GET.get("trang"))
        context |= {"page": page, "cards": reads.cards_of(page.object_list, today), "count": pages.count}
        return render(request, "cycle/board_table.html", context)
    columns = reads.board(request.user, wanted, today, shown=SHOWN)
    context |= {"columns": columns, "count": sum(column.count for column in columns)}
    return render(request, "cycle/board.html", context)


@login_required
@require_GET
def board_file(request: HttpRequest) -> FileResponse:
    """The board as a workbook, with the present filter; announced."""
    form, wanted = _asked(request)
    today = clock.today()
    worn = scope_of(request.user).worn
    rows = (
        [
            card.step_label, card.kind_label, card.name, str(card.producer or ""), card.unit.title if card.unit else "",
            card.where, card.last_day, card.is_behind, card.blocker_text,
        ]
        for card in reads.every_card(request.user, wanted, today)
    )  # fmt: skip
    buffer = io.BytesIO()
    heading = Heading(
        f"Chu trình OCOP năm {today.year}", unit=worn.unit if worn else "", filters=form.words()
    )
    count = excel.write(buffer, SHEET, rows, heading)
    registry.announce("cycle.board_exported", by=request.user, request=request, rows=count)
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"chu-trinh-{today:%Y%m%d}.xlsx")
