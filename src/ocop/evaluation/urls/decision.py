"""Addresses of the decision's desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
