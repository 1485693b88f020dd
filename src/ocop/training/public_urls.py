"""The open page of the app, in Vietnamese and English."""

from django.urls import path

from ocop.training.views import public

app_name = "training_public"

urlpatterns = [path("chung-nhan-tham-du/<str:code>/", public.check, name="attendance_check")]
