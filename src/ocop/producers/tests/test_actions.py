"""Entering producers, changes over time, claims, access, personal data."""

from datetime import date, timedelta

import pytest

from ocop.accounts.actions import erase_personal_data
from ocop.accounts.enums import Role
from ocop.inbox.models import Notice
from ocop.kit import clock, registry
from ocop.kit.errors import Forbidden, Refused
from ocop.producers import actions, permissions, queries, tasks
from ocop.producers.models import Producer, ProducerAccess, ProducerClaim, Representative
from ocop.producers.tests.factories import (
    AccessFactory,
    PersonFactory,
    ProducerFactory,
    RepresentativeFactory,
    officer,
    owner_of,
)
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
DETAILS = {"name": "HTX Trường An", "form": "cooperative", "tax_code": "0100233488", "address": "Thôn 3"}
PERSON = {
    "full_name": "Phan Thị Thử",
    "phone": "0912345678",
    "ethnicity": "Kinh",
    "personal_id": "042199000555",
}


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.fixture
def heard():
    """What was announced: (verb, subject, facts)."""
    calls = []

    def ear(verb, *, by, subject=None, request=None, **facts):
        calls.append((verb, subject, facts))

    registry.listen(ear)
    yield calls
    registry._listeners.remove(ear)


def test_the_commune_registers_a_producer_with_form_and_address():
    unit = UnitFactory()
    producer = actions.register_producer(unit=unit, by=officer(unit), **DETAILS)
    assert (producer.name, producer.unit, producer.form_on(), str(producer.site_on())) == (
        "HTX Trường An", unit, "cooperative", f"Thôn 3, {unit.full_name}",
    )  # fmt: skip
    assert producer.history.count() == 1
    assert not hasattr(producer.history.first(), "tax_code")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, "producers.name"), ({"form": "club"}, "producers.form"),
        ({"form": "cooperative", "size": "small"}, "producers.size"), ({"tax_code": "123"}, "tax_code.length"),
    ],
)  # fmt: skip
def test_bad_facts_are_refused(changes, code):
    unit = UnitFactory()
    assert refused(actions.register_producer, unit=unit, by=officer(unit), **{**DETAILS, **changes}) == code
    assert Producer.objects.count() == 0


def test_a_tax_code_belongs_to_one_producer():
    unit = UnitFactory()
    by = officer(unit)
    actions.register_producer(unit=unit, by=by, **DETAILS)
    assert (
        refused(actions.register_producer, unit=unit, by=by, **{**DETAILS, "name": "Khác"})
        == "tax_code.taken"
    )


def test_nobody_registers_outside_the_reach():
    with pytest.raises(Forbidden):
        actions.register_producer(unit=UnitFactory(), by=officer(UnitFactory()), **DETAILS)


def test_a_new_legal_form_closes_the_old_one_on_the_eve():
    producer = ProducerFactory(form="household")
    by = owner_of(producer)
    actions.change_form(producer, form="enterprise", size="micro", by=by, since=date(2026, 6, 1))
    fresh = Producer.objects.get(pk=producer.pk)
    assert [fresh.form_on(date(2026, month, day)) for month, day in ((5, 31), (6, 1))] == [
        "household",
        "enterprise",
    ]
    assert fresh.size_on(date(2026, 6, 1)) == "micro"
    assert refused(actions.change_form, fresh, form="farm", by=by, since=date(2026, 5, 1)) == "producers.day"
    tomorrow = clock.today() + timedelta(days=1)
    assert refused(actions.change_form, fresh, form="farm", by=by, since=tomorrow) == "producers.day"


def test_a_producer_that_moves_is_seen_by_the_new_commune_and_not_by_the_old_one():
    old, new = UnitFactory(), UnitFactory()
    producer = ProducerFactory(unit=old)
    actions.move_producer(producer, unit=new, by=owner_of(producer), since=date(2026, 7, 1))
    seen = [Producer.objects.visible_to(officer(unit)).filter(pk=producer.pk).exists() for unit in (old, new)]
    assert seen == [False, True]


def test_a_person_registers_the_own_business_and_the_commune_confirms_it():
    unit, person = UnitFactory(), PersonFactory()
    producer, claim = actions.register_own(by=person, unit=unit, **DETAILS)
    assert permissions.access_kinds_of(person, producer) == {"owner"}
    clerk = officer(unit)
    assert [todo.subject for todo in queries.claim_todos(clerk, clock.today())] == ["HTX Trường An"]
    actions.decide(claim, "confirm", by=clerk)
    assert (ProducerClaim.objects.get().state, queries.claim_todos(clerk, clock.today())) == ("confirmed", [])
    assert list(Notice.objects.values_list("to", flat=True)) == [person.pk]


def test_a_refused_registration_takes_the_access_back():
    unit, person = UnitFactory(), PersonFactory()
    producer, claim = actions.register_own(by=person, unit=unit, **DETAILS)
    assert refused(actions.decide, claim, "refuse", by=officer(unit)) == "flow.reason"
    actions.decide(claim, "refuse", by=officer(unit), reason="Không có cơ sở này")
    assert permissions.access_kinds_of(person, producer) == frozenset()


