"""A province, a commune and the people who ask for support, appraise, decide and keep the ledger."""

from dataclasses import dataclass, field
from datetime import date

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.files.tests.factories import pdf, sent
from ocop.funding import actions
from ocop.funding.loader import load_reference
from ocop.funding.models import Activity, FundEntry, SupportRequest
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.producers.tests.factories import ProducerFactory, officer, owner_of
from ocop.products.tests.factories import ProductFactory
from ocop.rulebook.models import SupportItem
from ocop.rulebook.tests.factories import SupportItemFactory
from ocop.units.models import Unit
from ocop.units.tests.factories import ProvinceFactory, UnitFactory


@dataclass
class World:
    """Everybody by name."""

    province: Unit
    commune: Unit
    producer: Producer
    item: SupportItem
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def request(self, **more: object) -> SupportRequest:
        """A request that was not saved yet: 20 million for the packaging item."""
        values = {
            "item": self.item, "producer": self.producer, "asked_amount": 20_000_000, "purpose": "Làm bao bì mới",
        }  # fmt: skip
        return SupportRequest(**{**values, **more})

    def sent(self, **more: object) -> SupportRequest:
        """A request that was handed in."""
        return actions.open_request(self.request(**more), by=self["owner"], send=True)

    def appraised(self, **more: object) -> SupportRequest:
        """A request whose appraisal proposes what was asked."""
        row = self.sent(**more)
        actions.appraise(
            row, by=self["officer"], proposal="support", opinion="Đủ điều kiện", amount=row.asked_amount
        )
        return row

    def decided(self, **more: object) -> SupportRequest:
        """A request that was decided."""
        row = self.appraised(**more)
        self.decide(row)
        return row

    def decide(self, row: SupportRequest, **more: object) -> None:
        """The leader's decision over the appraised amount, out of the commune's budget."""
        values = {
            "number": f"{row.pk}/QĐ-UBND", "day": clock.today(), "amount": row.appraised_amount, "source": "local",
            "budget_level": "commune",
        }  # fmt: skip
        actions.decide(row, by=self["leader"], **{**values, **more})

    def entry(self, **more: object) -> FundEntry:
        """An entry that was not saved yet: a plan of 100 million from the central budget."""
        values = {
            "kind": "planned", "year": 2026, "source": "central", "unit": self.commune,
            "activity": Activity.objects.get(code="dao-tao"), "amount": 100_000_000, "day": date(2026, 3, 1),
            "document_number": "12/QĐ-UBND", "document_line": 1,
        }  # fmt: skip
        return FundEntry(**{**values, **more})

    def post(self, **more: object) -> FundEntry:
        """An entry in the ledger."""
        return actions.post_entry(self.entry(**more), by=self["officer"])


def make_world() -> World:
    """After 30/6/2025: the commune does the district's part."""
    load_reference(lambda text: None)
    province = ProvinceFactory(code="42")
    commune = UnitFactory(under=province)
    producer = ProducerFactory(unit=commune)
    world = World(province, commune, producer, SupportItemFactory(once_per="producer"))
    world.people = {
        "owner": owner_of(producer),
        "officer": officer(commune),
        "leader": officer(commune, Role.COMMUNE_LEADER),
        "advisory": officer(province, Role.ADVISORY_OFFICER),
        "province_leader": officer(province, Role.PROVINCE_LEADER),
        "stranger": officer(UnitFactory(under=province)),
    }
    return world


def product_of(producer: Producer) -> object:
    """A product of the producer."""
    return ProductFactory(producer=producer)


def proof() -> object:
    """A PDF as a browser sends it."""
    return sent("hoa-don.pdf", pdf(1))
