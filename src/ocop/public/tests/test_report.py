"""Anybody reports a misuse of the star: short, without a name, safe against floods, followed by a code."""

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.files.models import StoredFile
from ocop.files.tests.factories import picture
from ocop.recognition.bench import one_paper
from ocop.recognition.models import MisuseReport
from ocop.recognition.tests.factories import CertificateFactory

pytestmark = pytest.mark.django_db
SENT = {"kind": "higher", "place": "Chợ Hội, sạp 12"}


@pytest.fixture(autouse=True)
def _today():
    caches["limits"].clear()
    with time_machine.travel("2026-11-24 08:00:20+07:00", tick=False):
        yield


@pytest.fixture
def star():
    return CertificateFactory()


def address(star, language: str = "") -> str:
    return f"{language}/kiem-tra/{star.code}/bao-sai-pham/"


def photo(name: str = "nhan.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(), content_type="image/jpeg")


def test_from_the_validity_page_to_the_thanks(client, star):
    assert f'href="{address(star)}"' in client.get(star.check_path).content.decode()
    assert client.get(address(star)).status_code == 200
    sent = {**SENT, "seen_on": "2026-11-20", "text": "Nhãn ghi 5 sao", "photo": photo(), "once": "k"}
    first = client.post(address(star), sent)
    again = client.post(address(star), {**sent, "photo": photo()})
    row = MisuseReport.objects.get()
    assert [first.url, again.url] == [f"/phan-anh/{row.code}/"] * 2
    assert (row.certificate, row.kind, row.place, str(row.seen_on)) == (
        star,
        "higher",
        SENT["place"],
        "2026-11-20",
    )
    assert (row.photo.uploaded_by, row.photo.sensitive, row.photo.kind) == (None, True, "photo")
    page = client.get(first.url).content.decode()
    assert "Cảm ơn, đã nhận phản ánh" in page
    assert row.code in page
    assert "Nhãn ghi 5 sao" not in page
    assert "no-store" in client.get(first.url)["Cache-Control"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": ""}, "Hãy chọn điều bạn thấy."),
        ({"place": ""}, "Hãy điền ô này."),
        ({"seen_on": "2026-11-25"}, "Ngày này ở tương lai."),
        ({"phone": "0912 345 678"}, "Cần đồng ý, hoặc để trống số điện thoại."),
        ({"phone": "12", "consent": "on"}, "Số điện thoại chưa đúng."),
        ({"website": "http://spam"}, "Ô ẩn phải để trống."),
    ],
)
def test_bad_input_is_said_and_loses_nothing(client, star, changed, words):
    answer = client.post(address(star), {**SENT, "text": "Giữ lại chữ này", **changed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Giữ lại chữ này" in page
    assert not MisuseReport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nhan.pdf", "pdf", "Chỉ nhận ảnh JPEG, PNG hoặc HEIC"),
        ("nhan.jpg", "pdf", "Nội dung tệp không phải"),
        ("nhan.jpg", "junk", "Nội dung tệp không phải"),
    ],
)
def test_a_file_that_is_no_photograph_is_refused_and_not_kept(client, star, name, content, words):
    held = one_paper() if content == "pdf" else b"abc" * 100
    answer = client.post(address(star), {**SENT, "photo": SimpleUploadedFile(name, held)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (MisuseReport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_number_is_kept_with_the_words_agreed_to(client, star):
    client.post(address(star), {**SENT, "phone": "0912 345 678", "consent": "on"})
    row = MisuseReport.objects.get()
    assert row.phone == "+84912345678"
    assert row.consent_text.startswith("Tôi đồng ý cho cơ quan quản lý OCOP")
    assert "912345678" not in client.get(f"/phan-anh/{row.code}/").content.decode().replace(" ", "")


def test_one_address_cannot_flood(client, star, settings):
    settings.OCOP_RATE_REPORT = (2, 3600)
    codes = [client.post(address(star), SENT).status_code for _ in range(3)]
    assert codes == [302, 302, 429]
    answer = client.post(address(star), {**SENT, "text": "Giữ lại chữ này"})
    assert "Giữ lại chữ này" in answer.content.decode()
    assert "Hãy gửi lại sau" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0
    assert client.get(address(star)).status_code == 200
    assert client.post(address(star), SENT, REMOTE_ADDR="10.0.0.9").status_code == 302
    assert MisuseReport.objects.count() == 3


def test_english_says_everything_in_english(client, star):
    assert f'href="{address(star, "/en")}"' in client.get(f"/en{star.check_path}").content.decode()
    page = client.get(address(star, "/en")).content.decode()
    assert "What did you see?" in page
    assert "An expired star on the label" in page
    refused = client.post(address(star, "/en"), {**SENT, "photo": SimpleUploadedFile("a.jpg", b"abc" * 100)})
    assert "Only JPEG, PNG or HEIC pictures" in refused.content.decode()
    answer = client.post(address(star, "/en"), SENT)
    row = MisuseReport.objects.get()
    assert answer.url == f"/en/phan-anh/{row.code}/"
    assert "Thank you, your report was received" in client.get(answer.url).content.decode()


def test_a_report_is_found_by_its_code(client, star):
    client.post(address(star), SENT)
    row = MisuseReport.objects.get()
    assert client.get("/phan-anh/").status_code == 200
    assert client.get(f"/phan-anh/?ma={row.code.lower()}").url == f"/phan-anh/{row.code}/"
    assert client.get("/phan-anh/?ma=KHONGCO").status_code == 404
    assert client.get("/phan-anh/KHONGCO/").status_code == 404
    MisuseReport.objects.filter(pk=row.pk).update(state="dismissed", answer="Nhãn đúng mẫu.")
    page = client.get(f"/phan-anh/{row.code}/").content.decode()
    assert "Không có căn cứ" in page
    assert "Nhãn đúng mẫu." in page


def test_no_form_for_an_unknown_or_unpublished_certificate(client):
    hidden = CertificateFactory(published_at=None)
    assert [
        client.get(f"/kiem-tra/{code}/bao-sai-pham/").status_code for code in ("KHONGCO", hidden.code)
    ] == [404, 404]
