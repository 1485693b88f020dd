"""Somebody saw a star wrongly used: the form, the thanks with a code, and how the matter stands under that code."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ocop.kit import once
from ocop.kit.errors import Refused
from ocop.kit.limits import seconds_to_wait
from ocop.public.forms import FollowForm, ReportForm
from ocop.public.queries import report_of
from ocop.recognition.actions.misuse import report_misuse
from ocop.recognition.models import Certificate
from ocop.recognition.queries import certificates_by_code


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The form; what was typed stays when something is refused, also when one address sends too often."""
    found = certificates_by_code(code)
    if len(found) != 1:
        raise Http404
    certificate = found[0]
    if request.method != "POST":
        return _page(request, certificate, ReportForm())
    form = ReportForm(request.POST, request.FILES)
    wait = seconds_to_wait(request, "report", settings.OCOP_RATE_REPORT)
    if wait:
        return _later(request, certificate, form, wait)
    if form.is_valid():
        try:
            return once.run(request, form.once_key, lambda: _send(certificate, form))
        except Refused as refused:
            form.add_error("photo", _words(refused))
    return _page(request, certificate, form, status=422)


def _send(certificate: Certificate, form: ReportForm) -> str:
    row = report_misuse(certificate, by=None, **form.asked)
    return reverse("public:report_follow", args=[row.code])


def _words(refused: Refused) -> str:
    """The refusal of a photograph; in English what is taken."""
    if get_language() == settings.LANGUAGE_CODE:
        return refused.reason
    return gettext("Chỉ nhận ảnh JPEG, PNG hoặc HEIC không quá 10 MB.")


def _later(request: HttpRequest, certificate: Certificate, form: ReportForm, wait: int) -> HttpResponse:
    minutes = -(-wait // 60)
    form.add_error(
        None,
        gettext("Đã có quá nhiều phản ánh từ địa chỉ mạng này. Hãy gửi lại sau %(n)s phút.") % {"n": minutes},
    )
    response = _page(request, certificate, form, status=429)
    response["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response


def _page(
    request: HttpRequest, certificate: Certificate, form: ReportForm, status: int = 200
) -> HttpResponse:
    return render(request, "public/report.html", {"certificate": certificate, "form": form}, status=status)


@require_safe
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Type the code of a report."""
    form = FollowForm(request.GET if "ma" in request.GET else None)
    typed = form.cleaned_data["ma"] if form.is_valid() else ""
    row = report_of(typed) if typed else None
    if row is not None:
        return redirect("public:report_follow", row.code)
    return render(request, "public/report_find.html", {"typed": typed}, status=404 if typed else 200)


@require_safe
@never_cache
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, the code, and how the matter stands; of the report itself nothing that anybody wrote is shown."""
    row = report_of(code)
    if row is None:
        return render(request, "public/report_find.html", {"typed": code}, status=404)
    if row.code != code:
        return redirect("public:report_follow", row.code)
    return render(request, "public/report_follow.html", {"report": row, "certificate": row.certificate})
