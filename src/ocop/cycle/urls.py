"""Addresses of the cycle."""

from django.urls import include, path

from ocop.cycle import registers
from ocop.cycle.views import board, meetings, writing

app_name = "cycle"
IDEA, PLAN = {"kind": writing.IDEA}, {"kind": writing.PLAN}

urlpatterns = [
    path("chu-trinh/", board.board_page, name="board"),
    path("chu-trinh/excel/", board.board_file, name="board_file"),
    path("y-tuong/dang-ky/", writing.idea_start, name="idea_start"),
    path("y-tuong/<int:pk>/soan/", writing.write_page, IDEA, name="idea_write"),
    path("y-tuong/<int:pk>/soan/<slug:step>/", writing.step_page, IDEA, name="idea_step"),
    path("y-tuong/<int:pk>/phuong-an/", writing.plan_start, name="plan_start"),
    path("y-tuong/", include(registers.IDEAS.urls())),
    path("phien-xet-chon/<int:pk>/y-tuong/", meetings.ideas_page, name="meeting_ideas"),
    path("phien-xet-chon/cham/<int:pk>/", meetings.score_page, name="meeting_score"),
    path("phien-xet-chon/thanh-phan/", include(registers.MEMBERS.urls())),
    path("phien-xet-chon/", include(registers.MEETINGS.urls())),
    path("phuong-an/<int:pk>/soan/", writing.write_page, PLAN, name="plan_write"),
    path("phuong-an/<int:pk>/soan/<slug:step>/", writing.step_page, PLAN, name="plan_step"),
    path("phuong-an/tien-do/", include(registers.MILESTONES.urls())),
    path("phuong-an/ho-tro/", include(registers.SUPPORTS.urls())),
    path("phuong-an/bao-cao-quy/", include(registers.PROGRESS.urls())),
    path("phuong-an/", include(registers.PLANS.urls())),
    path("lich-chu-trinh/", include(registers.CALENDARS.urls())),
    path("ngoai-le-mua-vu/", include(registers.SEASONS.urls())),
    path("tieu-chi-y-tuong/", include(registers.CRITERIA.urls())),
]
