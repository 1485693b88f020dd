"""Addresses of the commune's desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
