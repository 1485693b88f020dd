import socket

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.tests.factories import PASSWORD

LOGIN = "/tai-khoan/dang-nhap/"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(client, login, password=PASSWORD):
    return client.post(LOGIN, {"login": login, "password": password})


@pytest.mark.parametrize(
    "typed",
    ["0912345678", "0912 345 678", "+84 912 345 678", "buoi@example.vn", "BUOI@example.vn", "buoi", "Buoi"],
)
def test_one_signs_in_by_phone_mail_or_user_name(client, person, typed):
    response = sign_in(client, typed)
    assert (response.status_code, response.url) == (302, "/viec-cua-toi/")
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("typed", ["0912345678", "buoi@example.vn", "buoi", "nobody", "0999999999"])
def test_a_wrong_password_says_the_same_for_everybody(client, person, typed):
    response = sign_in(client, typed, "sai-mat-khau-1")
    page = response.content.decode()
    assert WRONG in page
    assert "Chưa đăng nhập được:" in page
    assert "Chưa lưu được" not in page
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_the_right_one_waits(client, person):
    for typed in ("0912345678", "0912 345 678", "+84912345678", "84912345678", "0912.345.678"):
        sign_in(client, typed, "sai-mat-khau-1")
    page = sign_in(client, "0912345678").content.decode()
    assert "Sai quá nhiều lần. Hãy chờ 5 phút rồi thử lại." in page
    assert "_auth_user_id" not in client.session


def test_a_locked_account_does_not_sign_in(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert sign_in(client, "buoi").url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session
    assert "đang bị khóa" in client.get(reverse("account_inactive")).content.decode()


def test_sign_ins_are_logged_without_what_was_typed(client, person, heard):
    sign_in(client, "0912345678", "sai-mat-khau-1")
    sign_in(client, "0912345678")
    assert heard == [("accounts.sign_in_failed", None, {}), ("accounts.signed_in", person, {})]


def test_a_temporary_password_leads_to_a_new_one(client, person):
    User.objects.filter(pk=person.pk).update(must_set_password=True)
    sign_in(client, "buoi")
    page = client.get(reverse("accounts:profile"))
    assert page.url == reverse("accounts:new_password")
    refused = client.post(page.url, {"password1": PASSWORD, "password2": PASSWORD})
    assert "Mật khẩu mới phải khác mật khẩu tạm." in refused.content.decode()
    done = client.post(page.url, {"password1": "ruong-bac-thang-9", "password2": "ruong-bac-thang-9"})
    assert done.status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_passwords_are_reset_by_mail(client, person):
    client.post(reverse("account_reset_password"), {"email": "buoi@example.vn"})
    assert mail.outbox[0].subject == "[OCOP Hà Tĩnh] Đặt lại mật khẩu"
    link = next(line for line in mail.outbox[0].body.splitlines() if "/quen-mat-khau/" in line)
    page = client.get(link[link.index("/tai-khoan/") :], follow=True)
    client.post(
        page.request["PATH_INFO"], {"password1": "ruong-bac-thang-9", "password2": "ruong-bac-thang-9"}
    )
    assert User.objects.get(pk=person.pk).check_password("ruong-bac-thang-9")


def test_strangers_get_no_mail_and_the_same_page(client, person):
    answers = {
        client.post(reverse("account_reset_password"), {"email": address}).url
        for address in ("buoi@example.vn", "khong-co@example.vn")
    }
    assert answers == {reverse("account_reset_password_done")}
    assert [letter.to for letter in mail.outbox] == [["buoi@example.vn"]]


def test_the_page_says_how_without_mail(client, db):
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "Mang căn cước đến UBND xã, phường" in page


def test_open_sign_up_leads_to_our_page(client, db):
    assert client.get(reverse("account_signup")).url == reverse("accounts:register")


@pytest.fixture
def strict(settings):
    settings.OCOP_MFA_REQUIRED = True


def test_officials_set_up_a_second_factor_before_anything_else(client, land, strict):
    sign_in(client, land.officer.username)
    led = client.get(reverse("accounts:people"))
    assert led.url == reverse("mfa_activate_totp")
    page = client.get(led.url)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert client.post(led.url, {"code": code_of(secret)}).url == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("accounts:people")).status_code == 200


def test_the_second_sign_in_asks_for_the_code(client, land, strict):
    Authenticator.objects.all().delete()
    TOTP.activate(land.officer, "JBSWY3DPEHPK3PXP")
    assert sign_in(client, land.officer.username).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Mã chưa đúng. Hãy nhập mã đang hiện trên ứng dụng." in wrong
    client.post(reverse("mfa_authenticate"), {"code": code_of("JBSWY3DPEHPK3PXP")})
    assert client.session["_auth_user_id"] == str(land.officer.pk)


def test_officials_cannot_switch_it_off(client, land, strict):
    factor = TOTP.activate(land.officer, "JBSWY3DPEHPK3PXP").instance
    sign_in(client, land.officer.username)
    client.post(reverse("mfa_authenticate"), {"code": code_of("JBSWY3DPEHPK3PXP")})
    page = client.post(reverse("mfa_deactivate_totp"))
    assert "Tài khoản công vụ phải có xác thực hai bước" in page.content.decode()
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_producers_and_the_demo_need_no_second_factor(client, person, land, strict, settings):
    client.force_login(person)
    assert client.get(reverse("accounts:profile")).status_code == 200
    settings.OCOP_MFA_REQUIRED = False
    client.force_login(land.officer)
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_sessions_are_listed_and_ended(client, person):
    other = Client()
    sign_in(other, "buoi")
    sign_in(client, "buoi")
    assert client.get(reverse("usersessions_list")).context["session_count"] == 2
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("accounts:profile")).status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_the_password_is_changed_with_the_old_one(client, person):
    client.force_login(person)
    url = reverse("account_change_password")
    new = {"password1": "ruong-bac-thang-9", "password2": "ruong-bac-thang-9"}
    assert "Mật khẩu hiện tại chưa đúng." in client.post(url, {"oldpassword": "sai", **new}).content.decode()
    assert client.post(url, {"oldpassword": PASSWORD, **new}).status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_no_identity_provider_is_shown_unless_configured(client, db):
    assert "định danh" not in client.get(LOGIN).content.decode().lower()


def test_a_mail_server_that_is_away_takes_nothing_from_what_was_done(client, person, settings):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        settings.EMAIL_PORT = probe.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    answers = [
        client.post(reverse("account_reset_password"), {"email": address}).url
        for address in ("buoi@example.vn", "khong-co@example.vn")
    ]
    assert answers == [reverse("account_reset_password_done")] * 2
    sign_in(client, "buoi")
    sent = {"oldpassword": PASSWORD, "password1": "ruong-bac-thang-9", "password2": "ruong-bac-thang-9"}
    assert client.post(reverse("account_change_password"), sent).status_code == 302
    assert User.objects.get(pk=person.pk).check_password("ruong-bac-thang-9")
