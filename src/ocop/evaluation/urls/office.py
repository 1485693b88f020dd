"""Addresses of the office's own Word templates."""

from django.urls import path

from ocop.evaluation.views import office_templates as views

urlpatterns = [
    path("mau-giay-to/", views.template_list, name="template-list"),
    path("mau-giay-to/<slug:paper>/", views.template_detail, name="template-detail"),
    path("mau-giay-to/<slug:paper>/ve-mau-he-thong/", views.template_return, name="template-return"),
    path("mau-giay-to/<slug:paper>/mau-he-thong.docx", views.template_shipped, name="template-shipped"),
    path("mau-giay-to/<slug:paper>/dien-thu/<int:pk>/", views.template_sample, name="template-sample"),
]
