"""Addresses of promotion on the open site, in both languages."""

from django.urls import path
from django.views.decorators.gzip import gzip_page

from ocop.promotion.views import public

app_name = "promotion_public"

urlpatterns = [
    path("diem-ban-ocop/<str:code>/", gzip_page(public.point), name="point"),
    path("noi-dung-ocop/<str:code>/", gzip_page(public.use_place), name="use_place"),
]
