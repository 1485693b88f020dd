"""Addresses of products, papers and marks."""

from django.urls import path

from ocop.products.registers import REGISTERS
from ocop.products.views import doubles, of_producer, paper, product

app_name = "products"


def under(prefix: str, pages: list) -> list:
    """The pages of a register below a prefix."""
    return [
        path(prefix + str(page.pattern), page.callback, page.default_args, name=page.name) for page in pages
    ]


urlpatterns = [
    path("co-so/<str:code>/san-pham/", of_producer.products, name="of_producer"),
    path("co-so/<str:code>/san-pham/them/", of_producer.add_step, name="add"),
    path("co-so/<str:code>/san-pham/them/<slug:step>/", of_producer.add_step, name="add_step"),
    path("co-so/<str:code>/giay-to/", of_producer.vault, name="vault"),
    path("co-so/<str:code>/giay-to/them/<slug:kind>/", of_producer.add_paper, name="add_paper"),
    path("giay-to/<str:code>/", paper.paper_page, name="paper"),
    path("giay-to/<str:code>/tep/", paper.attach, name="paper_attach"),
    path("giay-to/<str:code>/sua/", paper.edit, name="paper_edit"),
    path("giay-to/<str:code>/bo/", paper.withdraw, name="paper_withdraw"),
    path("so/san-pham/ma/<str:code>/bo-san-pham/", product.choose_set, name="choose_set"),
    path("so/san-pham/ma/<str:code>/nhom/", product.change_group, name="change_group"),
    path("so/san-pham/ma/<str:code>/tinh-trang/", product.status, name="status"),
    path("so/san-pham/ma/<str:code>/chuyen/", product.transfer, name="transfer"),
    path("so/san-pham/ma/<str:code>/cap-ma/", product.allot_code, name="allot_code"),
    path("so/san-pham/ma/<str:code>/anh/", product.photos, name="photos"),
    path("so/san-pham/ma/<str:code>/anh/<int:pk>/<slug:verb>/", product.photo_change, name="photo_change"),
    path("so/san-pham/ma/<str:code>/nhan-hieu/", product.marks, name="marks"),
    path("so/san-pham/ma/<str:code>/nhan-hieu/them/", product.mark_use, name="mark_use"),
    path("so/san-pham/ma/<str:code>/nhan-hieu/<int:pk>/thoi/", product.mark_end, name="mark_end"),
    path("so/san-pham/trung/", doubles.doubles, name="doubles"),
    path("so/san-pham/trung/<str:double>/<str:into>/", doubles.merge, name="merge"),
    path("so/san-pham/<int:pk>/", doubles.record, name="products_detail"),
    *(page for register, prefix in REGISTERS for page in under(prefix, register.urls())),
]
