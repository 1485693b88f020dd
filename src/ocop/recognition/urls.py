"""Addresses of recognition in the workspace."""

from django.urls import URLPattern, path

from ocop.recognition import views
from ocop.recognition.registers import CERTIFICATES, DECISIONS

app_name = "recognition"


def below(prefix: str, pages: list[URLPattern]) -> list[URLPattern]:
    """The pages of a register below a prefix."""
    return [
        path(prefix + str(page.pattern), page.callback, page.default_args, name=page.name) for page in pages
    ]


urlpatterns = [
    *below("so/giay-chung-nhan/", CERTIFICATES.urls()),
    *below("so/quyet-dinh-sao/", DECISIONS.urls()),
    path("so/sao-het-han/", views.expiry_board, name="expiry_board"),
    path("so/giay-chung-nhan/ma/<str:code>/pdf/", views.paper, name="paper"),
    path("so/san-pham/ma/<str:code>/sao/", views.of_product, name="of_product"),
]
