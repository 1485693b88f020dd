"""Addresses of the JSON API."""

from django.urls import URLPattern, path, re_path

from ocop.api.surface import dressed, make_api, not_found
from ocop.api.views import docs_of

app_name = "api"
api = make_api()


def _patterns() -> list[URLPattern]:
    found = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in found:
        pattern.callback = dressed(pattern.callback)
    return found


urlpatterns = [
    path("v1/docs", docs_of(api), name="docs"),
    path("v1/", ([pattern for pattern in _patterns() if str(pattern.pattern)], "api-v1", "api-v1")),
    re_path(r"^.*$", not_found),
]
