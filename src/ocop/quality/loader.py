"""Loads checklists and receivers from `data/quality/`: checked as a whole, then written; idempotent."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from ocop.kit import yamltext
from ocop.kit.errors import BadData
from ocop.quality.models import Answer, Checklist, Question, ReceptionRule
from ocop.quality.rules.checklist import Asked, parse
from ocop.quality.rules.receptions import parse_receivers


def folder() -> Path:
    """Where the project's own files lie."""
    return Path(settings.OCOP_REFERENCE_DIR) / "quality"


def _read(path: Path) -> dict[str, Any]:
    try:
        found = yamltext.parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadData(f"{path}: không đọc được tệp.") from error
    except UnicodeDecodeError as error:
        raise BadData(f"{path.name}: tệp phải là văn bản UTF-8.") from error
    except (yaml.YAMLError, ValueError) as error:  # YAML itself reads days: 30/2 is a ValueError
        raise BadData(f"{path.name}: YAML hỏng hoặc ngày không có thật: {error}") from error
    if not isinstance(found, dict):
        raise BadData(f"{path.name}: nội dung không đúng dạng.")
    return found


def read_checklists(path: Path) -> list[tuple[dict[str, Any], list[Asked]]]:
    """The checklists of a file with their questions; raises BadData."""
    entries = _read(path).get("checklists")
    if not isinstance(entries, list):
        raise BadData(f"{path.name}: phải có danh sách checklists.")
    found = []
    for entry in entries:
        slug = str(entry.get("slug") or "") if isinstance(entry, dict) else ""
        if not slug or type(entry.get("valid_from")) is not date or not entry.get("name"):
            raise BadData(f"{path.name}: mỗi phiếu cần slug, name, valid_from (dạng 2023-02-24).")
        facts = {
            "slug": slug, "name": str(entry["name"]), "valid_from": entry["valid_from"],
            "valid_to": entry.get("valid_to"), "source": str(entry.get("source") or ""),
            "confirmed": bool(entry.get("confirmed", False)),
        }  # fmt: skip
        found.append((facts, parse(entry.get("questions"), f"{path.name}, {slug}")))
    return found


def load_reference(log: Callable[[str], None]) -> None:
    """Checklists, questions and receivers; a question that minutes have answered does not change its words."""
    lists = read_checklists(folder() / "checklists.yaml")
    rules = parse_receivers(_read(folder() / "receivers.yaml").get("receivers"), "receivers.yaml")
    with transaction.atomic():
        for facts, questions in lists:
            _write(facts, questions)
        for row in rules:
            key = {name: row[name] for name in ("kind", "receiver", "valid_from")}
            rest = {name: row[name] for name in ("valid_to", "goods", "source", "confirmed")}
            ReceptionRule.objects.update_or_create(**key, defaults=rest)
    log(f"Phiếu kiểm tra: {len(lists)}; nơi tiếp nhận giấy tờ: {len(rules)} dòng")


def _write(facts: dict[str, Any], questions: list[Asked]) -> None:
    row, _ = Checklist.objects.update_or_create(slug=facts.pop("slug"), defaults=facts)
    used = set(
        Answer.objects.filter(question__checklist=row).order_by().values_list("question_id", flat=True)
    )
    held = {one.code: one for one in row.questions.all()}
    for place, one in enumerate(questions, 1):
        old = held.get(one.code)
        if old is not None and old.pk in used and old.asked != one:
            raise BadData(
                f"checklists.yaml, {row.slug}, {one.code}: câu này đã có biên bản trả lời nên không đổi được; hãy thêm "
                "phiếu mới với valid_from mới."
            )
        Question.objects.update_or_create(
            checklist=row, code=one.code,
            defaults={"area": one.area, "text": one.text, "help": one.help, "basis": one.basis, "order": place},
        )  # fmt: skip
