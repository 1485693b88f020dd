"""Addresses of direction."""

from django.urls import include, path

from ocop.direction import views
from ocop.direction.registers import ALL

PLACES = {
    "tasks": "nhiem-vu/",
    "assignments": "nhiem-vu-ke-hoach/",
    "work_plans": "ke-hoach-cong-tac/",
    "work_lines": "ke-hoach-cong-tac/dong/",
    "projects": "du-an/",
    "project_milestones": "du-an/moc/",
    "project_progress": "du-an/tien-do/",
    "project_risks": "du-an/rui-ro/",
    "reviews": "so-ket/",
    "nominations": "khen-thuong/",
}
app_name = "direction"
urlpatterns = [
    path("theo-co-quan/", views.board_page, name="board"),
    path("theo-co-quan/giao/", views.give_out_now, name="give_out"),
    path("theo-co-quan/nhan/", views.accept_now, name="accept_all"),
    path("so-ket/<int:pk>/lay-so/", views.draw_review, name="draw_review"),
    *(path(PLACES[register.key], include(register.urls())) for register in ALL),
]
