"""Papers handed in, received, returned, accepted; reminders; the board."""

from datetime import date, timedelta

import pytest

from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.testing import counted
from ocop.products.actions import add_version
from ocop.products.tests.factories import PaperFactory, stored_pdf
from ocop.quality import queries
from ocop.quality.actions import receptions
from ocop.quality.enums import ReceptionState
from ocop.quality.models import PaperReminder, Reception


def paper_of(world, kind="declaration", **facts):
    paper = PaperFactory(producer=world.producer, kind=kind, **facts)
    if paper.withdrawn_at is None:
        add_version(paper, stored_pdf(world["owner"]), by=world["owner"])
    return paper


def submit(world, paper=None, **facts):
    values = {"kind": "self_declaration", "agency": world.agencies["health"], "by": world["owner"], **facts}
    return receptions.submit_paper(paper or paper_of(world), **values)


def test_a_paper_is_received_returned_handed_in_again_and_accepted(world):
    row = submit(world, scope="Nước mắm 40 độ đạm")
    assert (row.state, row.unit, row.producer) == (ReceptionState.SUBMITTED, world.commune, world.producer)
    assert set(Notice.objects.values_list("to__username", flat=True)) == {"q-health", "q-health2"}
    with pytest.raises(Forbidden):
        receptions.settle_reception(row, "receive", by=world["trade"])
    receptions.settle_reception(row, "receive", by=world["health"])
    with pytest.raises(Refused) as refused:
        receptions.settle_reception(row, "return", by=world["health"])
    assert refused.value.code == "flow.reason"
    receptions.settle_reception(row, "return", by=world["health"], reason="Thiếu chỉ tiêu vi sinh")
    assert (row.state, row.due_on) == (ReceptionState.RETURNED, None)
    told = Notice.objects.filter(to=world["owner"]).order_by("pk").values_list("title", "text")
    assert list(told) == [
        ("Đã tiếp nhận, đang kiểm tra: Công bố chất lượng", "Hợp tác xã Kỳ Thử."),
        ("Trả lại để bổ sung: Công bố chất lượng", "Hợp tác xã Kỳ Thử. Thiếu chỉ tiêu vi sinh"),
    ]
    add_version(row.paper, stored_pdf(world["owner"], pages=2), by=world["owner"])
    receptions.settle_reception(row, "resubmit", by=world["owner"])
    receptions.settle_reception(row, "receive", by=world["health2"])
    with pytest.raises(Refused) as refused:
        receptions.accept_paper(row, accepted_number=" ", by=world["health"])
    assert refused.value.code == "reception.number"
    receptions.accept_paper(row, accepted_number="45/2026/TN-SYT", by=world["health"])
    assert (row.state, row.accepted_on, row.due_on) == (ReceptionState.ACCEPTED, clock.today(), None)


def test_the_local_office_of_the_day_receives_what_lies_with_it(world):
    row = submit(world, agency=None)
    with pytest.raises(Forbidden):
        receptions.settle_reception(row, "receive", by=world["health"])
    receptions.settle_reception(row, "receive", by=world["commune"])
    assert row.state == ReceptionState.RECEIVED


def test_what_may_not_be_handed_in_says_why(world):
    for facts, code in (
        ({"kind": "food_safety"}, "reception.kind"),
        ({"agency": world.agencies["standing"]}, "reception.receiver"),
        ({"paper": PaperFactory(producer=world.producer, kind="declaration")}, "reception.file"),
    ):
        with pytest.raises(Refused) as refused:
            submit(world, **facts)
        assert refused.value.code == code
    with pytest.raises(Forbidden):
        submit(world, by=world["stranger"])
    paper = paper_of(world)
    submit(world, paper)
    with pytest.raises(Refused) as refused:
        submit(world, paper)
    assert (refused.value.code, Reception.objects.count()) == ("reception.open", 1)


def test_receivers_follow_the_day(world):
    before, after = date(2025, 2, 28), date(2025, 3, 1)
    names = [{one.name for one in queries.receivers_of("basic_standard", day)} for day in (before, after)]
    assert names == [{"Cơ quan phụ trách OCOP tại địa bàn (cơ sở nhỏ do địa phương quản lý)"}] * 2
    world.agencies["trade"].slug = "so-nnptnt-42"
    world.agencies["trade"].save()
    slugs = [
        {one.agency.slug for one in queries.receivers_of("certificate", day) if one.agency}
        for day in (before, after)
    ]
    assert slugs == [{"so-nnptnt-42"}, set()]


TODAY = date(2026, 11, 29)


def test_reminders_come_once_each_to_producer_and_commune(world):
    paper = paper_of(world, expires_on=TODAY + timedelta(days=90))
    paper_of(world, kind="tests", expires_on=TODAY + timedelta(days=91))
    paper_of(world, kind="conditions", expires_on=None)
    assert [receptions.remind_of_papers(today=TODAY) for _ in range(2)] == [1, 0]
    told = Notice.objects.filter(kind=receptions.REMINDER)
    assert {(one.to.username, one.title) for one in told} == {
        ("q-owner", "Công bố chất lượng: còn 90 ngày"),
        ("q-commune", "1 giấy tờ của chủ thể sắp hết hạn"),
    }
    for days, number in ((31, 0), (30, 1), (29, 0), (7, 1), (0, 0), (-1, 0)):
        assert receptions.remind_of_papers(today=paper.expires_on - timedelta(days=days)) >= number
    assert list(paper.quality_reminders.values_list("days", flat=True)) == [90, 30, 7]


def test_a_renewed_paper_is_reminded_of_anew(world):
    paper = paper_of(world, expires_on=TODAY + timedelta(days=7))
    receptions.remind_of_papers(today=TODAY)
    paper.expires_on = TODAY + timedelta(days=370)
    paper.save()
    assert receptions.remind_of_papers(today=TODAY) == 0
    assert receptions.remind_of_papers(today=TODAY + timedelta(days=280)) == 1
    assert PaperReminder.objects.count() == 2


def test_papers_taken_out_of_the_vault_are_not_reminded_of(world):
    paper_of(world, expires_on=TODAY + timedelta(days=7), withdrawn_at=clock.now())
    assert receptions.remind_of_papers(today=TODAY) == 0


def test_the_board_sorts_papers_by_how_soon_they_end_in_a_constant_number_of_queries(world):
    today = clock.today()
    for days in (-400, -1, 0, 7, 8, 30, 31, 90, 91, 500):
        PaperFactory(producer=world.producer, issued_on=None, expires_on=today + timedelta(days=days))
    queries.expiry_board(world["commune"])  # who the person is, is asked once
    with counted() as few:
        board = queries.expiry_board(world["commune"])
    assert [(one.key, one.count) for one in board] == [
        ("expired", 2), ("7", 2), ("30", 2), ("90", 2), ("later", 2),
    ]  # fmt: skip
    assert [(paper.expires_on - today).days for paper in board[0].papers] == [-1, -400]
    for _ in range(20):
        PaperFactory(producer=world.producer, issued_on=None, expires_on=today)
    with counted() as many:
        assert queries.expiry_board(world["commune"])[1].count == 22
    assert len(few) == len(many)
    assert sum(one.count for one in queries.expiry_board(world["stranger"])) == 0
