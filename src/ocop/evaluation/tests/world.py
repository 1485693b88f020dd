"""A small province for tests: people of every role, a producer with a product, and a walk along the road.

`World.walk_to(state)` presses the same actions that the pages call, so a test starts where its subject starts.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ocop.accounts.actions import create_user
from ocop.accounts.enums import Role
from ocop.accounts.models import Membership, User
from ocop.evaluation.actions import commune, council, decision, dossier, marking, province
from ocop.evaluation.actions.site_check import record_site_check
from ocop.evaluation.demo.answers import answers_worth
from ocop.evaluation.enums import DossierKind, SeatRole
from ocop.evaluation.models import Council, CouncilSession, Dossier, RankingRound, Seat, SessionItem
from ocop.kit import clock
from ocop.producers.actions.access import grant
from ocop.producers.actions.people import record_representative
from ocop.producers.actions.register import open_producer
from ocop.producers.models import Producer
from ocop.products.actions.product import open_product
from ocop.products.models import Product
from ocop.rulebook.models import CriteriaSet, DeadlineRule
from ocop.rulebook.tests.factories import ProcedureFactory, load_sets
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, AgencyDuty, Unit
from ocop.units.tests.factories import AgencyFactory, DistrictFactory, ProvinceFactory, UnitFactory

FORM_01 = {"contact_position": "Chủ nhiệm hợp tác xã", "commitment": "yes"}
FORM_02 = {
    "spec": "Chai thủy tinh 330 ml", "material_area": "Cá cơm mua tại cảng trong xã", "material_local_share": 80,
    "labour_total": 12, "labour_local": 10, "technology": "Ủ chượp tự nhiên 12 tháng", "market": "Siêu thị trong tỉnh",
    "output": "30.000 lít", "revenue": 2_400_000_000, "plan": "Mở thêm bể chượp",
}  # fmt: skip
REPORT = {
    "material": "Nguyên liệu mua tại cảng trong xã.", "labour": "10/12 lao động là người trong xã.", "labour_total": 12,
    "labour_local": 10, "idea": "Nghề truyền thống của làng.", "identity": "Gắn với lễ hội cầu ngư.",
    "proposal": "Đề nghị UBND tỉnh đánh giá, phân hạng.",
}  # fmt: skip
PEOPLE = (
    ("commune_officer", Role.COMMUNE_OFFICER), ("commune_leader", Role.COMMUNE_LEADER),
    ("advisory", Role.ADVISORY_OFFICER),
    ("expert_lead", Role.EXPERT_LEAD), ("expert", Role.EXPERT_MEMBER), ("leader", Role.PROVINCE_LEADER),
    ("clerk", Role.PROVINCE_CLERK), ("standing", Role.STANDING_OFFICER), ("admin", Role.ADMINISTRATOR),
)  # fmt: skip
OF_DISTRICT = {
    Role.ADVISORY_OFFICER: Role.DISTRICT_OFFICER,
    Role.PROVINCE_LEADER: Role.DISTRICT_LEADER,
    Role.PROVINCE_CLERK: Role.DISTRICT_CLERK,
}
COMMUNE_ROLES = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)


@dataclass
class World:
    """People and things; every name is an attribute that a test may read."""

    province: Unit
    commune: Unit
    neighbour: Unit
    people: dict[str, User]
    members: list[User]
    committee: Agency
    council: Council
    producer: Producer
    product: Product
    criteria_set: CriteriaSet
    round: RankingRound
    extra: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def open_dossier(self, product: Product | None = None) -> Dossier:
        """An empty dossier of the producer's."""
        return dossier.open_dossier(product or self.product, criteria_set=self.criteria_set, by=self["owner"])

    def filled_dossier(self, points: int = 78) -> Dossier:
        """A dossier that may be handed in."""
        row = self.open_dossier()
        owner = self["owner"]
        dossier.save_form(row, form="form01", answers=FORM_01, by=owner)
        dossier.save_form(row, form="form02", answers=FORM_02, by=owner)
        dossier.save_answers(row, answers=answers_worth(self.criteria_set, points), by=owner)
        row.refresh_from_db()
        return row

    def walk_to(self, state: str, *, points: int = 78) -> Dossier:
        """A dossier in that state, walked there by the actions of every role."""
        return self.walk_on(self.filled_dossier(points), state, points=points)

    def walk_on(self, row: Dossier, state: str, *, points: int = 78) -> Dossier:
        """The same for a dossier that may be handed in or is on the road."""
        road = self._road(row, points)
        passed = [stop for stop, _ in road]
        start = passed.index(row.state) + 1 if row.state in passed else 0
        for _, step in road[start:]:
            if row.state == state:
                return row
            step()
            row.refresh_from_db()
        if row.state != state:
            raise AssertionError(f"the road led to {row.state}, not {state}")
        return row

    def _road(self, row: Dossier, points: int) -> list:
        people = self.people

        def receive() -> None:
            commune.receive(row, by=people["commune_officer"])

        def propose() -> None:
            commune.save_report(row, values=REPORT, by=people["commune_officer"])
            if row.kind == DossierKind.RENEWAL:
                record_site_check(
                    row, is_needed=False, reason="Không thay đổi.", by=people["commune_officer"]
                )
            commune.propose(row, by=people["commune_leader"], letter_number="12/TTr-UBND")

        def hand_over() -> None:
            province.note_samples(row, units=5, by=people["advisory"])
            experts = [people["expert_lead"], people["expert"]]
            province.assign_experts(row, experts=experts, lead=people["expert_lead"], by=people["advisory"])
            province.hand_to_experts(row, by=people["advisory"])

        def report() -> None:
            province.save_expert_report(row, values={"findings": "Hồ sơ đầy đủ."}, by=people["expert"])
            province.report_to_chair(row, by=people["expert_lead"])

        def call() -> None:
            self.extra["item"] = self.put_on_agenda(row)

        def conclude() -> None:
            self.mark(self.extra["item"], [points] * len(self.members))
            council.close_item(self.extra["item"], by=people["chair"])

        return [
            ("submitted", lambda: dossier.submit(row, by=people["owner"])),
            ("commune_review", receive),
            ("proposed", propose),
            ("province_intake", lambda: province.receive_at_province(row, by=people["advisory"])),
            ("expert_review", hand_over),
            ("council_ready", report),
            ("in_session", call),
            ("awaiting_decision", conclude),
        ]

    def open_session(self) -> CouncilSession:
        """A session of today with everybody present, opened."""
        desk = self.people["secretary"]
        session = council.plan_session(self.council, held_on=clock.today(), by=desk, round=self.round)
        seats = list(self.council.seats.all())
        chair = next(seat for seat in seats if seat.role == SeatRole.CHAIR)
        council.record_attendance(session, present=[seat.pk for seat in seats], presiding=chair.pk, by=desk)
        return council.open_session(session, by=desk)

    def put_on_agenda(self, row: Dossier, session: CouncilSession | None = None) -> SessionItem:
        """The dossier called in a session, every member having declared no conflict."""
        session = session or self.open_session()
        item = council.add_to_agenda(session, dossiers=[row], by=self.people["secretary"])[0]
        council.start_item(item, by=self.people["secretary"])
        for member in self.members:
            council.declare(item, by=member, has_conflict=False)
        return item

    def mark(self, item: SessionItem, totals: list[int]) -> None:
        """One closed round in which the members give these totals, in the order of `members`."""
        current = council.open_marking(item, by=self.people["secretary"])
        for member, total in zip(self.members, totals, strict=False):
            answers = answers_worth(self.criteria_set, total)
            marking.save_sheet(current, by=member, answers=answers)
            marking.submit_sheet(current, by=member)
        council.close_marking(current, by=self.people["chair"])
        item.refresh_from_db()

    def recognise(self, row: Dossier, *, number: str = "1234/QĐ-UBND", certificate: str = "01/2026") -> list:
        """Draft, approve and issue the decision for one dossier."""
        draft = decision.draft_decision(
            province=self.province, issuer=self.committee, dossiers=[row], title="Công nhận sản phẩm OCOP",
            by=self.people["advisory"],
        )  # fmt: skip
        decision.approve_draft(draft, by=self.people["leader"])
        line = draft.lines.get()
        return decision.issue_decision(
            draft, number=number, issued_on=clock.today(), certificate_numbers={line.pk: certificate},
            by=self.people["clerk"],
        )  # fmt: skip


