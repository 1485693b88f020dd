"""The one shape of a page with a form: fetch, form, action, respond."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ocop.accounts.models import User
from ocop.accounts.queries import people_for
from ocop.kit.errors import Forbidden, Refused, Verdict, require


class SignedIn(HttpRequest):
    """A request of somebody who is signed in, as `login_required` lets through."""

    user: User


FORM_PAGE = "accounts/form_page.html"
UNPROCESSABLE = 422


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict], HttpResponse],
    *,
    template: str = FORM_PAGE,
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent and valid, answer what `act(cleaned data)` answers.

    A refusal of the action is shown above the form and nothing typed is lost; `Forbidden` goes on to the 403 page.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return act(form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(None, refusal.reason)
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def page_about(
    request: SignedIn,
    subject: Any,
    may: Callable[[User, Any], Verdict],
    form_class: type[forms.Form],
    act: Callable[[dict], HttpResponse],
    *,
    title: str,
    button: str = "",
    **context: Any,
) -> HttpResponse:
    """The page of one deed upon a person or a role: refused unless `may(user, subject)`, else `form_page`.

    The subject goes to the page under the name of its kind (`person`, `membership`); the button bears the title when
    it has no word of its own. Raises `Forbidden`.
    """
    require(may(request.user, subject))
    name = "person" if isinstance(subject, User) else "membership"
    form = form_class(request.POST or None)
    return form_page(request, form, act, title=title, button=button or title, **{name: subject, **context})


def secret_page(request: HttpRequest, **context: Any) -> HttpResponse:
    """A secret that is shown this once and kept by no cache."""
    response = render(request, "accounts/secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def person_or_404(request: SignedIn, username: str) -> User:
    """Somebody whom this user may see; a stranger's page does not exist."""
    return get_object_or_404(people_for(request.user), username=username)
