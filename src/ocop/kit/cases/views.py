"""The pages of a case beyond those of its register: a press, a press with a form, a paper."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.kit import once, registry
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.text import slug
from ocop.kit.typed import numbers_as_typed

if TYPE_CHECKING:
    from ocop.kit.cases.procedure import Procedure

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _row(register: "Procedure", user: Any, pk: int) -> Any:
    if not register.may_see(user):
        raise Http404
    return get_object_or_404(register.rows(user), pk=pk)


def _said(register: "Procedure", row: Any, verb: str, before: str) -> str:
    """What was done: the state that was reached, or the verb where the case stays where it is."""
    found = register.desk.flow.find(verb, before) if row.state == before else None
    return f"Đã ghi: {found.label if found else row.get_state_display()}."


def _reason_field(needed: bool) -> forms.CharField:
    return forms.CharField(
        label="Lý do" if needed else "Ghi chú", required=needed, widget=forms.Textarea(attrs={"rows": 3})
    )


@login_required
@require_POST
def press_page(request: HttpRequest, register: "Procedure", pk: int) -> HttpResponse:
    """A press that needs nothing but a reason; a refusal leads back to the case and says every reason."""
    row = _row(register, request.user, pk)
    verb, reason = request.POST.get("verb", "")[:40], request.POST.get("reason", "")
    if verb in register.verb_forms:
        return redirect(register.url("verb", pk, verb))

    def act() -> str:
        before = row.state
        register.act(row, verb, by=request.user, reason=reason, data={})
        messages.success(request, _said(register, row, verb, before))
        return register.after(row)

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        for refusal in refused.refusals:
            messages.error(request, refusal.reason)
        return redirect(register.url("detail", pk))


def _form_of(register: "Procedure", verb: str, user: Any, row: Any, needed: bool, *sent: Any) -> Any:
    form = register.verb_form(verb, user, row, *sent)
    if form is None:
        raise Http404
    numbers_as_typed(form)
    if "reason" not in form.fields:
        form.fields["reason"] = _reason_field(needed)
    form.fields[once.FIELD] = forms.CharField(
        max_length=100, required=False, widget=forms.HiddenInput, initial=once.new_key()
    )
    return form


@login_required
@require_http_methods(["GET", "POST"])
def verb_page(request: HttpRequest, register: "Procedure", pk: int, verb: str) -> HttpResponse:
    """A press with its form; what was typed stays when it is refused."""
    row = _row(register, request.user, pk)
    offer = next((one for one in register.desk.offers(request.user, row) if one.name == verb), None)
    if offer is None:
        led = once.led_to(request, once.key_of(request)) if request.method == "POST" else None
        return led or redirect(register.url("detail", pk))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = _form_of(register, verb, request.user, row, offer.transition.needs_reason, *sent)
    if sent and form.is_valid():
        done = _press(request, form, lambda: _acted(request, register, row, verb, form))
        if done is not None:
            return done
    if sent:
        register.hold(form, by=request.user)
    context = {"register": register, "base": register.base_template, "row": row, "form": form, "offer": offer}
    context |= {"back": register.url("detail", pk), "list_url": register.url("list")}
    return render(request, "kit/cases/verb.html", context, status=422 if sent else 200)


def _acted(request: HttpRequest, register: "Procedure", row: Any, verb: str, form: Any) -> str:
    data = {name: value for name, value in form.cleaned_data.items() if name not in ("reason", once.FIELD)}
    before = row.state
    register.act(row, verb, by=request.user, reason=form.cleaned_data["reason"], data=data)
    messages.success(request, _said(register, row, verb, before))
    return register.after(row)


def _press(request: HttpRequest, form: Any, act: Callable[[], str]) -> HttpResponse | None:
    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.reason)
        return None


@login_required
@require_GET
def paper_file(request: HttpRequest, register: "Procedure", pk: int, paper: str) -> FileResponse:
    """A paper of the case as it stands now; announced, as every file that leaves with data."""
    row = _row(register, request.user, pk)
    found = next((one for one in register.papers if one.key == paper and one.shown(request.user, row)), None)
    if found is None:
        raise Http404
    content = found.write(row)
    registry.announce("case.paper", by=request.user, request=request, subject=row, paper=found.key)
    name = f"{slug(found.label)}-{pk}.{found.kind}"
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=name, content_type=TYPES[found.kind]
    )
