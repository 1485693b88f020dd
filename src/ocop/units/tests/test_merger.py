"""The next merger as one file: the stage drawn up from it, what is wrong with it, the command."""

import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ocop.units.loading import load
from ocop.units.loading.files import default_folder, read_province
from ocop.units.models import Agency, Unit
from ocop.units.queries import successors_on, unit_on
from ocop.units.rules.next_stage import Line, next_stage
from ocop.units.rules.stages import Listed

MERGERS = Path(__file__).parent / "mergers"
BEFORE = (
    Listed("99", "Trình Diễn", "Tỉnh", "", "10.00000", "110.00000", "invented"),
    Listed("99001", "Mẫu Bắc", "Xã", "99", "10.20000", "110.00000", "invented"),
    Listed("99003", "Mẫu Nam", "Phường", "99", "9.80000", "110.00000", "invented"),
    Listed("99004", "Mẫu Hải", "Xã", "99"),
)


def line(old: str, new: str, change: str = "merged", name: str = "", kind: str = "", **more: str) -> Line:
    """A line of the file, whole unless said otherwise."""
    extent = more.get("extent", "" if change in {"parent", "abolished"} else "whole")
    return Line(old, new, extent, change, name, kind, more.get("parent", ""), True)


class TestNextStage:
    """The list after the changes is the list before, without what ended, with what begins."""

    def test_a_unit_that_begins_lies_in_the_middle_of_its_members(self) -> None:
        found = next_stage(
            BEFORE, [line("99001", "99001", name="Mẫu Đại", kind="Xã"), line("99003", "99001")]
        )
        assert (found.problems, [unit.code for unit in found.units]) == ((), ["99", "99001", "99004"])
        assert found.units[1] == Listed("99001", "Mẫu Đại", "Xã", "99", "10.00000", "110.00000", "invented")
        assert [(one.old_code, one.new_code, one.extent) for one in found.changes] == [
            ("99001", "99001", "whole"), ("99003", "99001", "whole"),
        ]  # fmt: skip

    def test_a_unit_without_a_point_stays_without(self) -> None:
        found = next_stage(BEFORE, [line("99004", "99014", "renamed", "Mẫu Khơi", "Xã")])
        assert found.units[-1] == Listed("99014", "Mẫu Khơi", "Xã", "99")

    def test_an_end_without_a_successor_leaves_the_list(self) -> None:
        found = next_stage(BEFORE, [line("99004", "", "abolished")])
        assert [unit.code for unit in found.units] == ["99", "99001", "99003"]

    @pytest.mark.parametrize(
        ("lines", "problem"),
        [
            ([line("99009", "99001")], "mã cũ '99009' không có trong danh mục hiện nay"),
            ([line("99001", "")], "Xã Mẫu Bắc: không nói về đơn vị nào"),
            ([line("99001", "99020")], "mã mới 99020: thiếu tên hoặc loại"),
            (
                [line("99001", "99003", name="Mẫu Mới", kind="Xã")],
                "mã mới 99003: đơn vị cũ mang mã này vẫn còn, hãy thêm dòng cho nó",
            ),
        ],
    )
    def test_what_is_wrong_is_said(self, lines: list[Line], problem: str) -> None:
        assert next_stage(BEFORE, lines).problems == (problem,)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented province's files, free to be added to."""
    shutil.copytree(default_folder() / "trinh-dien", tmp_path / "units" / "trinh-dien")
    return tmp_path / "units"


def run(folder: Path, day: str, *more: str, file: Path | None = None) -> list[str]:
    """The command; answers what it said."""
    out = StringIO()
    call_command(
        "load_units", "--changes", str(file or MERGERS / f"{day}.csv"), "--on", day, "--province", "trinh-dien",
        "--folder", str(folder), *more, stdout=out,
    )  # fmt: skip
    return out.getvalue().splitlines()


@pytest.mark.django_db
class TestCommand:
    """A dry run shows, a run writes files and database."""

    def test_a_dry_run_says_what_ends_and_begins_and_leaves_everything(self, folder: Path) -> None:
        load(lambda line: None, demo=True, folder=folder)
        files = sorted(path.name for path in (folder / "trinh-dien").iterdir())
        said = run(folder, "2027-01-01", "--dry-run")
        assert said[:-1] == [
            "Kết thúc: Xã Mẫu Bắc (99001) → Xã Mẫu Bình (99001)",
            "Kết thúc: Phường Mẫu Nam (99003) → Phường Mẫu Đông (99011), Xã Mẫu Tây (99012)",
            "Bắt đầu: Xã Mẫu Bình (99001)",
            "Bắt đầu: Phường Mẫu Đông (99011)",
            "Bắt đầu: Xã Mẫu Tây (99012)",
            "Không có việc nào đang mở phải bàn giao.",
        ]
        assert sorted(path.name for path in (folder / "trinh-dien").iterdir()) == files
        assert not Unit.objects.filter(valid_from=date(2027, 1, 1)).exists()

    def test_a_run_adds_the_stage_and_loading_again_writes_nothing(self, folder: Path) -> None:
        load(lambda line: None, demo=True, folder=folder)
        run(folder, "2027-01-01")
        run(folder, "2028-01-01")
        stages = read_province(folder / "trinh-dien").stages
        assert [str(stage.start) for stage in stages] == [
            "2023-01-01",
            "2025-07-01",
            "2027-01-01",
            "2028-01-01",
        ]
        again = load(lambda line: None, demo=True, folder=folder)
        assert (again.units, again.links, again.agencies) == (0, 0, 0)
        first = unit_on("99001", date(2024, 1, 1))
        assert [unit.name for unit in successors_on(first, date(2028, 2, 1))] == ["Mẫu An"]
        assert Agency.objects.get(slug="ubnd-99001-20280101").short_name == "UBND xã Mẫu An"

    def test_bad_files_are_refused_as_a_whole(self, folder: Path, tmp_path: Path) -> None:
        load(lambda line: None, demo=True, folder=folder)
        head = "old_code,new_code,extent,change,new_name,new_type,new_parent,confirmed,note\n"
        for text, problem in (
            (head + "99009,99001,whole,merged,Mẫu,Xã,,yes,\n", "mã cũ '99009' không có"),
            (head + "99001,99001,whole,merged,Mẫu,Làng,,yes,\n", "loại 'Làng' không hợp với cấp"),
            ("a,b\n", "dòng đầu phải là old_code"),
        ):
            file = tmp_path / "sai.csv"
            file.write_text(text, encoding="utf-8")
            with pytest.raises(CommandError) as refused:
                run(folder, "2027-01-01", file=file)
            assert problem in str(refused.value)
        with pytest.raises(CommandError) as refused:
            run(folder, "2025-07-01", file=MERGERS / "2027-01-01.csv")
        assert "không sau giai đoạn 2025-07-01" in str(refused.value)
        with pytest.raises(CommandError):
            call_command("load_units", "--changes", str(MERGERS / "2027-01-01.csv"))
        assert not (folder / "trinh-dien" / "2027-01-01.csv").exists()
