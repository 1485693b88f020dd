"""The public JSON API of the rulebook."""

import json

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from ocop.kit import registry
from ocop.rulebook.endpoints import entry
from ocop.rulebook.tests.factories import load_sets, real_sheet, top_answers

pytestmark = pytest.mark.django_db

api = NinjaAPI(urls_namespace="rulebook-test")
api.add_router(entry.prefix, entry.router)
client = TestClient(api)


def simulate(body):
    return client.post("/simulate", json=body)


def faults(response):
    return [(one["field"], one["message"]) for one in response.json()["detail"]]


def test_the_router_is_registered():
    assert registry.api_routers["rulebook"] is entry


def test_a_full_sheet():
    load_sets(1)
    answer = simulate({"decision": "26-2026", "set": 1, "levels": top_answers(real_sheet(1))})
    assert answer.status_code == 200
    assert answer.json() == {
        "decision": "26-2026",
        "set": 1,
        "points": 100,
        "sections": {"A": 40, "B": 25, "C": 35},
        "band": 5,
        "stars": 5,
        "unscored": [],
        "missed": [],
    }


def test_a_part_of_a_sheet():
    load_sets(1)
    answer = simulate({"decision": "26-2026", "set": 1, "levels": {"1.1": 3, "1.2": 0, "2.2": 1}}).json()
    assert (answer["points"], answer["sections"]) == (3, {"A": 3, "B": 0, "C": 0})
    sheet = real_sheet(1)
    assert answer["unscored"] == [c.code for c in sheet.criteria if c.code not in ("1.1", "1.2", "2.2")]
    assert answer["missed"][:3] == [
        {"criterion": "1.3", "star": 5, "needed": 3, "given": None},
        {"criterion": "1.5", "star": 4, "needed": 3, "given": None},
        {"criterion": "1.5", "star": 5, "needed": 4, "given": None},
    ]
    assert {"criterion": "2.2", "star": 3, "needed": 3, "given": 1} in answer["missed"]
    stated = sum(len(sheet.minimums(star)) for star in (3, 4, 5))
    assert len(answer["missed"]) == stated
    assert (answer["band"], answer["stars"]) == (1, 1)


def test_nothing_scored():
    load_sets(1)
    answer = simulate({"decision": "26-2026", "set": 1, "levels": {}}).json()
    assert (answer["points"], answer["band"], answer["stars"]) == (0, 1, 1)
    assert all(row["given"] is None for row in answer["missed"])


def test_the_old_book():
    load_sets(26, slug="148-2023")
    answer = simulate({"decision": "148-2023", "set": 26, "case": 1, "levels": {"8": 3, "3.e": 0}}).json()
    assert (answer["points"], answer["sections"]) == (3, {"A": 0, "B": 0, "C": 3})
    assert answer["missed"] == [
        {"criterion": "3.d", "star": 4, "needed": 2, "given": None},
        {"criterion": "3.e", "star": 4, "needed": 1, "given": 0},
    ]


def test_a_case_counts_within_the_case():
    load_sets(26)
    answer = simulate({"decision": "26-2026", "set": 26, "case": 2, "levels": {"8": 2}})
    assert (answer.status_code, answer.json()["points"]) == (200, 3)
    wrong = simulate({"decision": "26-2026", "set": 26, "case": 2, "levels": {"8": 3}})
    assert faults(wrong) == [("levels.8", "Mức đạt phải từ 0 đến 2.")]


@pytest.mark.parametrize("case", [None, 5, "x", True, 1.5, [1]])
def test_the_case_is_ignored_where_there_is_none(case):
    load_sets(1)
    assert simulate({"decision": "26-2026", "set": 1, "case": case, "levels": {}}).status_code == 200


@pytest.mark.parametrize("case", [None, 0, 3, -1, "1", 1.0, True, [1], {}])
def test_the_case_is_required_where_there_are_two(case):
    load_sets(26)
    for body in ({"case": case}, {}):
        answer = simulate({"decision": "26-2026", "set": 26, "levels": {}} | body)
        assert (answer.status_code, [field for field, _ in faults(answer)]) == (422, ["case"])


def test_faults_of_levels():
    load_sets(1)
    for place in ("3", "", 3.0, 0.5, True, False, None, [], {}, -1, 4, 10**30):
        answer = simulate({"decision": "26-2026", "set": 1, "levels": {"1.1": place}})
        assert (answer.status_code, [field for field, _ in faults(answer)]) == (422, ["levels.1.1"]), place
    for code in ("9.9", "", "1", "1.1 ", "__class__", "\ud800"):
        answer = simulate({"decision": "26-2026", "set": 1, "levels": {code: 1}})
        assert (answer.status_code, [field for field, _ in faults(answer)]) == (422, [f"levels.{code}"]), code
    for levels in (None, [], "x", 1, True):
        answer = simulate({"decision": "26-2026", "set": 1, "levels": levels})
        assert (answer.status_code, [field for field, _ in faults(answer)]) == (422, ["levels"]), levels


