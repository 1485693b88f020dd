"""The commune's desk in the browser's words: pages, presses, refusals, two people at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import commune
from ocop.evaluation.models import CommuneReport
from ocop.evaluation.tests.world import REPORT, make_world
from ocop.kit import clock, once

pytestmark = pytest.mark.django_db

TEXTS = {key: str(value) for key, value in REPORT.items()}


@pytest.fixture
def world():
    return make_world()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, row, *more) -> str:
    return reverse(f"evaluation:{name}", args=[row.code, *more])


def test_receiving_starts_the_clock_and_gives_the_product_its_code(world):
    row = world.walk_to("submitted")
    client = client_of(world["commune_officer"])
    answer = client.post(url("commune-receive", row), {"on": clock.today().isoformat()})
    row.refresh_from_db()
    row.product.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, url("commune-report", row))
    assert (row.state, row.received_on) == ("commune_review", clock.today())
    assert row.product.code.endswith(f"-{clock.today().year}")
    assert "còn 15 ngày làm việc" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(("days", "words"), [(1, "tương lai"), (-1, "trước ngày nộp")])
def test_a_day_of_receipt_that_cannot_be_is_refused_and_kept_on_the_page(world, days, words):
    row = world.walk_to("submitted")
    day = (clock.today() + timedelta(days=days)).isoformat()
    answer = client_of(world["commune_officer"]).post(url("commune-receive", row), {"on": day})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "submitted")
    assert words in answer.content.decode()
    assert f'value="{day}"' in answer.content.decode()


def test_pressing_receive_twice_leaves_one_move(world):
    row = world.walk_to("submitted")
    client = client_of(world["commune_officer"])
    sent = {"on": clock.today().isoformat(), "once": once.new_key()}
    first, second = (client.post(url("commune-receive", row), sent) for _ in range(2))
    assert (first.url, second.url) == (url("commune-report", row),) * 2
    assert row.moves.filter(name="receive").count() == 1


def test_a_fault_without_a_note_is_refused(world):
    row = world.walk_to("submitted")
    answer = client_of(world["commune_officer"]).post(
        url("commune-checks", row), {"verdict_form01": "missing", "note_form01": " "}
    )
    assert answer.status_code == 422
    assert "Ghi rõ thiếu gì, sai gì" in answer.content.decode()
    assert not row.intake_checks.exists()


def test_faults_become_the_text_of_the_return(world):
    row = world.walk_to("commune_review")
    client = client_of(world["commune_officer"])
    client.post(
        url("commune-checks", row),
        {"verdict_evidence": "missing", "note_evidence": "Thiếu phiếu kiểm nghiệm"},
    )
    page = client.get(url("commune-intake", row)).content.decode()
    assert "1. Minh chứng theo thứ tự tiêu chí – thiếu: Thiếu phiếu kiểm nghiệm" in page


def test_returning_without_a_reason_is_refused(world):
    row = world.walk_to("commune_review")
    answer = client_of(world["commune_officer"]).post(url("commune-return", row), {"reason": "  "})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "commune_review")
    assert "không trả lại hồ sơ mà không nêu lý do" in answer.content.decode()


def test_returning_stops_the_clock_and_keeps_the_reason(world):
    row = world.walk_to("commune_review")
    client = client_of(world["commune_officer"])
    answer = client.post(url("commune-return", row), {"reason": "Bổ sung hợp đồng mua cá."})
    row.refresh_from_db()
    assert (answer.status_code, row.state, row.due_on) == (302, "returned_by_commune", None)
    assert row.moves.get(name="return_to_producer").reason == "Bổ sung hợp đồng mua cá."
    assert "Đồng hồ đang dừng" in client.get(url("commune-intake", row)).content.decode()


def test_form_03_starts_from_the_figures_of_form_02(world):
    row = world.walk_to("commune_review")
    form = client_of(world["commune_officer"]).get(url("commune-report", row)).context["form"]
    assert [form[name].value() for name in ("material_share", "labour_total", "labour_local")] == [
        "80",
        "12",
        "10",
    ]
    assert form["proposal"].value() == (
        f"UBND {world.commune.full_name} đề nghị UBND {world.province.full_name} xem xét, đánh giá, phân hạng "
        "sản phẩm “Nước mắm Kỳ Thử” của Hợp tác xã Nước mắm Kỳ Thử."
    )


def test_form_03_shows_the_producers_own_claims(world):
    row = world.walk_to("commune_review")
    pairs = client_of(world["commune_officer"]).get(url("commune-report", row)).context["pairs"]
    assert [(part.key, [claim.code for claim in part.claims]) for part, _, _ in pairs] == [
        ("material", ["1.1"]), ("labour", ["3.3"]), ("idea", ["2.1"]), ("identity", ["5.1", "5.3"]),
    ]  # fmt: skip


def test_autosave_answers_the_new_version(world):
    row = world.walk_to("commune_review")
    client = client_of(world["commune_officer"])
    for version in (0, 1):
        answer = client.post(
            url("commune-report", row), {"version": version, "material": f"Bản {version}"},
            headers={"X-Requested-With": "autosave"},
        )  # fmt: skip
        assert answer.json() == {"fields": {"version": version + 1}}
    assert CommuneReport.objects.get(dossier=row).material == "Bản 1"


def test_two_officers_lose_nothing(world):
    row = world.walk_to("commune_review")
    commune.save_report(row, values={"material": "Của đồng nghiệp"}, by=world["commune_leader"])
    client = client_of(world["commune_officer"])
    answer = client.post(url("commune-report", row), {**TEXTS, "version": 0, "material": "Của tôi"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("Của tôi" in page, "Của đồng nghiệp" in page) == (True, True)
    assert CommuneReport.objects.get(dossier=row).material == "Của đồng nghiệp"
    again = client.post(
        url("commune-report", row),
        {**TEXTS, "version": answer.context["form"]["version"].value(), "material": "Của tôi"},
    )
    assert again.status_code == 302
    assert CommuneReport.objects.get(dossier=row).material == "Của tôi"


def test_contradicting_labour_figures_are_refused(world):
    row = world.walk_to("commune_review")
    answer = client_of(world["commune_officer"]).post(
        url("commune-report", row), {**TEXTS, "version": 0, "labour_total": "5", "labour_local": "9"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "labour_local": ["Lao động địa phương đang nhiều hơn tổng số lao động."]
    }
    assert not CommuneReport.objects.exists()


def test_the_leader_signs_and_the_dossier_joins_the_round(world):
    row = world.walk_to("commune_review")
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    client = client_of(world["commune_leader"])
    page = client.get(url("commune-sign", row))
    assert (page.context["refusals"], page.context["round"]) == ((), world.round)
    answer = client.post(url("commune-sign", row), {"letter_number": "", "letter_on": ""})
    row.refresh_from_db()
    report = CommuneReport.objects.get(dossier=row)
    assert (answer.status_code, row.state, row.round) == (302, "proposed", world.round)
    assert (report.signed_by, report.letter_number, report.letter_on) == (world["commune_leader"], "", None)


def test_an_officer_sees_the_page_but_does_not_sign(world):
    row = world.walk_to("commune_review")
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    client = client_of(world["commune_officer"])
    assert client.get(url("commune-sign", row)).status_code == 200
    assert client.post(url("commune-sign", row), {}).status_code == 403
    row.refresh_from_db()
    assert row.state == "commune_review"
    assert CommuneReport.objects.get(dossier=row).signed_by is None


def test_signing_an_unfinished_report_says_what_is_missing(world):
    row = world.walk_to("commune_review")
    commune.save_report(row, values={"material": "Có", "proposal": "Đề nghị."}, by=world["commune_officer"])
    answer = client_of(world["commune_leader"]).post(url("commune-sign", row), {})
    assert answer.status_code == 422
    assert "Mẫu 03 còn thiếu: Sử dụng lao động địa phương" in answer.content.decode()


PAGES = ("commune-intake", "commune-report", "commune-read", "commune-preview", "commune-sign")


@pytest.mark.parametrize("name", PAGES)
def test_strangers_get_404_and_the_producer_403(world, name):
    row = world.walk_to("commune_review")
    found = {
        person: client_of(world[person]).get(url(name, row)).status_code
        for person in ("other_officer", "stranger", "admin", "advisory", "owner")
    }
    assert found == {"other_officer": 404, "stranger": 404, "admin": 404, "advisory": 404, "owner": 403}


@pytest.mark.parametrize(
    "name", ["commune-checks", "commune-receive", "commune-return", "commune-report", "commune-sign"]
)
def test_strangers_cannot_send_either(world, name):
    row = world.walk_to("submitted")
    found = {
        person: client_of(world[person]).post(url(name, row), {}).status_code
        for person in ("other_officer", "stranger", "owner")
    }
    assert found == {"other_officer": 404, "stranger": 404, "owner": 403}


def test_the_province_reads_form_03_only_once_it_was_sent(world):
    row = world.walk_to("proposed")
    client = client_of(world["advisory"])
    assert client.get(url("commune-read", row)).status_code == 200
    assert client.get(url("commune-intake", row)).status_code == 403
