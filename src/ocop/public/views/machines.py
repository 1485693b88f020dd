"""What machines ask for: the list of pages and what they may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ocop.kit.language import addresses_of
from ocop.products.models import Product

FIXED = ("home", "products", "check", "simulator", "map", "about")
MOST = 50_000


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The open pages; validity pages are reached from labels, not from searches."""
    paths = [reverse(f"public:{name}") for name in FIXED]
    rows = (
        Product.objects.filter(recognition_certificates__published_at__isnull=False).distinct().order_by("pk")
    )
    codes = rows.values_list("public_code", flat=True)[: MOST // len(settings.LANGUAGES) - len(paths)]
    paths += [reverse("public:product", args=[code]) for code in codes]
    addresses = [f"{settings.OCOP_SITE_URL}{path}" for page in paths for path in addresses_of(page).values()]
    return render(request, "public/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Open pages may be read; the workspace and the answers of forms need not be."""
    lines = [
        "User-agent: *",
        "Disallow: /tai-khoan/",
        "Disallow: /viec-cua-toi/",
        "Disallow: /kiem-tra/?",
        "Disallow: /en/kiem-tra/?",
        "Allow: /",
        f"Sitemap: {settings.OCOP_SITE_URL}{reverse('public:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
