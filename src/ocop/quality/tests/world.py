"""A province with two departments, a commune and a producer, for tests of this app and those above."""

from dataclasses import dataclass
from datetime import date, timedelta

from ocop.accounts.actions import create_user
from ocop.accounts.enums import Role
from ocop.accounts.models import Membership, User
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.producers.tests.factories import AccessFactory, ProducerFactory
from ocop.products.models import Product
from ocop.products.tests.factories import ProductFactory
from ocop.quality import loader
from ocop.quality.actions import plans, visits
from ocop.quality.enums import Verdict
from ocop.quality.models import Plan, Programme, Question, Visit
from ocop.recognition.models import Certificate
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, AgencyDuty, Unit
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

PEOPLE = (
    ("health", "health", Role.DEPARTMENT_OFFICER),
    ("health2", "health", Role.DEPARTMENT_OFFICER),
    ("trade", "trade", Role.DEPARTMENT_OFFICER),
    ("standing", "standing", Role.STANDING_OFFICER),
    ("advisory", "standing", Role.ADVISORY_OFFICER),
    ("leader", "province", Role.PROVINCE_LEADER),
    ("clerk", "province", Role.PROVINCE_CLERK),
    ("commune", "commune", Role.COMMUNE_OFFICER),
)


@dataclass
class World:
    """People by name, agencies by name, a producer with a running star."""

    province: Unit
    commune: Unit
    agencies: dict[str, Agency]
    people: dict[str, User]
    producer: Producer
    product: Product
    star: Certificate

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    @property
    def year(self) -> int:
        """The year planned for: the next one."""
        return clock.today().year + 1

    def plan(self, office: str, *months: int, producer: Producer | None = None) -> Plan:
        """The plan of an office with a visit in each of these months, sent."""
        by = self[office]
        plan = plans.open_plan(agency=self.agencies[office], year=self.year, by=by)
        for month in months:
            first = date(self.year, month, 1)
            plans.add_line(
                plan, producer=producer or self.producer, first_on=first, last_on=first + timedelta(days=20), by=by,
                areas=("food_safety",) if office == "health" else ("label",), lead=by,
            )  # fmt: skip
        plans.send_plan(plan, by=by)
        return plan

    def programme(self, *taken: Plan) -> Programme:
        """The programme of the year, with these plans taken into it."""
        for plan in taken:
            plans.take_plan(plan, by=self["standing"])
        return Programme.objects.get(year=self.year)

    def visit(
        self, *, state: str = "planned", areas: tuple[str, ...] = ("label",), answer: str = Verdict.YES
    ) -> Visit:
        """An unplanned visit of the health department, walked to "planned", "announced", "under_way" or "signed"."""
        by, today = self["health"], clock.today()
        row = visits.open_unplanned(
            producer=self.producer, agency=self.agencies["health"], ground="complaint", reason="Dân phản ánh nhãn sai.",
            first_on=today, last_on=today, areas=areas, by=by,
        )  # fmt: skip
        if state == "planned":
            return row
        visits.announce_visit(
            row, visit_on=today, decision_number="5/QĐ-SYT", decision_on=today, lead=by, members=[self["health2"]],
            by=by,
        )  # fmt: skip
        if state == "announced":
            return row
        visits.begin_visit(row, by=by)
        if state == "under_way":
            return row
        for question in questions(row):
            visits.answer_question(row, question, value=answer, by=by)
        visits.sign_minutes(row, signer_name="Trần Thị Lan", signer_position="Giám đốc", by=by)
        return row


def questions(visit: Visit) -> list[Question]:
    """The questions that a visit asks."""
    keys = visit.area_keys
    return [row for row in visit.checklist.questions.all() if not keys or row.area in keys]


def make_world() -> World:
    """The world, with the checklists and receivers of the reference data."""
    loader.load_reference(lambda text: None)
    province = ProvinceFactory(name="Thử")
    commune = UnitFactory(name="Xã Kỳ Thử", under=province)
    department = AgencyKind.DEPARTMENT
    agencies = {
        "province": AgencyFactory(unit=province, kind=AgencyKind.PROVINCE_COMMITTEE, name="UBND tỉnh Thử"),
        "health": AgencyFactory(unit=province, kind=department, name="Sở Y tế tỉnh Thử", slug="so-y-te-42"),
        "trade": AgencyFactory(
            unit=province, kind=department, name="Sở Công Thương Thử", slug="so-cong-thuong-42"
        ),
        "standing": AgencyFactory(
            unit=province, kind=AgencyKind.COORDINATION_OFFICE, name="Văn phòng Điều phối Thử"
        ),
        "commune": AgencyFactory(unit=commune),
    }
    AgencyDuty.objects.create(agency=agencies["province"], duty="decides", valid_from=date(2023, 1, 1))
    people = {}
    for name, office, role in PEOPLE:
        people[name] = create_user(full_name=f"Người {name}", username=f"q-{name}", by=None)
        Membership.objects.create(
            user=people[name], agency=agencies[office], role=role, valid_from=date(2026, 1, 1)
        )
    people["owner"] = create_user(full_name="Trần Thị Lan", username="q-owner", by=None)
    people["stranger"] = create_user(full_name="Người Lạ", username="q-stranger", by=None)
    producer = ProducerFactory(name="Hợp tác xã Kỳ Thử", unit=commune)
    AccessFactory(producer=producer, user=people["owner"])
    product = ProductFactory(name="Nước mắm Kỳ Thử", producer=producer)
    star = CertificateFactory(product=product, decision=DecisionFactory(issuer=agencies["province"]))
    return World(province, commune, agencies, people, producer, product, star)
