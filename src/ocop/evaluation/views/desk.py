"""What the desks' pages share: the door, the context of the frame, forms that an action refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.clock import commune_clock, due_words
from ocop.evaluation.queries.record import mark_of
from ocop.evaluation.queries.tabs import tabs_of_dossier
from ocop.evaluation.queries.transition import old_rules_of
from ocop.evaluation.views.record import visible
from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused, Stale

Page = Callable[..., HttpResponse]


def desk(*roles: str, who: str) -> Callable[[Page], Page]:
    """A page of one desk: `view(request, dossier, roles, ...)`. Strangers get 404, other roles 403 with the reason."""

    def wrap(view: Page) -> Page:
        @login_required
        @wraps(view)
        def page(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
            dossier = visible(request, code)
            held = roles_for(request.user, dossier)
            if not held & set(roles):
                raise Forbidden("desk.role", f"Trang này dành cho {who}.")
            return view(request, dossier, held, **more)

        return page

    return wrap


def frame(request: HttpRequest, dossier: Dossier, roles: frozenset[str], *, active: str) -> dict[str, Any]:
    """The context of `evaluation/base_dossier.html`."""
    today = clock.today()
    words = commune_clock(dossier, today)
    return {
        "dossier": dossier,
        "mark": mark_of(dossier.state),
        "tabs": tabs_of_dossier(dossier, request.user, roles, active=active),
        "clock": words,
        "due": due_words(dossier, today),
        "old_rules": old_rules_of(dossier, today),
        "today": today,
    }


def refuse_on(form: forms.Form, error: Refused) -> None:
    """Show every reason of a refusal, with its article, on the form; what was typed stays."""
    for refusal in error.refusals:
        form.add_error(None, f"{refusal.reason} ({refusal.article})" if refusal.article else refusal.reason)


def send(request: HttpRequest, form: Any, act: Callable[[], str], said: str = "") -> HttpResponse | None:
    """Run the action of a valid form at most once and say what was done; None when the form has to be shown again."""
    if not form.is_valid():
        return None
    try:
        response = once.run(request, form.once_key, act)
    except (Forbidden, Stale):
        raise
    except Refused as error:
        refuse_on(form, error)
        return None
    if said:
        messages.success(request, said)
    return response


def is_autosave(request: HttpRequest) -> bool:
    """True when the page's script saves while one types; it wants JSON, not a page."""
    return request.headers.get("X-Requested-With") == "autosave"


def first_error(form: forms.Form) -> str:
    """One sentence for the save mark: the first thing that keeps the form from being saved."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        return f"Chưa lưu: {label + ': ' if label else ''}{errors[0]}"
    return ""


def with_values(form: forms.Form, **values: Any) -> forms.Form:
    """A refused form shown again with hidden fields of now (a new version), everything typed kept."""
    changed = {form.add_prefix(name): [str(value)] for name, value in values.items()}
    data = form.data.copy()  # type: ignore[attr-defined]
    for name, value in changed.items():
        data.setlist(name, value)
    form.data = data
    return form
