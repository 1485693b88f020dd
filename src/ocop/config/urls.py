"""Every address of the system; each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("allauth.urls")),
    path("", include("ocop.kit.urls")),
]
