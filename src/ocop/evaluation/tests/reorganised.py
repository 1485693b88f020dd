"""Open work on the eve of a reorganisation, for tests and benches: dossiers in chosen units and steps, in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count

from ocop.accounts.enums import Role
from ocop.accounts.models import Membership, User
from ocop.accounts.tests.factories import MembershipFactory, UserFactory
from ocop.evaluation.models import Dossier
from ocop.kit import clock
from ocop.producers.models import Producer, ProducerSite
from ocop.producers.tests.factories import ProducerFactory
from ocop.products.models import Product
from ocop.products.tests.factories import ProductFactory
from ocop.rulebook.models import CriteriaSet, Procedure
from ocop.rulebook.tests.factories import ProcedureFactory, load_sets
from ocop.units.models import Agency, Unit
from ocop.units.queries import committee_of, unit_on

NUMBERS = count(1)
FLOWS = ("148-2023", "148-2023-1489-2025")


def noon(day: date) -> datetime:
    """The moment at which tests act on a day."""
    return datetime.combine(day, time(12), clock.LOCAL)


@dataclass
class Eve:
    """A province on the eve of a reorganisation, with what every dossier needs."""

    province: Unit
    day: date
    criteria_set: CriteriaSet
    procedures: dict[str, Procedure]
    writer: User

    def unit(self, code: str, day: date | None = None) -> Unit:
        """The unit of that code on the eve, or on another day."""
        return unit_on(code, day or self.day)

    def producer(self, unit: Unit, since: date = date(2023, 5, 1)) -> Producer:
        """A cooperative whose address has been in the unit for long."""
        row = ProducerFactory(unit=unit)
        ProducerSite.objects.filter(producer=row).update(valid_from=since)
        return row

    def product(self, unit: Unit) -> Product:
        """A product of such a cooperative."""
        return ProductFactory(producer=self.producer(unit))

    def dossiers(
        self, unit: Unit, states: Iterable[str], *, flow: str = "148-2023", product: Product | None = None
    ) -> list[Dossier]:
        """One dossier of that unit in each of the states."""
        product = product or self.product(unit)
        rows = []
        for state in states:
            row = Dossier(
                code=f"BG{next(NUMBERS):05d}",
                product=product,
                producer=product.producer,
                criteria_set=self.criteria_set,
                procedure=self.procedures.get(flow) or ProcedureFactory(book=self.criteria_set.book),
                flow_key=flow,
                unit=unit,
                province=self.province,
                state=state,
                created_by=self.writer,
                created_at=noon(date(2025, 3, 3)),
                submitted_at=None if state == "draft" else noon(date(2025, 3, 4)),
            )
            row.set_search()
            rows.append(row)
        return Dossier.objects.bulk_create(rows, batch_size=500)

    def officer(self, unit: Unit, role: str = Role.COMMUNE_OFFICER) -> User:
        """Somebody in the committee of the unit since its first day."""
        agency = committee_of(unit, unit.valid_from)
        if agency is None:
            raise AssertionError(f"{unit} has no committee")
        return MembershipFactory(agency=agency, role=role, valid_from=unit.valid_from).user

    def desk(self, role: str = Role.ADVISORY_OFFICER) -> User:
        """Somebody at the province's desk."""
        agency = Agency.objects.filter(unit=self.province, kind="coordination_office").get()
        person = UserFactory()
        Membership.objects.create(user=person, agency=agency, role=role, valid_from=date(2023, 1, 1))
        return person


def eve_of(province: Unit, day: date) -> Eve:
    """The eve of `day` in a province whose units are loaded; `day` is the eve itself."""
    (criteria_set,) = load_sets(9, slug="148-2023")
    procedures = {
        key: ProcedureFactory(key=key, flow_key=key, book=criteria_set.book, valid_from=date(2023, 2, 24))
        for key in FLOWS
    }
    return Eve(province, day, criteria_set, procedures, UserFactory())
