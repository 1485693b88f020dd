"""Who stands behind the site, and how a star is read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.recognition.enums import State, mark_of
from ocop.units.enums import Duty
from ocop.units.models import AgencyDuty
from ocop.units.queries import agencies_with, home_province

ANSWERS = (Duty.DECIDES, Duty.ADVISORY_BODY, Duty.STANDING_AGENCY)


def _mark(state: State) -> tuple[str, str, str]:
    label, tone, icon = mark_of(state)
    return gettext(label), tone, icon


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the site is for, which offices answer for it today, what each state means, how a wrong mark is reported."""
    today = clock.today()
    province = home_province(today)
    doubted = set(
        AgencyDuty.objects.valid_on(today)
        .filter(duty__in=ANSWERS, confirmed=False)
        .values_list("duty", "agency_id")
    )
    offices = [
        (
            gettext(duty.label),
            [
                (agency, agency.confirmed and (duty.value, agency.pk) not in doubted)
                for agency in agencies_with(duty, today, province)
            ],
        )
        for duty in ANSWERS
    ]
    context = {
        "offices": [(label, found) for label, found in offices if found],
        "contact": {"phone": settings.OCOP_CONTACT_PHONE, "email": settings.OCOP_CONTACT_EMAIL},
        "marks": {state.value: _mark(state) for state in State},
    }
    return render(request, "public/about.html", context)
