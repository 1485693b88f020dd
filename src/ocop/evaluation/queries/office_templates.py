"""The office's own Word templates: which counts on a day, what was said over time, who keeps them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.evaluation.models import OfficeTemplate
from ocop.evaluation.rules.office_papers import PLACES, TemplatePlace
from ocop.files import disk
from ocop.files.models import StoredFile
from ocop.units.models import Unit
from ocop.units.queries import province_of


def province_kept(user: Any) -> Unit | None:
    """The province whose templates the person keeps as its administrator; None for whom the pages do not exist."""
    for holding in scope_of(user).of(Role.ADMINISTRATOR):
        if holding.agency.unit is not None:
            return province_of(holding.agency.unit)
    return None


def keeps_templates(user: Any) -> bool:
    """True when the pages of templates exist for the person."""
    return bool(user.is_authenticated) and province_kept(user) is not None


def template_on(province: Unit, paper: str, day: date) -> OfficeTemplate | None:
    """The newest word on that paper whose day has come; None when the office never said anything."""
    rows = OfficeTemplate.objects.filter(province=province, paper=paper, valid_from__lte=day)
    return rows.select_related("file", "by").order_by("-pk").first()


def path_of(row: OfficeTemplate | None) -> Path | None:
    """Where the office's file lies; None for the shipped template or a file whose bytes were erased."""
    if row is None or row.file is None or row.file.erased_at is not None:
        return None
    return disk.path_of(row.file.sha256)


@dataclass(frozen=True)
class TemplateLine:
    """A paper in the list: what is used today, what comes and when."""

    place: TemplatePlace
    own: OfficeTemplate | None
    coming: OfficeTemplate | None


def template_lines(province: Unit, day: date) -> list[TemplateLine]:
    """Every paper, in the order of the road, in one query."""
    rows = list(OfficeTemplate.objects.filter(province=province).select_related("file", "by"))
    lines = []
    for place in PLACES.values():
        own = [row for row in rows if row.paper == place.key]
        held = next((row for row in own if row.valid_from <= day), None)
        coming = next((row for row in own if row.valid_from > day), None)
        later = coming if coming is not None and (held is None or coming.pk > held.pk) else None
        lines.append(TemplateLine(place, held if held is not None and held.file else None, later))
    return lines


def template_history(province: Unit, paper: str) -> list[OfficeTemplate]:
    """All that was said about a paper's template, newest first."""
    rows = OfficeTemplate.objects.filter(province=province, paper=paper)
    return list(rows.select_related("file", "by"))


def may_read_template(user: Any, file: StoredFile) -> bool:
    """File reader: the administrator opens the templates of the own province."""
    province = province_kept(user) if getattr(user, "is_authenticated", False) else None
    return province is not None and OfficeTemplate.objects.filter(province=province, file=file).exists()
