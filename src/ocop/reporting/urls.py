"""Addresses of figures."""

from django.urls import include, path

from ocop.reporting import views
from ocop.reporting.registers import TARGETS

app_name = "reporting"
urlpatterns = [
    path("so-lieu/", views.board_page, name="board"),
    path("so-lieu/in/", views.board_pdf, name="board_pdf"),
    path("so-lieu/tinh/", views.measure_now, name="measure"),
    path("so-lieu/dong/<slug:key>/", views.rows_page, name="rows"),
    path("so-lieu/chot/", views.freezes, name="freezes"),
    path("so-lieu/chot/<int:pk>/", views.freeze_page, name="freeze"),
    path("so-lieu/chi-tieu/", include(TARGETS.urls())),
]
