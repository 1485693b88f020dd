"""Addresses of the page of operations and of its measures."""

from django.urls import path

from ocop.operations import endpoints, views

app_name = "operations"
urlpatterns = [
    path("metrics", endpoints.metrics, name="metrics"),
    path("van-hanh/", views.state, name="state"),
    path("van-hanh/cau-hinh/", views.in_force, name="settings"),
    path("van-hanh/gui-lai/", views.send_again, name="send_again"),
]