def make_world(*, set_number: int = 9, members: int = 4, with_district: bool = False) -> World:
    """The world: a province with two communes, an agency each, one person per role, a council of chair + members.

    `with_district`: a district between them has the desk, the team, the committee and the council, as under Decision
    148/QĐ-TTg; what the names `advisory`, `leader`, `clerk` stand for is then the district's.
    """
    today = clock.today()
    since = date(2024, 1, 1) if with_district else date(2026, 1, 1)
    term = since if with_district else date(2026, 6, 1)
    province_unit = ProvinceFactory(name="Tỉnh Thử")
    district_unit = DistrictFactory(name="Thử", under=province_unit) if with_district else None
    commune_unit = UnitFactory(name="Xã Kỳ Thử", under=district_unit or province_unit)
    neighbour = UnitFactory(name="Xã Bên Cạnh", under=district_unit or province_unit)
    committee = AgencyFactory(unit=province_unit, kind=AgencyKind.PROVINCE_COMMITTEE, name="UBND tỉnh Thử")
    AgencyDuty.objects.create(agency=committee, duty="decides", valid_from=date(2023, 1, 1))
    if district_unit is not None:
        committee = AgencyFactory(
            unit=district_unit, kind=AgencyKind.DISTRICT_COMMITTEE, name="UBND huyện Thử"
        )
    commune_committee = AgencyFactory(unit=commune_unit)
    people = {}
    for name, role in PEOPLE:
        people[name] = create_user(full_name=f"Người {name}", username=f"w-{name}", by=None)
        agency = commune_committee if role in COMMUNE_ROLES else committee
        role = OF_DISTRICT.get(role, role) if with_district else role
        Membership.objects.create(user=people[name], agency=agency, role=role, valid_from=since)
    people["other_officer"] = create_user(full_name="Cán bộ xã bên", username="w-other", by=None)
    Membership.objects.create(
        user=people["other_officer"], agency=AgencyFactory(unit=neighbour), role=Role.COMMUNE_OFFICER,
        valid_from=since,
    )  # fmt: skip
    people["owner"] = create_user(full_name="Trần Thị Lan", username="w-owner", by=None)
    people["stranger"] = create_user(full_name="Người Lạ", username="w-stranger", by=None)
    board = Council.objects.create(
        name="Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh Thử", province=province_unit,
        district=district_unit, decision_number="10/QĐ-UBND", decision_on=term, valid_from=term,
    )  # fmt: skip
    marking_people = []
    for index in range(members):
        name = "chair" if index == 0 else f"member{index}"
        people[name] = create_user(full_name=f"Thành viên {index}", username=f"w-{name}", by=None)
        role = SeatRole.CHAIR if index == 0 else SeatRole.MEMBER
        Seat.objects.create(council=board, user=people[name], agency=committee, role=role, valid_from=term)
        marking_people.append(people[name])
    people["secretary"] = create_user(full_name="Thư ký", username="w-secretary", by=None)
    Seat.objects.create(
        council=board,
        user=people["secretary"],
        agency=committee,
        role=SeatRole.SECRETARY,
        valid_from=term,
    )
    (criteria_set,) = load_sets(set_number, slug="148-2023" if with_district else "26-2026")
    old = {"key": "148-2023", "flow_key": "148-2023", "levels": ["commune", "district", "province", "centre"]}
    of_148 = {**old, "valid_from": date(2023, 2, 24), "valid_to": date(2025, 7, 5)} if with_district else {}
    procedure = ProcedureFactory(book=criteria_set.book, **of_148)
    DeadlineRule.objects.get_or_create(
        procedure=procedure, key="commune-assessment",
        defaults={"name": "UBND cấp xã đánh giá", "level": "commune", "length": 15, "unit": "working"},
    )  # fmt: skip
    round_row = RankingRound.objects.create(
        province=province_unit, year=today.year, number=2, propose_by=today + timedelta(days=30),
        rank_by=today + timedelta(days=60),
    )  # fmt: skip
    producer = open_producer(
        name="Hợp tác xã Nước mắm Kỳ Thử", form="cooperative", unit=commune_unit, by=people["commune_officer"]
    )
    grant(producer, people["owner"], kind="owner", by=None)
    record_representative(producer, by=people["owner"], agreed=True, full_name="Trần Thị Lan")
    product = open_product(producer, name="Nước mắm Kỳ Thử", by=people["owner"], criteria_set=criteria_set)
    return World(
        province=province_unit, commune=commune_unit, neighbour=neighbour, people=people, members=marking_people,
        committee=committee, council=board, producer=producer, product=product, criteria_set=criteria_set,
        round=round_row,
    )  # fmt: skip
