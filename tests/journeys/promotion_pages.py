"""What the journeys of promotion do on pages: sign in, press, fill in forms, with real certificates behind products."""

from datetime import date
from typing import Any

from django.test import Client

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.cases import Procedure
from ocop.kit.registers import Register
from ocop.products.actions.product import open_product
from ocop.products.models import Product
from ocop.recognition.tests.factories import CertificateFactory
from ocop.rulebook.models import CriteriaSet
from ocop.units.models import Agency
from tests.journeys.eras import Era


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def page(user: User, address: str) -> str:
    """The text of a page that must open."""
    answer = browser(user).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def send(user: User, address: str, /, **data: Any) -> Any:
    """Post a form; answers the response, whose errors are in its context."""
    return browser(user).post(address, data)


def add(user: User, register: Register, /, **data: Any) -> Any:
    """A new row by the form of a register."""
    before = set(register.model._base_manager.values_list("pk", flat=True))
    answer = send(user, register.url("create"), **data)
    assert answer.status_code == 302, answer.context["form"].errors
    return register.model._base_manager.exclude(pk__in=before).get()


def press(user: User, procedure: Procedure, row: Any, verb: str, /, **data: Any) -> Any:
    """Press a verb on its page or with a reason; answers the row as it stands then."""
    name = ("verb", row.pk, verb) if verb in procedure.verb_forms else ("press", row.pk)
    answer = send(user, procedure.url(name[0], *name[1:]), **{"verb": verb, **data})
    assert answer.status_code == 302, answer.context["form"].errors if answer.context else answer.status_code
    row.refresh_from_db()
    return row


def offered(user: User, procedure: Procedure, row: Any) -> list[str]:
    """The verbs that the page of a case lets somebody press."""
    return [offer.name for offer in procedure.desk.offers(user, row) if offer.allowed]


def told(user: User, words: str) -> bool:
    """Whether somebody was sent a notice with these words in its title."""
    return Notice.objects.filter(to=user, title__contains=words).exists()


def trade_officer(era: Era) -> User:
    """Somebody of the department of industry and trade, from today on."""
    today = clock.today()
    agency = Agency.objects.valid_on(today).get(slug="so-cong-thuong-42")
    return era.give("cong-thuong", Role.DEPARTMENT_OFFICER, agency, today)


def starred(product: Product, *, since: date, until: date, stars: int = 4) -> Product:
    """The product with a published star of that term."""
    CertificateFactory(product=product, decision=None, issued_on=since, valid_to=until, stars=stars)
    return product


def another_product(era: Era, name: str, book: str, number: int = 8) -> Product:
    """One more product of the producer, of the same set."""
    owner = era.user("chu")
    mine = Product.objects.filter(producer__accesses__user=owner).first()
    assert mine is not None
    criteria_set = CriteriaSet.objects.get(book__slug=book, number=number)
    return open_product(mine.producer, name=name, by=owner, criteria_set=criteria_set)
