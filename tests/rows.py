"""Sample rows that belong to producer_owner and to the home commune."""

from django.db import models

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.registers import REGISTERS
from ocop.kit.samples import Samples
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.units.models import Agency, Unit
from ocop.units.queries import committee_of
from tests.personas import World


def samples_of(world: World) -> Samples:
    """The maker of such rows."""
    return Samples({
        Unit: world.home,
        Agency: committee_of(world.home, clock.today()),
        Producer: world.producer,
        Product: world.product,
        User: world["commune_officer"],
    })  # fmt: skip


def row_of_each_register(world: World) -> dict[str, models.Model]:
    """One row of every register, by the register's key."""
    samples = samples_of(world)
    return {register.key: samples.row(register) for register in REGISTERS}
