"""Addresses of the rulebook's pages at the office."""

from django.urls import include, path

from ocop.rulebook import views
from ocop.rulebook.registers import SUPPORT_POLICIES

app_name = "rulebook"
urlpatterns = [
    path("quan-tri/thiet-lap/", views.settings_page, name="settings"),
    path("quan-tri/thiet-lap/<slug:key>/", views.setting_page, name="setting"),
    path("quan-tri/lich-nghi/", views.calendar_page, name="calendar"),
    path("quan-tri/lich-nghi/<str:day>/bo/", views.calendar_drop, name="calendar_drop"),
    path("bo-tieu-chi/", views.books_page, name="books"),
    path("chinh-sach-ho-tro/", include(SUPPORT_POLICIES.urls())),
    path("van-ban/<slug:slug>/quyen-loi/", views.entitlements_page, name="entitlements"),
]
