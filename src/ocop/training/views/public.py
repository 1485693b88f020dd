"""The public check of a certificate of attendance: real or not, for what; the holder's name is hidden in the middle."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ocop.training.models import Participant
from ocop.training.rules.serials import masked_name, tidy


@require_safe
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code of a certificate of attendance leads to."""
    tidied = tidy(code)
    rows = Participant.objects.exclude(serial="").select_related("course__unit", "course__agency")
    row = rows.filter(code=tidied).first() if tidied else None
    if row is None:
        return render(request, "training/check.html", {"typed": code[:40]}, status=404)
    if row.code != code:
        return redirect("training_public:attendance_check", row.code)
    context = {"row": row, "course": row.course, "name": masked_name(row.full_name)}
    return render(request, "training/check.html", context)
