"""Addresses of the council's desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
