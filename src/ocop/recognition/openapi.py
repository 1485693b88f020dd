"""What the OpenAPI document says about the recognitions, whose question is read by hand."""

from typing import Any

from ocop.recognition.enums import State


def _asked(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "required": False, "schema": schema, "description": words}


_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_OR_NULL = {"nullable": True}
_ROW: dict[str, Any] = {
    "type": "object",
    "properties": {
        "code": {**_TEXT, "description": "Mã tra cứu của giấy chứng nhận"},
        "product": _TEXT,
        "product_code": _TEXT,
        "producer": _TEXT,
        "stars": {"type": "integer", "enum": [3, 4, 5]},
        "state": {**_TEXT, "enum": State.values},
        "year": {"type": "integer", **_OR_NULL},
        "issued_on": {**_DAY, **_OR_NULL},
        "valid_to": {**_DAY, **_OR_NULL, "description": "Ngày hiệu lực cuối cùng"},
        "certificate_number": {**_TEXT, **_OR_NULL},
        "decision": {
            "type": "object",
            **_OR_NULL,
            "properties": {"number": _TEXT, "issued_on": _DAY},
        },
        "unit": {"type": "object", "properties": {"code": _TEXT, "name": _TEXT, "type": _TEXT}},
        "url": {**_TEXT, "format": "uri"},
    },
}
_FAULT = {"type": "object", "properties": {"field": _TEXT, "message": _TEXT}}

LIST: dict[str, Any] = {
    "parameters": [
        _asked("on", _DAY, "Ngày cần biết; mặc định là hôm nay ở Việt Nam"),
        _asked("unit", _TEXT, "Mã đơn vị hành chính có hiệu lực trong ngày đó"),
        _asked("stars", {"type": "integer", "enum": [3, 4, 5]}, "Hạng sao"),
        _asked("state", {**_TEXT, "enum": State.values}, "Hiệu lực trong ngày đó"),
        _asked("q", _TEXT, "Tên sản phẩm, chủ thể, số giấy chứng nhận; có dấu hoặc không dấu"),
        _asked("page", {"type": "integer", "minimum": 1, "default": 1}, "Trang"),
        _asked("size", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, "Số dòng một trang"),
    ],
    "responses": {
        200: {
            "description": "Một trang kết quả; `next` là địa chỉ của trang sau, null ở trang cuối",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "count": {"type": "integer"},
                            "next": {"type": "string", "format": "uri", **_OR_NULL},
                            "results": {"type": "array", "items": _ROW},
                        },
                    }
                }
            },
        },
        422: {
            "description": "Từng tham số sai và lý do",
            "content": {
                "application/json": {
                    "schema": {"type": "object", "properties": {"detail": {"type": "array", "items": _FAULT}}}
                }
            },
        },
    },
}
