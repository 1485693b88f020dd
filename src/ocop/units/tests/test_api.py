"""`GET /units` and `GET /units/{code}`."""

import pytest
import time_machine
from ninja.testing import TestClient

from ocop.units.endpoints import router

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_units")]


@pytest.fixture
def client():
    return TestClient(router)


@pytest.mark.parametrize(("day", "size"), [("2024-12-31", 230), ("2025-06-30", 222), ("2025-07-01", 70)])
def test_every_unit_of_a_day_in_four_queries(client, day, size, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        answer = client.get(f"/units?on={day}")
    units = answer.json()
    assert (answer.status_code, len(units), len({unit["code"] for unit in units})) == (200, size, size)


@time_machine.travel("2025-06-30T18:00:00Z")
def test_today_is_the_day_in_vietnam(client):
    assert len(client.get("/units").json()) == 70


@pytest.mark.parametrize(
    ("code", "day", "unit"),
    [
        pytest.param(
            "18070",
            "2024-12-31",
            {
                "code": "18070",
                "name": "Trần Phú",
                "type": "Phường",
                "level": "commune",
                "parent": "436",
                "valid_from": "2023-01-01",
                "valid_to": "2024-12-31",
                "successors": [
                    {
                        "code": "18094",
                        "name": "Trần Phú",
                        "valid_from": "2025-01-01",
                        "extent": "whole",
                        "confirmed": False,
                    }
                ],
                "predecessors": [],
            },
            id="inferred successor",
        ),
        pytest.param(
            "18196",
            "2025-07-01",
            {
                "code": "18196",
                "name": "Sơn Kim 1",
                "type": "Xã",
                "level": "commune",
                "parent": "42",
                "valid_from": "2023-01-01",
                "valid_to": None,
                "successors": [],
                "predecessors": [],
            },
            id="unchanged, another parent",
        ),
        pytest.param(
            "18652",
            "2025-07-01",
            {
                "code": "18652",
                "name": "Hà Huy Tập",
                "type": "Phường",
                "level": "commune",
                "parent": "42",
                "valid_from": "2025-07-01",
                "valid_to": None,
                "successors": [],
                "predecessors": [
                    {
                        "code": "18082",
                        "name": "Đại Nài",
                        "valid_from": "2023-01-01",
                        "extent": "part",
                        "confirmed": True,
                    },
                    {
                        "code": "18652",
                        "name": "Tân Lâm Hương",
                        "valid_from": "2023-01-01",
                        "extent": "whole",
                        "confirmed": True,
                    },
                    {
                        "code": "18643",
                        "name": "Thạch Đài",
                        "valid_from": "2023-01-01",
                        "extent": "whole",
                        "confirmed": True,
                    },
                ],
            },
            id="a part and wholes",
        ),
    ],
)
def test_one_unit_of_a_day(client, code, day, unit):
    answer = client.get(f"/units/{code}?on={day}")
    found = answer.json()
    for side in ("successors", "predecessors"):
        unit[side].sort(key=lambda link: link["code"])
        found[side].sort(key=lambda link: link["code"])
    assert (answer.status_code, found) == (200, unit)


def test_the_list_says_the_same_as_the_single_answer(client):
    listed = {unit["code"]: unit for unit in client.get("/units?on=2025-02-01").json()}
    for code in ("42", "445", "18094", "18082"):
        assert client.get(f"/units/{code}?on=2025-02-01").json() == listed[code]


@pytest.mark.parametrize(
    "on", ["2022-12-31", "1990-01-01", "2025-02-30", "01/07/2025", "2025-W27-2", "hôm nay", "", "20250701"]
)
@pytest.mark.parametrize("path", ["/units", "/units/42"])
def test_a_day_that_cannot_be_answered(client, path, on):
    answer = client.get(f"{path}?on={on}")
    detail = answer.json()["detail"]
    assert (answer.status_code, [sorted(fault) for fault in detail], detail[0]["field"]) == (
        422,
        [["field", "message"]],
        "on",
    )


def test_a_code_of_other_days_lists_them(client):
    answer = client.get("/units/18094?on=2025-07-01")
    assert (answer.status_code, answer.json()["in_force"]) == (
        404,
        [
            {
                "name": "Thạch Linh",
                "type": "Phường",
                "valid_from": "2023-01-01",
                "valid_to": "2024-12-31",
            },
            {"name": "Trần Phú", "type": "Phường", "valid_from": "2025-01-01", "valid_to": "2025-06-30"},
        ],
    )


def test_an_unknown_code(client):
    answer = client.get("/units/00000?on=2025-07-01")
    assert (answer.status_code, answer.json()) == (
        404,
        {
            "detail": [{"field": "code", "message": "Không có đơn vị hành chính mã 00000."}],
            "in_force": [],
        },
    )


def test_the_list_is_of_the_province_served(client):
    listed = client.get("/units?on=2024-01-01").json()
    assert not [unit for unit in listed if unit["code"].startswith("99")]
    other = client.get("/units?on=2024-01-01&province=99").json()
    assert len(other) == 7


def test_an_unknown_province(client):
    answer = client.get("/units?on=2024-01-01&province=436")
    assert (answer.status_code, answer.json()["detail"][0]["field"]) == (404, "province")
