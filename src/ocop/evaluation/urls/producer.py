"""Addresses of the producer's desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
