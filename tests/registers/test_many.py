"""Sample rows of every register by the thousand, as the benches of lists make them: valid, and told apart."""

from typing import Any

import pytest

from ocop.kit.registers import REGISTERS, Register
from ocop.kit.samples import Samples
from ocop.training.models import Topic
from ocop.workspace.bench import given
from tests.personas import World
from tests.registers.test_registers import every_register

pytestmark = pytest.mark.thorough
MANY = 1_000  # more than there are producers and products to lead to


@pytest.fixture(scope="module")
def known(module_world: World, django_db_blocker: Any) -> Any:
    """What the rows of the benches lead to."""
    with django_db_blocker.unblock():
        return given()


@every_register
def test_a_thousand_rows_are_told_apart(register: Register, known: Any, db: None) -> None:
    samples = Samples(known)
    assert len({row.pk for row in samples.rows(register, MANY)}) == MANY


def test_many_rows_keep_to_what_there_is(known: Any, db: None) -> None:
    """No producer, so no set of fields with one tells needs apart: they are spread over units, years and audiences."""
    rows = Samples(known).rows(REGISTERS["training_needs"], MANY)
    assert {row.topic for row in rows} <= set(known[Topic])
