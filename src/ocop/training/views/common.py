"""What the pages share: an activity or session of the organiser, a form that acts once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused, require
from ocop.training.models import Course, Session
from ocop.training.permissions import may_change


def course_to_change(request: HttpRequest, pk: int) -> Course:
    """An activity that the person sees and organises; 404 for strangers, 403 for those who only see it."""
    course = get_object_or_404(
        Course.objects.visible_to(request.user).select_related("unit", "agency"), pk=pk
    )
    require(may_change(request.user, course))
    return course


def session_to_take(request: HttpRequest, pk: int) -> Session:
    """A session whose attendance the person takes."""
    rows = Session.objects.visible_to(request.user).select_related("course__unit")
    session = get_object_or_404(rows, pk=pk)
    require(may_change(request.user, session.course))
    return session


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form was sent with."""
    return (request.POST,) if request.method == "POST" else ()


def form_page(
    request: HttpRequest, form: Any, act: Callable[[], str], template: str, done: str = "", **context: Any
) -> HttpResponse:
    """A form that acts once; a refusal stands in the form and what was typed stays."""
    if form.is_bound and form.is_valid():
        try:
            answer = once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            for one in refused.refusals:
                form.add_error(None, one.reason)
        else:
            if done:
                messages.success(request, done)
            return answer
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
