"""What the registers of quality share."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Q

from ocop.kit.errors import Refusal
from ocop.kit.text import fold
from ocop.producers.casework import OfficeProcedure
from ocop.quality import permissions
from ocop.quality.enums import Area
from ocop.quality.registers.forms import agencies_of
from ocop.units.models import Agency

SECTION = "Kiểm tra & chất lượng"
NO_IMPORT = Refusal(
    "quality.import", "Việc này bắt đầu từ một lượt kiểm tra hoặc một giấy tờ, không nhập từ Excel."
)
BY_PRESS = Refusal("quality.press", "Việc này do hệ thống mở, xử lý bằng các nút ở trang của nó.")
AREAS = {fold(str(label)): key for key, label in Area.choices} | {key: key for key in Area.values}


def agencies_kept(user: Any) -> list[tuple[str, int]]:
    """(name, id) and (short name, id) of the agencies that the person plans for; for imports."""
    rows = list(agencies_of(user))
    return [(row.name, row.pk) for row in rows] + [(row.short_name, row.pk) for row in rows if row.short_name]


def own_agencies(user: Any) -> Q:
    """Rows of the agencies that the person works for."""
    return Q(agency_id__in=sorted(permissions.kept_agency_ids(user)))


def areas_typed(text: str) -> tuple[str, list[str]]:
    """A typed list of areas ("An toàn thực phẩm; Vệ sinh môi trường") as it is kept, and the words that are none."""
    words = [word.strip() for word in text.replace("\n", ";").split(";") if word.strip()]
    keys = [AREAS.get(fold(word), "") or AREAS.get(word, "") for word in words]
    return ",".join(key for key in keys if key), [
        word for word, key in zip(words, keys, strict=True) if not key
    ]


def area_faults(text: str) -> Iterable[str]:
    """Sentences against a typed list of areas."""
    for word in areas_typed(text)[1]:
        yield f"Nội dung kiểm tra “{word}” không có; dùng: {'; '.join(str(label) for label in Area.labels)}"


class AgencyProcedure(OfficeProcedure):
    """A case in the hands of one agency: that one is named where it is waited for."""

    def agency_of(self, row: Any) -> Agency:
        """The agency that has the case."""
        return row.agency

    def who(self, row: Any, wanted: frozenset[str]) -> str:
        own = any(role.startswith("quality.") for role in wanted)
        return self.agency_of(row).name if own else super().who(row, wanted)


LOOKUPS: dict[type[Model], Callable[[Any], Iterable[tuple[str, Any]]]] = {Agency: agencies_kept}
