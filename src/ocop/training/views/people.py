"""The organiser's pages: whom to invite, who came, names written down."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ocop.accounts.models import User
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registry import announce
from ocop.producers.models import Producer
from ocop.training.actions import people as actions
from ocop.training.forms import InviteForm, WalkInForm, producer_choices
from ocop.training.queries.organisers import officials_to_invite, producers_to_invite
from ocop.training.views.common import course_to_change, form_page, sent, session_to_take


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Officials and producers of the reach, those who asked for the topic first; the chosen are told at once."""
    course = course_to_change(request, pk)
    typed = request.GET.get("q", "")[:80]
    producers, wanted = producers_to_invite(request.user, course, typed)
    people = officials_to_invite(course, typed)
    form = InviteForm(
        *sent(request), producers=producer_choices(producers, wanted),
        people=[(str(one.pk), f"{one.full_name}{f' – {one.title}' if one.title else ''}") for one in people],
    )  # fmt: skip

    def act() -> str:
        data = form.cleaned_data
        made = actions.invite(
            course, people=User.objects.filter(pk__in=data.get("people", [])),
            producers=Producer.objects.filter(pk__in=data.get("producers", [])), by=request.user,
        )  # fmt: skip
        messages.success(request, f"Đã mời {len(made)} người; ai có tài khoản nhận được thông báo ngay.")
        return course.get_absolute_url()

    return form_page(request, form, act, "training/invite.html", course=course, typed=typed)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody by name and phone: from a telephone call, or at the door."""
    course = course_to_change(request, pk)
    form = WalkInForm(*sent(request))

    def act() -> str:
        data = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        row = actions.add_person(course, by=request.user, **data)
        messages.success(request, f"Đã ghi {row.full_name} vào danh sách.")
        back = request.GET.get("buoi", "")
        return reverse("training:take", args=[int(back)]) if back.isdigit() else course.get_absolute_url()

    return form_page(request, form, act, "training/add_person.html", course=course)


@login_required
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a session to tick; only what is changed here is written, so that scans meanwhile stay."""
    session = session_to_take(request, pk)
    refused: tuple = ()
    if request.method == "POST":
        try:
            new, gone = actions.tick(
                session,
                present=_numbers(request, "present"),
                shown=_numbers(request, "shown"),
                by=request.user,
            )
            messages.success(request, f"Đã ghi điểm danh: thêm {new}, bỏ {gone}.")
            return redirect("training:take", session.pk)
        except Forbidden:
            raise
        except Refused as error:
            refused = error.refusals
    announce("training.list_opened", by=request.user, subject=session.course, request=request)
    came = {row.participant_id: row for row in session.attendances.all()}
    rows = session.course.participants.select_related("unit", "producer").order_by("full_name", "pk")
    lines = [(row, came.get(row.pk)) for row in rows]
    context = {
        "session": session,
        "course": session.course,
        "lines": lines,
        "present": len(came),
        "refused": refused,
    }
    return render(request, "training/take.html", context, status=422 if refused else 200)


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {int(key) for key in request.POST.getlist(name) if key.isdigit()}
