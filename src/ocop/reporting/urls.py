"""Addresses of figures."""

from django.urls import include, path

from ocop.reporting import report_views, version_views, views
from ocop.reporting.registers import TARGETS
from ocop.reporting.report_register import REPORTS

app_name = "reporting"
urlpatterns = [
    path("so-lieu/", views.board_page, name="board"),
    path("so-lieu/in/", views.board_pdf, name="board_pdf"),
    path("so-lieu/tinh/", views.measure_now, name="measure"),
    path("so-lieu/dong/<slug:key>/", views.rows_page, name="rows"),
    path("so-lieu/chot/", views.freezes, name="freezes"),
    path("so-lieu/chot/<int:pk>/", views.freeze_page, name="freeze"),
    path("so-lieu/chi-tieu/", include(TARGETS.urls())),
    path("bao-cao/mau/", version_views.versions, name="versions"),
    path("bao-cao/mau/<int:pk>/", version_views.version_page, name="version"),
    path("bao-cao/mau/<int:pk>/sua/", version_views.version_edit, name="version_edit"),
    path("bao-cao/mau/<int:pk>/sao-chep/", version_views.version_copy, name="version_copy"),
    path("bao-cao/mau/<int:pk>/bo/", version_views.version_drop, name="version_drop"),
    path("bao-cao/ky/", report_views.rounds, name="rounds"),
    path("bao-cao/ky/<int:pk>/", report_views.round_page, name="round"),
    path("bao-cao/ky/<int:pk>/tong-hop/", report_views.consolidate_now, name="consolidate"),
    path("bao-cao/ky/<int:pk>/so-lieu.<slug:kind>", report_views.open_data, name="open_data"),
    path("bao-cao/tong-hop/<int:pk>/", report_views.consolidation_page, name="consolidation"),
    path(
        "bao-cao/tong-hop/<int:pk>/tep.<slug:kind>",
        report_views.consolidation_file,
        name="consolidation_file",
    ),
    path("bao-cao/<int:pk>/viet/", report_views.write_page, name="write"),
    path("bao-cao/<int:pk>/mau-excel/", report_views.form_file, name="form_file"),
    path("bao-cao/<int:pk>/nhap-excel/", report_views.form_back, name="form_back"),
    path("bao-cao/", include(REPORTS.urls())),
]
