"""Addresses of the province's desk and of the expert team."""

from django.urls import URLPattern, path

from ocop.evaluation.views import province, province_experts

urlpatterns: list[URLPattern] = [
    path("tham-dinh/", province_experts.assigned, name="expert-assigned"),
    path("ho-so/<str:code>/tinh/", province.intake, name="province-intake"),
    path("ho-so/<str:code>/tinh/kiem-tra/", province.checks, name="province-checks"),
    path("ho-so/<str:code>/tinh/mau/", province.note_samples, name="province-samples"),
    path("ho-so/<str:code>/tinh/mau/<int:pk>/tra/", province.return_samples, name="province-samples-return"),
    path("ho-so/<str:code>/tinh/phan-cong/", province.assign, name="province-assign"),
    path("ho-so/<str:code>/tinh/bo-sung/", province.ask, name="province-ask"),
    path("ho-so/<str:code>/tham-dinh/", province_experts.report, name="expert-report"),
    path("ho-so/<str:code>/tham-dinh/bao-cao/", province_experts.to_chair, name="expert-to-chair"),
]
