"""Addresses of partners: the registers of the offices, and the open pages (under both languages)."""

from django.urls import include, path
from django.views.decorators.gzip import gzip_page

from ocop.kit.limits import searches_limited
from ocop.partners.registers import (
    AGREEMENTS,
    ASSESSMENTS,
    ATTENDANCES,
    CONFERENCES,
    CONTRACTS,
    MESSAGES,
    PARTNERS,
)
from ocop.partners.views import office, public

app_name = "partners"

public_patterns = [
    path("doi-tac/", gzip_page(searches_limited(public.partners)), name="public_partners"),
    path("doi-tac/<str:code>/", gzip_page(public.partner), name="public_partner"),
    path("doi-tac/<str:code>/lien-he/", public.message, name="public_message"),
    path("doi-tac/<str:code>/da-gui/", public.sent, name="public_sent"),
]

urlpatterns = [
    path("so/doi-tac/<int:pk>/dong-y/", office.consent, name="consent"),
    path("so/doi-tac/<int:pk>/rut-dong-y/", office.withdraw, name="consent_withdraw"),
    path("so/danh-gia-doi-tac/mo-dot/", office.begin_year, name="assessments_begin"),
    path("so/doi-tac/", include(PARTNERS.urls())),
    path("so/hop-dong-doi-tac/", include(CONTRACTS.urls())),
    path("so/hoi-nghi-doi-tac/", include(CONFERENCES.urls())),
    path("so/hoi-nghi-doi-tac-du/", include(ATTENDANCES.urls())),
    path("so/hoi-nghi-doi-tac-ky/", include(AGREEMENTS.urls())),
    path("so/danh-gia-doi-tac/", include(ASSESSMENTS.urls())),
    path("so/loi-nhan-doi-tac/", include(MESSAGES.urls())),
]
