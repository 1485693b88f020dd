"""Addresses of the JSON API."""

from django.urls import URLPattern, path, re_path

from ocop.api.surface import dressed, make_api, not_found
from ocop.api.views import docs_of

api = make_api()


def _patterns() -> list[URLPattern]:
    """The addresses that the routers made, dressed; the bare root shows the page that explains them."""
    page = docs_of(api)
    found = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in found:
        pattern.callback = dressed(pattern.callback) if str(pattern.pattern) else page
    return [path("docs", page, name="docs"), *found]


urlpatterns = [
    path("v1/", (_patterns(), "api-v1", "api-v1")),
    re_path(r"^.*$", not_found, name="api-not-found"),
]
