"""Addresses of quality."""

from django.urls import include, path

from ocop.quality import registers
from ocop.quality.views import board, findings, sheet

app_name = "quality"
urlpatterns = [
    path("kiem-tra-co-so/ke-hoach/", include(registers.PLANS.urls())),
    path("kiem-tra-co-so/luot-du-kien/", include(registers.LINES.urls())),
    path("kiem-tra-co-so/chuong-trinh/", include(registers.PROGRAMMES.urls())),
    path("kiem-tra-co-so/cho-trung/", include(registers.OVERLAPS.urls())),
    path("kiem-tra-co-so/luot/", include(registers.VISITS.urls())),
    path("kiem-tra-co-so/luot/<int:pk>/phieu/", sheet.page, name="sheet"),
    path("kiem-tra-co-so/luot/<int:pk>/phieu/phan/<slug:area>/", sheet.save_area, name="sheet_area"),
    path("kiem-tra-co-so/luot/<int:pk>/phieu/cau/<str:code>/", sheet.answer, name="sheet_answer"),
    path("kiem-tra-co-so/luot/<int:pk>/phieu/cau/<str:code>/anh/", sheet.attach, name="sheet_photo"),
    path("kiem-tra-co-so/anh/<int:pk>/bo/", sheet.remove, name="sheet_photo_remove"),
    path("kiem-tra-co-so/luot/<int:pk>/khac-phuc/", findings.page, name="findings"),
    path("kiem-tra-co-so/khac-phuc/", include(registers.REMEDIES.urls())),
    path("kiem-tra-co-so/vi-pham/", include(registers.VIOLATIONS.urls())),
    path("kiem-tra-co-so/de-nghi-xac-minh/", include(registers.PROPOSALS.urls())),
    path("kiem-tra-co-so/cau-hoi/", include(registers.QUESTIONS.urls())),
    path("giay-to-chat-luong/", include(registers.RECEPTIONS.urls())),
    path("giay-to-chat-luong/theo-han/", board.page, name="papers_board"),
]
