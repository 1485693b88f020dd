"""Ideas and plans written on a phone: one question a screen, saved at once, two people noticed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.cycle import actions, permissions
from ocop.cycle.forms.screens import PARTS, AttachForm, StartForm, screen_form
from ocop.cycle.models import Idea
from ocop.cycle.queries.facts import values_of
from ocop.cycle.queries.ideas import own_producers, producers_to_register_for
from ocop.cycle.queries.writing import parts_of, resume_at
from ocop.cycle.registers import IDEAS, PLANS
from ocop.cycle.rules.screens import IDEA_SCREENS, PLAN_SCREENS, Screen, mark_of, screen_of
from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refusal, Refused, Stale, require
from ocop.producers.casework import keep_files

Page = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Writing:
    """What is written: an idea or a plan; its register, screens, the verb that sends it."""

    key: str
    register: Any
    screens: tuple[Screen, ...]
    verb: str
    send: str

    def write_url(self, row: Any) -> str:
        """The overview."""
        return reverse(f"cycle:{self.key}_write", args=[row.pk])

    def step_url(self, row: Any, screen: Screen) -> str:
        """One screen."""
        return reverse(f"cycle:{self.key}_step", args=[row.pk, screen.key])


IDEA = Writing("idea", IDEAS, IDEA_SCREENS, "register", "Gửi đăng ký")
PLAN = Writing("plan", PLANS, PLAN_SCREENS, "submit", "Nộp phương án")


def writing(view: Page) -> Page:
    """A page of a draft: the row in place of its number; once it was sent, the page leads to the record."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, kind: Writing, pk: int, **more: Any) -> HttpResponse:
        if not kind.register.may_see(request.user):
            raise Http404
        row = get_object_or_404(kind.register.rows(request.user), pk=pk)
        verdict = permissions.may_write(request.user, row)
        if isinstance(verdict, Refusal) and request.method == "GET":
            messages.info(request, verdict.reason)
            return HttpResponseRedirect(row.get_absolute_url())
        require(verdict)
        return view(request, kind, row, **more)

    return page


