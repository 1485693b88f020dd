"""Hà Tĩnh through three procedures: the real units and agencies of each day, and people with roles in them."""

from dataclasses import dataclass, field
from datetime import date

import time_machine

from ocop.accounts.actions import create_user, grant_membership
from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.evaluation.actions import commune, council, decision, dossier, marking, province
from ocop.evaluation.demo.answers import answers_worth
from ocop.evaluation.enums import SeatRole
from ocop.evaluation.models import Council, Dossier, Result, Seat, SessionItem
from ocop.evaluation.queries.drafts import issuer_for
from ocop.evaluation.tests.world import FORM_01, FORM_02, REPORT
from ocop.kit import clock
from ocop.producers.actions.access import grant
from ocop.producers.actions.people import record_representative
from ocop.producers.actions.register import open_producer
from ocop.producers.models import Producer
from ocop.products.actions.product import open_product
from ocop.products.models import Product
from ocop.recognition.models import Certificate
from ocop.rulebook.models import CriteriaSet
from ocop.units.models import Agency, Unit
from ocop.units.queries import agency_with, committee_of, district_of, home_province, unit_on

HOME = "18547"
"""Xã Phúc Trạch, of huyện Hương Khê until 30/6/2025; from 1/7/2025 the commune of that name, merged out of three."""
UPDATES = {"update_making": "không đổi", "update_papers": "đã kiểm nghiệm lại", "update_market": "2,3 tỷ"}


def on(day: str) -> time_machine.travel:
    """The clock stands at nine in the morning of that day."""
    return time_machine.travel(f"{day} 09:00+07:00", tick=True)


@dataclass
class Office:
    """The people of one level that ranks, and its council."""

    desk: User
    expert_lead: User
    expert: User
    leader: User
    clerk: User
    council: Council
    members: list[User]
    secretary: User


