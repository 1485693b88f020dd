"""Addresses of the council's desk: councils, sessions, declarations, score sheets, boards."""

from django.urls import path

from ocop.evaluation.views import council, council_item, council_papers, council_session, marking

urlpatterns = [
    path("hoi-dong/", council.council_list, name="council-list"),
    path("hoi-dong/them/", council.council_new, name="council-new"),
    path("hoi-dong/<int:pk>/", council.council_detail, name="council-detail"),
    path("hoi-dong/<int:pk>/thanh-vien/them/", council.seat_new, name="seat-new"),
    path("hoi-dong/thanh-vien/<int:pk>/", council.seat_change, name="seat-change"),
    path("hoi-dong/thanh-vien/<int:pk>/ket-thuc/", council.seat_end, name="seat-end"),
    path("phien-hop/", council_session.session_list, name="session-list"),
    path("phien-hop/them/", council_session.session_new, name="session-new"),
    path("phien-hop/<int:pk>/", council_session.session_detail, name="session-detail"),
    path("phien-hop/<int:pk>/tiep/", council_session.session_next, name="session-next"),
    path("phien-hop/<int:pk>/sua/", council_session.session_change, name="session-change"),
    path("phien-hop/<int:pk>/chuong-trinh/", council_session.agenda, name="session-agenda"),
    path("phien-hop/<int:pk>/diem-danh/", council_session.attendance, name="session-attendance"),
    path("phien-hop/<int:pk>/khai-mac/", council_session.session_open, name="session-open"),
    path("phien-hop/<int:pk>/dien-bien/", council_session.session_notes, name="session-notes"),
    path("phien-hop/<int:pk>/be-mac/", council_session.session_close, name="session-close"),
    path("phien-hop/<int:pk>/bien-ban/", council_papers.minutes, name="session-minutes"),
    path("phien-hop/ho-so/<int:pk>/", council_item.item_detail, name="item-detail"),
    path("phien-hop/ho-so/<int:pk>/thao-tac/", council_item.item_press, name="item-press"),
    path("phien-hop/ho-so/<int:pk>/rut/", council_item.item_take_off, name="item-take-off"),
    path("phien-hop/ho-so/<int:pk>/thao-luan/", council_item.item_discussion, name="item-discussion"),
    path("phien-hop/ho-so/<int:pk>/phieu-thong-nhat/", council_item.item_agreed, name="item-agreed"),
    path("phien-hop/ho-so/<int:pk>/phieu-cham/", council_papers.score_sheets, name="item-sheets"),
    path("phien-hop/ly-do-loai/<int:pk>/", council_item.finding_settle, name="finding-settle"),
    path("phien-hop/ho-so/<int:pk>/bang-diem/", council_item.board, name="item-board"),
    path("phien-hop/ho-so/<int:pk>/khai-bao/", marking.declare, name="declare"),
    path("phien-hop/ho-so/<int:pk>/cham/", marking.sheet, name="sheet"),
    path("phien-hop/ho-so/<int:pk>/cham/xem-lai/", marking.review, name="sheet-review"),
    path("phien-hop/ho-so/<int:pk>/cham/nop/", marking.submit, name="sheet-submit"),
    path("phien-hop/ho-so/<int:pk>/cham/chep-vong-truoc/", marking.copy_earlier, name="sheet-copy"),
    path("phien-hop/ho-so/<int:pk>/cham/<str:code>/", marking.criterion, name="sheet-criterion"),
    path("ho-so/<str:code>/hoi-dong/", council_item.dossier_council, name="dossier-council"),
]
