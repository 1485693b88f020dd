"""The open site of partners: the list, one partner, a message to it."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ocop.kit import clock, once
from ocop.kit.errors import Refused
from ocop.kit.limits import seconds_to_wait
from ocop.partners.actions.messages import send_message
from ocop.partners.enums import PartnerKind
from ocop.partners.forms import MessageForm, PublicFilter
from ocop.partners.models import Partner, Service
from ocop.partners.queries import public_partners, shown

PAGE = 24


def _english() -> bool:
    return get_language() != settings.LANGUAGE_CODE


def _filter(request: HttpRequest) -> PublicFilter:
    form = PublicFilter(request.GET)
    everything = ("", gettext("Tất cả"))
    name = "name_en" if _english() else "name"
    form.fields["nhom"].choices = [everything, *((key, gettext(label)) for key, label in PartnerKind.choices)]
    form.fields["linh_vuc"].choices = [everything, *Service.objects.values_list("key", name)]
    form.is_valid()
    return form


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Every published partner; by words, kind and what it offers, in a constant number of queries."""
    form, today = _filter(request), clock.today()
    asked = form.cleaned_data
    rows = public_partners(today)
    if asked.get("nhom"):
        rows = rows.filter(kind=asked["nhom"])
    if asked.get("linh_vuc"):
        rows = rows.filter(services__key=asked["linh_vuc"])
    if asked.get("q"):
        rows = rows.found_by(asked["q"])
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    cards = [shown(row, today, english=_english()) for row in page]
    return render(request, "partners/public_list.html", {"form": form, "page": page, "cards": cards})


def _partner(code: str) -> Partner:
    found = public_partners(clock.today()).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """One partner with the fields that it agreed to; a consent taken back shows at the next request."""
    found = shown(_partner(code), clock.today(), english=_english())
    return render(request, "partners/public_partner.html", {"shown": found, "partner": found.partner})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def message(request: HttpRequest, code: str) -> HttpResponse:
    """The form; what was typed stays when something is refused, also when one address sends too often."""
    found = _partner(code)
    if request.method != "POST":
        return _form_page(request, found, MessageForm())
    form = MessageForm(request.POST)
    wait = seconds_to_wait(request, "partner", settings.OCOP_RATE_REPORT)
    if wait:
        return _later(request, found, form, wait)
    if form.is_valid():
        try:
            return once.run(request, form.once_key, lambda: _send(request, found, form))
        except Refused as refused:
            form.add_error(None, refused.reason)
    return _form_page(request, found, form, 422)


def _send(request: HttpRequest, found: Partner, form: MessageForm) -> str:
    by = request.user if request.user.is_authenticated else None
    send_message(found, by=by, **form.asked)
    return reverse("partners_public:sent", args=[found.code])


def _later(request: HttpRequest, found: Partner, form: MessageForm, wait: int) -> HttpResponse:
    text = gettext("Đã có quá nhiều lời nhắn từ địa chỉ mạng này. Hãy gửi lại sau %(n)s phút.")
    form.add_error(None, text % {"n": -(-wait // 60)})
    response = _form_page(request, found, form, 429)
    response["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response


def _form_page(request: HttpRequest, found: Partner, form: MessageForm, status: int = 200) -> HttpResponse:
    context = {"partner": found, "form": form}
    return render(request, "partners/public_message.html", context, status=status)


@require_safe
@never_cache
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks; of the message itself nothing is shown."""
    return render(request, "partners/public_sent.html", {"partner": _partner(code)})
