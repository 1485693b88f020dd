"""Whatever is sent to the open API: an answer of the API's own shape, never a fault of the server."""

import json
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from ocop.recognition.tests.factories import CertificateFactory
from ocop.rulebook.tests.factories import load_sets
from ocop.units.tests.factories import ProvinceFactory

pytestmark = pytest.mark.django_db
MODEST = effort(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WORDS = st.text(max_size=30) | st.sampled_from(
    ["42", "2026-11-24", "26-2026", "4", "valid", "0", "-1", "1e3", "\x00"]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
BODIES = ANYTHING | st.fixed_dictionaries(
    {},
    optional={
        "decision": st.just("26-2026") | ANYTHING,
        "set": st.sampled_from([9, 26]) | ANYTHING,
        "case": st.integers(0, 3) | ANYTHING,
        "levels": st.dictionaries(st.sampled_from(["1.1", "1.2", "9", "99"]), st.integers(-1, 6) | ANYTHING)
        | ANYTHING,
    },
)


@pytest.fixture
def open_client() -> Client:
    """A client that does not raise what a view raises, so that a fault is seen as visitors see it."""
    ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")
    load_sets(9, 26)
    CertificateFactory()
    return Client(raise_request_exception=False)


def check(answer, allowed: set[int]) -> None:
    """One of the statuses; an error has the one shape of errors."""
    assert answer.status_code in allowed
    if answer.status_code >= 400:
        detail = answer.json()["detail"]
        assert detail
        assert all({"field", "message"} == set(one) and one["message"] for one in detail)


@given(body=BODIES)
@MODEST
def test_the_simulator_takes_any_body(open_client, body) -> None:
    check(open_client.post("/api/v1/simulate", json.dumps(body), content_type="application/json"), {200, 422})


@given(body=st.binary(max_size=60))
@MODEST
def test_the_simulator_takes_any_bytes(open_client, body) -> None:
    check(open_client.post("/api/v1/simulate", body, content_type="application/json"), {422})


@given(
    asked=st.dictionaries(
        st.sampled_from(["on", "unit", "stars", "state", "q", "page", "size"]) | WORDS, WORDS, max_size=5
    )
)
@MODEST
def test_the_register_takes_any_question(open_client, asked) -> None:
    check(open_client.get("/api/v1/recognitions", asked), {200, 422})
    check(open_client.get("/api/v1/units", asked), {200, 422})


@given(code=WORDS.filter(lambda text: text.strip("/.") and "/" not in text and "\x00" not in text), on=WORDS)
@MODEST
def test_units_and_sets_take_any_code(open_client, code, on) -> None:
    check(open_client.get(f"/api/v1/units/{quote(code)}", {"on": on}), {200, 404, 422})
    check(
        open_client.get(f"/api/v1/rulebook/{quote(code)}/sets/{quote(on.replace(chr(0), ''), safe='')}"),
        {200, 404, 422},
    )


def test_a_zero_byte_is_no_address_and_no_word(open_client) -> None:
    assert open_client.get("/api/v1/units/%00").status_code == 404
    assert open_client.get("/san-pham/%00/").status_code == 404
    assert open_client.get("/san-pham/?q=%00b%00").context["form"].cleaned_data["q"] == "b"
    assert open_client.get("/api/v1/recognitions?q=%00").json()["count"] == 1
