"""The next merger as one file: checked, shown with the open work that would move, written beside the other stages."""

import csv
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ocop.units.loading.files import (
    CHANGE_COLUMNS,
    LIST_COLUMNS,
    DataFileError,
    ProvinceFiles,
    read_province,
    read_rows,
)
from ocop.units.loading.load import Loaded, load
from ocop.units.models import Unit
from ocop.units.queries.handover import preview, reorganisation_on
from ocop.units.rules.next_stage import Line, next_stage

MERGER_COLUMNS = [
    "old_code", "new_code", "extent", "change", "new_name", "new_type", "new_parent", "confirmed", "note",
]  # fmt: skip
Log = Callable[[str], None]


def load_merger(
    file: Path, day: date, *, folder: Path, province: str, log: Log, basis: str = "", dry_run: bool = False
) -> Loaded:
    """Add the stage that the file describes to the province's folder and load it.

    Says which units end and begin and what open work would move on `day`. A dry run leaves files and database as they
    were. Raises `DataFileError` with every fault, having written nothing.
    """
    home = folder / province
    if not (home / "province.yaml").exists():
        raise DataFileError([f"không có thư mục {province} trong {folder}"])
    if not dry_run and not os.access(home, os.W_OK):
        raise DataFileError([f"không ghi được vào thư mục {home}"])
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / "units"
        shutil.copytree(folder, copy)
        before = read_province(copy / province)
        names = _write_stage(copy / province, before, file, day, basis)

        def tell() -> None:
            _say(before.code, day, log)

        done = load(log, demo=before.fictional, dry_run=dry_run, folder=copy, after=tell)
        if not dry_run:
            for name in names:
                shutil.copyfile(copy / province / name, home / name)
    return done


def _write_stage(home: Path, before: ProvinceFiles, file: Path, day: date, basis: str) -> list[str]:
    """Write list, changes and the stage's entry into the folder; answers the names of the files."""
    last = before.stages[-1]
    if day <= last.start:
        raise DataFileError([f"ngày {day} không sau giai đoạn {last.start} đã có"])
    rows = read_rows(file, MERGER_COLUMNS)
    lines = [Line(**{**row, "confirmed": row["confirmed"] == "yes"}) for row in rows]  # type: ignore[arg-type]
    found = next_stage(last.units, lines)
    if found.problems:
        raise DataFileError([f"{file.name}: {problem}" for problem in found.problems])
    listed = [[getattr(unit, name) for name in LIST_COLUMNS] for unit in found.units]
    changed = [
        [line.old_code, line.new_code, line.extent, line.change, "yes" if line.confirmed else "no", line.note]
        for line in found.changes
    ]
    names = [f"{day}.csv", f"changes-{day}.csv", "province.yaml"]
    _csv(home / names[0], LIST_COLUMNS, listed)
    _csv(home / names[1], CHANGE_COLUMNS, changed)
    entry: dict[str, Any] = {"from": day, "list": names[0], "changes": names[1]}
    if basis:
        entry["basis"] = basis
    text = (home / names[2]).read_text(encoding="utf-8").rstrip("\n")
    written = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False)
    (home / names[2]).write_text(
        text + "\n" + "".join(f"  {line}\n" for line in written.splitlines()), encoding="utf-8"
    )
    return names


def _csv(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([columns, *rows])


def _say(code: str, day: date, log: Log) -> None:
    """What ends, what begins, what would move."""
    province = Unit.objects.filter(code=code).order_by("-valid_from").get()
    change = reorganisation_on(province, day)
    ended = [unit for unit in change.units.values() if unit.valid_to == change.eve]
    for unit in sorted(ended, key=lambda unit: unit.code):
        heirs = ", ".join(f"{heir.title} ({heir.code})" for heir in change.heirs[unit.pk])
        log(f"Kết thúc: {unit.title} ({unit.code}) → {heirs or 'chưa rõ đơn vị kế tục'}")
    for unit in Unit.objects.covered_by(province).filter(valid_from=day):
        log(f"Bắt đầu: {unit.title} ({unit.code})")
    seen = preview(change)
    for part in seen.parts:
        if part.count or part.undecided:
            log(f"{part.part.label}: {part.count} chuyển, {len(part.undecided)} chờ xác nhận xã mới")
    if seen.is_empty:
        log("Không có việc nào đang mở phải bàn giao.")
    else:
        log(f"Bàn giao tại trang /ban-giao/{day}/ từ ngày {day:%d/%m/%Y}.")
