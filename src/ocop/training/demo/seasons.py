"""Which activities the demo's years held: the province's, the districts' to 6/2025, the communes' since."""

from datetime import date
from typing import Any

from ocop.training.demo.history import Past, Person
from ocop.training.demo.names import is_woman, name
from ocop.training.enums import ActivityKind, Audience, Gender
from ocop.training.models import Topic
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import committee_of, tree_on

YEARS = (2024, 2025, 2026)
PROVINCE = (
    # (month, day, days, kind, title, topic)
    (2, 26, 2, ActivityKind.COURSE, "Tập huấn cán bộ phụ trách OCOP các cấp", "noi-dung-chuong-trinh"),
    (3, 20, 1, ActivityKind.FORUM, "Diễn đàn khởi nghiệp trong đoàn viên, thanh niên", "khoi-nghiep"),
    (4, 8, 2, ActivityKind.COURSE, "Kinh doanh trên sàn thương mại điện tử", "san-thuong-mai-dien-tu"),
    (5, 13, 4, ActivityKind.TOUR, "Tham quan mô hình OCOP tại Quảng Ninh, Bắc Ninh", "to-chuc-quan-ly"),
    (7, 9, 1, ActivityKind.WORKSHOP, "Hội thảo mẫu mã, bao bì sản phẩm OCOP", "doi-moi-mau-ma"),
    (8, 22, 1, ActivityKind.CONTEST, "Cuộc thi ý tưởng sản phẩm OCOP", "khoi-nghiep"),
    (9, 12, 1, ActivityKind.MATCHING, "Tọa đàm kết nối chủ thể với nhà phân phối", "ket-noi-doi-tac"),
    (10, 15, 2, ActivityKind.COURSE, "Quản lý chất lượng, truy xuất nguồn gốc", "quan-ly-chat-luong"),
)
LOCAL = (
    (3, 5, 1, "Xây dựng phương án sản xuất kinh doanh", "phuong-an-sxkd"),
    (6, 4, 1, "Vệ sinh an toàn thực phẩm cho cơ sở chế biến", "an-toan-thuc-pham"),
    (9, 24, 1, "Bán hàng qua Facebook, Zalo", "ban-hang-mang-xa-hoi"),
)
TRAINERS = ("ThS. Nguyễn Thị Minh", "TS. Lê Quang Huy", "KS. Trần Đức Anh", "Chuyên gia Phạm Thu Hà")


def _people(
    number: int, size: int, sessions: int, communes: list[Unit], officials: bool
) -> tuple[Person, ...]:
    """A list of invented people: most attend everything, some miss a session, a few never come."""
    found = []
    for place in range(size):
        who = number * 40 + place
        present = tuple(range(sessions))
        if place % 9 == 4:
            present = present[:-1]
        if place % 13 == 12:
            present = ()
        unit = communes[(number * 7 + place * 3) % len(communes)]
        official = officials if place % 4 else not officials
        found.append(
            Person(
                name(who), Audience.OFFICIAL if official else Audience.PRODUCER,
                Gender.FEMALE if is_woman(who) else Gender.MALE, unit,
                f"UBND {unit.full_name}" if official else f"Cơ sở sản xuất {unit.full_name}", present,
            )
        )  # fmt: skip
    return tuple(found)


def past_of(province: Unit, today: date, topics: dict[str, Topic], percent: int, by: Any) -> list[Past]:
    """Every activity that was summed up by today."""
    found: list[Past] = []
    for year in YEARS:
        tree = tree_on(min(date(year, 6, 1), today), province)
        communes = [unit for unit in tree.units.values() if unit.level == UnitLevel.COMMUNE]
        for place, (month, day, days, kind, title, topic) in enumerate(PROVINCE):
            starts = date(year, month, day)
            size = {ActivityKind.FORUM: 60, ActivityKind.TOUR: 24}.get(kind, 36)
            found.append(
                Past(
                    f"{title} năm {year}", kind, province, committee_of(province, starts), starts, days,
                    "tỉnh Quảng Ninh" if kind == ActivityKind.TOUR else "Hội trường trung tâm, phường Thành Sen",
                    TRAINERS[place % 4], (topics[topic],),
                    _people(year + place, size, days * 2, communes, place % 2 == 0),
                    days * size * 350_000, percent, by, results=_results(kind, year),
                )
            )  # fmt: skip
        found += _local(tree, year, topics, percent, by)
    return [one for one in found if one.moves()[-1][1].date() <= today]


def _results(kind: str, year: int) -> dict[str, Any]:
    extra: dict[str, dict[str, Any]] = {
        ActivityKind.MATCHING: {"agreements": 4 + year % 3, "agreements_value": (4 + year % 3) * 350_000_000},
        ActivityKind.CONTEST: {"ideas_onward": 2},
        ActivityKind.FORUM: {"ideas_onward": 1, "unlisted": 120},
    }
    return extra.get(kind, {})


def _local(tree: Any, year: int, topics: dict[str, Topic], percent: int, by: Any) -> list[Past]:
    """Courses of districts, and of some communes once there is no district."""
    districts = [unit for unit in tree.units.values() if unit.level == UnitLevel.DISTRICT]
    holders = districts or [unit for unit in tree.units.values() if unit.level == UnitLevel.COMMUNE][::6]
    found = []
    for number, unit in enumerate(sorted(holders, key=lambda one: one.code)):
        month, day, days, title, topic = LOCAL[(number + year) % len(LOCAL)]
        starts = date(year, month, day)
        inside = tree.children(unit) or [unit]
        if unit.in_force(starts):
            found.append(
                Past(
                    f"{title} – {unit.full_name} {year}", ActivityKind.COURSE, unit, committee_of(unit, starts), starts,
                    days, f"Hội trường UBND {unit.full_name}", TRAINERS[number % 4], (topics[topic],),
                    _people(year * 3 + number, 22, days * 2, inside, False), 9_000_000, percent, by,
                )
            )  # fmt: skip
    return found
