"""Recording, sealing, finding what was tampered with."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from ocop.audit import actions, queries
from ocop.audit.models import Event, Seal
from ocop.audit.rules import chain
from ocop.audit.tests.factories import PersonFactory
from ocop.kit import clock, registry
from ocop.kit.db import guarded_tables, triggers_lifted
from ocop.kit.models import DayOverride
from ocop.kit.tests.sample.models import Book

pytestmark = pytest.mark.django_db


def tamper(sql, *values):
    """What somebody with the database's own tools can do."""
    with triggers_lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def log():
    """Five events: three sealed, two after."""
    person = PersonFactory()
    sealed = [actions.record("thing.done", by=person, subject=person, number=n) for n in range(3)]
    actions.seal_pending()
    return [*sealed, *(actions.record("thing.done", by=None, number=n) for n in (3, 4))]


def test_record_keeps_no_name_of_the_subject():
    person, subject = PersonFactory(), ContentType.objects.get_for_model(Event)
    event = actions.record("kind.seen", by=person, subject=subject, agency=12, reason="x", whom=person)
    assert (event.subject_type, event.subject_id) == ("contenttypes.contenttype", str(subject.pk))
    assert event.subject_label == f"{subject._meta.verbose_name} {subject.pk}"
    assert event.agency_id_text == "12"
    assert event.data == {"reason": "x", "whom": f"accounts.user:{person.pk}"}


def test_record_names_an_object_by_the_code_that_people_know():
    subject = Book(pk=22, code="VD-017")
    assert actions.record("kind.seen", by=None, subject=subject).subject_label == "sách VD-017"


def test_stored_row_has_the_digest_of_its_content():
    event = actions.record("x", by=PersonFactory(), points=1.5, day=clock.today(), at=clock.now())
    assert Event.objects.get(pk=event.pk).true_digest() == event.digest


def test_an_act_that_is_rolled_back_leaves_no_event():
    with transaction.atomic():
        actions.record("x", by=None)
        transaction.set_rollback(True)
    assert Event.objects.count() == 0


def test_announcements_are_recorded():
    person = PersonFactory()
    registry.announce("personal.exported", by=person, subject=person, rows=3)
    assert list(Event.objects.values_list("verb", "actor", "data")) == [
        ("personal.exported", person.pk, {"rows": 3})
    ]


def test_request_id_comes_with_the_request():
    request = type("Request", (), {"request_id": "abc"})()
    assert actions.record("x", by=None, request=request).request_id == "abc"
    assert actions.record("x", by=None).request_id == ""


@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
def test_database_refuses_to_change_or_remove(log, table):
    assert table in guarded_tables(connection)
    for sql in (f"UPDATE {table} SET digest = 'x'", f"DELETE FROM {table}"):  # noqa: S608
        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert (Event.objects.count(), Seal.objects.count()) == (5, 1)


def test_sealing_twice_adds_nothing(log):
    second = actions.seal_pending()
    assert (second.number, second.count, second.previous) == (2, 2, Seal.objects.get(number=1).digest)
    assert actions.seal_pending() is None
    assert queries.verify() == []


