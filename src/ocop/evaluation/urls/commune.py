"""Addresses of the commune's desk."""

from django.urls import URLPattern, path

from ocop.evaluation.views import commune, commune_report

urlpatterns: list[URLPattern] = [
    path("ho-so/<str:code>/xa/", commune.intake, name="commune-intake"),
    path("ho-so/<str:code>/xa/kiem-tra/", commune.checks, name="commune-checks"),
    path("ho-so/<str:code>/xa/tiep-nhan/", commune.receive, name="commune-receive"),
    path("ho-so/<str:code>/xa/tra-lai/", commune.give_back, name="commune-return"),
    path("ho-so/<str:code>/mau-03/", commune_report.report, name="commune-report"),
    path("ho-so/<str:code>/mau-03/xem/", commune_report.read, name="commune-read"),
    path("ho-so/<str:code>/mau-03/ban-in/", commune_report.preview, name="commune-preview"),
    path("ho-so/<str:code>/ky-de-nghi/", commune_report.sign, name="commune-sign"),
]
