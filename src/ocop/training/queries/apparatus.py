"""The apparatus of a day as a tree by unit, with what is missing."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ocop.training.enums import BodyKind, Position
from ocop.training.models import Body, Post
from ocop.training.rules.apparatus import Cover, cover_of
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import tree_on


@dataclass
class Branch:
    """A unit of the day with its bodies and their people of that day."""

    unit: Unit
    depth: int
    bodies: list[tuple[Body, list[Post]]] = field(default_factory=list)

    @property
    def in_charge(self) -> list[Post]:
        """Who looks after OCOP here."""
        return [post for _, posts in self.bodies for post in posts if post.position == Position.IN_CHARGE]

    @property
    def is_gap(self) -> bool:
        """A commune without anybody in charge, a district without a desk."""
        if self.unit.level == UnitLevel.COMMUNE:
            return not self.in_charge
        if self.unit.level == UnitLevel.DISTRICT:
            return not any(body.kind == BodyKind.DISTRICT_DESK and posts for body, posts in self.bodies)
        return False


@dataclass
class Chart:
    """The apparatus of one day."""

    day: date
    branches: list[Branch]

    @property
    def gaps(self) -> list[Branch]:
        """Units where nobody is in charge."""
        return [branch for branch in self.branches if branch.is_gap]

    @property
    def cover(self) -> Cover:
        """How many communes of the day have an officer in charge."""
        communes = [branch for branch in self.branches if branch.unit.level == UnitLevel.COMMUNE]
        return cover_of(
            (branch.unit.pk for branch in communes),
            (branch.unit.pk for branch in communes if branch.in_charge),
        )


ORDER = {kind: place for place, kind in enumerate(BodyKind.values)}
RANK = {position: place for place, position in enumerate(Position.values)}


def chart_on(user: Any, day: date, province: Unit, top: Unit | None = None) -> Chart:
    """Units of the day with their bodies and people in the user's reach; four queries, whatever their number.

    Units without any row are shown where the user sees rows of their unit at all, so that gaps are seen too.
    """
    tree = tree_on(day, province)
    bodies: dict[int, list[tuple[Body, list[Post]]]] = {}
    posts: dict[int, list[Post]] = {}
    for post in Post.objects.visible_to(user).valid_on(day).select_related("user"):
        posts.setdefault(post.body_id, []).append(post)
    for body in Body.objects.visible_to(user).valid_on(day).order_by("name", "pk"):
        people = sorted(posts.get(body.pk, []), key=lambda post: (RANK[post.position], post.person_name))
        bodies.setdefault(body.unit_id, []).append((body, people))
    start = tree.units.get(top.pk) if top is not None else None
    branches = [
        Branch(unit, depth, sorted(bodies.get(unit.pk, []), key=lambda pair: ORDER[pair[0].kind]))
        for depth, unit in tree.walk(start)
        if depth or start or unit.level == UnitLevel.PROVINCE
    ]
    return Chart(day, branches)
