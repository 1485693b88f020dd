"""Arguments for addresses that need some: things of producer_owner and of the home commune.

`BY_PATH` serves whole families of addresses, `BY_NAME` single ones. What lies below the list of a register, and of a
procedure its verbs and papers, is asked of the register's sample row. An argument that none of them knows becomes
something that does not exist, so its row says what a guesser learns; give a real object when your app has one.
"""

import re
from collections.abc import Callable
from typing import Any

from ocop.kit.reference.urls import Address
from ocop.kit.registers import REGISTERS
from ocop.law.models import Instrument
from ocop.producers.models import CraftVillage
from ocop.products.models import Mark
from ocop.recognition.models import Certificate
from tests.personas import World

NOBODYS = {"int": 0, "str": "khong-co", "slug": "khong-co", "uuid": "00000000-0000-4000-8000-000000000000"}
Arguments = dict[str, Any]


def membership_of(persona: str) -> Callable[[World], Arguments]:
    """The first membership of a persona."""
    return lambda world: {"pk": world[persona].memberships.order_by("pk").first().pk}


def certificate() -> Certificate:
    """The first certificate of the real register."""
    return Certificate.objects.order_by("pk").select_related("product__producer").first()


BY_PATH: list[tuple[str, Callable[[World], Arguments]]] = [
    ("/co-so/nhan/<str:code>/", lambda world: {"code": world.producer.code}),
    ("/co-so/<str:code>/", lambda world: {"code": world.producer.code}),
    ("/so/chu-the/ma/<str:code>/", lambda world: {"code": world.producer.code}),
    ("/so/san-pham/ma/<str:code>/", lambda world: {"code": world.product.public_code}),
    ("/so/chu-the/<int:pk>/", lambda world: {"pk": world.producer.pk}),
    ("/so/san-pham/<int:pk>/", lambda world: {"pk": world.product.pk}),
    ("/so/giay-to/<int:pk>/", lambda world: {"pk": world.paper.pk}),
    ("/so/lang-nghe/<int:pk>/", lambda world: {"pk": CraftVillage.objects.order_by("pk").first().pk}),
    ("/so/nhan-hieu/<int:pk>/", lambda world: {"pk": Mark.objects.order_by("pk").first().pk}),
    ("/giay-to/<str:code>/", lambda world: {"code": world.paper.code}),
    ("/ho-so/<str:code>/", lambda world: {"code": world.dossier.code}),
    ("/ho-so-cua-toi/mo/<str:product>/", lambda world: {"product": world.product.public_code}),
    (
        "/tai-khoan/nguoi-dung/ho-so/<str:username>/",
        lambda world: {"username": world["producer_owner"].username},
    ),
    ("/tai-khoan/vai-mau/<slug:username>/", lambda world: {"username": world["producer_owner"].username}),
    ("/tai-khoan/vai-tro/<int:pk>/", membership_of("commune_officer")),
    ("/phien-hop/ho-so/<int:pk>/", lambda world: {"pk": world.item.pk}),
    ("/phien-hop/ly-do-loai/<int:pk>/", lambda world: {"pk": world.item.disqualifier_findings.get().pk}),
    ("/phien-hop/<int:pk>/", lambda world: {"pk": world.item.session_id}),
    ("/hoi-dong/<int:pk>/", lambda world: {"pk": world.item.session.council_id}),
    ("/hoi-dong/thanh-vien/<int:pk>/", lambda world: {"pk": world.item.session.council.seats.get().pk}),
    ("/don-vi/<slug:code>/", lambda world: {"code": world.home.code}),
    ("/mau-giay-to/<slug:paper>/dien-thu/<int:pk>/", lambda world: {"paper": "decision", "pk": 0}),
    ("/mau-giay-to/<slug:paper>/", lambda world: {"paper": "decision"}),
]
BY_NAME: dict[str, Callable[[World], Arguments]] = {
    "account_reset_password_from_key": lambda world: {"uidb36": "0", "key": "khong-co"},
    "public:product": lambda world: {"code": certificate().product.public_code},
    "public:producer": lambda world: {"code": certificate().product.producer.code},
    "public:report": lambda world: {"code": certificate().code},
    "public:validity": lambda world: {"code": certificate().code},
    "public:simulator_sheet": lambda world: {"decision": "26-2026", "number": 9},
    "evaluation:sheet-criterion": lambda world: {"pk": world.item.pk, "code": "1.1"},
    "rulebook:setting": lambda world: {"key": "quorum_percent"},
    "law:instrument": lambda world: {"slug": Instrument.objects.order_by("pk").first().slug},
}


def of_register(address: Address, world: World) -> Arguments:
    """The sample row of the register under whose list an address lies; of a procedure its first verb and paper."""
    for register in REGISTERS:
        place = register.url("list")
        if not address.path.startswith(f"{place}<int:pk>/"):
            continue
        verbs, papers = getattr(register, "verb_forms", {}), getattr(register, "papers", ())
        found: Arguments = {"pk": world.rows[register.key].pk}
        if "<slug:verb>" in address.path and verbs:
            found["verb"] = next(iter(verbs))
        if "<slug:paper>" in address.path and papers:
            found["paper"] = papers[0].key
        return found
    return {}


def arguments_for(address: Address, world: World) -> Arguments:
    """Keyword arguments that complete the address."""
    if address.name in BY_NAME:
        return BY_NAME[address.name](world)
    wanted = {
        name: NOBODYS.get(kind, "khong-co") for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", address.path)
    }
    family = next((known for prefix, known in BY_PATH if address.path.startswith(prefix)), None)
    return {**wanted, **(family(world) if family else of_register(address, world))}
