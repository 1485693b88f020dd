"""Pages of legal instruments: the list, and one instrument with what it replaced and amends."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.kit.formats import day as day_text
from ocop.law.forms import InstrumentFilter
from ocop.law.models import Instrument
from ocop.law.pages import instrument_tabs


@require_safe
@login_required
def instrument_list(request: HttpRequest) -> HttpResponse:
    """Instruments, filtered by text, kind and day of force; each says whether it counts on that day."""
    form = InstrumentFilter(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    rows = Instrument.objects.select_related("replaced_by").found_by(filters.get("q", ""))
    if filters.get("loai"):
        rows = rows.filter(kind=filters["loai"])
    if filters.get("ngay"):
        rows = rows.in_force(filters["ngay"])
    day = filters.get("ngay") or clock.today()
    page = Paginator(rows, 50).get_page(request.GET.get("trang"))
    entries = [(instrument, instrument.state_on(day)) for instrument in page]
    context = {"form": form, "page": page, "entries": entries, "day": day}
    return render(request, "law/instrument_list.html", context)


def _facts(instrument: Instrument) -> list[tuple[str, str, str]]:
    """Names and values of one instrument, with an address where the source is one."""
    source = instrument.source
    note = instrument.note if instrument.confirmed else ""
    facts = [
        ("Cơ quan ban hành", instrument.issuer, ""),
        ("Ngày ban hành", day_text(instrument.issued_on) if instrument.issued_on else "chưa rõ", ""),
        (
            "Có hiệu lực từ",
            day_text(instrument.valid_from)
            if instrument.valid_from
            else "chưa rõ; tạm tính từ ngày ban hành",
            "",
        ),
        ("Hết hiệu lực sau ngày", day_text(instrument.valid_to) if instrument.valid_to else "", ""),
        ("Nguồn", source, source if source.startswith("http") else ""),
        ("Ghi chú", note, ""),
    ]
    return [fact for fact in facts if fact[1] or fact[0] != "Ghi chú"]


@require_safe
@login_required
def instrument_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One instrument: its dates, source, and its place among the others."""
    instrument = get_object_or_404(Instrument.objects.select_related("replaced_by"), slug=slug)
    links = [
        ("Được thay thế bởi", [instrument.replaced_by] if instrument.replaced_by else []),
        ("Thay thế", list(instrument.replaces.all())),
        ("Sửa đổi, bổ sung", list(instrument.amends.all())),
        ("Được sửa đổi, bổ sung bởi", list(instrument.amended_by.all())),
    ]
    context = {
        "instrument": instrument,
        "state": instrument.state_on(clock.today()),
        "facts": _facts(instrument),
        "tabs": instrument_tabs(instrument, request.user),
        "links": [(label, others) for label, others in links if others],
    }
    return render(request, "law/instrument_page.html", context)
