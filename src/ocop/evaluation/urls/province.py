"""Addresses of the province's desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
