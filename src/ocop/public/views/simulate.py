"""The self-assessment simulator for anybody: both books, no account, nothing kept."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ocop.public.forms import read_answers
from ocop.rulebook.models import CriteriaBook, CriteriaSet
from ocop.rulebook.queries import simulation_view


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the decision, the group and the set."""
    books = list(CriteriaBook.objects.order_by("-valid_from"))
    slug = request.GET.get("quyet-dinh", "")
    book = next((one for one in books if one.slug == slug), books[0] if books else None)
    sets = book.sets.select_related("group").defer("document").order_by("number") if book else []
    groups: dict[int, dict] = {}
    for one in sets:
        groups.setdefault(one.group_id, {"group": one.group, "sets": []})["sets"].append(one)
    return render(
        request, "public/simulator.html", {"books": books, "book": book, "groups": list(groups.values())}
    )


# Nothing is written and nobody is signed in by this form, so that it needs no token and no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, decision: str, number: int) -> HttpResponse:
    """The sheet with what was ticked so far: points, band, stars, what blocks and what unlocks.

    A sent form leads to an address that holds the answers, so that it can be kept or handed on.
    """
    rows = CriteriaSet.objects.select_related("book", "group")
    row = rows.filter(book__slug=decision, number=number).first() if number < 10_000 else None
    if row is None:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    answers, case = read_answers(row.sheet, sent)
    part = request.headers.get("X-Part") == "result"
    if request.method == "POST" and not part:
        query = QueryDict(mutable=True)
        if case is not None:
            query["case"] = str(case)
        for code, place in answers.items():
            query[f"c.{code}"] = str(place)
        address = reverse("public:simulator_sheet", args=[decision, number])
        return HttpResponseRedirect(f"{address}?{query.urlencode()}#ket-qua")
    context = {
        "row": row,
        "book": row.book,
        "view": simulation_view(row.sheet, answers, case),
        "started": bool(answers),
        "disqualifiers": row.sheet.disqualifiers,
    }
    if part:
        return render(request, "public/_result.html", context)
    return render(request, "public/simulator_sheet.html", context)
