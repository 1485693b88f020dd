"""OCOP associations: who takes over whom, restructuring on pages and in rows."""

from datetime import date

import pytest
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.actions import restructure_association
from ocop.producers.models import Association, AssociationMember, AssociationOfficer
from ocop.producers.rules.associations import Heir, assign
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import Offices, make_offices
from ocop.producers.watching import association_todos

FOUNDED, LAST, FIRST = date(2024, 3, 1), date(2025, 6, 30), date(2025, 7, 1)


def test_the_narrowest_heir_takes_a_member_and_nobody_takes_a_stranger() -> None:
    province = Heir(1, "province", frozenset({10, 11, 12}))
    commune = Heir(2, "commune", frozenset({10}))
    assert assign({100: 10, 101: 11, 102: 99}, [province, commune]) == {100: 2, 101: 1, 102: None}
    assert assign({100: 10}, []) == {100: None}


@pytest.fixture
def offices(db, settings, time_machine) -> Offices:
    settings.OCOP_MFA_REQUIRED = False
    time_machine.move_to("2026-03-02T09:00:00+07:00")
    return make_offices(with_district=True)


def association(unit, name: str, since: date = FOUNDED, **values) -> Association:
    return Association.objects.create(name=name, unit=unit, valid_from=since, **values)


def world(offices: Offices) -> tuple[Association, Association, Association]:
    """A district's association of two members, and those of the commune and of its neighbour."""
    old = association(offices.district, "Hội OCOP huyện Thử")
    other = ProducerFactory(name="HTX Bên Cạnh", unit=offices.beside)
    for producer in (offices.producer, other):
        AssociationMember.objects.create(association=old, producer=producer, valid_from=FOUNDED)
    AssociationOfficer.objects.create(
        association=old, person="Nguyễn Văn Chủ", position="chair", valid_from=FOUNDED, term="2024-2029"
    )
    return (
        old,
        association(offices.commune, "Hội OCOP xã Kỳ Thử", FIRST),
        association(offices.beside, "Hội OCOP xã Bên Cạnh", FIRST),
    )


def members(one: Association, day: date) -> list[str]:
    return sorted(row.producer.public_name for row in one.members_on(day))


def test_members_go_where_their_producers_are_and_seats_end(offices) -> None:
    old, here, there = world(offices)
    done = restructure_association(
        old, into=[here, there], on=FIRST, basis="QĐ 12/QĐ-UBND", by=offices[Role.ADVISORY_OFFICER]
    )
    assert (done.moved, done.left) == (2, ())
    assert (members(old, LAST), members(old, FIRST)) == (["HTX Bên Cạnh", "HTX Kỳ Thử"], [])
    assert (members(here, FIRST), members(there, FIRST)) == (["HTX Kỳ Thử"], ["HTX Bên Cạnh"])
    old.refresh_from_db()
    assert (old.valid_to, old.end_basis, list(old.succeeded_by.order_by("pk"))) == (
        LAST, "QĐ 12/QĐ-UBND", [here, there],
    )  # fmt: skip
    assert old.officers.get().valid_to == LAST
    with pytest.raises(Refused, match="đã kết thúc"):
        restructure_association(old, into=[here], on=FIRST, basis="QĐ 13", by=offices[Role.ADVISORY_OFFICER])


def test_whom_no_heir_covers_is_left_for_a_person_and_a_member_already_there_stays_one(offices) -> None:
    old, here, _ = world(offices)
    AssociationMember.objects.create(association=here, producer=offices.producer, valid_from=FIRST)
    done = restructure_association(
        old, into=[here], on=FIRST, basis="QĐ 12", by=offices[Role.ADVISORY_OFFICER]
    )
    assert (done.moved, [row.producer.public_name for row in done.left]) == (0, ["HTX Bên Cạnh"])
    assert members(here, FIRST) == ["HTX Kỳ Thử"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"basis": " "}, "văn bản làm căn cứ"),
        ({"on": FOUNDED}, "sau ngày thành lập"),
        ({"on": date(2025, 1, 1)}, "không hoạt động vào ngày này"),
    ],
)
def test_what_cannot_be_restructured(offices, changed, words) -> None:
    old, here, _ = world(offices)
    values = {"into": [here], "on": FIRST, "basis": "QĐ 12"} | changed
    with pytest.raises(Refused, match=words):
        restructure_association(old, by=offices[Role.ADVISORY_OFFICER], **values)
    with pytest.raises(Refused, match="kế tục chính mình"):
        restructure_association(old, into=[old], on=FIRST, basis="QĐ 12", by=offices[Role.ADVISORY_OFFICER])
    old.refresh_from_db()
    assert (old.valid_to, members(old, FIRST)) == (None, ["HTX Bên Cạnh", "HTX Kỳ Thử"])


def test_a_commune_does_not_restructure_the_districts_association(offices) -> None:
    old, here, _ = world(offices)
    with pytest.raises(Forbidden):
        restructure_association(old, into=[here], on=FIRST, basis="QĐ 12", by=offices[Role.COMMUNE_OFFICER])


def test_on_pages_the_province_finds_what_waits_and_restructures_it(client, offices) -> None:
    old, here, there = world(offices)
    offices.district.valid_to = LAST
    offices.district.save()
    officer = offices[Role.ADVISORY_OFFICER]
    (todo,) = association_todos(officer, date(2026, 3, 2))
    assert (todo.url, todo.subject) == (old.get_absolute_url(), "Hội OCOP huyện Thử (2 hội viên)")
    client.force_login(officer)
    listed = client.get(reverse("producers:associations_list"), {"xem": "cho-to-chuc-lai"})
    assert [row.name for row, _ in listed.context["lines"]] == ["Hội OCOP huyện Thử"]
    page = client.get(reverse("producers:association_restructure", args=[old.pk]))
    sent = {
        "into": [here.pk, there.pk], "on": "2025-07-01", "basis": "QĐ 12/QĐ-UBND",
        "once": page.context["form"]["once"].value(),
    }  # fmt: skip
    for _ in range(2):  # sent twice, done once
        led = client.post(reverse("producers:association_restructure", args=[old.pk]), sent)
        assert (led.status_code, led.url) == (302, old.get_absolute_url())
    assert AssociationMember.objects.count() == 4
    shown = client.get(old.get_absolute_url()).content.decode()
    assert f'href="{here.get_absolute_url()}"' in shown
    assert association_todos(officer, date(2026, 3, 2)) == []
