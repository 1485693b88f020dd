"""Officers by Excel: one row is a person and a role; people without an account get one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ocop.accounts import actions, permissions
from ocop.accounts.enums import Role
from ocop.accounts.models import Membership, User
from ocop.accounts.queries import agencies_managed_by
from ocop.accounts.rules import granting, phones
from ocop.accounts.rules import secrets as made_up
from ocop.kit import clock
from ocop.kit.excel import Column, Importer, Kind, Lookup
from ocop.units.models import Agency

REGISTER = "accounts.officers"


@dataclass
class OfficersImport:
    """The import as one officer may do it: into the agencies looked after, with the roles that may be given there.

    `made` holds (user, temporary password) of the accounts that `create` opened, for the page that shows them once.
    """

    by: User
    made: list[tuple[User, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.agencies: dict[int, Agency] = {agency.pk: agency for agency in agencies_managed_by(self.by)}
        names = [
            (name, pk)
            for pk, agency in self.agencies.items()
            for name in {agency.name, agency.short_name}
            if name
        ]
        self.columns = (
            Column("full_name", "Họ và tên", required=True, max_length=150, example="Nguyễn Văn A", width=28),
            Column("phone", "Số điện thoại", Kind.PHONE, required=True, example="0912345678", width=16),
            Column(
                "email",
                "Thư điện tử",
                max_length=254,
                aliases=("Email",),
                example="nva@hatinh.gov.vn",
                width=26,
            ),
            Column("title", "Chức vụ", max_length=150, example="Công chức", width=20),
            Column(
                "agency",
                "Cơ quan",
                Kind.CHOICE,
                required=True,
                width=44,
                lookup=Lookup(names, what="các cơ quan bạn phụ trách"),
            ),
            Column(
                "role",
                "Vai trò",
                Kind.CHOICE,
                required=True,
                width=36,
                lookup=Lookup([(role.label, role.value) for role in Role], what="danh sách vai trò"),
            ),
            Column(
                "basis",
                "Căn cứ phân công",
                required=True,
                max_length=250,
                example="Quyết định số 12/QĐ-UBND",
                width=36,
            ),
        )
        self.importer = Importer(
            register=REGISTER,
            columns=self.columns,
            create=self.create,
            natural_key=("phone", "agency", "role"),
            known=self.known,
            check=self.check,
        )

    def check(self, values: dict[str, Any]) -> Iterator[str]:
        """What is wrong with a row beyond its cells."""
        phone, agency = phones.normalise(values["phone"]), self.agencies[values["agency"]]
        if phone is None:
            yield "Số điện thoại: không phải số điện thoại đúng"
        if not granting.fits(values["role"], agency.kind):
            yield f"Vai trò: {Role(values['role']).label} không phải là vai trò của {agency.name}"
        elif not permissions.may_grant(self.by, agency, values["role"]):
            yield "Vai trò: bạn không phân công được vai trò này tại cơ quan này"
        email = (values.get("email") or "").lower()
        if email and "@" not in email:
            yield f"Thư điện tử: “{email}” không phải địa chỉ thư"
        elif email and User.objects.filter(email=email).exclude(phone=phone).exists():
            yield "Thư điện tử: đã thuộc tài khoản khác"

    def known(self, keys: list[tuple]) -> set[tuple]:
        """Rows whose person holds that role in that agency already."""
        day = clock.today()
        by_phone = {
            (phones.normalise(phone) or phone, agency, role): (phone, agency, role)
            for phone, agency, role in keys
        }
        rows = Membership.objects.overlapping(day, None).filter(
            agency__in={key[1] for key in keys}, user__phone__in={key[0] for key in by_phone}
        )
        held = set(rows.values_list("user__phone", "agency_id", "role"))
        return {key for normal, key in by_phone.items() if normal in held}

    def create(self, rows: list[dict[str, Any]], by: User) -> int:
        """Open missing accounts with a temporary password and give the roles; answers how many roles were given."""
        for row in rows:
            user = User.objects.filter(phone=phones.normalise(row["phone"])).first() or self._open(row, by)
            actions.grant_membership(
                user, agency=self.agencies[row["agency"]], role=row["role"], by=by, basis=row["basis"]
            )
        return len(rows)

    def _open(self, row: dict[str, Any], by: User) -> User:
        temporary = made_up.temporary_password()
        user = actions.create_user(
            full_name=row["full_name"],
            phone=row["phone"],
            email=row["email"] or "",
            title=row["title"] or "",
            password=temporary,
            must_set_password=True,
            by=by,
        )
        self.made.append((user, temporary))
        return user
