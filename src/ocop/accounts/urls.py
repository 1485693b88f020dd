"""Addresses of sign-in (names of allauth, paths of ours) and of the pages about people."""

from allauth.account import views as signin
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as identity
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from ocop.accounts.views import entrance, officers, people, profile, roles, unsent

own = [
    path("vai-mau/", entrance.personas, name="personas"),
    path("vai-mau/<slug:username>/", entrance.persona_in, name="persona_in"),
    path("dang-ky/", entrance.register, name="register"),
    path("dang-ky/ma/", entrance.register_code, name="register_code"),
    path("dang-ky/ma/gui-lai/", entrance.register_code_again, name="register_code_again"),
    path("dang-do/", unsent.unsent, name="unsent"),
    path("mat-khau-moi/", entrance.new_password, name="new_password"),
    path("loi-moi/<str:secret>/", entrance.invitation, name="invitation"),
    path("ho-so/", profile.profile, name="profile"),
    path("ho-so/sua/", profile.edit, name="edit"),
    path("ho-so/so-dien-thoai/", profile.new_phone, name="new_phone"),
    path("ho-so/so-dien-thoai/ma/", profile.new_phone_code, name="new_phone_code"),
    path("ho-so/dong-y/<int:pk>/rut/", profile.withdraw, name="withdraw"),
    path("ho-so/xoa/", profile.erase, name="erase"),
    path("nguoi-dung/", people.people, name="people"),
    path("nguoi-dung/mo-tai-khoan/", people.register_for, name="register_for"),
    path("nguoi-dung/phan-cong/", roles.grant, name="grant"),
    path("nguoi-dung/moi/", roles.invite, name="invite"),
    path("nguoi-dung/moi/<int:pk>/thu-hoi/", roles.withdraw_invitation, name="withdraw_invitation"),
    path("nguoi-dung/nhap-excel/", officers.upload, name="import"),
    path("nguoi-dung/nhap-excel/mau/", officers.template, name="import_template"),
    path("nguoi-dung/nhap-excel/<str:key>/", officers.batch, name="import_batch"),
    path("nguoi-dung/ho-so/<str:username>/", people.person, name="person"),
    path("nguoi-dung/ho-so/<str:username>/lien-he/", people.contact, name="contact"),
    path("nguoi-dung/ho-so/<str:username>/mat-khau/", people.reset_password, name="reset_password"),
    path("nguoi-dung/ho-so/<str:username>/xac-thuc/", people.reset_second_factor, name="reset_second_factor"),
    path("nguoi-dung/ho-so/<str:username>/khoa/", people.lock, name="lock"),
    path("nguoi-dung/ho-so/<str:username>/mo-khoa/", people.unlock, name="unlock"),
    path("nguoi-dung/ho-so/<str:username>/xoa/", people.erase, name="erase_person"),
    path("vai-tro/<int:pk>/ket-thuc/", roles.end, name="end"),
    path("vai-tro/<int:pk>/ban-giao/", roles.hand_over, name="hand_over"),
    path("vai-tro/<int:pk>/uy-quyen/", roles.delegate, name="delegate"),
    path("uy-quyen/<int:pk>/thu-hoi/", roles.end_delegation, name="end_delegation"),
]

to_profile = RedirectView.as_view(pattern_name="accounts:profile")

borrowed = [
    path("dang-nhap/", signin.login, name="account_login"),
    path("dang-xuat/", signin.logout, name="account_logout"),
    path("bi-khoa/", signin.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", signin.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", signin.password_change, name="account_change_password"),
    path(
        "dat-mat-khau/",
        RedirectView.as_view(pattern_name="accounts:new_password"),
        name="account_set_password",
    ),
    path("quen-mat-khau/", signin.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", signin.password_reset_done, name="account_reset_password_done"),
    path(
        "quen-mat-khau/xong/",
        signin.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signin.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("thu-dien-tu/", to_profile, name="account_email"),
    path("thu-dien-tu/da-gui/", to_profile, name="account_email_verification_sent"),
    path("mo-tai-khoan/", RedirectView.as_view(pattern_name="accounts:register"), name="account_signup"),
    path("xac-thuc-hai-buoc/", second_factor.index, name="mfa_index"),
    path("xac-thuc-hai-buoc/nhap-ma/", second_factor.authenticate, name="mfa_authenticate"),
    path("xac-thuc-hai-buoc/nhap-lai/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("xac-thuc-hai-buoc/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("xac-thuc-hai-buoc/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("ma-du-phong/tao/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("ma-du-phong/tai/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("phien/", sessions.list_usersessions, name="usersessions_list"),
]

if settings.OCOP_OIDC_URL:
    borrowed += [
        path("", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("lien-ket/", identity.connections, name="socialaccount_connections"),
        path("lien-ket/da-huy/", identity.login_cancelled, name="socialaccount_login_cancelled"),
        path("lien-ket/loi/", identity.login_error, name="socialaccount_login_error"),
        path("lien-ket/chua-co/", identity.signup, name="socialaccount_signup"),
    ]

urlpatterns = [path("", include((own, "accounts"))), *borrowed]
