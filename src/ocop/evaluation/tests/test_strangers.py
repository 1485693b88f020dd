"""Every press of the road, by people who have no business there: 404, and nothing changes.

The cast of a second province holds every role and every seat, so that a check of the role alone would let them in.
"""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from ocop.accounts.actions import create_user
from ocop.accounts.models import Membership
from ocop.evaluation import urls
from ocop.evaluation.actions import commune, council, decision, marking
from ocop.evaluation.models import Council, DisqualifierFinding, Dossier, Evidence, Seat
from ocop.evaluation.rules.paper_kinds import KINDS
from ocop.evaluation.tests.world import COMMUNE_ROLES, PEOPLE, REPORT, make_world
from ocop.products.actions.product import open_product
from ocop.products.tests.factories import PaperFactory
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.slow

SEATS = ("chair", "deputy", "member", "secretary")
SENT = {
    "verb": "start", "reason": "Thử", "text": "Thử", "commitment": "on", "place": "1", "note": "Thử", "units": "1",
    "on": "2026-10-01", "has_conflict": "yes", "statement": "Thử", "document": "1", "points": "50", "present": "1",
    "received_on": "2026-10-01", "criteria_set": "9", "kind": "first", "number": "1/QĐ", "issued_on": "2026-10-01",
    "held_on": "2026-12-01", "last_day": "2026-12-01", "confirmed": "1", "may_chair": "on", "may_chair_basis": "x",
    "signer": "Thử", "proposal": "Thử", "findings": "Thử", "decision": "1", "place_held": "Thử",
}  # fmt: skip


@pytest.fixture
def world(db):
    return make_world()


def second_province() -> dict[str, object]:
    """Somebody in every role and every seat of another province."""
    there = ProvinceFactory(name="Tỉnh Khác")
    commune_there = UnitFactory(name="Xã Khác", under=there)
    committee = AgencyFactory(unit=there, kind=AgencyKind.PROVINCE_COMMITTEE, name="UBND tỉnh Khác")
    local = AgencyFactory(unit=commune_there)
    board = Council.objects.create(
        name="Hội đồng tỉnh Khác", province=there, decision_number="1/QĐ", decision_on=date(2026, 6, 1),
        valid_from=date(2026, 6, 1),
    )  # fmt: skip
    people = {}
    for name, role in PEOPLE:
        people[name] = create_user(full_name=f"Khác {name}", username=f"k-{name}", by=None)
        agency = local if role in COMMUNE_ROLES else committee
        Membership.objects.create(user=people[name], agency=agency, role=role, valid_from=date(2026, 1, 1))
    for name in SEATS:
        people[f"seat {name}"] = create_user(full_name=f"Ghế {name}", username=f"g-{name}", by=None)
        Seat.objects.create(
            council=board,
            user=people[f"seat {name}"],
            agency=committee,
            role=name,
            valid_from=date(2026, 6, 1),
        )
    return people


def road(world) -> list[dict[str, Any]]:
    """Arguments out of real rows: a dossier being marked, one under the commune, a draft decision."""
    decided = world.walk_to("awaiting_decision")
    draft = decision.draft_decision(
        province=world.province, issuer=world.committee, dossiers=[decided], title="Công nhận", by=world["advisory"]
    )  # fmt: skip
    decision.approve_draft(draft, by=world["leader"])
    world.product = open_product(
        world.producer, name="Ruốc", by=world["owner"], criteria_set=world.criteria_set
    )
    world.walk_to("in_session")
    item = world.extra["item"]
    round_ = council.open_marking(item, by=world["secretary"])
    marking.save_sheet(round_, by=world["member1"], notes={"1.1": "Kín"})
    finding = DisqualifierFinding.objects.create(
        item=item, text="x", reason="y", raised_by=world.council.seats.first(), raised_at=round_.opened_at
    )
    world.product = open_product(
        world.producer, name="Mắm tôm", by=world["owner"], criteria_set=world.criteria_set
    )
    below = world.walk_to("commune_review")
    commune.save_report(below, values=REPORT, by=world["commune_officer"])
    world.product = open_product(
        world.producer, name="Mắm tép", by=world["owner"], criteria_set=world.criteria_set
    )
    writing = world.filled_dossier()
    piece = Evidence.objects.create(
        dossier=writing, paper=PaperFactory(producer=world.producer), position=1, added_by=world["owner"],
        added_at=writing.created_at,
    )  # fmt: skip
    shared = {
        "line": draft.lines.get().pk, "product": world.product.public_code, "criterion": "1.1", "step": "co-so",
        "kind": next(iter(KINDS)), "paper": "decision",
    }  # fmt: skip
    by_prefix = {
        "council": world.council.pk, "seat": world.council.seats.first().pk, "session": item.session_id,
        "item": item.pk, "finding": finding.pk, "declare": item.pk, "sheet": item.pk, "draft": draft.pk,
        "dossier": piece.pk, "province": decided.samples.first().pk,
    }  # fmt: skip
    found = []
    for pattern in urls.urlpatterns:
        names = list(pattern.pattern.converters)
        prefix = pattern.name.split("-")[0]
        if not names or pattern.name == "seat-new":
            continue
        where = {
            "commune": below,
            "province": decided,
            "centre": decided,
            "expert": decided,
            "result": decided,
        }
        code = "1.1" if prefix == "sheet" else where.get(prefix, writing).code
        values = {**shared, "pk": by_prefix.get(prefix, 0), "code": code}
        kwargs = {name: values[name] for name in names}
        found.append({"name": f"evaluation:{pattern.name}", "kwargs": kwargs})
    return found


def state_of_everything() -> dict[str, int]:
    """Rows per table of the app, and the sum of what the dossiers were changed."""
    found = {"versions": sum(Dossier.objects.values_list("version", flat=True))}
    tables = [
        name
        for name in connection.introspection.table_names()
        if name.startswith(("evaluation_", "recognition_"))
    ]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names of our tables
            found[table] = cursor.fetchone()[0]
    return found


def test_nobody_of_elsewhere_presses_anything(world):
    pages = road(world)
    near = {"stranger": world["stranger"], "neighbour": world["other_officer"], "admin": world["admin"]}
    people = {**near, **{f"{name} of elsewhere": user for name, user in second_province().items()}}
    before = state_of_everything()
    wrong = []
    for who, user in people.items():
        client = Client(raise_request_exception=False)
        client.force_login(user)
        for page in pages:
            url = reverse(viewname=page["name"], kwargs=page["kwargs"])
            status = client.post(url, SENT).status_code
            if status not in (404, 405):
                wrong.append((who, page["name"], status))
    # An administrator keeps the Word templates of the own province, and its list of councils and their seats.
    templates = {"evaluation:template-detail", "evaluation:template-return"}
    own = {
        "admin": templates | {"evaluation:council-detail", "evaluation:seat-change", "evaluation:seat-end"},
        "admin of elsewhere": templates,
    }
    assert [one for one in wrong if one[1] not in own.get(one[0], set())] == []
    after = state_of_everything()
    assert {table: after[table] - before[table] for table in after if after[table] != before[table]} == {}
