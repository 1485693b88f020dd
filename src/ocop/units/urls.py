"""Addresses of units and agencies."""

from django.urls import path

from ocop.units import handover_pages, views

app_name = "units"
urlpatterns = [
    path("don-vi/", views.unit_list, name="units"),
    path("don-vi/tim", views.suggest, name="suggest"),
    path("don-vi/<slug:code>/", views.unit_page, name="unit"),
    path("co-quan/", views.agency_list, name="agencies"),
    path("ban-giao/", handover_pages.handovers, name="handovers"),
    path("ban-giao/xac-nhan-xa-moi/", handover_pages.doubts, name="doubts"),
    path("ban-giao/xac-nhan-xa-moi/excel", handover_pages.doubts_sheet, name="doubts_sheet"),
    path("ban-giao/<slug:day>/", handover_pages.handover, name="handover"),
]
