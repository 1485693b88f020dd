"""The language of a page: the address says it. `/en/…` is English, every other address Vietnamese.

So an English page can be handed on, kept by a browser without cookies and read by a search engine. The browser's own
wish is not asked: officers often have a browser in English, and half an English page in front of a Vietnamese form
helps nobody.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def language_of(path: str) -> str:
    """The language of that path; the default one where the path names none."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    known = first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE
    return first if known else settings.LANGUAGE_CODE


def bare(path: str) -> str:
    """The path without its language: "/en/ban-do/" is "/ban-do/"."""
    language = language_of(path)
    return path if language == settings.LANGUAGE_CODE else path[len(language) + 1 :] or "/"


def addresses_of(path: str) -> dict[str, str]:
    """The same page in every language, by language: {"vi": "/ban-do/", "en": "/en/ban-do/"}."""
    rest = bare(path)
    return {
        code: rest if code == settings.LANGUAGE_CODE else f"/{code}{rest}"
        for code, _name in settings.LANGUAGES
    }


def translated(request: HttpRequest) -> bool:
    """True when the page that answers this request has an address in every language."""
    match = request.resolver_match
    return match is not None and match.namespace in settings.OCOP_TRANSLATED


class AddressLanguageMiddleware:
    """Speaks the language of the address and says so in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
