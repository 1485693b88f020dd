"""Addresses of the log."""

from django.urls import path

from ocop.audit import views

app_name = "audit"
urlpatterns = [path("quan-tri/nhat-ky/", views.events, name="events")]
