"""Addresses of legal instruments."""

from django.urls import path

from ocop.law import views

app_name = "law"
urlpatterns = [
    path("van-ban/", views.instrument_list, name="instruments"),
    path("van-ban/<slug:slug>/", views.instrument_page, name="instrument"),
]
