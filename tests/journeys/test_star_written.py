"""Stars renewed by written opinions of the council, and one that ends in a meeting (Art. 7.6, Decision 26/2026)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council, dossier, marking
from ocop.evaluation.demo.answers import answers_worth
from ocop.evaluation.models import CouncilSession, Dossier, SessionItem
from ocop.evaluation.tests.world import FORM_02, World, make_world
from ocop.kit import clock
from ocop.recognition.models import Certificate

pytestmark = pytest.mark.django_db
UPDATES = {"update_making": "không đổi", "update_papers": "đã kiểm nghiệm lại", "update_market": "2,3 tỷ"}


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def world() -> World:
    return make_world()


def star_about_to_end(world: World) -> Certificate:
    """A star of three years ago, 150 days before its last day."""
    today = clock.today()
    (star,) = world.recognise(world.walk_to("awaiting_decision", points=78))
    Certificate.objects.filter(pk=star.pk).update(
        issued_on=today - timedelta(days=945),
        issued_year=today.year - 3,
        valid_to=today + timedelta(days=150),
    )
    star.refresh_from_db()
    return star


def renewal_before_the_council(world: World, star: Certificate) -> Dossier:
    """Opened with one press, filled in, through commune and experts."""
    signed(world["owner"]).post(reverse("evaluation:renew", args=[star.code]))
    row = Dossier.objects.get(kind="renewal")
    dossier.save_form(row, form="form01", answers={"commitment": "yes"}, by=world["owner"])
    dossier.save_form(row, form="form02", answers={**FORM_02, **UPDATES}, by=world["owner"])
    return world.walk_on(Dossier.objects.get(pk=row.pk), "council_ready")


def put_in_writing(world: World, row: Dossier) -> SessionItem:
    """The secretary asks on the page; every member is asked."""
    last_day = (clock.today() + timedelta(days=7)).isoformat()
    answer = signed(world["secretary"]).post(
        reverse("evaluation:written-ask"), {"dossiers": [row.pk], "answer_by": last_day}
    )
    session = CouncilSession.objects.get(kind="written")
    assert answer.url == reverse("evaluation:session-detail", args=[session.pk])
    return session.items.get()


def all_answer(world: World, item: SessionItem, totals: list[int]) -> None:
    for member, total in zip(world.members, totals, strict=True):
        tablet = signed(member)
        assert (
            tablet.post(reverse("evaluation:declare", args=[item.pk]), {"has_conflict": "no"}).status_code
            == 302
        )
        marking.save_sheet(item.rounds.get(), by=member, answers=answers_worth(world.criteria_set, total))
        tablet.post(reverse("evaluation:sheet-submit", args=[item.pk]))


@pytest.mark.journey("VI.12:certificates", "IV.3.2.d:decision-26")
def test_a_star_renewed_by_written_opinions(world: World):
    star = star_about_to_end(world)
    row = renewal_before_the_council(world, star)
    owner = signed(world["owner"])
    record = reverse("evaluation:dossier-detail", args=[row.code])
    assert "UBND cấp xã: không cần kiểm tra thực tế, vì Không thay đổi." in owner.get(record).content.decode()
    item = put_in_writing(world, row)
    assert "Lấy ý kiến bằng văn bản" in owner.get(record).content.decode()
    all_answer(world, item, [78, 80, 79, 78])
    chair = signed(world["chair"])
    chair.post(reverse("evaluation:written-close", args=[item.pk]))
    row.refresh_from_db()
    assert row.state == "awaiting_decision"
    paper = council_minutes(world, item)
    assert "Lấy ý kiến bằng văn bản của" in paper
    assert "không họp" in paper
    (new,) = world.recognise(row, number="88/QĐ-UBND", certificate="88/2026")
    assert (new.stars, new.valid_to > star.valid_to) == (4, True)
    shopper = Client()
    assert "Đã được thay thế" in shopper.get(star.check_path).content.decode()
    assert "Còn hiệu lực" in shopper.get(new.check_path).content.decode()


def council_minutes(world: World, item: SessionItem) -> str:
    """The text of the minutes that the secretary makes."""
    import io

    from docx import Document

    from ocop.evaluation.actions.council_papers import make_minutes
    from ocop.files import disk

    file = make_minutes(CouncilSession.objects.get(pk=item.session_id), by=world["secretary"]).file
    document = Document(io.BytesIO(disk.path_of(file.sha256).read_bytes()))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.journey("VI.12:certificates", "IV.3.2.d:decision-26")
def test_opinions_that_differ_end_in_a_meeting(world: World):
    star = star_about_to_end(world)
    row = renewal_before_the_council(world, star)
    item = put_in_writing(world, row)
    all_answer(world, item, [60, 80, 79, 78])
    page = signed(world["chair"]).post(reverse("evaluation:written-close", args=[item.pk]), follow=True)
    assert "Chênh lệch giữa các phiếu" in page.content.decode()
    row.refresh_from_db()
    assert row.state == "council_ready"
    meeting = world.open_session()
    agenda = reverse("evaluation:session-agenda", args=[meeting.pk])
    assert "cần họp" in signed(world["secretary"]).get(agenda).content.decode()
    again = world.put_on_agenda(row, meeting)
    world.mark(again, [74, 80, 79, 78])
    council.close_item(again, by=world["chair"])
    row.refresh_from_db()
    (new,) = world.recognise(row, number="89/QĐ-UBND", certificate="89/2026")
    assert new.stars == 4
