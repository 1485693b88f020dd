"""Addresses of dossiers: the list, the record page, the moves."""

from django.urls import path

from ocop.evaluation.views import papers, record, site_check

urlpatterns = [
    path("ho-so/", record.dossier_list, name="dossier-list"),
    path("ho-so-xuat/", record.dossier_export, name="dossier-export"),
    path("ho-so/<str:code>/", record.dossier_detail, name="dossier-detail"),
    path("ho-so/<str:code>/thao-tac/", record.dossier_move, name="dossier-move"),
    path("ho-so/<str:code>/lich-su/", record.dossier_history, name="dossier-history"),
    path("ho-so/<str:code>/kiem-tra-thuc-te/", site_check.site_check, name="site-check"),
    path("ho-so/<str:code>/giay-to/", papers.papers, name="dossier-papers"),
    path("ho-so/<str:code>/giay-to/<slug:kind>/", papers.make, name="dossier-paper"),
]
