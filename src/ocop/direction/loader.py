"""Loads data/direction: what the plan assigns. Checked as a whole, then written; idempotent.

The words of the plan are the file's; tasks that were opened from an assignment keep the words of then.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from ocop.direction.actions.projects import propose_project
from ocop.direction.enums import Rhythm, Target
from ocop.direction.models import Assignment, Project
from ocop.direction.queries.tasks import heirs_of
from ocop.kit import clock, yamltext
from ocop.kit.errors import BadData
from ocop.kit.indicators import indicators
from ocop.reporting.models import Programme
from ocop.units.models import Agency, Unit

Log = Callable[[str], None]


def folder() -> Path:
    """Where the project's own files lie."""
    return Path(settings.OCOP_REFERENCE_DIR) / "direction"


def read(path: Path) -> dict[str, Any]:
    """A YAML file that is a table; raises `BadData`."""
    try:
        found = yamltext.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise BadData(f"{path.name}: {error}") from error
    if not isinstance(found, dict):
        raise BadData(f"{path.name}: nội dung không đúng dạng.")
    return found


def problems(records: list[dict[str, Any]], slugs: Iterable[str], keys: Iterable[str]) -> list[str]:
    """What is wrong with the assignments of a file: codes given twice, unknown agencies, indicators, words."""
    known, declared, seen, found = set(slugs), set(keys), set(), []
    for record in records:
        code = str(record.get("code", "?"))
        missing = [name for name in ("code", "clause", "title", "text", "rhythm") if not record.get(name)]
        found += [f"{code}: thiếu {name}" for name in missing]
        if code in seen:
            found.append(f"{code}: mã dùng hai lần")
        seen.add(code)
        named = [*record.get("agencies", ()), *record.get("cooperating", ())]
        found += [f"{code}: không có cơ quan {slug}" for slug in named if slug not in known]
        if record.get("rhythm") not in Rhythm.values:
            found.append(f"{code}: không hiểu rhythm {record.get('rhythm')}")
        if not record.get("agencies") and not record.get("level") and record.get("rhythm") != Rhythm.REPORTS:
            found.append(f"{code}: không giao cho ai")
        if record.get("level", Target.LOCAL) not in Target.values:
            found.append(f"{code}: không hiểu level {record['level']}")
        if record.get("indicator") and record["indicator"] not in declared:
            found.append(f"{code}: không có chỉ tiêu {record['indicator']}")
    return found


def home_of(path: Path, data: dict[str, Any]) -> tuple[Programme, Unit]:
    """The period and the province of a file; raises `BadData`."""
    programme = Programme.objects.filter(slug=data.get("programme"), province=data.get("province")).first()
    province = (
        Unit.objects.filter(code=data.get("province"), level="province").order_by("-valid_from").first()
    )
    if programme is None or province is None:
        raise BadData(
            f"{path.name}: không có giai đoạn {data.get('programme')} của tỉnh {data.get('province')}"
        )
    return programme, province


def load_assignments(log: Log, path: Path | None = None) -> None:
    """Bring the assignments to what the file says. Raises `BadData`; then nothing was written."""
    path = path or folder() / "tasks.yaml"
    data = read(path)
    programme, province = home_of(path, data)
    agencies = Agency.objects.in_bulk(field_name="slug")
    if wrong := problems(data["assignments"], agencies, [one.key for one in indicators]):
        raise BadData("\n".join(f"{path.name}: {line}" for line in wrong))
    known = {row.code: row for row in Assignment.objects.filter(programme=programme)}
    with transaction.atomic():
        for place, record in enumerate(data["assignments"], 1):
            row = known.get(record["code"]) or Assignment(programme=programme, code=record["code"])
            _write(row, record, place, province, agencies, confirmed=data.get("confirmed", False))
    log(f"nhiệm vụ của kế hoạch: {len(data['assignments'])}")


def _write(
    row: Assignment, record: dict[str, Any], place: int, province: Unit, agencies: dict[str, Agency], *,
    confirmed: bool,
) -> None:  # fmt: skip
    row.province, row.order, row.confirmed = province, place, confirmed
    row.clause, row.title, row.text = record["clause"], record["title"], record["text"].strip()
    row.target, row.rhythm = record.get("level", Target.AGENCIES), record["rhythm"]
    row.cooperating_text = record.get("cooperating_text", "")
    row.measure, row.indicator = record.get("measure", ""), record.get("indicator", "")
    row.save()
    row.agencies.set([agencies[slug] for slug in record.get("agencies", ())])
    row.cooperating.set([agencies[slug] for slug in record.get("cooperating", ())])


def load_projects(log: Log, path: Path | None = None) -> None:
    """Propose the projects of the plan that are not there yet; what an office wrote since stays. Raises `BadData`."""
    path = path or folder() / "projects.yaml"
    data = read(path)
    programme, province = home_of(path, data)
    agencies = Agency.objects.filter(slug__in=[one["agency"] for one in data["projects"]])
    heirs = heirs_of(agencies, clock.today())
    by_slug = {agency.slug: next(iter(heirs[agency.pk]), agency) for agency in agencies}
    known = set(Project.objects.filter(unit=province).values_list("code", flat=True))
    made = 0
    with transaction.atomic():
        for record in data["projects"]:
            if record["agency"] not in by_slug:
                raise BadData(f"{path.name}: {record['code']}: không có cơ quan {record['agency']}")
            if record["code"] not in known:
                propose_project(
                    Project(
                        code=record["code"], kind=record["kind"], name=record["name"],
                        content=record["content"].strip(), programme=programme,
                        agency=by_slug[record["agency"]], unit=province,
                        cooperating_text=record.get("cooperating_text", ""), confirmed=record["confirmed"],
                    ),
                    by=None,
                )  # fmt: skip
                made += 1
    log(f"dự án, mô hình ưu tiên: thêm {made}, đã có {len(known)}")


def load_reference(log: Log) -> None:
    """Every file of direction."""
    load_assignments(log)
    load_projects(log)
