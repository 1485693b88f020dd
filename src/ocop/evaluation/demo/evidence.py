"""Papers and photographs drawn for the demo and attached to the criteria that they speak of; each says what it is."""

import io
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from ocop.accounts.models import User
from ocop.evaluation.actions.dossier import attach_evidence
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.sheets import sheet_for
from ocop.files.actions import store
from ocop.files.models import StoredFile
from ocop.kit import yamltext
from ocop.kit.papers import pdf
from ocop.kit.papers.typesetting import FONTS
from ocop.kit.text import fold, slug

MARK = "Dữ liệu trình diễn"
SIZE = (1280, 960)
INK, PAPER, SHADES = "#1f3d2e", "#f4efe3", ("#3f7d5a", "#c98a2b", "#7c9a5e", "#b4532a", "#4d7f93")
FONT = str(FONTS / "BeVietnamPro-SemiBold.ttf")


@lru_cache(maxsize=1)
def _samples() -> list[dict[str, Any]]:
    path = settings.OCOP_REFERENCE_DIR / "evaluation" / "demo-season.yaml"
    return yamltext.parse(path.read_text(encoding="utf-8"))["evidence"]


def attach_samples(dossier: Dossier, *, by: User, at: datetime) -> None:
    """A paper or photograph for every criterion that a sample speaks of; the first criterion has one of each kind."""
    criteria = [
        (criterion.code, fold(f"{criterion.name} {criterion.parent} {head.name}"))
        for section in sheet_for(dossier).sections
        for head in section.heads
        for criterion in head.criteria
    ]
    first = criteria[0][0]
    for sample in _samples():
        words = [fold(word) for word in sample["words"]]
        wanted = [code for code, name in criteria if any(word in name for word in words)]
        file = _file(sample, dossier, by=by, at=at)
        caption = f"{sample['title']} ({MARK.lower()})"
        for code in wanted if first in wanted or sample["title"] not in _openers() else [first, *wanted]:
            attach_evidence(dossier, criterion=code, file=file, caption=caption, by=by, at=at)


def _openers() -> set[str]:
    """The first paper and the first photograph stand at the first criterion as well."""
    return {next(one["title"] for one in _samples() if one["kind"] == kind) for kind in ("pdf", "photo")}


def _file(sample: dict[str, Any], dossier: Dossier, *, by: User, at: datetime) -> StoredFile:
    """The sample as a stored file; the same bytes of the same person are kept once."""
    name, producer = slug(sample["title"]), dossier.producer.public_name
    if sample["kind"] == "pdf":
        content, name = _paper(sample["title"], producer, tuple(sample["lines"])), f"{name}.pdf"
    else:
        content, name = _photo(sample["title"], producer), f"{name}.jpg"
    return store(SimpleUploadedFile(name, content), by=by, at=at)


@lru_cache(maxsize=16)
def _paper(title: str, producer: str, lines: tuple[str, ...]) -> bytes:
    data = {"title": title, "producer": producer, "lines": lines, "mark": MARK}
    return pdf("evaluation/pdf/demo_evidence.typ", data)


@lru_cache(maxsize=16)
def _photo(title: str, producer: str) -> bytes:
    """A drawn still life: boxes and bottles on a table, the mark written across."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, SIZE[0], SIZE[1]), fill="#d8c7a3")
    turn = len(title)
    for place, left in enumerate(range(110, 1110, 200)):
        shade, top = SHADES[(place + turn) % len(SHADES)], 300 + (place * 67 + turn * 13) % 160
        draw.rounded_rectangle((left, top, left + 150, 720), radius=18, fill=shade)
        draw.rectangle((left + 18, top + 110, left + 132, top + 220), fill=PAPER)
    draw.text((60, 50), title, font=ImageFont.truetype(FONT, 54), fill=INK)
    draw.text((60, 125), producer, font=ImageFont.truetype(FONT, 30), fill=INK)
    draw.text((60, 850), MARK.upper(), font=ImageFont.truetype(FONT, 48), fill="#8a2f1b")
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()
