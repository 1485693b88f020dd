"""Remedies out of what a visit found: one line for each point that failed, with the day until when."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused, require
from ocop.kit.once import OnceMixin
from ocop.quality import permissions, queries
from ocop.quality.actions import outcomes
from ocop.quality.models import Visit
from ocop.quality.registers.forms import DayInput


class FindingsForm(OnceMixin, forms.Form):
    """For each failed point what is required and until when; a line left empty asks for nothing."""

    def __init__(self, *args: Any, lines: list[queries.Line], days: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        until = clock.today() + timedelta(days=days)
        for line in lines:
            code = line.question.code
            self.fields[f"what-{code}"] = forms.CharField(
                label=f"{line.question.text}{f' – {line.answer.note}' if line.answer and line.answer.note else ''}",
                max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Yêu cầu khắc phục; để trống nếu không yêu cầu.",
            )  # fmt: skip
            self.fields[f"until-{code}"] = forms.DateField(
                label="Xong trước hết ngày", initial=until, required=False, widget=DayInput()
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for line in self.lines:
            code = line.question.code
            until = data.get(f"until-{code}")
            if data.get(f"what-{code}") and until is None and f"until-{code}" not in self.errors:
                self.add_error(f"until-{code}", "Hãy ghi hạn khắc phục.")
            elif data.get(f"what-{code}") and until and until < clock.today():
                self.add_error(f"until-{code}", "Hạn khắc phục không được ở quá khứ.")
        return data

    def wanted(self) -> list[dict[str, Any]]:
        """What to ask the producer for."""
        data = self.cleaned_data
        return [
            {"finding": line.question.text[:400], "requirement": data[f"what-{line.question.code}"],
             "required_by": data[f"until-{line.question.code}"]}
            for line in self.lines if data.get(f"what-{line.question.code}")
        ]  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The failed points of a visit, each with the field for what is required."""
    rows = (
        Visit.objects.all().visible_to(request.user).select_related("producer", "unit", "agency", "checklist")
    )
    visit = get_object_or_404(rows, pk=pk)
    require(permissions.may_find(request.user, visit))
    asked = set(visit.remedies.values_list("finding", flat=True))
    lines = [line for line in queries.found_by(visit) if line.question.text[:400] not in asked]
    days = queries.number_setting("remedy_days", clock.today())
    form = FindingsForm(request.POST or None, lines=lines, days=days)
    if request.method == "POST" and form.is_valid():
        try:
            return once.run(request, form.once_key, lambda: _require(request, visit, form))
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = {"visit": visit, "form": form, "lines": lines}
    return render(request, "quality/findings.html", context, status=422 if form.is_bound else 200)


def _require(request: HttpRequest, visit: Visit, form: FindingsForm) -> str:
    wanted = form.wanted()
    with transaction.atomic():
        for facts in wanted:
            outcomes.require_remedy(visit, by=request.user, **facts)
    messages.success(request, f"Đã ghi {len(wanted)} điểm phải khắc phục; cơ sở đã được báo.")
    return visit.get_absolute_url()
