"""Addresses of the producer's desk."""

from django.urls import URLPattern, path

from ocop.evaluation.views import (
    producer,
    producer_forms,
    producer_read,
    producer_scores,
    producer_submit,
    renewal,
)

urlpatterns: list[URLPattern] = [
    path("ho-so-cua-toi/", producer.my_dossiers, name="my-dossiers"),
    path("ho-so-cua-toi/mo/<str:product>/", producer.open_page, name="dossier-open"),
    path("ho-so-cua-toi/danh-gia-lai/<str:code>/", renewal.renew, name="renew"),
    path("ho-so/<str:code>/soan/", producer.write, name="dossier-write"),
    path("ho-so/<str:code>/soan/<slug:step>/", producer_forms.step_page, name="dossier-step"),
    path("ho-so/<str:code>/cham/", producer_scores.scores, name="dossier-scores"),
    path("ho-so/<str:code>/cham/truong-hop/", producer_scores.case_page, name="dossier-case"),
    path("ho-so/<str:code>/cham/<str:criterion>/", producer_scores.criterion_page, name="dossier-criterion"),
    path("ho-so/<str:code>/cham/<str:criterion>/minh-chung/", producer_scores.attach, name="dossier-attach"),
    path("ho-so/<str:code>/bo-minh-chung/<int:pk>/", producer_scores.detach, name="dossier-detach"),
    path("ho-so/<str:code>/xep-minh-chung/<int:pk>/", producer_scores.arrange, name="dossier-arrange"),
    path("ho-so/<str:code>/ket-qua-tam/", producer_scores.live, name="dossier-live"),
    path("ho-so/<str:code>/nop/", producer_submit.check, name="dossier-check"),
    path("ho-so/<str:code>/da-nop/", producer_submit.submitted, name="dossier-submitted"),
    path("ho-so/<str:code>/rut/", producer_submit.take_back, name="dossier-withdraw"),
    path("ho-so/<str:code>/soan-lai/", producer_submit.start_again, name="dossier-again"),
    path("ho-so/<str:code>/phieu/", producer_read.forms, name="dossier-forms"),
    path("ho-so/<str:code>/minh-chung/", producer_read.evidence, name="dossier-evidence"),
    path("ho-so/<str:code>/tu-cham/", producer_read.scores, name="dossier-selfscore"),
]
