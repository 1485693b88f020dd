"""Addresses of dossiers: the list, the record page, the moves."""

from django.urls import path

from ocop.evaluation.views import record

urlpatterns = [
    path("ho-so/", record.dossier_list, name="dossier-list"),
    path("ho-so/<str:code>/", record.dossier_detail, name="dossier-detail"),
    path("ho-so/<str:code>/thao-tac/", record.dossier_move, name="dossier-move"),
    path("ho-so/<str:code>/lich-su/", record.dossier_history, name="dossier-history"),
]
