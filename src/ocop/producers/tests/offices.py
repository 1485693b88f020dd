"""A small province with its offices and one producer, for the tests of registers and procedures."""

from dataclasses import dataclass, field
from datetime import date

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.tests.factories import MembershipFactory
from ocop.accounts.tests.factories import UserFactory as PersonFactory
from ocop.producers.models import Producer
from ocop.producers.tests.factories import AccessFactory, ProducerFactory
from ocop.rulebook.models import DatedSetting
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, Unit
from ocop.units.tests.factories import AgencyFactory, DistrictFactory, ProvinceFactory, UnitFactory

SINCE = date(2024, 1, 1)
PROVINCE_ROLES = (
    Role.ADVISORY_OFFICER, Role.DEPARTMENT_OFFICER, Role.PROVINCE_LEADER, Role.PROVINCE_CLERK, Role.STANDING_OFFICER,
    Role.READER,
)  # fmt: skip
DISTRICT_ROLES = (Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER, Role.DISTRICT_CLERK)
COMMUNE_ROLES = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)


@dataclass
class Offices:
    """Units, agencies by level ("province", "district", "commune", "neighbour") and one person per role.

    `people[role]` acts in the province, its district and the commune; `neighbour` is the officer of the commune beside
    it, `owner` acts for the producer of the commune, `stranger` for nobody.
    """

    province: Unit
    commune: Unit
    beside: Unit
    producer: Producer
    owner: User
    neighbour: User
    stranger: User
    district: Unit | None = None
    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, role: str) -> User:
        return self.people[role]


def make_offices(*, with_district: bool = False) -> Offices:
    """The province of 2026, or with a district between province and commune, as it was to 30/6/2025.

    Who does the district's part is set as in the reference data.
    """
    DatedSetting.objects.get_or_create(
        key="district_successor", province="", valid_from=date(2021, 1, 1), defaults={"value": "district"}
    )
    DatedSetting.objects.get_or_create(
        key="district_successor", province="", valid_from=date(2025, 7, 1), defaults={"value": "commune"}
    )
    province = ProvinceFactory(name="Thử")
    district = DistrictFactory(name="Thử", under=province) if with_district else None
    commune = UnitFactory(name="Kỳ Thử", under=district or province)
    beside = UnitFactory(name="Bên Cạnh", under=district or province)
    agencies = {
        "province": AgencyFactory(unit=province, kind=AgencyKind.PROVINCE_COMMITTEE, name="UBND tỉnh Thử"),
        "commune": AgencyFactory(unit=commune, name="UBND xã Kỳ Thử"),
        "neighbour": AgencyFactory(unit=beside, name="UBND xã Bên Cạnh"),
    }
    if district is not None:
        agencies["district"] = AgencyFactory(
            unit=district, kind=AgencyKind.DISTRICT_COMMITTEE, name="UBND huyện Thử"
        )
    levels = {"province": PROVINCE_ROLES, "district": DISTRICT_ROLES, "commune": COMMUNE_ROLES}
    people: dict[str, User] = {}
    for level, roles in levels.items():
        for role in roles if level in agencies else ():
            people[role] = PersonFactory(full_name=f"Người {role}")
            MembershipFactory(user=people[role], agency=agencies[level], role=role, valid_from=SINCE)
    neighbour, owner = PersonFactory(full_name="Cán bộ xã bên"), PersonFactory(full_name="Trần Thị Lan")
    MembershipFactory(
        user=neighbour, agency=agencies["neighbour"], role=Role.COMMUNE_OFFICER, valid_from=SINCE
    )
    producer = ProducerFactory(name="HTX Kỳ Thử", unit=commune)
    AccessFactory(producer=producer, user=owner, valid_from=SINCE)
    return Offices(
        province=province, commune=commune, beside=beside, producer=producer, owner=owner, neighbour=neighbour,
        stranger=PersonFactory(full_name="Người Lạ"), district=district, agencies=agencies, people=people,
    )  # fmt: skip
