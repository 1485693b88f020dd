"""Blindness (ADR 4): until the chair closes the round nobody finds anything of another's sheet, wherever they look.

An unusual note, reason, opinion and total are planted in one member's sheet; every address of the desk is then walked
as every other person, the superuser included, and the answers are searched for them.
"""

import io
import logging
import re
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from ocop.audit.models import Event
from ocop.evaluation.actions import council, marking
from ocop.evaluation.actions.council_papers import make_score_sheets
from ocop.evaluation.actions.whole import make_whole_dossier
from ocop.evaluation.models import DossierMove, GeneratedPaper, ScoreSheet
from ocop.evaluation.queries.board import board_items, sheets_of
from ocop.evaluation.queries.council_todo import council_todos
from ocop.evaluation.tests.world import answers_worth, make_world
from ocop.evaluation.urls import council as desk_urls
from ocop.inbox.models import Notice
from ocop.kit import clock, registry
from ocop.kit.errors import Refused
from ocop.kit.reference import urls as reference_urls

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# No bare number among them: tokens and digests in a page hold any four digits now and then.
PLANTED = ("Ghi-chú-Zyx-9731", "Lý-do-Zyx-9731", "Chứng-cứ-Zyx-9731", "Ý-kiến-Zyx-9731", "Zyx-9731")
TOTAL = 83  # nobody and nothing else of this world has 83 points


@pytest.fixture
def world(settings):
    made = make_world()
    settings.OCOP_PROVINCE = made.council.province.code
    return made


@pytest.fixture
def planted(world):
    """An open round in which member1 has handed in an unusual sheet and member2 has begun one."""
    row = world.walk_to("council_ready", points=71)
    item = world.put_on_agenda(row)
    current = council.open_marking(item, by=world["secretary"])
    answers = answers_worth(world.criteria_set, TOTAL)
    ground = world.criteria_set.sheet.disqualifiers
    ticks = [{"text": ground[0], "reason": PLANTED[1], "evidence": PLANTED[2]}] if ground else []
    marking.save_sheet(
        current, by=world["member1"], answers=answers, notes={next(iter(answers)): PLANTED[0]},
        disqualifiers=ticks, opinion=PLANTED[3],
    )  # fmt: skip
    marking.submit_sheet(current, by=world["member1"])
    return item, current


def watchers(world) -> dict:
    """Everybody but the member whose sheet it is."""
    root = world["admin"]
    root.is_superuser = root.is_staff = True
    root.save()
    return {name: user for name, user in world.people.items() if name != "member1"}


def addresses(item) -> list[str]:
    """Every address of the council's desk and of the dossier, with the objects of this world."""
    code = next(iter(item.dossier.criteria_set.sheet.by_code))
    seat = item.session.council.seats.first().pk
    known = {
        "council-detail": [item.session.council_id], "seat-new": [item.session.council_id], "seat-change": [seat],
        "seat-end": [seat], "finding-settle": [1], "sheet-criterion": [item.pk, code],
        "dossier-council": [item.dossier.code],
    }  # fmt: skip
    found = []
    for pattern in desk_urls.urlpatterns:
        if pattern.name in known:
            arguments = known[pattern.name]
        elif "<int:pk>" not in str(pattern.pattern):
            arguments = []
        else:
            arguments = [item.pk if "ho-so" in str(pattern.pattern) else item.session_id]
        found.append(reverse(f"evaluation:{pattern.name}", args=arguments))
    names = ("dossier-detail", "dossier-history", "dossier-evidence", "dossier-selfscore", "dossier-papers")
    found += [reverse(f"evaluation:{name}", args=[item.dossier.code]) for name in names]
    found.append(reverse("evaluation:item-board", args=[item.pk]) + "?vong=1")
    found += [
        reverse("audit:events"),
        reverse("workspace:home"),
        reverse("evaluation:session-next", args=[item.session_id]),
    ]
    found += [reverse("workspace:search") + "?q=" + word for word in ("zyx", "9731", item.dossier.code)]
    found.append(reverse("evaluation:dossier-list") + "?xem=all")
    return list(dict.fromkeys(found))


