"""Redis is away: what is only counted there goes on, what needs it is answered as busy."""

import socket

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_redis(settings):
    """Both caches at a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"redis://127.0.0.1:{probe.getsockname()[1]}/0"
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}
    settings.CACHES = {"default": away, "limits": away}
    yield settings
    caches.close_all()


def test_a_search_that_cannot_be_counted_is_answered(no_redis):
    no_redis.OCOP_RATE_SEARCH = no_redis.OCOP_RATE_API = (1, 60)
    page = reverse("public:products")
    assert [Client().get(page, {"q": "buoi"}).status_code for _ in range(3)] == [200, 200, 200]


def test_a_sign_in_whose_tries_cannot_be_counted_waits(no_redis):
    client = Client(raise_request_exception=False)
    answer = client.post(reverse("account_login"), {"login": "x", "password": "y"})
    assert (answer.status_code, "<h1>Hệ thống đang bận</h1>" in answer.content.decode()) == (503, True)
