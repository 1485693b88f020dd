"""The people of the tests: those of the demo, on the reference data, and a producer who is a stranger to all."""

from dataclasses import dataclass, field

from django.db.models import Model

from ocop.accounts.actions import create_user
from ocop.accounts.demo import HOME_COMMUNE, load_personas, persona_user
from ocop.accounts.models import User
from ocop.evaluation.actions.dossier import open_dossier
from ocop.evaluation.enums import DossierState, ItemState, SeatRole, SessionState
from ocop.evaluation.models import (
    Attendance,
    ConflictDeclaration,
    Council,
    CouncilSession,
    DisqualifierFinding,
    Dossier,
    MarkingRound,
    Seat,
    SessionItem,
)
from ocop.kit import clock, registry
from ocop.producers.models import Producer
from ocop.producers.tests.factories import AccessFactory, ProducerFactory
from ocop.products.models import Paper, Product
from ocop.products.tests.factories import PaperFactory, ProductFactory
from ocop.rulebook.models import CriteriaSet
from ocop.rulebook.queries import book_in_force
from ocop.units import queries as units
from ocop.units.models import Unit

# The columns of the table of addresses, and who of the demo stands for each.
PERSONAS: dict[str, str] = {
    "anonymous": "",
    "producer_owner": "ba-lan",
    "producer_stranger": "nguoi-la",
    "commune_officer": "can-bo-phuc-trach",
    "other_commune_officer": "can-bo-thach-khe",
    "province_officer": "tham-muu",
    "other_province_officer": "can-bo-tinh-khac",
    "council_member": "uy-vien-nnmt",
    "administrator": "quan-tri",
}


@dataclass
class World:
    """Reference data of Hà Tĩnh, the invented second province, a user per persona, what producer_owner has."""

    users: dict[str, User]
    home: Unit  # the commune of producer_owner and commune_officer
    producer: Producer  # of producer_owner, in the home commune
    product: Product
    paper: Paper
    dossier: Dossier  # a draft
    item: SessionItem  # another one before the council of the home province: a round open, council_member cleared
    rows: dict[str, Model] = field(default_factory=dict)  # of each register, where a test asks for them

    def __getitem__(self, persona: str) -> User:
        return self.users[persona]


def silent(text: str) -> None:
    """A log that nobody reads."""


def load_reference() -> None:
    """Every step of the reference data, as `make run` loads it."""
    for step in registry.reference_steps:
        step.run(silent)


def item_before_council(dossier: Dossier, member: User) -> SessionItem:
    """The dossier in an open session of today, its first round open; the member presides and has no conflict."""
    now, today = clock.now(), clock.today()
    Dossier.objects.filter(pk=dossier.pk).update(state=DossierState.IN_SESSION, submitted_at=now)
    board = Council.objects.create(
        name="Hội đồng thử", province=dossier.province, decision_number="1/QĐ-UBND", decision_on=today,
        valid_from=today,
    )  # fmt: skip
    seat = Seat.objects.create(
        council=board, user=member, agency=units.agency_with("decides", today, dossier.province),
        role=SeatRole.CHAIR, valid_from=today,
    )  # fmt: skip
    session = CouncilSession.objects.create(
        council=board, held_on=today, state=SessionState.OPEN, opened_at=now, created_by=member
    )
    Attendance.objects.create(session=session, seat=seat, present=True, presides=True)
    item = SessionItem.objects.create(session=session, dossier=dossier, position=1, state=ItemState.MARKING)
    ConflictDeclaration.objects.create(item=item, seat=seat, has_conflict=False, at=now)
    MarkingRound.objects.create(item=item, number=1, opened_at=now)
    DisqualifierFinding.objects.create(item=item, text="Thử", reason="Thử", raised_by=seat, raised_at=now)
    return item


def make_world() -> World:
    """Reference data, the second province, the personas, and what belongs to producer_owner."""
    load_reference()
    registry.demo_steps["units"].run(silent)
    load_personas(silent)
    home = units.unit_on(HOME_COMMUNE, clock.today())
    stranger = create_user(full_name="Người Lạ", username="nguoi-la", unit=home, by=None)
    users = {persona: persona_user(name) for persona, name in PERSONAS.items() if name and name != "nguoi-la"}
    owner = users["producer_owner"]
    producer = ProducerFactory(name="HTX Của Bà Lan", unit=home)
    AccessFactory(producer=producer, user=owner)
    book = book_in_force(clock.today())
    criteria_set = CriteriaSet.objects.filter(book=book).order_by("number").first()
    product = ProductFactory(
        name="Bánh của bà Lan", producer=producer, group=criteria_set.group, criteria_set=criteria_set
    )
    before_council = ProductFactory(
        name="Mứt của bà Lan", producer=producer, group=criteria_set.group, criteria_set=criteria_set
    )
    return World(
        users={**users, "producer_stranger": stranger},
        home=home,
        producer=producer,
        product=product,
        paper=PaperFactory(producer=producer),
        dossier=open_dossier(product, criteria_set=criteria_set, by=owner),
        item=item_before_council(
            open_dossier(before_council, criteria_set=criteria_set, by=owner), users["council_member"]
        ),
    )
