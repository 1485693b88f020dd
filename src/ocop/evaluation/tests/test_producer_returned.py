"""What the producer reads after a return and at the end: the right clock, the next press, the way to the result."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ocop.evaluation.actions.road import advance
from ocop.evaluation.queries.mine import line_of
from ocop.evaluation.queries.record import road_of
from ocop.evaluation.tests.world import make_world
from ocop.kit import clock
from ocop.kit.formats import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def owner(client, world):
    client.force_login(world["owner"])
    return client


def text(owner, name, row):
    return owner.get(reverse(f"evaluation:{name}", args=[row.code])).content.decode()


def hand_in(owner, row):
    owner.post(reverse("evaluation:dossier-check", args=[row.code]), {"commitment": "on", "once": "again"})
    row.refresh_from_db()


def test_what_the_province_sent_back_keeps_its_round_and_goes_back_to_the_province(owner, world):
    row = world.walk_to("province_intake")
    advance(row, "ask_supplement", by=world["advisory"], reason="Thiếu hợp đồng liên kết.")
    page = text(owner, "dossier-write", row)
    assert f"tỉnh xếp hạng trước hết ngày {day(row.round.rank_by)}" in page
    assert "Nộp chậm nhất" not in page
    assert "Tiếp tục: Kiểm tra và nộp bổ sung" in page
    hand_in(owner, row)
    after = text(owner, "dossier-submitted", row)
    assert row.state == "province_intake"
    assert "Cơ quan phụ trách OCOP cấp tỉnh kiểm tra phần bổ sung" in after
    assert "tiếp nhận và đánh giá trong" not in after


def test_what_the_commune_sent_back_has_only_the_days_that_are_left(owner, world):
    row = world.walk_to("commune_review")
    earlier = clock.now() - timedelta(days=3)
    advance(row, "return_to_producer", by=world["commune_officer"], reason="Ảnh nhãn bị mờ.", at=earlier)
    page = text(owner, "dossier-write", row)
    assert "xã còn <strong>15 ngày làm việc</strong>" in page
    assert "Nộp chậm nhất" not in page
    hand_in(owner, row)
    # Back on this very day: the day is not counted, but nothing says any more that the clock stands.
    assert "đánh giá tiếp: còn 15 ngày làm việc" in text(owner, "dossier-submitted", row)


def test_recognised_dossier_leads_to_its_result_with_the_certificate_first(owner, world):
    row = world.walk_to("awaiting_decision")
    assert (line_of(row).action, road_of(row)[-1]["state"]) == ("Xem", "todo")
    world.recognise(row)
    row.refresh_from_db()
    line = line_of(row)
    assert (line.action, line.url) == ("Xem kết quả", reverse("evaluation:dossier-outcome", args=[row.code]))
    assert [step["state"] for step in road_of(row)] == ["done"] * 7
    page = text(owner, "dossier-outcome", row)
    assert page.index("Giấy chứng nhận của sản phẩm") < page.index("Kết quả của Hội đồng")


def test_dossier_taken_back_stopped_where_it_was(owner, world):
    row = world.walk_to("submitted")
    advance(row, "withdraw", by=world["owner"], reason="Chờ kiểm nghiệm")
    row.refresh_from_db()
    assert [step["state"] for step in road_of(row)] == ["done", "blocked", *["todo"] * 5]
    page = text(owner, "dossier-detail", row)
    assert "bấm “Soạn lại”" in page
    assert "Hồ sơ đã kết thúc" not in page
