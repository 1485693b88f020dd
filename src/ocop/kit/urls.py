"""Addresses of the toolbox: the health check and the pattern page."""

from django.urls import path

from ocop.kit import health, job_views, pattern_views
from ocop.kit.registers.story import story_page

app_name = "kit"
urlpatterns: list = [
    path("healthz", health.healthz, name="healthz"),
    path("cong-viec/<uuid:key>/", job_views.job, name="job"),
    path("ve/<str:model>/<int:pk>/<slug:section>/", story_page, name="story"),
    path("mau-giao-dien/", pattern_views.pattern_page, name="patterns"),
]
