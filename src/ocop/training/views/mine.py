""" "Khoá của tôi": invitations to answer, sessions, materials, evaluation, certificates."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit.errors import require
from ocop.kit.registry import announce
from ocop.training import papers
from ocop.training.actions import people as actions
from ocop.training.forms import AnswerForm, EvaluationForm
from ocop.training.models import Participant
from ocop.training.permissions import may_take
from ocop.training.queries.mine import SCORES, may_say
from ocop.training.queries.mine import mine as own
from ocop.training.views.common import form_page, sent


def _own(request: HttpRequest, pk: int) -> Participant:
    return get_object_or_404(
        Participant.objects.filter(user=request.user).select_related("course__unit"), pk=pk
    )


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that the person is invited to or was at, what waits first, the soonest of it at the head."""
    rows = own(request.user)
    soonest = sorted((one for one in rows if one.is_waiting), key=lambda one: one.course.starts_on)
    waiting = [(one, AnswerForm()) for one in soonest]
    context = {
        "waiting": waiting,
        "rows": [one for one in rows if not one.is_waiting],
        "may_say": may_say(request.user),
    }
    return render(request, "training/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no to an invitation; a no asks why."""
    row = _own(request, pk)
    form = AnswerForm(*sent(request))

    def act() -> str:
        data = form.cleaned_data
        actions.answer(row, coming=data["coming"] == "1", why=data["why"], by=request.user)
        return reverse("training:mine")

    return form_page(request, form, act, "training/answer.html", "Đã gửi trả lời cho người tổ chức.", row=row)


@login_required
@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """Four marks and a word, kept without the name."""
    row = _own(request, pk)
    form = EvaluationForm(*sent(request))

    def act() -> str:
        data = form.cleaned_data
        scores = {name: data[name] for name, _ in SCORES}
        actions.evaluate(row, scores=scores, comment=data["comment"], by=request.user)
        return reverse("training:mine")

    return form_page(
        request, form, act, "training/evaluate.html", "Cảm ơn bạn. Phiếu đã ghi, không kèm tên.", row=row
    )


@login_required
@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as PDF, for the person and the organiser."""
    rows = Participant.objects.exclude(serial="").select_related("course__unit", "course__agency", "unit")
    row = get_object_or_404(rows, pk=pk)
    require(may_take(request.user, row))
    if row.user_id != request.user.pk:
        announce(
            "training.certificate_taken",
            by=request.user,
            subject=row.course,
            request=request,
            serial=row.serial,
        )
    response = HttpResponse(papers.certificate_pdf(row), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="chung-nhan-tham-du-{row.code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
