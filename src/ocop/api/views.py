"""The page that explains the API, made from its own OpenAPI document; no script, nobody else's assets."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI


def _fields(schema: dict[str, Any], schemas: dict[str, Any]) -> list[dict[str, str]]:
    """The first level of a body's properties in words."""
    while "$ref" in schema:
        schema = schemas.get(schema["$ref"].rsplit("/", 1)[-1], {})
    if schema.get("type") == "array":
        return _fields(schema.get("items", {}), schemas)
    return [
        {"name": name, "type": _type(one), "words": one.get("description", "")}
        for name, one in schema.get("properties", {}).items()
    ]


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return "object"
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if schema.get("enum"):
        return " | ".join(str(one) for one in schema["enum"])
    words = schema.get("format") or schema.get("type", "")
    return f"{words} | null" if schema.get("nullable") else words


def _operation(path: str, method: str, found: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    body = found.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = []
    for status, answer in found.get("responses", {}).items():
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        answers.append(
            {"status": status, "words": answer.get("description", ""), "fields": _fields(schema, schemas)}
        )
    return {
        "method": method.upper(),
        "path": path,
        "summary": found.get("summary", ""),
        "description": found.get("description", ""),
        "signed_in": bool(found.get("security")),
        "anchor": found.get("operationId", ""),
        "parameters": [
            {
                "name": one["name"],
                "type": _type(one.get("schema", {})),
                "required": one.get("required", False),
                "words": one.get("description", ""),
            }
            for one in found.get("parameters", [])
        ],
        "body": _fields(body.get("schema", {}), schemas) if body else [],
        "example": json.dumps(body["example"], ensure_ascii=False, indent=2) if "example" in body else "",
        "answers": answers,
    }


def docs_of(api: NinjaAPI) -> Any:
    """The view of the page for that API."""

    @require_safe
    def docs(request: HttpRequest) -> HttpResponse:
        schema = api.get_openapi_schema()
        schemas = schema.get("components", {}).get("schemas", {})
        operations = [
            _operation(path, method, found, schemas)
            for path, methods in schema["paths"].items()
            for method, found in methods.items()
        ]
        groups = [
            ("Mở cho mọi người", [one for one in operations if not one["signed_in"]]),
            ("Cần đăng nhập", [one for one in operations if one["signed_in"]]),
        ]
        context = {"info": schema["info"], "groups": [group for group in groups if group[1]]}
        return render(request, "api/docs.html", context)

    return docs
