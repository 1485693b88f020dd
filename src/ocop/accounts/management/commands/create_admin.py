"""`manage.py create_admin`: the first administrator, from the environment or by questions."""

import getpass
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ocop.accounts.actions import create_user, grant_membership
from ocop.accounts.enums import Role
from ocop.accounts.models import Membership, User
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.units.models import Agency
from ocop.units.queries import agency_with, home_province


class Command(BaseCommand):
    """Opens an account with the administrator's role; officials are then let in from the pages.

    Without questions: `OCOP_ADMIN_NAME`, `OCOP_ADMIN_USERNAME`, `OCOP_ADMIN_PASSWORD`, and `OCOP_ADMIN_PHONE` or
    `OCOP_ADMIN_EMAIL`.
    """

    help = "Tạo quản trị viên đầu tiên (hỏi từng mục, hoặc đọc OCOP_ADMIN_* từ môi trường)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-input", action="store_true", help="Không hỏi; đọc OCOP_ADMIN_* từ môi trường."
        )
        parser.add_argument("--agency", default="", help="Mã cơ quan; mặc định là UBND cấp tỉnh.")

    def handle(self, *args: Any, **options: Any) -> None:
        ask = not options["no_input"]
        name = self._value("NAME", "Họ và tên", ask)
        username = self._value("USERNAME", "Tên đăng nhập", ask)
        phone = self._value("PHONE", "Số điện thoại (có thể bỏ trống)", ask, required=False)
        email = self._value("EMAIL", "Thư điện tử (có thể bỏ trống)", ask, required=False)
        password = os.environ.get("OCOP_ADMIN_PASSWORD", "") or (getpass.getpass("Mật khẩu: ") if ask else "")
        if not password:
            raise CommandError("Thiếu mật khẩu: đặt OCOP_ADMIN_PASSWORD.")
        try:
            self._make(name, username, phone, email, password, self._agency(options["agency"]))
        except Refused as refused:
            raise CommandError(refused.reason) from refused

    def _value(self, key: str, label: str, ask: bool, *, required: bool = True) -> str:
        value = os.environ.get(f"OCOP_ADMIN_{key}", "") or (input(f"{label}: ").strip() if ask else "")
        if required and not value:
            raise CommandError(f"Thiếu {label.lower()}: đặt OCOP_ADMIN_{key}.")
        return value

    def _agency(self, slug: str) -> Agency:
        day = clock.today()
        if slug:
            found = Agency.objects.valid_on(day).filter(slug=slug).first()
        else:
            try:
                found = agency_with("decides", day, home_province(day))
            except LookupError:
                found = None
        if found is None:
            raise CommandError("Chưa có cơ quan: hãy nạp dữ liệu nền trước (manage.py load_reference).")
        return found

    @transaction.atomic
    def _make(self, name: str, username: str, phone: str, email: str, password: str, agency: Agency) -> None:
        known = User.objects.filter(username__iexact=username).first()
        if (
            known
            and Membership.objects.valid_on(clock.today())
            .filter(user=known, role=Role.ADMINISTRATOR)
            .exists()
        ):
            self.stdout.write(f"{username} đã là quản trị viên.")
            return
        user = known or create_user(
            full_name=name, username=username, phone=phone, email=email, password=password, by=None
        )
        grant_membership(user, agency=agency, role=Role.ADMINISTRATOR, by=None, basis="Lệnh create_admin")
        self.stdout.write(self.style.SUCCESS(f"Đã tạo quản trị viên {username} tại {agency.name}."))