def test_two_sealers_at_once_make_one_seal(log):
    first = actions.seal_pending()
    clash = Seal(
        number=first.number,
        first_event=1,
        last_event=1,
        ranges=[[1, 1]],
        count=1,
        digest="y" * 64,
        at=clock.now(),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        clash.save()
    assert queries.verify() == []


def test_whole_log_has_no_problems(log):
    assert queries.verify() == []


def test_changed_event_is_found(log):
    tamper("UPDATE audit_event SET verb = 'other' WHERE id = %s", log[1].pk)
    assert queries.verify() == [f"Sự kiện {log[1].pk}: nội dung đã bị sửa."]


def test_changed_event_with_a_new_digest_breaks_the_seal(log):
    event = log[1]
    event.verb = "other"
    tamper("UPDATE audit_event SET verb = 'other', digest = %s WHERE id = %s", event.true_digest(), event.pk)
    assert queries.verify() == ["Niêm phong 1: mã niêm phong không khớp các sự kiện."]


def test_changed_event_that_is_not_sealed_yet_is_found(log):
    tamper("UPDATE audit_event SET verb = 'other' WHERE id = %s", log[4].pk)
    assert queries.verify() == [f"Sự kiện {log[4].pk}: nội dung đã bị sửa."]


def test_removed_event_is_found(log):
    tamper("DELETE FROM audit_event WHERE id = %s", log[1].pk)
    assert queries.verify() == [f"Sự kiện {log[1].pk}: đã bị xoá (niêm phong 1)."]


def gapped(at):
    """A seal over events 1, 2 and 4 of a log whose event 3 is missing, made at `at`."""
    events = [Event(at=clock.now(), verb="x", pk=pk) for pk in (1, 2, 4)]
    for event in events:
        event.digest = event.true_digest()
        event.save(force_insert=True)
    actions.seal_pending(at=at)
    late = Event(at=clock.now(), verb="late", pk=3)
    late.digest = late.true_digest()
    late.save(force_insert=True)


def test_event_committed_late_is_taken_by_the_next_seal():
    gapped(clock.now())
    assert queries.verify() == []
    assert actions.seal_pending().ranges == [[3, 3]]
    assert actions.seal_pending() is None
    assert queries.verify() == []


def test_event_put_in_between_long_after_is_found():
    gapped(clock.now() - timedelta(days=2))
    assert actions.seal_pending() is None
    assert queries.verify() == ["Sự kiện 3: được chèn vào sau khi niêm phong."]


def test_removed_seal_is_found(log):
    actions.seal_pending()
    actions.record("x", by=None)
    actions.seal_pending()
    tamper("DELETE FROM audit_seal WHERE number = 2")
    problems = queries.verify()
    assert problems[:2] == ["Thiếu niêm phong 2.", "Niêm phong 3: đứt chuỗi với niêm phong trước."]


def test_log_that_was_cut_and_sealed_anew_does_not_know_the_noted_head(log):
    actions.seal_pending()
    noted = queries.head()
    tamper("DELETE FROM audit_seal WHERE number = 2")
    tamper("DELETE FROM audit_event WHERE id = %s", log[4].pk)
    actions.seal_pending()
    assert queries.verify() == []
    assert queries.verify(head=noted) == [f"Không có niêm phong {noted}: chuỗi đã bị cắt hoặc lập lại."]


@pytest.fixture
def move():
    """A stored row that stands for a move, as a flow announces it."""
    row = DayOverride.objects.create(
        day=clock.today(), is_working=True, name="submit", source="lý do của một hộ"
    )
    row.at, row.from_state, row.to_state = clock.now(), "draft", "submitted"
    return row


def test_move_leaves_its_digest_and_none_of_its_words(move):
    person = PersonFactory()
    registry.announce("flow.moved", by=person, subject=person, move=move)
    event = Event.objects.get(verb="flow.moved")
    assert event.data == {
        "move_type": "kit.dayoverride",
        "move": move.pk,
        "name": "submit",
        "from_state": "draft",
        "to_state": "submitted",
        "move_digest": queries.move_digest(DayOverride.objects.get()),
    }
    assert queries.verify() == []


def test_changed_and_removed_moves_are_found(move):
    registry.announce("flow.moved", by=None, subject=None, move=move)
    event = Event.objects.get()
    DayOverride.objects.update(source="khác")
    assert queries.verify() == [f"Sự kiện {event.pk}: bước chuyển kit.dayoverride {move.pk} đã bị sửa."]
    DayOverride.objects.all().delete()
    assert queries.verify() == [f"Sự kiện {event.pk}: không còn bước chuyển kit.dayoverride {move.pk}."]


def test_command_says_so_and_fails(log):
    out, err = StringIO(), StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue() == f"Nhật ký nguyên vẹn. Niêm phong mới nhất: {queries.head()}\n"
    tamper("DELETE FROM audit_event WHERE id = %s", log[0].pk)
    with pytest.raises(CommandError, match="Nhật ký có 1 lỗi"):
        call_command("verify_audit", stderr=err)
    assert err.getvalue() == f"Sự kiện {log[0].pk}: đã bị xoá (niêm phong 1).\n"


def test_gap_helper_matches_the_seals(log):
    assert (
        chain.gaps_of([span for seal in Seal.objects.all() for span in seal.ranges], above=log[0].pk - 1)
        == []
    )


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_log_and_leaves_it_guarded():
    actions.record("x", by=None)
    call_command("flush", verbosity=0, interactive=False)
    assert Event.objects.count() == 0
    assert guarded_tables(connection) >= {"audit_event", "audit_seal"}
