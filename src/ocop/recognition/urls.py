"""Addresses of recognition in the workspace."""

from django.urls import URLPattern, path

from ocop.recognition import (
    copy_pages,
    misuse_pages,
    past_pages,
    reissue_pages,
    root_pages,
    verification_pages,
    views,
)
from ocop.recognition.misuse_pages import MISUSE
from ocop.recognition.registers import CERTIFICATES, DECISIONS

app_name = "recognition"


def below(prefix: str, pages: list[URLPattern]) -> list[URLPattern]:
    """The pages of a register below a prefix."""
    return [
        path(prefix + str(page.pattern), page.callback, page.default_args, name=page.name) for page in pages
    ]


urlpatterns = [
    path("so/giay-chung-nhan/cac-nam-truoc/", past_pages.upload, name="past"),
    path("so/giay-chung-nhan/cac-nam-truoc/mau/", past_pages.template, name="past_template"),
    path("so/giay-chung-nhan/cac-nam-truoc/<str:batch>/", past_pages.batch_page, name="past_batch"),
    path("so/giay-chung-nhan/cac-nam-truoc/<str:batch>/ket-qua/", past_pages.result, name="past_result"),
    path("so/giay-chung-nhan/ban-giay/", copy_pages.many, name="copies"),
    path("so/giay-chung-nhan/ban-giay/gan/", copy_pages.many_attach, name="copies_attach"),
    path(
        "so/giay-chung-nhan/ma/<str:code>/ban-giay/",
        copy_pages.attach_to_certificate,
        name="certificate_copy",
    ),
    path("so/quyet-dinh-sao/<int:pk>/ban-ky/", copy_pages.attach_to_decision, name="decision_copy"),
    path("so/ban-giay/<int:pk>/", copy_pages.copy_page, name="copy"),
    path("so/ban-giay/<int:pk>/go/", copy_pages.copy_remove, name="copy_remove"),
    path("so/ban-giay/<int:pk>/kiem-tra/", copy_pages.copy_check, name="copy_check"),
    path("so/chung-thu-goc/", root_pages.roots, name="roots"),
    path("so/chung-thu-goc/<int:pk>/thoi/", root_pages.root_withdraw, name="root_withdraw"),
    *below("so/giay-chung-nhan/", CERTIFICATES.urls()),
    *below("so/quyet-dinh-sao/", DECISIONS.urls()),
    path("so/xac-minh-sao/", verification_pages.board, name="verifications"),
    path("so/xac-minh-sao/mo/<str:code>/", verification_pages.verify, name="verify"),
    path("so/xac-minh-sao/<int:pk>/", verification_pages.verification, name="verification"),
    path("so/xac-minh-sao/<int:pk>/buoc/", verification_pages.verification_press, name="verification_press"),
    path(
        "so/xac-minh-sao/<int:pk>/quyet-dinh/",
        verification_pages.verification_decide,
        name="verification_decide",
    ),
    path("so/cap-lai-giay-chung-nhan/", reissue_pages.board, name="reissues"),
    path("so/cap-lai-giay-chung-nhan/xin/<str:code>/", reissue_pages.ask, name="reissue_ask"),
    path("so/cap-lai-giay-chung-nhan/<int:pk>/", reissue_pages.reissue, name="reissue"),
    path("so/cap-lai-giay-chung-nhan/<int:pk>/buoc/", reissue_pages.press, name="reissue_press"),
    path("so/cap-lai-giay-chung-nhan/<int:pk>/cap/", reissue_pages.issue, name="reissue_issue"),
    *below("so/phan-anh-sao/", MISUSE.urls()),
    path("so/phan-anh-sao/<int:pk>/xac-minh/", misuse_pages.verify, name="misuse_verify"),
    path("so/phan-anh-sao/<int:pk>/tra-loi/", misuse_pages.answer, name="misuse_answer"),
    path("so/phan-anh-sao/<int:pk>/dien-thoai/", misuse_pages.phone, name="misuse_phone"),
    path("so/sao-het-han/", views.expiry_board, name="expiry_board"),
    path("so/giay-chung-nhan/ma/<str:code>/pdf/", views.paper, name="paper"),
    path("so/giay-chung-nhan/ma/<str:code>/nhan/", views.label, name="label"),
    path("so/san-pham/ma/<str:code>/sao/", views.of_product, name="of_product"),
]