def test_faults_of_set_and_decision():
    load_sets(1)
    for number in ("1", 1.0, True, None, [1], 0, -1, 27, 10**30):
        answer = simulate({"decision": "26-2026", "set": number, "levels": {}})
        assert (answer.status_code, [field for field, _ in faults(answer)]) == (422, ["set"]), number
    for decision in ("26/2026", "", None, 26, True, ["26-2026"], {}, "26-2026 "):
        answer = simulate({"decision": decision, "set": 1, "levels": {}})
        assert (answer.status_code, [field for field, _ in faults(answer)]) == (422, ["decision"]), decision


def test_every_fault_is_named_at_once():
    load_sets(1)
    answer = simulate(
        {"decision": "26-2026", "set": 1, "levels": {"1.1": "3", "9.9": 1, "1.2": 9}, "extra": 1}
    )
    assert faults(answer) == [
        ("extra", "Trường không được dùng; các trường: decision, set, levels, case."),
        ("levels.1.1", "Mức đạt phải là số nguyên: thứ tự của mức, hoặc 0 nếu không đạt mức nào."),
        ("levels.9.9", "Bộ 1 không có tiêu chí này."),
        ("levels.1.2", "Mức đạt phải từ 0 đến 3."),
    ]
    assert [field for field, _ in faults(simulate({}))] == ["decision", "set", "levels"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"nan",
        b'{"a": }',
        b"[" * 200_000,
        b'{"set": ' + b"9" * 5000 + b"}",
        b"[]",
        b"1",
        b'"x"',
        b"null",
    ],
)
def test_a_body_that_is_no_json_object(body):
    answer = client.post("/simulate", data=body, content_type="application/json")
    assert (answer.status_code, [field for field, _ in faults(answer)]) == (422, ["body"])


def test_floats_that_json_does_not_know():
    load_sets(1)
    body = b'{"decision": "26-2026", "set": 1, "levels": {"1.1": NaN, "1.2": Infinity}}'
    answer = client.post("/simulate", data=body, content_type="application/json")
    assert [field for field, _ in faults(answer)] == ["levels.1.1", "levels.1.2"]


def test_a_set_as_data():
    load_sets(1)
    answer = client.get("/rulebook/26-2026/sets/1")
    assert answer.status_code == 200
    found = json.loads(answer.content)
    assert (found["decision"], found["decision_number"], found["set"]) == ("26-2026", "26/2026/QĐ-TTg", 1)
    assert (found["wording"], found["valid_from"], found["valid_to"]) == ("shortened", "2026-05-22", None)
    assert [(one["code"], one["max"]) for one in found["sections"]] == [("A", 40), ("B", 25), ("C", 35)]
    criteria = {c["code"]: c for s in found["sections"] for h in s["heads"] for c in h["criteria"]}
    assert list(criteria) == [criterion.code for criterion in real_sheet(1).criteria]
    assert criteria["1.2"]["levels"][0] == {
        "place": 1,
        "case": None,
        "points": 0,
        "text": "Chưa có chứng nhận chất lượng",
        "min_star": None,
        "implied": False,
        "doubtful": "",
    }
    assert found["minimums"]["5"] == [
        {"criterion": "1.3", "case": None, "needed": 3, "points": 3},
        {"criterion": "1.5", "case": None, "needed": 4, "points": 3},
        {"criterion": "4.1", "case": None, "needed": 4, "points": 5},
    ]
    assert found["bands"][0] == {"stars": 5, "min": 90, "certificate": True}


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/rulebook/26-2026/sets/27", 404, "set"),
        ("/rulebook/26-2026/sets/0", 404, "set"),
        ("/rulebook/2026/sets/1", 404, "decision"),
        ("/rulebook/26-2026/sets/x", 422, "number"),
        ("/rulebook/26-2026/sets/-1", 422, "number"),
        ("/rulebook/26-2026/sets/1.0", 422, "number"),
        ("/rulebook/26-2026/sets/٣", 422, "number"),
    ],
)
def test_a_set_that_is_not_there(path, status, field):
    load_sets(1)
    answer = client.get(path)
    assert (answer.status_code, [name for name, _ in faults(answer)]) == (status, [field])


def test_the_openapi_document_describes_the_bodies():
    paths = api.get_openapi_schema(path_prefix="/")["paths"]
    post = next(path["post"] for name, path in paths.items() if name.endswith("/simulate"))
    schema = post["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["decision", "set", "levels"]
    assert set(post["responses"]) == {200, 413, 422}
