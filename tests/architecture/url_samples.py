"""Arguments for addresses that need some: an object of the home commune's first producer where it belongs to one.

A name that is missing here keeps its row in the table unproven; add a line when your app has the object.
"""

from collections.abc import Callable
from typing import Any

from ocop.law.models import Instrument
from tests.personas import World

NOBODYS = "00000000-0000-4000-8000-000000000000"  # an object that does not exist: everybody learns nothing


def membership_of(persona: str) -> Callable[[World], dict[str, Any]]:
    """The first membership of a persona."""
    return lambda world: {"pk": world[persona].memberships.order_by("pk").first().pk}


def user_name(world: World) -> dict[str, Any]:
    """The producer of the home commune."""
    return {"username": world["producer_owner"].username}


SAMPLES: dict[str, Callable[[World], dict[str, Any]]] = {
    "units:unit": lambda world: {"code": world.home.code},
    "accounts:person": user_name,
    "accounts:contact": user_name,
    "accounts:erase_person": user_name,
    "accounts:lock": user_name,
    "accounts:unlock": user_name,
    "accounts:reset_password": user_name,
    "accounts:reset_second_factor": user_name,
    "accounts:persona_in": user_name,
    "accounts:delegate": membership_of("commune_officer"),
    "accounts:end": membership_of("commune_officer"),
    "accounts:hand_over": membership_of("commune_officer"),
    "accounts:end_delegation": lambda world: {"pk": 0},
    "accounts:withdraw": lambda world: {"pk": 0},
    "accounts:withdraw_invitation": lambda world: {"pk": 0},
    "accounts:invitation": lambda world: {"secret": "khong-co"},
    "accounts:import_batch": lambda world: {"key": "khong-co"},
    "account_reset_password_from_key": lambda world: {"uidb36": "0", "key": "khong-co"},
    "files:download": lambda world: {"key": NOBODYS},
    "files:piece": lambda world: {"key": NOBODYS},
    "files:rendition": lambda world: {"key": NOBODYS, "width": 320},
    "inbox:open": lambda world: {"pk": 0},
    "kit:job": lambda world: {"key": NOBODYS},
    "law:instrument": lambda world: {"slug": Instrument.objects.order_by("pk").first().slug},
}
