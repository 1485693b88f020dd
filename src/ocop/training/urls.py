"""Addresses of the apparatus and of capacity building."""

from django.urls import include, path

from ocop.training.registers import (
    BODIES,
    COURSES,
    ENTRIES,
    LINES,
    NEEDS,
    PEOPLE,
    PLANS,
    POSTS,
    SESSIONS,
    VISITS,
)
from ocop.training.views import apparatus, judging, mine, needs, people, scan

app_name = "training"

urlpatterns = [
    path("bo-may/so-do/", apparatus.chart, name="chart"),
    path("bo-may/nguoi/<int:pk>/ban-giao/", apparatus.hand_over, name="hand_over"),
    path("bo-may/to-chuc/", include(BODIES.urls())),
    path("bo-may/nguoi/", include(POSTS.urls())),
    path("khoa-cua-toi/", mine.mine, name="mine"),
    path("khoa-cua-toi/<int:pk>/tra-loi/", mine.answer, name="answer"),
    path("khoa-cua-toi/<int:pk>/danh-gia/", mine.evaluate, name="evaluate"),
    path("khoa-cua-toi/<int:pk>/giay-chung-nhan/", mine.certificate, name="certificate"),
    path("diem-danh/<str:code>/", scan.scan, name="scan"),
    path("dao-tao/nhu-cau/bao/", needs.say, name="say_needs"),
    path("dao-tao/nhu-cau/tong-hop/", needs.totals, name="need_totals"),
    path("dao-tao/nhu-cau/", include(NEEDS.urls())),
    path("dao-tao/ke-hoach/<int:pk>/tu-nhu-cau/", needs.fill_plan, name="fill_plan"),
    path("dao-tao/ke-hoach/", include(PLANS.urls())),
    path("dao-tao/dong-ke-hoach/", include(LINES.urls())),
    path("dao-tao/hoat-dong/<int:pk>/moi/", people.invite, name="invite"),
    path("dao-tao/hoat-dong/<int:pk>/ghi-ten/", people.add, name="add_person"),
    path("dao-tao/hoat-dong/<int:pk>/cham-diem/", judging.marks, name="marks"),
    path("dao-tao/hoat-dong/<int:pk>/trao-giai/", judging.prizes, name="prizes"),
    path("dao-tao/hoat-dong/", include(COURSES.urls())),
    path("dao-tao/buoi/<int:pk>/ma/", scan.screen, name="screen"),
    path("dao-tao/buoi/<int:pk>/ma-in/", scan.sheet, name="sheet"),
    path("dao-tao/buoi/<int:pk>/diem-danh/", people.take, name="take"),
    path("dao-tao/buoi/", include(SESSIONS.urls())),
    path("dao-tao/nguoi-du/", include(PEOPLE.urls())),
    path("dao-tao/mo-hinh/", include(VISITS.urls())),
    path("dao-tao/bai-du-thi/", include(ENTRIES.urls())),
]
