"""What the tests of quality share."""

import pytest

from ocop.quality.tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Two departments, the standing agency, a commune, a producer with a star."""
    return make_world()
