"""What is typed survives the end of a session, for its writer only."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ocop.accounts.tests.factories import PASSWORD, UserFactory

LOGIN, HOME, KEPT = "/tai-khoan/dang-nhap/", "/viec-cua-toi/", "/tai-khoan/dang-do/"
EDIT, TYPED = "/tai-khoan/ho-so/sua/", "Nguyễn Thị  Bưởi Phúc Trạch"
HTML = {"Accept": "text/html"}


@pytest.fixture
def gone(person):
    """A browser whose person was signed in until the session ended."""
    client = Client()
    client.post(LOGIN, {"login": person.username, "password": PASSWORD})
    client.get(HOME)
    client.session.flush()
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    return client


def come_back(client, username, there):
    return client.post(f"{LOGIN}?next={there}", {"login": username, "password": PASSWORD, "next": there})


def test_what_was_typed_is_shown_and_sent_again_after_signing_in(gone, person):
    sent = gone.post(EDIT, {"full_name": TYPED, "old_password": "bi-mat", "csrfmiddlewaretoken": "x"})
    assert (sent.status_code, sent.url) == (302, f"{LOGIN}?next=%2Ftai-khoan%2Fdang-do%2F")
    assert come_back(gone, person.username, KEPT).url == KEPT
    page = gone.get(KEPT)
    assert page.context["kept"]["path"] == EDIT
    assert page.context["kept"]["fields"] == [["full_name", [TYPED]]]
    assert page.context["kept"]["typed"] == [TYPED]
    gone.post(EDIT, {"full_name": TYPED, "_gui_lai": "1"})
    assert gone.get(KEPT).url == HOME


def test_signing_in_from_elsewhere_leads_to_what_waits(gone, person):
    gone.post(EDIT, {"full_name": TYPED})
    assert gone.post(LOGIN, {"login": person.username, "password": PASSWORD}).url == KEPT


def test_another_person_at_the_same_machine_sees_nothing_of_it(gone):
    other = UserFactory()
    gone.post(EDIT, {"full_name": TYPED})
    assert come_back(gone, other.username, KEPT).url == KEPT
    assert gone.get(KEPT).url == HOME


def test_it_can_be_put_away(gone, person):
    gone.post(EDIT, {"full_name": TYPED})
    come_back(gone, person.username, KEPT)
    assert gone.post(KEPT).url == HOME
    assert gone.get(KEPT).url == HOME


def test_nothing_is_kept_of_a_browser_nobody_signed_in_with(db):
    client = Client()
    sent = client.post(EDIT, {"full_name": TYPED})
    assert sent.url == f"{LOGIN}?next=%2Fviec-cua-toi%2F"
    assert "unsent" not in client.session


def test_an_oversized_form_leads_back_to_the_page_it_was_typed_on(gone):
    sent = gone.post(EDIT, {"full_name": "x" * 200_001}, headers={"Referer": f"http://testserver{EDIT}?a=1"})
    assert sent.url == f"{LOGIN}?next=%2Ftai-khoan%2Fho-so%2Fsua%2F%3Fa%3D1"


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(gone):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{EDIT}"}
    answer = gone.get("/ho-so/", headers=headers)
    assert answer["HX-Redirect"] == f"{LOGIN}?next=%2Ftai-khoan%2Fho-so%2Fsua%2F"


def test_an_address_that_takes_only_forms_leads_to_the_page_above(client, person):
    client.force_login(person)
    again = reverse("accounts:register_code_again")
    assert client.get(again, headers=HTML).url == reverse("accounts:register_code")
    assert client.get(again).status_code == 405
    press = reverse("evaluation:draft-issue", args=[1])
    assert client.get(press, headers=HTML).url == reverse("evaluation:draft-detail", args=[1])
