"""Addresses of the decision's desk: drafts, numbers, the centre, letters."""

from django.urls import path

from ocop.evaluation.views import centre, decision, levels, renewal, whole

urlpatterns = [
    path("sao/<str:code>/keo-dai/", renewal.extend, name="extend"),
    path("quyet-dinh/", decision.draft_list, name="draft-list"),
    path("quyet-dinh/lap/", decision.draft_create, name="draft-create"),
    path("quyet-dinh/<int:pk>/", decision.draft_detail, name="draft-detail"),
    path("quyet-dinh/<int:pk>/duyet/", decision.draft_approve, name="draft-approve"),
    path("quyet-dinh/<int:pk>/ban-hanh/", decision.draft_issue, name="draft-issue"),
    path("quyet-dinh/<int:pk>/bo/<int:line>/", decision.line_drop, name="draft-line-drop"),
    path("quyet-dinh/<int:pk>/van-ban/", decision.draft_paper, name="draft-paper"),
    path("ho-so/<str:code>/mot-tep-pdf/", whole.whole, name="dossier-whole"),
    path("ho-so/<str:code>/ket-qua/", centre.outcome, name="dossier-outcome"),
    path("ho-so/<str:code>/trung-uong/gui/", centre.send, name="centre-send"),
    path("ho-so/<str:code>/trung-uong/ket-qua/", centre.record, name="centre-record"),
    path("ho-so/<str:code>/trinh-tinh/", levels.forward, name="district-forward"),
    path("ho-so/<str:code>/ket-qua-huyen/", levels.decide, name="district-decide"),
    path("ho-so/<str:code>/lap-lai/", levels.draw_up_anew, name="dossier-refile"),
    path("ho-so/<str:code>/thong-bao-ket-qua/", centre.letters, name="result-letters"),
]
