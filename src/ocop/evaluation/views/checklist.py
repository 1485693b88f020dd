"""An office's checklist: kept while one ticks, kept by its button, shown again after a colleague's change (Art. 7)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from ocop.evaluation.actions.commune import record_checks
from ocop.evaluation.forms.commune import ChecklistForm, seen_mark
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.checks import verdicts_of
from ocop.evaluation.rules.supplement import supplement_text
from ocop.evaluation.views.desk import is_autosave, refuse_on, send, with_values
from ocop.kit.errors import Refused, Stale

SAID = "Đã lưu kết quả kiểm tra."
UNSAID = "Còn mục phải ghi rõ thiếu gì, sai gì; các mục khác đã lưu."


def _keep(request: HttpRequest, dossier: Dossier, form: ChecklistForm, at_province: bool) -> None:
    record_checks(
        dossier, verdicts=form.verdicts(), by=request.user, at_province=at_province, seen=form.was_seen()
    )


def _while_ticking(
    request: HttpRequest, dossier: Dossier, form: ChecklistForm, at_province: bool
) -> JsonResponse:
    """Keep the lines that are whole; answers the new mark, and the text of a return for its field."""
    sound = form.is_valid()
    try:
        _keep(request, dossier, form, at_province)
    except Refused as error:
        return JsonResponse({"message": error.reason}, status=409 if isinstance(error, Stale) else 422)
    if not sound:
        return JsonResponse({"message": UNSAID}, status=422)
    held = verdicts_of(dossier, at_province=at_province)
    return JsonResponse(
        {"fields": {"seen": seen_mark(held)}, "fills": {"id_reason": supplement_text(form.items, held)}}
    )


def keep_checks(
    request: HttpRequest,
    dossier: Dossier,
    form: ChecklistForm,
    *,
    back: str,
    page: Callable[[int], HttpResponse],
    at_province: bool = False,
) -> HttpResponse:
    """Keep a posted checklist and go `back`; `page(status)` shows the desk again with everything typed."""
    if is_autosave(request):
        return _while_ticking(request, dossier, form, at_province)

    def act() -> str:
        _keep(request, dossier, form, at_province)
        return back

    try:
        return send(request, form, act, SAID) or page(422)
    except Stale as error:
        refuse_on(form, error)
        with_values(form, seen=form.seen_after(verdicts_of(dossier, at_province=at_province)))
        return page(409)