@dataclass
class Era:
    """People by name; a commune, its district while there was one, the province."""

    commune_code: str
    users: dict[str, User] = field(default_factory=dict)

    def user(self, name: str) -> User:
        """The person of that name, made at the first call."""
        if name not in self.users:
            self.users[name] = create_user(full_name=f"Người {name}", username=f"era-{name}", by=None)
        return self.users[name]

    def give(self, name: str, role: str, agency: Agency, since: date) -> User:
        """The person, holding the role in that agency from that day on."""
        user = self.user(name)
        grant_membership(
            user, agency=agency, role=role, by=None, valid_from=since, basis="Quyết định phân công"
        )
        return user

    @property
    def commune(self) -> Unit:
        """The commune of today."""
        return unit_on(self.commune_code, clock.today())

    @property
    def district(self) -> Unit:
        """The district over it today."""
        found = district_of(self.commune, clock.today())
        assert found is not None
        return found

    def commune_people(self, key: str = "") -> tuple[User, User]:
        """Officer and leader of the commune of today, appointed from today on."""
        agency, today = committee_of(self.commune, clock.today()), clock.today()
        assert agency is not None
        return (
            self.give(f"xa{key}", Role.COMMUNE_OFFICER, agency, today),
            self.give(f"lanh-dao-xa{key}", Role.COMMUNE_LEADER, agency, today),
        )

    def district_office(self) -> Office:
        """The district's desk, team, committee and council, from today on."""
        agency = committee_of(self.district, clock.today())
        assert agency is not None
        return self._office("huyen", agency, self.district, Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER,
                            Role.DISTRICT_CLERK)  # fmt: skip

    def province_office(self) -> Office:
        """The province's, from today on."""
        home, today = home_province(clock.today()), clock.today()
        agency = agency_with("decides", today, home)
        assert agency is not None
        return self._office(
            "tinh", agency, None, Role.ADVISORY_OFFICER, Role.PROVINCE_LEADER, Role.PROVINCE_CLERK
        )

    def _office(self, key: str, agency: Agency, district: Unit | None, *roles: str) -> Office:
        today = clock.today()
        desk, leader, clerk = (
            self.give(f"{key}-{part}", role, agency, today)
            for part, role in zip(("tham-muu", "lanh-dao", "van-thu"), roles, strict=True)
        )
        lead = self.give(f"{key}-to-truong", Role.EXPERT_LEAD, agency, today)
        expert = self.give(f"{key}-chuyen-gia", Role.EXPERT_MEMBER, agency, today)
        board = Council.objects.create(
            name=f"Hội đồng OCOP {key}", province=home_province(today), district=district,
            decision_number="01/QĐ-UBND", decision_on=today, valid_from=today,
        )  # fmt: skip
        members = [self.user(f"{key}-uy-vien-{number}") for number in range(4)]
        for number, member in enumerate(members):
            role = SeatRole.MEMBER if number else SeatRole.CHAIR
            Seat.objects.create(council=board, user=member, agency=agency, role=role, valid_from=today)
        secretary = self.user(f"{key}-thu-ky")
        Seat.objects.create(
            council=board, user=secretary, agency=agency, role=SeatRole.SECRETARY, valid_from=today
        )
        return Office(desk, lead, expert, leader, clerk, board, members, secretary)

    def producer_with_product(self, criteria_set: CriteriaSet, officer: User) -> tuple[Producer, Product]:
        """A cooperative of the commune with an owner and one product."""
        producer = open_producer(
            name="Hợp tác xã Bưởi Phúc Trạch Thử", form="cooperative", unit=self.commune, by=officer
        )
        owner = self.user("chu")
        grant(producer, owner, kind="owner", by=None)
        record_representative(producer, by=owner, agreed=True, full_name="Trần Thị Lan")
        product = open_product(producer, name="Mứt vỏ bưởi Thử", by=owner, criteria_set=criteria_set)
        return producer, product

    def fill(self, row: Dossier, points: int, **more: str) -> Dossier:
        """Forms and answers of that total, ready to be handed in."""
        owner = self.user("chu")
        dossier.save_form(row, form="form01", answers=FORM_01, by=owner)
        dossier.save_form(row, form="form02", answers={**FORM_02, **more}, by=owner)
        dossier.save_answers(row, answers=answers_worth(row.criteria_set, points), by=owner)
        row.refresh_from_db()
        return row

    def through_commune(self, row: Dossier, officer: User, leader: User) -> None:
        """Handed in, received, reported, proposed."""
        dossier.submit(row, by=self.user("chu"))
        commune.receive(row, by=officer)
        commune.save_report(row, values=REPORT, by=officer)
        commune.propose(row, by=leader, letter_number="12/TTr-UBND")
        row.refresh_from_db()

    def to_council(self, row: Dossier, office: Office) -> None:
        """From the desk of a level to its council."""
        province.receive_at_province(row, by=office.desk)
        if row.samples_needed and not row.samples.exists():
            province.note_samples(row, units=5, by=office.desk)
        experts = [office.expert_lead, office.expert]
        province.assign_experts(row, experts=experts, lead=office.expert_lead, by=office.desk)
        province.hand_to_experts(row, by=office.desk)
        province.save_expert_report(
            row, values={"findings": f"Thẩm định của {office.council}."}, by=office.expert
        )
        province.report_to_chair(row, by=office.expert_lead)
        row.refresh_from_db()

    def call(self, row: Dossier, office: Office) -> SessionItem:
        """On the agenda of a session of today, everybody present and without a conflict."""
        session = council.plan_session(office.council, held_on=clock.today(), by=office.secretary)
        seats = list(office.council.seats.all())
        council.record_attendance(
            session, present=[seat.pk for seat in seats], presiding=seats[0].pk, by=office.secretary
        )
        council.open_session(session, by=office.secretary)
        item = council.add_to_agenda(session, dossiers=[row], by=office.secretary)[0]
        council.start_item(item, by=office.secretary)
        for member in office.members:
            council.declare(item, by=member, has_conflict=False)
        return item

    def rank(self, row: Dossier, office: Office, points: int) -> Result:
        """Marked by the whole council with that total and closed."""
        item = self.call(row, office)
        current = council.open_marking(item, by=office.secretary)
        for member in office.members:
            marking.save_sheet(current, by=member, answers=answers_worth(row.criteria_set, points))
            marking.submit_sheet(current, by=member)
        council.close_marking(current, by=office.members[0])
        item.refresh_from_db()
        result = council.close_item(item, by=office.members[0])
        row.refresh_from_db()
        return result

    def decide(self, row: Dossier, office: Office, number: str, certificate: str) -> Certificate:
        """Drafted, approved, numbered: the star."""
        issuer = issuer_for(row, clock.today())
        assert issuer is not None
        draft = decision.draft_decision(
            province=row.province,
            issuer=issuer,
            dossiers=[row],
            title="Công nhận sản phẩm OCOP",
            by=office.desk,
        )
        decision.approve_draft(draft, by=office.leader)
        line = draft.lines.get()
        (issued,) = decision.issue_decision(
            draft, number=number, issued_on=clock.today(), certificate_numbers={line.pk: certificate},
            by=office.clerk,
        )  # fmt: skip
        row.refresh_from_db()
        return issued