def test_a_claim_is_confirmed_once_by_the_right_commune():
    producer, person = ProducerFactory(), PersonFactory()
    claim = actions.claim(producer, by=person, statement="Tôi là giám đốc")
    assert actions.claim(producer, by=person, statement="Lần hai") == claim
    assert permissions.access_kinds_of(person, producer) == frozenset()
    with pytest.raises(Forbidden):
        actions.decide(claim, "confirm", by=officer(UnitFactory()))
    with pytest.raises(Forbidden):
        actions.decide(claim, "confirm", by=person)
    clerk = officer(producer.unit)
    actions.decide(claim, "confirm", by=clerk)
    assert permissions.access_kinds_of(person, producer) == {"owner"}
    assert refused(actions.decide, claim, "confirm", by=clerk) == "flow.state"


@pytest.mark.parametrize(
    ("producer", "statement", "code"),
    [({"is_unknown": True}, "Của tôi", "claim.unknown"), ({}, "  ", "claim.statement")],
)
def test_claims_that_cannot_be(producer, statement, code):
    assert (
        refused(actions.claim, ProducerFactory(**producer), by=PersonFactory(), statement=statement) == code
    )


def test_a_claim_on_a_producer_that_has_an_owner_waits_until_that_access_ends():
    producer = ProducerFactory()
    former = AccessFactory(producer=producer)
    person, clerk = PersonFactory(), officer(producer.unit)
    claim = actions.claim(producer, by=person, statement="Tôi mua lại cơ sở")
    assert refused(actions.decide, claim, "confirm", by=clerk) == "claim.owner"
    actions.end_access(former, by=clerk)
    actions.decide(claim, "confirm", by=clerk)
    assert permissions.access_kinds_of(person, producer) == {"owner"}


def test_a_claim_where_only_the_district_is_known_names_the_commune():
    district = UnitFactory(level="district", type="huyen")
    producer, commune, person = ProducerFactory(unit=district), UnitFactory(), PersonFactory()
    assert refused(actions.claim, producer, by=person, statement="Của tôi") == "claim.unit"
    claim = actions.claim(producer, by=person, statement="Của tôi", unit=commune)
    actions.decide(claim, "confirm", by=officer(commune))
    assert permissions.access_kinds_of(person, producer) == {"owner"}


def test_five_open_claims_are_enough():
    person = PersonFactory()
    for _ in range(5):
        actions.claim(ProducerFactory(), by=person, statement="Của tôi")
    assert refused(actions.claim, ProducerFactory(), by=person, statement="Của tôi") == "claim.limit"


def test_a_helper_needs_the_owners_consent_and_a_last_day():
    producer, friend = ProducerFactory(), PersonFactory()
    owner = owner_of(producer)
    with pytest.raises(Forbidden):
        actions.let_help(producer, friend, by=officer(producer.unit), agreed=True)
    assert refused(actions.let_help, producer, friend, by=owner, agreed=False) == "access.consent"
    far = clock.today() + timedelta(days=800)
    assert refused(actions.let_help, producer, friend, by=owner, agreed=True, until=far) == "access.until"
    row = actions.let_help(producer, friend, by=owner, agreed=True)
    assert (row.kind, row.valid_to, bool(row.consent_text)) == (
        "helper",
        clock.today() + timedelta(days=180),
        True,
    )
    assert list(permissions.roles_of(friend, producer)) == ["producer.helper"]
    actions.end_access(row, by=owner)
    assert permissions.roles_of(friend, producer) == frozenset()


def test_a_helper_cannot_let_others_in_and_the_last_owner_stays():
    producer = ProducerFactory()
    row = AccessFactory(producer=producer)
    helper = PersonFactory()
    actions.let_help(producer, helper, by=row.user, agreed=True)
    with pytest.raises(Forbidden):
        actions.let_in(producer, PersonFactory(), kind="staff", by=helper)
    assert refused(actions.end_access, row, by=row.user) == "access.last_owner"
    assert ProducerAccess.objects.valid_on(clock.today()).count() == 2


def test_the_commune_registers_for_a_person_at_the_counter():
    unit = UnitFactory()
    by = officer(unit)
    person = {"phone": "0912345678", "full_name": "Phan Thị Thử"}
    assert refused(
        actions.register_for_person, unit=unit, by=by, consented=False, **person, **DETAILS
    ) == "access.consent"  # fmt: skip
    producer, user, secret = actions.register_for_person(
        unit=unit, by=by, consented=True, **person, **DETAILS
    )
    assert (permissions.access_kinds_of(user, producer), user.check_password(secret), user.unit) == (
        {"owner"}, True, unit,
    )  # fmt: skip
    again = {**DETAILS, "name": "Cơ sở thứ hai", "tax_code": ""}
    _, same, none = actions.register_for_person(unit=unit, by=by, consented=True, **person, **again)
    assert (same, none) == (user, "")


