"""What a meeting does besides its flow: ideas put on the list, points written down."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ocop.cycle import actions, permissions
from ocop.cycle.enums import Verdict
from ocop.cycle.forms.meetings import AddIdeasForm, ScoreForm
from ocop.cycle.models import IdeaCriterion, MeetingLine, SelectionMeeting
from ocop.cycle.queries.facts import known
from ocop.cycle.queries.ideas import waiting_for
from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused, require


@login_required
@require_http_methods(["GET", "POST"])
def ideas_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose registered ideas for the list of a meeting."""
    meeting = get_object_or_404(
        SelectionMeeting.objects.visible_to(request.user).select_related("unit"), pk=pk
    )
    require(permissions.may_run(request.user, meeting))
    waiting = waiting_for(meeting)
    form = AddIdeasForm(*((request.POST,) if request.method == "POST" else ()), waiting=waiting)
    if form.is_bound and not form.is_valid() and (led := once.led_to(request, form.once_key)):
        return led
    if form.is_bound and form.is_valid():

        def act() -> str:
            lines = actions.list_ideas(meeting, form.cleaned_data["ideas"], by=request.user)
            messages.success(request, f"Đã đưa {len(lines)} ý tưởng vào danh sách.")
            return meeting.get_absolute_url()

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = {"meeting": meeting, "form": form, "count": waiting.count()}
    return render(request, "cycle/meeting_ideas.html", context, status=422 if form.is_bound else 200)


def _after_score(request: HttpRequest, line: MeetingLine) -> str:
    """Say what was kept; then the reason if it is wanting, else the next idea without points, else the meeting."""
    if line.verdict == Verdict.REFUSE and not line.reason:
        messages.warning(
            request, f"Đã lưu {line.points} điểm, chưa đủ để chọn. Hãy ghi lý do không chọn cho chủ thể."
        )
        return reverse("cycle:meeting_score", args=[line.pk])
    messages.success(request, f"Đã lưu “{line.idea}”: {line.points} điểm, đề nghị {_said(line)}.")
    left = line.meeting.lines.filter(verdict="").order_by("-points", "pk").first()
    return reverse("cycle:meeting_score", args=[left.pk]) if left else line.meeting.get_absolute_url()


def _said(line: MeetingLine) -> str:
    return line.get_verdict_display().lower()


@login_required
@require_http_methods(["GET", "POST"])
def score_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The points of one idea; then the next one that has none."""
    rows = MeetingLine.objects.visible_to(request.user).select_related("meeting__unit", "idea__producer")
    line = get_object_or_404(rows, pk=pk)
    require(permissions.may_run(request.user, line.meeting))
    kept = list(IdeaCriterion.objects.valid_on(line.meeting.held_on))
    needed = int(known("idea_points_needed", line.meeting.held_on))
    form = ScoreForm(
        *((request.POST,) if request.method == "POST" else ()), line=line, needed=needed,
        criteria=[one.rule for one in kept], helps={one.key: one.help for one in kept},
    )  # fmt: skip
    if form.is_bound and form.is_valid():

        def act() -> str:
            done = actions.score_idea(
                line, by=request.user, scores=form.scores(), verdict=form.cleaned_data["verdict"],
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
            return _after_score(request, done)

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    facts = line.idea.facts
    context = {
        "line": line, "meeting": line.meeting, "idea": line.idea, "form": form,
        "given": [(one.name, one.most if facts.get(one.fact) else 0) for one in kept if one.fact],
        "needed": needed,
        "unsure": any(not one.confirmed for one in kept),
    }  # fmt: skip
    return render(request, "cycle/score.html", context, status=422 if form.is_bound else 200)
