"""What invented ideas and plans say: texts and figures out of the data file, the same at every run."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ocop.kit import clock, yamltext
from ocop.rulebook.models import ProductGroup

MILLION = 1_000_000
SCORES = {"aspiration": 15, "feasible": 18, "lasting": 14, "deep": 9}
LOW = {"aspiration": 8, "feasible": 9, "lasting": 7, "deep": 4}
WHY_NOT = (
    "Chưa rõ nơi tiêu thụ; đề nghị khảo sát thị trường rồi đăng ký lại.",
    "Nguyên liệu trong xã chưa đủ, phần lớn phải mua nơi khác.",
    "Trùng với sản phẩm đã có trong xã, chưa nêu được điểm khác.",
)
MEMBERS = (
    ("Nguyễn Văn Hòa", "Phó Chủ tịch UBND"), ("Trần Thị Nga", "Hội Liên hiệp Phụ nữ"),
    ("Lê Minh Đức", "Đoàn Thanh niên"), ("Phạm Văn Sơn", "Hội Nông dân"), ("Võ Thị Hiền", "Kinh tế"),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """An idea of the data file."""

    facts: dict[str, Any]
    group: ProductGroup | None

    @property
    def name(self) -> str:
        """The product that is to be made."""
        return self.facts["name"]

    @property
    def revenue(self) -> int:
        """Revenue of the first year, đồng."""
        return self.facts["revenue"] * MILLION

    def idea(self) -> dict[str, Any]:
        """The answers of the idea."""
        facts = self.facts
        return {
            "name": self.name, "group": self.group, "processing": facts["processing"],
            "description": f"{self.name} làm tại xã, đóng gói nhỏ, ghi rõ nơi làm và hạn dùng.",
            "origin": "Nghề của làng, người làm đã có kinh nghiệm nhiều năm.", "material": facts["material"],
            "material_local_share": 60 + facts["labour"] * 2, "labour_total": facts["labour"],
            "labour_local": facts["labour"] - 1, "led_by_youth": facts.get("youth", False),
            "led_by_women": facts.get("women", False), "market": facts["market"],
            "expected_revenue": self.revenue, "wanted_help": "Bao bì, tem nhãn và máy móc chế biến.",
        }  # fmt: skip

    def plan(self) -> dict[str, Any]:
        """The answers of the plan; revenue doubles every year, cost follows."""
        first, second, third = self.revenue, self.revenue * 2, self.revenue * 4
        return {
            "present": "Nhà xưởng 100 m2, máy móc đơn giản, bán trong xã và chợ gần.",
            "feasibility": "Nguyên liệu sẵn, đã có người đặt hàng, kỹ thuật đã làm chủ.",
            "technology": "Sơ chế, chế biến, đóng gói tại xưởng theo quy trình một chiều.",
            "spec": "Hộp giấy 200 g", "resources": "Đất và nhà xưởng có sẵn, thợ là người trong xã.",
            "own_money": first // 2, "loan_money": first // 4, "other_money": 0,
            "revenue_1": first, "cost_1": first * 3 // 4, "revenue_2": second, "cost_2": second * 7 // 10,
            "revenue_3": third, "cost_3": third * 2 // 3,
        }  # fmt: skip


@cache
def document() -> dict[str, Any]:
    """The data file."""
    path = Path(settings.OCOP_REFERENCE_DIR) / "cycle" / "demo.yaml"
    return yamltext.parse(path.read_text(encoding="utf-8"))


def told_ideas() -> list[Told]:
    """Every idea of the data file, with its group."""
    groups = {group.code: group for group in ProductGroup.objects.all()}
    return [Told(facts, groups.get(facts["group"])) for facts in document()["ideas"]]


def moment(day: date, hour: int = 9) -> datetime:
    """A moment of a day in Viet Nam."""
    return datetime.combine(day, time(hour), tzinfo=clock.LOCAL)
