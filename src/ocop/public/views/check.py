"""Is this star valid today? By code (from the QR code), by number, by name."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ocop.kit import clock, formats
from ocop.public import queries
from ocop.public.forms import CheckForm
from ocop.public.shell import in_shell
from ocop.recognition.checking import Checked, changes_of, check_code, heirs_of
from ocop.recognition.enums import IN_VALIDITY, State, mark_of
from ocop.recognition.queries import certificates_by_code, current_of
from ocop.recognition.rules.validity import Facts

SHOWN = 20


@require_safe
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Type a code, a number or a name; a code leads straight to its page."""
    form = CheckForm(request.GET if "ma" in request.GET else None)
    typed = form.cleaned_data["ma"] if form.is_valid() else ""
    found = certificates_by_code(typed) if typed else []
    if len(found) == 1:
        return redirect("public:validity", found[0].code)
    today = clock.today()
    rows = queries.recognised(today).found_by(typed)[:SHOWN] if typed else []
    context = {"form": form, "typed": typed, "cards": [queries.card(row) for row in rows]}
    return render(
        request, "public/check.html", context, status=404 if typed and not context["cards"] else 200
    )


@require_safe
@never_cache
def validity(request: HttpRequest, code: str) -> HttpResponse:
    """The answer in one second: valid until, expires soon, expired, revoked - by which decision, with every change.

    Nothing of this page is kept anywhere: a revocation shows at the next request. An unknown code answers 404.
    """
    today = clock.today()
    certificate = check_code(code, today)
    if certificate is None:
        return render(
            request, "public/unknown_code.html", {"typed": code[:60], "form": CheckForm()}, status=404
        )
    if code != certificate.code:
        return redirect("public:validity", certificate.code)
    state = certificate.state
    ended = state in (State.REPLACED, State.EXPIRED)
    newer = current_of(certificate.product_id, today).exclude(pk=certificate.pk).first() if ended else None
    now = [] if certificate.unit_in_force else heirs_of(certificate.unit_id, today)
    context = {
        "certificate": certificate,
        "state": state,
        "standing": state in IN_VALIDITY,
        "mark": mark_of(state),
        "headline": headline(certificate.facts, state),
        "sub": sub(certificate, state, today),
        "changes": changes_of(certificate.pk),
        "newer": newer,
        "now": ", ".join(now),
    }
    return in_shell(request, "public/validity.html", context)


def headline(facts: Facts, state: State) -> str:
    """The verdict in one line."""
    day = formats.day(queries.day_of(facts, state))
    return {
        State.VALID: gettext("Còn hiệu lực đến %(day)s"),
        State.EXPIRING: gettext("Sắp hết hạn, còn hiệu lực đến %(day)s"),
        State.EXTENDED: gettext("Được kéo dài đến %(day)s"),
        State.EXPIRED: gettext("Đã hết hạn từ sau ngày %(day)s"),
        State.REVOKED: gettext("Đã bị thu hồi từ %(day)s"),
        State.REPLACED: gettext("Đã được thay thế từ %(day)s"),
        State.NOT_YET: gettext("Chưa có hiệu lực, tính từ %(day)s"),
        State.UNKNOWN: gettext("Chưa xác minh thời hạn"),
    }[state] % {"day": day}


def sub(certificate: Checked, state: State, today: date) -> str:
    """The line under the verdict: what it means for who holds the product in hand."""
    values: dict[str, Any] = {"stars": certificate.stars}
    if state == State.EXPIRING and certificate.facts.last_day:
        values["days"] = formats.number((certificate.facts.last_day - today).days)
        return gettext("Sản phẩm OCOP %(stars)d sao; còn %(days)s ngày, chủ thể cần đánh giá lại.") % values
    return {
        State.VALID: gettext("Sản phẩm OCOP %(stars)d sao, được dùng nhãn hiệu OCOP."),
        State.EXTENDED: gettext("Sản phẩm OCOP %(stars)d sao trong thời gian kéo dài."),
        State.EXPIRED: gettext("Không còn được ghi là sản phẩm OCOP theo giấy chứng nhận này."),
        State.REVOKED: gettext("Không còn là sản phẩm OCOP. Sản phẩm mới dán tem này là sai."),
        State.REPLACED: gettext("Sản phẩm đã có giấy chứng nhận mới."),
        State.NOT_YET: gettext("Giấy chứng nhận chưa đến ngày có hiệu lực."),
        State.UNKNOWN: gettext(
            "Nguồn chỉ cho biết năm công nhận %(stars)d sao, chưa thấy ngày cấp giấy chứng nhận."
        ),
    }[state] % values
