"""Addresses of the registers of partners."""

from django.urls import include, path

from ocop.partners.registers import (
    AGREEMENTS,
    ASSESSMENTS,
    ATTENDANCES,
    CONFERENCES,
    CONTRACTS,
    MESSAGES,
    PARTNERS,
)
from ocop.partners.views import office

app_name = "partners"

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
