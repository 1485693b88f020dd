"""Marks and prizes of a contest or forum."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ocop.training.actions import events as actions
from ocop.training.forms import MarkForm, PrizeForm
from ocop.training.models import Course
from ocop.training.rules.judging import ranking
from ocop.training.views.common import course_to_change, form_page, sent


def _judged(request: HttpRequest, pk: int) -> tuple[Course, list]:
    course = course_to_change(request, pk)
    if not course.is_judged:
        raise Http404
    return course, list(course.entries.prefetch_related("scores").order_by("title", "pk"))


@login_required
@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, pk: int) -> HttpResponse:
    """The marks of one juror for all entries; sent again under the same name they are corrected."""
    course, entries = _judged(request, pk)
    form = MarkForm(*sent(request), entries=entries)
    means = {entry.pk: entry.mean for entry in entries}
    ranks = ranking(means)
    table = sorted(
        ((entry, list(entry.scores.all()), means[entry.pk], ranks.get(entry.pk)) for entry in entries),
        key=lambda line: line[3] or 10_000,
    )

    def act() -> str:
        actions.mark(course, juror=form.cleaned_data["juror"], points=form.points, by=request.user)
        return reverse("training:marks", args=[course.pk])

    return form_page(request, form, act, "training/marks.html", "Đã ghi điểm.", course=course, table=table)


@login_required
@require_http_methods(["GET", "POST"])
def prizes(request: HttpRequest, pk: int) -> HttpResponse:
    """Prizes and money, the best marks first."""
    course, entries = _judged(request, pk)
    form = PrizeForm(*sent(request), entries=sorted(entries, key=lambda one: -(one.mean or 0)))

    def act() -> str:
        actions.award(course, prizes=form.prizes, by=request.user)
        return course.get_absolute_url()

    return form_page(request, form, act, "training/prizes.html", "Đã ghi giải thưởng.", course=course)
