"""Addresses of the open site. Paths are Vietnamese without marks; codes on labels take no closing slash."""

from django.urls import path, re_path
from django.views.decorators.gzip import gzip_page

from ocop.kit.limits import searches_limited
from ocop.public.views import about, browse, check, home, machines, places, report, simulate

app_name = "public"

urlpatterns = [
    path("", gzip_page(home.home), name="home"),
    path("san-pham/", gzip_page(searches_limited(browse.products)), name="products"),
    path("san-pham/<str:code>/", gzip_page(browse.product), name="product"),
    path("sao-thu-hoi/", gzip_page(browse.revoked), name="revoked"),
    path("chu-the/<str:code>/", gzip_page(browse.producer), name="producer"),
    path("kiem-tra/", gzip_page(searches_limited(check.check)), name="check"),
    re_path(r"^kiem-tra/(?P<code>[^/]{1,60})/?$", gzip_page(check.validity), name="validity"),
    re_path(r"^kiem-tra/(?P<code>[^/]{1,60})/bao-sai-pham/$", report.report, name="report"),
    path("phan-anh/", searches_limited(report.find), name="report_find"),
    re_path(r"^phan-anh/(?P<code>[^/]{1,60})/$", report.follow, name="report_follow"),
    path("tu-cham-diem/", gzip_page(simulate.choose), name="simulator"),
    path("tu-cham-diem/<slug:decision>/<int:number>/", gzip_page(simulate.sheet), name="simulator_sheet"),
    path("ban-do/", gzip_page(places.province_map), name="map"),
    path("gioi-thieu/", gzip_page(about.about), name="about"),
    path("sitemap.xml", gzip_page(machines.sitemap), name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]
