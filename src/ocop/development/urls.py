"""Addresses of development: a register each."""

from django.urls import include, path

from ocop.development import registers

app_name = "development"

PLACES = {
    "so/vuong-mac/": registers.OBSTACLES,
    "so/chuyen-gia/": registers.CONSULTANTS,
    "so/viec-tu-van/": registers.ADVICES,
    "so/khao-sat-san-pham/": registers.SURVEYS,
    "so/huong-toi-4-5-sao/": registers.CANDIDATES,
    "so/lien-ket-chu-the/": registers.LINKS,
    "so/lien-ket-chu-the-thanh-vien/": registers.MEMBERS,
    "so/chuoi-gia-tri/": registers.CHAINS,
    "so/chuoi-gia-tri-thanh-vien/": registers.CHAIN_MEMBERS,
    "so/to-chuc-san-xuat/": registers.ORGANISATIONS,
    "so/to-chuc-san-xuat-tu-van/": registers.ORGANISATION_ADVICES,
    "so/cong-nghe/": registers.TECHNOLOGIES,
    "so/nhu-cau-cong-nghe/": registers.NEEDS,
    "so/danh-muc-khcn/": registers.LISTS,
}

urlpatterns = [path(place, include(register.urls())) for place, register in PLACES.items()]