def everywhere(item) -> list[str]:
    """Lists and exports of every register, histories, notices, jobs, papers, drafts, the API: what a reader may ask."""
    producer, product, unknown = item.dossier.producer, item.dossier.product, uuid.UUID(int=0)
    of = {
        "/co-so/<str:code>/": {"code": producer.code}, "/so/chu-the/ma/<str:code>/": {"code": producer.code},
        "/so/san-pham/ma/<str:code>/": {"code": product.public_code}, "/so/chu-the/<int:pk>/": {"pk": producer.pk},
        "/so/san-pham/<int:pk>/": {"pk": product.pk}, "/san-pham/<str:code>/": {"code": product.public_code},
        "/chu-the/<str:code>/": {"code": producer.code}, "/ho-so/<str:code>/": {"code": item.dossier.code},
        "/api/v1/producers/<int:pk>": {"pk": producer.pk}, "/quyet-dinh/<int:pk>/": {"pk": 1},
        "/thong-bao/<int:pk>/mo/": {"pk": 1}, "/cong-viec/<uuid:key>/": {"key": unknown},
    }  # fmt: skip
    walked = ("accounts:", "api-v1:", "audit:", "evaluation:", "inbox:", "kit:", "producers:", "products:", "public:",
              "recognition:", "workspace:")  # fmt: skip
    found = []
    for address in reference_urls.addresses():
        arguments = next((some for start, some in of.items() if address.path.startswith(start)), {})
        wanted = set(re.findall(r"<(?:\w+:)?(\w+)>", address.path))
        if address.name.startswith(walked) and wanted == set(arguments) and "(?P" not in address.path:
            found.append(reverse(address.name, kwargs=arguments))
    return found


def readable(body: bytes) -> str:
    """The text of an answer; a workbook or Word file is unpacked, a PDF read page by page."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "replace")


def leaks(text: str) -> list[str]:
    return [word for word in (*PLANTED, f">{TOTAL}<", f"{TOTAL} điểm") if word in text]


def found_by(user, walk: list[str], **headers: str) -> dict[str, list[str]]:
    """address -> what leaks there, for one person."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    found = {}
    for address in walk:
        answer = client.get(address, headers=headers)
        assert answer.status_code < 500, (user, address)
        body = b"".join(answer) if answer.streaming else answer.content
        if hit := leaks(readable(body)):
            found[address] = hit
    return found


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}], ids=["page", "data"])
def test_no_page_of_the_desk_shows_anything_of_anothers_sheet(world, planted, caplog, headers):
    item, _ = planted
    with caplog.at_level(logging.DEBUG):
        found = {name: found_by(user, addresses(item), **headers) for name, user in watchers(world).items()}
    assert {name: hits for name, hits in found.items() if hits} == {}
    assert leaks(caplog.text) == []


@pytest.mark.parametrize(
    "name", ["chair", "member2", "secretary", "admin", "advisory", "commune_officer", "owner"]
)
def test_no_register_export_history_notice_or_api_shows_it(world, planted, caplog, name):
    """One person of each kind: what these show hangs on the role, not on the seat."""
    item, _ = planted
    with caplog.at_level(logging.DEBUG):
        assert found_by(watchers(world)[name], everywhere(item)) == {}
    assert leaks(caplog.text) == []


def test_the_walk_reaches_exports_histories_notices_and_the_api(world, planted):
    """A guard of the walk itself: the places that could carry a sheet away are among the addresses walked."""
    item, _ = planted
    product, producer = item.dossier.product, item.dossier.producer
    wanted = {
        reverse("evaluation:dossier-export"),
        reverse("producers:producers_export"), reverse("products:products_export"),
        reverse("recognition:certificates_export"), reverse("products:products_history", args=[product.pk]),
        reverse("producers:producers_history", args=[producer.pk]), reverse("inbox:list"),
        reverse("evaluation:dossier-history", args=[item.dossier.code]), reverse("api-v1:list_recognitions"),
        reverse("kit:job", args=[uuid.UUID(int=0)]), reverse("evaluation:draft-list"),
    }  # fmt: skip
    assert wanted - {*addresses(item), *everywhere(item)} == set()


def test_the_whole_dossier_its_job_and_its_notices_hold_nothing_of_a_sheet(
    world, planted, django_capture_on_commit_callbacks
):
    """Everybody who sees the dossier asks for it as one PDF; page of the job, file and notices are read."""
    item, _ = planted
    made, found = [], {}
    for name, user in watchers(world).items():
        client = Client(raise_request_exception=False)
        client.force_login(user)
        with django_capture_on_commit_callbacks(execute=True):
            asked = client.post(reverse("evaluation:dossier-whole", args=[item.dossier.code]))
        pages = [reverse("inbox:list")]
        if asked.status_code == 302:
            paper = make_whole_dossier(item.dossier, by=user)
            made.append(name)
            pages += [asked.url, reverse("files:download", args=[paper.file.key])]
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, (name, page)
            body = b"".join(answer) if answer.streaming else answer.content
            if hit := leaks(readable(body)):
                found[name, page] = hit
    assert found == {}
    assert {"chair", "member2", "secretary"} <= set(made)
    assert leaks(" ".join(f"{one.title} {one.text}" for one in Notice.objects.all())) == []


def test_no_history_table_holds_anything_of_a_sheet(world, planted):
    rows = [
        str(row)
        for model in apps.get_models()
        if model.__name__.startswith("Historical")
        for row in model.objects.values()
    ]
    assert rows != []
    assert leaks(" ".join(rows)) == []


