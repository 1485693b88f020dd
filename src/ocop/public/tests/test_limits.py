"""The limit of the public searches and of the API: wide, clear, counted by address."""

import pytest
import time_machine
from django.core.cache import caches

from ocop.kit.limits import address_of
from ocop.recognition.tests.factories import CertificateFactory

MOMENT = "2026-11-24 08:00:20+07:00"


@pytest.fixture(autouse=True)
def _moment():
    caches["limits"].clear()
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.mark.django_db
def test_searches_wait_and_everything_else_goes_on(client, settings) -> None:
    settings.OCOP_RATE_SEARCH = (2, 60)
    row = CertificateFactory()
    assert [client.get("/san-pham/?q=a").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/kiem-tra/?ma=x")
    assert (refused.status_code, refused["Retry-After"]) == (429, "40")
    assert "Hãy thử lại sau 40 giây." in refused.content.decode()
    assert "no-store" in refused["Cache-Control"]
    free = ["/", "/san-pham/", row.check_path, "/kiem-tra/", "/api/v1/recognitions"]
    assert [client.get(page).status_code for page in free] == [200] * 5
    assert client.get("/san-pham/?q=a", REMOTE_ADDR="10.0.0.9").status_code == 200
    assert "try again in 40 seconds" in client.get("/en/san-pham/?q=a").content.decode()
    with time_machine.travel("2026-11-24 08:01:00+07:00", tick=False):
        assert client.get("/san-pham/?q=a").status_code == 200


@pytest.mark.django_db
def test_the_api_says_when_to_come_back(client, settings) -> None:
    settings.OCOP_RATE_API = (1, 60)
    assert client.get("/api/v1/recognitions").status_code == 200
    answer = client.post("/api/v1/simulate", {}, content_type="application/json")
    assert (answer.status_code, answer["Retry-After"], answer["Content-Type"]) == (
        429,
        "40",
        "application/json",
    )
    assert answer.json() == {
        "detail": [
            {"field": "request", "message": "Quá nhiều lượt hỏi từ địa chỉ này; hãy hỏi lại sau 40 giây."}
        ]
    }
    assert client.get("/api/v1/docs").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "9.9.9.9", "127.0.0.1"),
        (1, "9.9.9.9, 8.8.8.8", "8.8.8.8"),
        (2, "7.7.7.7, 9.9.9.9, 8.8.8.8", "9.9.9.9"),
        (2, "8.8.8.8", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_trusted_proxies_are_believed(rf, settings, proxies, passed, address) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert address_of(rf.get("/", headers={"x-forwarded-for": passed})) == address
