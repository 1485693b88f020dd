"""What the OpenAPI document says about the hand-read bodies of the rulebook's endpoints."""

from typing import Any

_INTEGER = {"type": "integer"}
_FAULTS: dict[str, Any] = {
    "description": "Từng trường sai và lý do",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    "detail": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                        },
                    }
                },
            }
        }
    },
}

GET_SET: dict[str, Any] = {
    "responses": {
        200: {
            "description": "Bộ tiêu chí: phần, mục, tiêu chí, mức, mức tối thiểu theo hạng sao",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        404: _FAULTS,
        422: _FAULTS,
    }
}

_REQUEST: dict[str, Any] = {
    "type": "object",
    "required": ["decision", "set", "levels"],
    "additionalProperties": False,
    "properties": {
        "decision": {"type": "string", "enum": ["26-2026", "148-2023"]},
        "set": {**_INTEGER, "minimum": 1},
        "case": {**_INTEGER, "description": "1 hoặc 2; bắt buộc nếu bộ có trường hợp"},
        "levels": {
            "type": "object",
            "additionalProperties": {**_INTEGER, "minimum": 0},
            "description": "Mã tiêu chí và thứ tự của mức (1 là mức đầu); 0 là không đạt mức nào",
        },
    },
}
_MISSED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "criterion": {"type": "string"},
        "star": _INTEGER,
        "needed": _INTEGER,
        "given": {"type": "integer", "nullable": True},
    },
}
_ANSWER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "decision": {"type": "string"},
        "set": _INTEGER,
        "points": _INTEGER,
        "sections": {"type": "object", "additionalProperties": _INTEGER},
        "band": _INTEGER,
        "stars": _INTEGER,
        "unscored": {"type": "array", "items": {"type": "string"}},
        "missed": {"type": "array", "items": _MISSED},
    },
}

SIMULATE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": _REQUEST,
                "example": {"decision": "26-2026", "set": 1, "levels": {"1.1": 3, "1.2": 0}},
            }
        },
    },
    "responses": {
        200: {
            "description": "Điểm, khoảng điểm, hạng sao và mức tối thiểu chưa đạt",
            "content": {"application/json": {"schema": _ANSWER}},
        },
        413: _FAULTS,
        422: _FAULTS,
    },
}
