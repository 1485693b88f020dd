"""Addresses of producers."""

from django.urls import path

from ocop.producers.registers import REGISTERS
from ocop.producers.views import areas, associations, doubles, mine, officers, record, shares

app_name = "producers"


def under(prefix: str, pages: list) -> list:
    """The pages of a register below a prefix."""
    return [
        path(prefix + str(page.pattern), page.callback, page.default_args, name=page.name) for page in pages
    ]


urlpatterns = [
    path("co-so/", mine.my_place, name="mine"),
    path("co-so/nhan/", mine.claim_search, name="claim_search"),
    path("co-so/nhan/<str:code>/", mine.claim, name="claim"),
    path("co-so/dang-ky/", mine.register_step, name="register"),
    path("co-so/dang-ky/<slug:step>/", mine.register_step, name="register_step"),
    path("co-so/<str:code>/dai-dien/", record.person, name="person"),
    path("co-so/<str:code>/dai-dien/sua/", record.person_edit, name="person_edit"),
    path("co-so/<str:code>/dai-dien/moi/", record.person_edit, {"new": True}, name="person_new"),
    path("co-so/<str:code>/dai-dien/xoa/", record.person_erase, name="person_erase"),
    path("co-so/<str:code>/nguoi/", record.people, name="people"),
    path("co-so/<str:code>/nguoi/giup/", record.helper, name="helper"),
    path("co-so/<str:code>/nguoi/them/", record.colleague, name="colleague"),
    path("co-so/<str:code>/nguoi/<int:pk>/ket-thuc/", record.access_end, name="access_end"),
    path("co-so/<str:code>/loai-hinh/", record.change_form, name="change_form"),
    path("co-so/<str:code>/dia-chi/", record.move, name="move"),
    path("so/de-nghi-co-so/", officers.claim_list, name="claims"),
    path("so/de-nghi-co-so/<int:pk>/", officers.claim_page, name="claim_page"),
    path("so/chu-the/ghi-giup/", officers.counter, name="counter"),
    path("so/chu-the/ghi-giup/<str:code>/", officers.counter_done, name="counter_done"),
    path("so/chu-the/trung/", doubles.doubles, name="doubles"),
    path("so/chu-the/<int:pk>/", doubles.record, name="producers_detail"),
    path("so/vung-nguyen-lieu/ban-do/", areas.areas_map, name="areas_map"),
    path("so/hoi-ocop/<int:pk>/to-chuc-lai/", associations.restructure, name="association_restructure"),
    path("so/lao-dong-nguyen-lieu/<int:pk>/xac-nhan/", shares.confirm, name="share_confirm"),
    *(page for register, prefix in REGISTERS for page in under(prefix, register.urls())),
]
