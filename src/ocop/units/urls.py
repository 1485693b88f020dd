"""Addresses of units and agencies."""

from django.urls import path

from ocop.units import views

app_name = "units"
urlpatterns = [
    path("don-vi/", views.unit_list, name="units"),
    path("don-vi/tim", views.suggest, name="suggest"),
    path("don-vi/<slug:code>/", views.unit_page, name="unit"),
    path("co-quan/", views.agency_list, name="agencies"),
]
