"""Addresses of files."""

from django.urls import path

from ocop.files import views

app_name = "files"
urlpatterns = [
    path("tep/tai-len/", views.begin, name="begin"),
    path("tep/tai-len/<uuid:key>/", views.piece, name="piece"),
    path("tep/<uuid:key>/", views.download, name="download"),
    path("tep/<uuid:key>/<int:width>.webp", views.rendition, name="rendition"),
]
