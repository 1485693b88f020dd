"""Addresses of the signed-in home."""

from django.urls import path

from ocop.workspace import views

app_name = "workspace"
urlpatterns = [
    path("viec-cua-toi/", views.home, name="home"),
    path("tim/", views.search, name="search"),
]
