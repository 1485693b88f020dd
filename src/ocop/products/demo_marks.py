"""Invented marks: who may use them, what was given towards them. No real mark gets an invented payment."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from ocop.accounts.demo import persona_user
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.products.enums import MarkKind, MarkStatus
from ocop.products.models import Mark, MarkEntitlement, MarkSupport

MARKS = (
    ("Cam Thượng Trà (trình diễn)", MarkKind.CERTIFICATION_MARK, "cam", 75),
    ("Mật ong Ngàn Hống (trình diễn)", MarkKind.COLLECTIVE_MARK, "mật ong", -30),
    ("Nước mắm Cửa Nhượng Thử (trình diễn)", MarkKind.CERTIFICATION_MARK, "nước mắm", 1400),
)
MILLION = 1_000_000


def load(log: Callable[[str], None]) -> None:
    """Make it once; needs the invented producers of an earlier step."""
    makers = list(
        Producer.objects.filter(is_demo=True, is_unknown=False).select_related("unit").order_by("pk")[:24]
    )
    if not makers or Mark.objects.filter(is_demo=True).exists():
        log("nhãn hiệu trình diễn: đã có")
        return
    by, today = persona_user("tham-muu"), clock.today()
    with transaction.atomic():
        marks = []
        for place, (name, kind, goods, left) in enumerate(MARKS):
            ends = today + timedelta(days=left)
            mark = Mark(
                name=name, kind=kind, goods=goods, unit=makers[place].unit, owner="Hội Nông dân (trình diễn)",
                registration_number=f"TD-{4_000 + place}", registered_on=ends - timedelta(days=3650), valid_to=ends,
                status=MarkStatus.CONFIRMED, is_demo=True, source="Dữ liệu trình diễn",
            )  # fmt: skip
            mark.set_search()
            marks.append(mark)
        marks = bulk_create_with_history(marks, Mark, default_user=by, default_date=clock.now())
        entitled = [
            MarkEntitlement(
                mark=marks[place % len(marks)], producer=maker, document=f"{place + 1}/QĐ-HND",
                documented_on=date(2024, 3, 1), valid_from=date(2024, 3, 1),
            )
            for place, maker in enumerate(makers)
        ]  # fmt: skip
        bulk_create_with_history(entitled, MarkEntitlement, default_user=by, default_date=clock.now())
        given = [
            MarkSupport(
                mark=mark, year=year, what=what, amount=amount * MILLION, money="province",
                given_by="Sở Khoa học và Công nghệ",
            )
            for mark in marks
            for year, what, amount in ((2024, "Đăng ký bảo hộ", 90), (2025, "Tem, bao bì mang nhãn hiệu", 45))
        ]  # fmt: skip
        bulk_create_with_history(given, MarkSupport, default_user=by, default_date=clock.now())
    log(f"nhãn hiệu trình diễn: {len(marks)}, quyền sử dụng: {len(entitled)}")
