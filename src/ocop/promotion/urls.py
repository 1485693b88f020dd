"""Addresses of promotion: its registers, the board and the coverage of sale points, registration for a fair."""

from django.urls import include, path

from ocop.promotion.registers import fairs, matching, points, reach
from ocop.promotion.views import boards, fair_entry, introductions, months

app_name = "promotion"

urlpatterns = [
    path("diem-ban/canh-bao/", boards.board, name="board"),
    path("diem-ban/do-phu/", boards.coverage, name="coverage"),
    path("diem-ban/do-phu/excel/", boards.coverage_file, name="coverage_file"),
    path("diem-ban/<int:pk>/bao-cao-thang/", months.report, name="month_report"),
    path("diem-ban/doanh-so/", include(points.SALE_MONTHS.urls())),
    path("diem-ban/hang/", include(points.STOCK.urls())),
    path("diem-ban/kiem-tra/", include(points.CHECKS.urls())),
    path("diem-ban/ho-tro/", include(points.POINT_SUPPORT.urls())),
    path("diem-ban/", include(points.SALE_POINTS.urls())),
    path("hoi-cho/<int:pk>/dang-ky/", fair_entry.register, name="fair_register"),
    path("hoi-cho/dang-ky/", include(fairs.FAIR_ENTRIES.urls())),
    path("hoi-cho/", include(fairs.FAIRS.urls())),
    path("chao-hang/", include(matching.OFFERS.urls())),
    path("nhu-cau-mua/gioi-thieu/<int:pk>/", introductions.answer, name="introduction_answer"),
    path("nhu-cau-mua/", include(matching.REQUESTS.urls())),
    path("cuoc-gap/", include(matching.TALKS.urls())),
    path("hop-dong-tieu-thu/", include(matching.AGREEMENTS.urls())),
    path("noi-su-dung/", include(reach.USE_PLACES.urls())),
    path("kenh-ban-hang/", include(reach.CHANNELS.urls())),
    path("truyen-thong/ke-hoach/", include(reach.COMMUNICATION_PLANS.urls())),
    path("truyen-thong/", include(reach.COMMUNICATION.urls())),
]
