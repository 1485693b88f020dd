"""The people of the tests: those of the demo, on the reference data, and a producer who is a stranger to all."""

from dataclasses import dataclass

from ocop.accounts.actions import create_user
from ocop.accounts.demo import HOME_COMMUNE, load_personas, persona_user
from ocop.accounts.models import User
from ocop.kit import clock, registry
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
    """Reference data of Hà Tĩnh, the invented second province, and a user per persona."""

    users: dict[str, User]
    home: Unit  # the commune of producer_owner and commune_officer

    def __getitem__(self, persona: str) -> User:
        return self.users[persona]


def silent(text: str) -> None:
    """A log that nobody reads."""


def load_reference() -> None:
    """Every step of the reference data, as `make run` loads it."""
    for step in registry.reference_steps:
        step.run(silent)


def make_world() -> World:
    """Reference data, the second province, the personas; no dossier of anybody yet."""
    load_reference()
    registry.demo_steps["units"].run(silent)
    load_personas(silent)
    home = units.unit_on(HOME_COMMUNE, clock.today())
    stranger = create_user(full_name="Người Lạ", username="nguoi-la", unit=home, by=None)
    users = {persona: persona_user(name) for persona, name in PERSONAS.items() if name and name != "nguoi-la"}
    return World(users={**users, "producer_stranger": stranger}, home=home)
