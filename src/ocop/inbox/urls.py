"""Addresses of notices."""

from django.urls import path

from ocop.inbox import views

app_name = "inbox"
urlpatterns = [
    path("thong-bao/", views.notices, name="list"),
    path("thong-bao/da-doc/", views.read_all, name="read_all"),
    path("thong-bao/tuy-chon/", views.choices, name="choices"),
    path("thong-bao/<int:pk>/mo/", views.open_notice, name="open"),
]