@login_required
@require_http_methods(["GET", "POST"])
def idea_start(request: HttpRequest) -> HttpResponse:
    """Whose idea it is; the draft is kept from here on."""
    producers = producers_to_register_for(request.user)
    asked = request.GET.get("producer", "")
    only = own_producers(request.user)[:2]
    initial = {"producer": asked if asked.isdigit() else (only[0].pk if len(only) == 1 else None)}
    form = StartForm(
        *((request.POST,) if request.method == "POST" else ()), producers=producers, initial=initial
    )
    refused: tuple = ()
    if form.is_bound and form.is_valid():

        def act() -> str:
            row = actions.open_idea(form.cleaned_data["producer"], by=request.user)
            return IDEA.step_url(row, IDEA_SCREENS[0])

        try:
            return once.run(request, form.once_key, act)
        except Forbidden as error:
            refused = error.refusals
    context = {
        "form": form, "refused": refused, "only": only[0] if len(only) == 1 else None,
        "is_empty": not producers.exists(), "list_url": IDEAS.url("list"),
    }  # fmt: skip
    return render(request, "cycle/idea_start.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def plan_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the plan of a chosen idea."""
    idea = get_object_or_404(Idea.objects.visible_to(request.user), pk=pk)

    def act() -> str:
        return PLAN.write_url(actions.open_plan(idea, by=request.user))

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return HttpResponseRedirect(idea.get_absolute_url())


@writing
@require_GET
def write_page(request: HttpRequest, kind: Writing, row: Any) -> HttpResponse:
    """The draft at a glance: what is done, what is left, one press to go on, one to send."""
    parts = parts_of(row, kind.screens, lambda screen: kind.step_url(row, screen))
    returned = row.moves.filter(name="return").select_related("by").order_by("-at", "-pk").first()
    context = {
        "kind": kind, "row": row, "parts": parts, "resume": resume_at(parts), "returned": returned,
        "send_url": kind.register.url("press", row.pk), "once": once.new_key(), "today": clock.today(),
        "detail_url": row.get_absolute_url(), "list_url": kind.register.url("list"),
    }  # fmt: skip
    return render(request, "cycle/write.html", context)


@writing
@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, kind: Writing, row: Any, step: str) -> HttpResponse:
    """One screen."""
    screen = screen_of(kind.screens, step)
    if screen is None:
        raise Http404
    if screen.part:
        return _part_page(request, kind, row, screen)
    form = screen_form(row, screen, request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.headers.get("X-Requested-With") == "autosave":
        return _autosave(request, row, screen, form)
    status, theirs = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(row, screen, form, request.user)
                return HttpResponseRedirect(_next(kind, row, screen))
            except Stale:
                status, theirs = 409, _conflict(row, screen, form)
    return _show(request, kind, row, screen, status, form=form, theirs=theirs)


def _save(row: Any, screen: Screen, form: Any, user: Any) -> Any:
    return actions.save_screen(row, screen, values=form.answers(), by=user, seen=form.cleaned_data["seen"])


def _autosave(request: HttpRequest, row: Any, screen: Screen, form: Any) -> HttpResponse:
    """Keep a screen while it is filled in; answers the new mark, or what is wrong."""
    if not form.is_valid():
        wrong = next((f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()), "")
        return JsonResponse({"message": f"chưa lưu được. {wrong}"}, status=422)
    try:
        stored = _save(row, screen, form, request.user)
    except Stale:
        return JsonResponse(
            {"message": "người khác vừa sửa phần này, bấm Tiếp tục để xem hai bản"}, status=409
        )
    return JsonResponse({"fields": {"seen": mark_of(screen, values_of(stored, screen))}})


def _conflict(row: Any, screen: Screen, form: Any) -> list[tuple[str, str]]:
    """What is kept now where it differs from what was typed; the form goes on from there."""
    row.refresh_from_db()
    form.show_again(mark_of(screen, values_of(row, screen)))
    typed = form.answers()
    return [
        (
            str(form.fields[name].label),
            str(getattr(row, name) if getattr(row, name) not in (None, "") else "(trống)"),
        )
        for name in screen.fields
        if getattr(row, name) != typed[name]
    ]


def _part_page(request: HttpRequest, kind: Writing, row: Any, screen: Screen) -> HttpResponse:
    """A screen of lines or of files."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    is_files = screen.part == "files"
    form = AttachForm(*sent) if is_files else PARTS[screen.part](*sent[:1], instance=row)  # type: ignore[call-arg]
    status = 422 if sent else 200
    if sent and form.is_valid():
        try:
            if is_files:
                keep_files(row, form.cleaned_data["attached"], by=request.user)
            else:
                actions.save_lines(row, form, by=request.user)
            stays = "them" in request.POST
            return HttpResponseRedirect(kind.step_url(row, screen) if stays else _next(kind, row, screen))
        except Forbidden:
            raise
        except Refused as refused:
            messages.error(request, refused.reason)
    files = (
        [(one.name, one.get_absolute_url()) for one in row.files.kept().order_by("at", "pk")]
        if is_files
        else []
    )
    return _show(request, kind, row, screen, status, form=form, files=files)


def _next(kind: Writing, row: Any, screen: Screen) -> str:
    """The following screen; after the last one the overview."""
    place = kind.screens.index(screen)
    last = place + 1 == len(kind.screens)
    return kind.write_url(row) if last else kind.step_url(row, kind.screens[place + 1])


def _show(
    request: HttpRequest, kind: Writing, row: Any, screen: Screen, status: int, **more: Any
) -> HttpResponse:
    place = kind.screens.index(screen)
    context = {
        "kind": kind, "row": row, "screen": screen, "number": place + 1, "total": len(kind.screens),
        "progress": f"{place + 1}/{len(kind.screens)}", "here": kind.step_url(row, screen),
        "before": kind.step_url(row, kind.screens[place - 1]) if place else kind.write_url(row),
        "is_last": place + 1 == len(kind.screens), **more,
    }  # fmt: skip
    return render(request, f"cycle/{'part' if screen.part else 'step'}.html", context, status=status)
