"""Word papers of the cycle, in the layout of Decree 30/2020/NĐ-CP."""

from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import province_of

POLICY = "Nghị quyết số 51/2021/NQ-HĐND của Hội đồng nhân dân tỉnh"
PROGRAMME = "Kế hoạch thực hiện Chương trình Mỗi xã một sản phẩm tỉnh Hà Tĩnh giai đoạn 2023 - 2025"


def committee_name(unit: Unit) -> str:
    """The people's committee of a unit as papers write it."""
    return f"Ủy ban nhân dân {unit.title[:1].lower()}{unit.title[1:]}"


def chair_of(unit: Unit) -> str:
    """Who signs for the committee, in capitals."""
    return f"CHỦ TỊCH {committee_name(unit).upper()}"


def place_of(unit: Unit) -> str:
    """The place before the date: the unit's own name, the province's for a province."""
    return unit.name if unit.level != UnitLevel.PROVINCE else (province_of(unit) or unit).name