def test_personal_data_need_consent_and_leave_a_trace_without_values(heard):
    producer = ProducerFactory()
    owner = owner_of(producer)
    assert (
        refused(actions.record_representative, producer, by=owner, agreed=False, **PERSON) == "person.consent"
    )
    assert Representative.objects.count() == 0
    person = actions.record_representative(producer, by=owner, agreed=True, **PERSON)
    actions.correct_representative(person, by=owner, changes={"phone": "0987 654 321"})
    actions.view_representative(producer, by=owner)
    actions.view_representative(producer, by=officer(producer.unit))
    with pytest.raises(Forbidden):
        actions.view_representative(producer, by=officer(producer.unit, Role.COMMUNE_LEADER))
    said = [(verb, facts.get("fields")) for verb, subject, facts in heard if verb.startswith("personal.")]
    assert said == [
        ("personal.recorded", ["ethnicity", "full_name", "personal_id", "phone"]),
        ("personal.corrected", ["phone"]),
        ("personal.viewed", ["representative"]),
    ]
    assert "654321" not in repr([(verb, facts) for verb, _, facts in heard])


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"full_name": ""}, "person.name"),
        ({"phone": "12"}, "person.phone"),
        ({"personal_id": "123"}, "person.id"),
    ],
)
def test_bad_personal_data_are_refused(details, code):
    producer = ProducerFactory()
    call = {**PERSON, **details}
    assert (
        refused(actions.record_representative, producer, by=owner_of(producer), agreed=True, **call) == code
    )


def test_erasing_empties_every_personal_column():
    person = RepresentativeFactory()
    owner = owner_of(person.producer)
    assert refused(actions.erase_representative, person, by=owner, reason=" ") == "person.reason"
    with pytest.raises(Forbidden):
        actions.erase_representative(person, by=officer(UnitFactory()), reason="Theo yêu cầu")
    row = actions.erase_representative(person, by=owner, reason="Theo yêu cầu")
    left = [row.gender, row.ethnicity, row.phone, row.email, row.personal_id, row.position]
    assert (left, "Bí Mật" in row.full_name, row.erased_at is not None) == ([""] * 6, False, True)
    assert queries.representative_of(row.producer, owner) is None


def test_erasing_an_account_erases_its_claims_access_and_representative():
    producer = ProducerFactory()
    user = owner_of(producer)
    actions.record_representative(producer, by=user, agreed=True, **PERSON)
    actions.claim(ProducerFactory(), by=user, statement="Số điện thoại của tôi là 0912345678")
    erase_personal_data(user, by=user)
    assert (
        permissions.access_kinds_of(user, producer),
        list(ProducerClaim.objects.values_list("statement", "state")),
        list(Representative.objects.values_list("phone", "personal_id")),
    ) == (frozenset(), [("", "withdrawn")], [("", "")])


def test_old_representatives_are_emptied_when_the_setting_says_so():
    today = clock.today()
    old = RepresentativeFactory(
        valid_from=date(2015, 1, 1), valid_to=today.replace(year=today.year - 5) - timedelta(days=1)
    )
    kept = RepresentativeFactory(valid_from=date(2015, 1, 1), valid_to=today.replace(year=today.year - 4))
    assert tasks.sweep_personal_data() == 1
    assert [Representative.objects.get(pk=row.pk).phone for row in (old, kept)] == ["", kept.phone]


def test_leaks_across_communes_and_provinces():
    province, strange = ProvinceFactory(), ProvinceFactory()
    mine, neighbour, far = (
        UnitFactory(under=province),
        UnitFactory(under=province),
        UnitFactory(under=strange),
    )
    rows = {unit: ProducerFactory(unit=unit) for unit in (mine, neighbour, far)}

    def seen(user):
        return set(Producer.objects.visible_to(user))

    assert seen(officer(mine)) == {rows[mine]}
    assert seen(officer(province, Role.ADVISORY_OFFICER)) == {rows[mine], rows[neighbour]}
    assert seen(officer(strange, Role.ADVISORY_OFFICER)) == {rows[far]}
    assert seen(officer(mine, Role.ADMINISTRATOR)) == set()
    assert seen(PersonFactory()) == set()
    assert seen(owner_of(rows[far])) == {rows[far]}
    ended = AccessFactory(producer=rows[mine], valid_to=clock.today() - timedelta(days=1))
    assert seen(ended.user) == set()


def test_search_never_answers_personal_data():
    producer = ProducerFactory(
        name="Hộ Đặng Thị Bí Mật", brand="Cơ sở Hoa Sen", form="household", tax_code="042199000123"
    )
    RepresentativeFactory(producer=producer)
    clerk, stranger = officer(producer.unit), officer(UnitFactory())
    for typed in ("042199000123", "0987654321", "bimat@example.vn", "Chứt"):
        assert list(queries.search(clerk, typed, typed, 5)) == []
    assert [title for title, _, _ in queries.search(clerk, "hoa sen", "hoa sen", 5)] == ["Cơ sở Hoa Sen"]
    assert list(queries.search(stranger, "hoa sen", "hoa sen", 5)) == []
    assert queries.claimable("Bí Mật") == []
    assert queries.claimable("hoa sen") == [producer]
    assert queries.claimable(producer.code.lower()) == [producer]
    assert "Bí Mật" not in str(producer)
