"""Doubles in the register of products: the list, the merge after a look, the way from a merged row to its heir."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit.errors import require
from ocop.kit.registers.views import detail_page
from ocop.producers.pages import form_page, hidden_unless, sent
from ocop.producers.permissions import may_register
from ocop.products import actions, permissions, queries
from ocop.products.forms import MergeForm
from ocop.products.models import Product
from ocop.products.registers import PRODUCTS


@login_required
@require_GET
def doubles(request: HttpRequest) -> HttpResponse:
    """Pairs of rows that may be one product, with the reason; each leads to a look at what a merge would do."""
    hidden_unless(may_register(request.user))
    context = {"pairs": queries.doubles_of(request.user), "list_url": PRODUCTS.url("list")}
    return render(request, "products/doubles.html", context)


def _pair(request: HttpRequest, double: str, into: str) -> tuple[Product, Product]:
    related = ("producer", "unit", "group", "criteria_set", "merged_into")
    rows = Product.objects.visible_to(request.user).select_related(*related)
    kept = get_object_or_404(rows, public_code=into)
    heirs = Product.objects.select_related(*related).filter(merged_into=kept, public_code=double)
    return heirs.first() or get_object_or_404(rows, public_code=double), kept


@login_required
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, double: str, into: str) -> HttpResponse:
    """What would move from the double to the row that stays, or why not; a press merges, once."""
    hidden_unless(may_register(request.user))
    old, kept = _pair(request, double, into)
    require(permissions.may_merge(request.user, old))
    require(permissions.may_merge(request.user, kept))
    if old.merged_into_id == kept.pk:
        messages.info(request, f"{old.name} ({old.public_code}) đã được gộp vào sản phẩm này.")
        return HttpResponseRedirect(kept.get_absolute_url())

    def act() -> str:
        actions.merge_products(old, kept, by=request.user)
        messages.success(request, f"Đã gộp {old.name} ({old.public_code}) vào {kept.name}.")
        return kept.get_absolute_url()

    return form_page(
        request, MergeForm(*sent(request)[:1]), act, template="products/merge.html", **_look(old, kept)
    )


def _look(old: Product, kept: Product) -> dict[str, Any]:
    return {
        "double": old, "kept": kept, "moving": queries.merge_counts(old, kept),
        "refusals": queries.merge_refusals(old, kept), "list_url": PRODUCTS.url("list"),
    }  # fmt: skip


@login_required
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One product; a merged double leads to the row that stayed, whoever may see that."""
    heir = Product.objects.filter(merged__pk=pk).first()
    if heir and PRODUCTS.scope(request.user).filter(pk=heir.pk).exists():
        return HttpResponseRedirect(PRODUCTS.url("detail", heir.pk))
    return detail_page(request, PRODUCTS, pk)
