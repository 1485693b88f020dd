"""Addresses of support and money."""

from django.urls import include, path

from ocop.funding import views
from ocop.funding.registers import ACTIVITIES, FUND_ENTRIES, MOBILISED_RESOURCES, SUPPORT_REQUESTS

app_name = "funding"
urlpatterns = [
    path("ho-tro/", include(SUPPORT_REQUESTS.urls())),
    path("ho-tro/phuong-an/<int:pk>/", views.from_plan, name="from_plan"),
    path("so-von/", include(FUND_ENTRIES.urls())),
    path("so-von/<int:pk>/dao/", views.reverse_page, name="reverse"),
    path("so-von/tong-hop/", views.totals, name="totals"),
    path("so-von/tong-hop/excel/", views.totals_sheet, name="totals_sheet"),
    path("nguon-luc/", include(MOBILISED_RESOURCES.urls())),
    path("hoat-dong-von/", include(ACTIVITIES.urls())),
]
