"""The register of recognised products, a product's page, a producer's page."""

import json
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.public import queries
from ocop.public.forms import RegisterFilter
from ocop.recognition.enums import IN_VALIDITY
from ocop.recognition.queries import history_of
from ocop.units.queries import full_name, successors_on

PAGE = 24


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """The register: search without marks, filters, cards; the same number of queries whatever its size."""
    form = RegisterFilter(request.GET)
    today = clock.today()
    rows = queries.listed(today, form.asked(today))
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "page": page,
        "cards": [queries.card(row) for row in page],
        "words": form.words(),
        "filtered": form.is_filtered(),
        "marks": queries.marks_named(form.cleaned_data.get("q") or ""),
    }
    return render(request, "public/products.html", context)


@require_safe
@never_cache
def revoked(request: HttpRequest) -> HttpResponse:
    """Stars taken back by decision, the latest first; kept nowhere, so a revocation shows at the next request."""
    page = Paginator(queries.revoked_stars(clock.today()), PAGE).get_page(request.GET.get("trang"))
    return render(request, "public/revoked.html", {"page": page})


@require_safe
def product(request: HttpRequest, code: str) -> HttpResponse:
    """One product: star, story, producer, certificates of all times, marks."""
    found = queries.public_product(code)
    if found is None:
        raise Http404
    today = clock.today()
    history = history_of(found, today)
    latest = history[0]
    context = {
        "product": found,
        "latest": queries.card(latest),
        "history": [queries.card(row) for row in history],
        "marks": found.mark_uses.valid_on(today).select_related("mark"),
        "place": full_name(found.unit, today),
        "now": [] if found.unit.in_force(today) else successors_on(found.unit, today),
        "photos": [media for media in found.media.all() if media.file.is_photo],
        "facts": _facts(found),
        "linked_data": _linked_data(found, latest),
    }
    return render(request, "public/product.html", context)


def _facts(found: Any) -> list[tuple[str, str]]:
    return [
        ("Quy cách", found.spec),
        ("Bao bì", found.packaging),
        ("Thành phần", found.ingredients),
        ("Cách dùng", found.usage),
        ("Bảo quản", found.storage),
        ("Mã sản phẩm", found.code),
    ]


def _linked_data(found: Any, latest: Any) -> SafeString:
    """Facts for search engines (schema.org); a data block, which a strict CSP lets stand."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": found.name,
        "url": f"{settings.OCOP_SITE_URL}/san-pham/{found.public_code}/",
        "brand": {"@type": "Brand", "name": found.producer.public_name},
    }
    if found.description:
        data["description"] = found.description
    if latest.state_that_day in IN_VALIDITY:
        data["hasCertification"] = {
            "@type": "Certification",
            "name": f"OCOP {latest.stars} sao",
            "certificationIdentification": latest.number or latest.code,
            "url": f"{settings.OCOP_SITE_URL}{latest.check_path}",
        }
        if latest.valid_to:
            data["hasCertification"]["expires"] = latest.valid_to.isoformat()
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 - no sign is left that could end the block


@require_safe
def producer(request: HttpRequest, code: str) -> HttpResponse:
    """A producer's public page: brand, place, recognised products. Never a person's datum."""
    found = queries.public_producer(code)
    if found is None:
        raise Http404
    today = clock.today()
    rows = queries.listed(today, {}).filter(product__producer=found)
    context = {
        "producer": found,
        "cards": [queries.card(row) for row in rows],
        "place": full_name(found.unit, today),
        "now": [] if found.unit.in_force(today) else successors_on(found.unit, today),
    }
    return render(request, "public/producer.html", context)