def test_refusals_of_presses_say_nothing_of_a_sheet(world, planted):
    item, _ = planted
    texts = []
    for user in watchers(world).values():
        client = Client(raise_request_exception=False)
        client.force_login(user)
        texts += [
            client.post(reverse("evaluation:item-press", args=[item.pk]), {"verb": verb}).content.decode()
            for verb in ("conclude", "close")
        ]
    item.refresh_from_db()
    assert item.state == "marking"
    assert [hit for text in texts for hit in leaks(text)] == []


def test_the_member_sees_the_own_sheet(world, planted):
    item, _ = planted
    client = Client()
    client.force_login(world["member1"])
    page = client.get(reverse("evaluation:sheet-review", args=[item.pk])).content.decode()
    assert PLANTED[3] in page


def test_no_row_beside_the_sheet_itself_holds_its_content(world, planted):
    item, _ = planted
    text = " ".join(
        [str(vars(row)) for row in Event.objects.all()]
        + [str(vars(row)) for row in DossierMove.objects.all()]
        + [row.file.name for row in GeneratedPaper.objects.select_related("file")]
        + [str(sheet) for sheet in ScoreSheet.objects.all()]
    )
    assert leaks(text) == []
    assert item.disqualifier_findings.count() == 0


def test_neither_search_nor_todo_finds_it(world, planted):
    for user in watchers(world).values():
        rows = [
            hit for source in registry.search_sources for hit in source.find(user, "zyx 9731", PLANTED[0], 20)
        ]
        assert rows == []
        assert leaks(str(list(council_todos(user, clock.today())))) == []


def test_queries_give_nothing_to_anybody_before_closing(world, planted):
    item, current = planted
    for name, user in watchers(world).items():
        others = ScoreSheet.objects.visible_to(user).exclude(seat__user=user)
        assert list(others) == [], name
        assert list(board_items(user)) == [], name
        assert sheets_of(item, user, current.number) == [], name


def test_score_sheets_are_no_paper_before_the_result(world, planted):
    item, _ = planted
    with pytest.raises(Refused) as refused:
        make_score_sheets(item, by=world["secretary"])
    assert refused.value.code == "sheets.early"
    assert not GeneratedPaper.objects.filter(kind="score_sheet").exists()


def close_all(world, item, current) -> None:
    for member in world.members:
        if member != world["member1"]:
            marking.save_sheet(current, by=member, answers=answers_worth(world.criteria_set, TOTAL - 3))
            marking.submit_sheet(current, by=member)
    council.close_marking(current, by=world["chair"])


@pytest.mark.parametrize(
    ("name", "sees"),
    [("chair", True), ("member2", True), ("secretary", True), ("admin", False), ("leader", False), ("advisory", False),
     ("owner", False), ("commune_officer", False), ("stranger", False)],
)  # fmt: skip
def test_after_closing_the_board_is_the_councils_alone(world, planted, name, sees):
    item, current = planted
    close_all(world, item, current)
    client = Client()
    client.force_login(world[name])
    answer = client.get(reverse("evaluation:item-board", args=[item.pk]))
    assert answer.status_code == (200 if sees else 404)
    assert (PLANTED[0] in answer.content.decode()) is sees


def test_a_seat_of_later_opens_no_board_of_before(world, planted):
    item, current = planted
    close_all(world, item, current)
    seat = world.council.seats.get(user=world["member2"])
    seat.valid_to = item.session.held_on - timedelta(days=1)
    seat.save()
    assert not board_items(world["member2"]).exists()
    assert not ScoreSheet.objects.visible_to(world["member2"]).exclude(seat=seat).exists()


def test_who_has_a_conflict_sees_neither_dossier_nor_board(world, planted):
    item, current = planted
    council.declare(item, by=world["member3"], has_conflict=True, statement="Góp vốn")
    for member in ("chair", "member2"):
        marking.save_sheet(current, by=world[member], answers=answers_worth(world.criteria_set, TOTAL - 3))
        marking.submit_sheet(current, by=world[member])
    council.close_marking(current, by=world["chair"])
    client = Client()
    client.force_login(world["member3"])
    assert client.get(reverse("evaluation:item-board", args=[item.pk])).status_code == 404
    assert client.get(reverse("evaluation:dossier-detail", args=[item.dossier.code])).status_code == 404
    assert client.get(reverse("evaluation:sheet-review", args=[item.pk])).status_code == 403


def test_a_producer_reads_the_outcome_and_no_sheet(world, planted):
    item, current = planted
    close_all(world, item, current)
    council.settle_finding(item.disqualifier_findings.get(), confirmed=False, by=world["chair"])
    council.close_item(item, by=world["chair"])
    client = Client()
    client.force_login(world["owner"])
    page = client.get(reverse("evaluation:dossier-council", args=[item.dossier.code])).content.decode()
    assert "Đề nghị công nhận" in page
    assert "Chênh lệch" not in page
    assert leaks(page) == []
