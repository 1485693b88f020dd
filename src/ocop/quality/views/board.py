"""The board of papers by how soon they run out."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.accounts.queries import scope_of
from ocop.producers.casework.scoping import acts_for_producers
from ocop.products.enums import PaperKind
from ocop.quality import queries


class BoardForm(forms.Form):
    """Which kind of paper."""

    kind = forms.ChoiceField(
        label="Loại giấy tờ", required=False, choices=[("", "Mọi loại"), *PaperKind.choices]
    )


@login_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Papers that have run out, that run out in 7, 30, 90 days, and later; of one kind when asked."""
    if not scope_of(request.user).is_official and not acts_for_producers(request.user):
        raise Http404
    form = BoardForm(request.GET or None)
    kind = form.cleaned_data["kind"] if form.is_bound and form.is_valid() else ""
    shelves = queries.expiry_board(request.user, kind=kind)
    return render(request, "quality/papers_board.html", {"form": form, "shelves": shelves, "kind": kind})
