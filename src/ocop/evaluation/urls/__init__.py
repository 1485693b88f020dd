"""Addresses of evaluation, one module per desk."""

from ocop.evaluation.urls import commune, council, decision, office, producer, province, record

app_name = "evaluation"
urlpatterns = [
    *producer.urlpatterns,
    *commune.urlpatterns,
    *province.urlpatterns,
    *council.urlpatterns,
    *decision.urlpatterns,
    *record.urlpatterns,
    *office.urlpatterns,
]
