"""Addresses of the page of operations."""

from django.urls import path

from ocop.operations import views

app_name = "operations"
urlpatterns = [
    path("van-hanh/", views.state, name="state"),
    path("van-hanh/gui-lai/", views.send_again, name="send_again"),
]
