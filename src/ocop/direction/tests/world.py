"""A small province with a plan, for the tests of direction."""

from dataclasses import dataclass
from datetime import date

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory
from ocop.accounts.tests.factories import UserFactory as PersonFactory
from ocop.direction.enums import Rhythm, Target
from ocop.direction.models import Assignment, Task
from ocop.producers.tests.offices import SINCE, Offices, make_offices
from ocop.reporting.models import Programme
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency
from ocop.units.tests.factories import AgencyFactory

TRAINED, STARS = "people_trained", "products_recognised"


@dataclass
class Field:
    """Offices, a department with an officer, a plan of two years with three assignments."""

    offices: Offices
    department: Agency
    officer: object
    programme: Programme
    named: Assignment
    local: Assignment
    commune: Assignment


def assignment(field_programme: Programme, province: object, code: str, **values: object) -> Assignment:
    """One assignment of the plan."""
    return Assignment.objects.create(
        programme=field_programme, province=province, code=code, clause=code.rpartition(".")[0],
        title=f"Việc {code}", text=f"Nguyên văn {code}.", **values,
    )  # fmt: skip


def make_field(*, with_district: bool = False, first: int = 2026, last: int = 2027) -> Field:
    """The province of the offices with a plan that runs from `first` to `last`."""
    offices = make_offices(with_district=with_district)
    department = AgencyFactory(
        unit=offices.province, kind=AgencyKind.DEPARTMENT, name="Sở Thử", short_name="Sở Thử"
    )
    officer = PersonFactory(full_name="Cán bộ Sở Thử")
    MembershipFactory(user=officer, agency=department, role=Role.DEPARTMENT_OFFICER, valid_from=SINCE)
    programme = Programme.objects.create(
        slug="thu", province=offices.province.code, name="Kế hoạch thử", valid_from=date(first, 1, 1),
        valid_to=date(last, 12, 31),
    )  # fmt: skip
    named = assignment(
        programme, offices.province, "VI.1.1", indicator=STARS, measure="Sản phẩm", rhythm=Rhythm.YEAR
    )
    named.agencies.set([department])
    local = assignment(programme, offices.province, "VI.12.1", target=Target.LOCAL)
    commune = assignment(programme, offices.province, "VI.13.1", target=Target.COMMUNE)
    return Field(offices, department, officer, programme, named, local, commune)


def task_of(field: Field, **values: object) -> Task:
    """A task for the department, not stored."""
    given = {"title": "Báo cáo nhanh", "basis": "Thông báo kết luận", "document_number": "12/TB-UBND"}
    days = {"first_on": date(2026, 9, 1), "last_on": date(2026, 9, 30)}
    return Task(**{"agency": field.department, **given, **days, **values})
