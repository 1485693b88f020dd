"""Addresses of partners on the open site, in both languages."""

from django.urls import path
from django.views.decorators.gzip import gzip_page

from ocop.kit.limits import searches_limited
from ocop.partners.views import public

app_name = "partners_public"

urlpatterns = [
    path("doi-tac/", gzip_page(searches_limited(public.partners)), name="list"),
    path("doi-tac/<str:code>/", gzip_page(public.partner), name="partner"),
    path("doi-tac/<str:code>/lien-he/", public.message, name="message"),
    path("doi-tac/<str:code>/da-gui/", public.sent, name="sent"),
]
