"""An inspection on a phone that loses the net in the middle, comes back, and meets a colleague's answers."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from ocop.files.tests.factories import picture
from ocop.kit.registers import REGISTERS
from ocop.producers.tests.factories import ProducerFactory
from ocop.quality.actions import visits
from ocop.quality.models import Answer, AnswerEntry
from ocop.quality.tests.world import World, make_world, questions
from tests.browser.conftest import PHONE
from tests.browser.road import assert_sound


@pytest.fixture
def offices(live_server) -> World:
    """Two departments, a producer, people."""
    return make_world()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph of the phone."""
    path = tmp_path / "xuong.jpg"
    path.write_bytes(picture())
    return path


def tap(window: Page, code: str, label: str) -> None:
    """Press an answer as a thumb does: on its words."""
    box = window.locator(f"#cau-{code}")
    box.get_by_text(label, exact=True).click()


def answers() -> list[tuple[str, str, str]]:
    return sorted(Answer.objects.values_list("question__code", "value", "note"))


def test_answers_and_photographs_survive_a_lost_net_and_are_sent_once_each(
    page: Callable[..., Page], offices: World, photo: Path, shoot: Callable
) -> None:
    visit = offices.visit(state="under_way", areas=("label",))
    first, second, third, fourth = (question.code for question in questions(visit))
    window = page(PHONE, user=offices["health"])
    window.goto(reverse("quality:sheet", args=[visit.pk]))
    assert_sound(window)
    tap(window, first, "Đạt")
    expect(window.locator(f"#cau-{first} [data-answer-state]")).to_have_text(re.compile("đã lưu lúc"))
    assert answers() == [(first, "yes", "")]

    window.context.set_offline(True)
    tap(window, second, "Không đạt")
    window.locator(f"#gc-{second}").fill("Sao in trên sản phẩm chưa được công nhận")
    tap(window, third, "Không áp dụng")
    window.locator(f"#tep-{second}").set_input_files(photo)
    expect(window.locator(".field-save [data-save-state], .field-save .save-state").first).to_contain_text(
        "mất mạng, máy này đang giữ"
    )
    expect(window.locator(f"#cau-{second} .upload-row")).to_contain_text("chờ gửi")
    expect(window.locator("[data-check-count]")).to_have_text("3")
    shoot(window, "kiem-tra-mat-mang")
    window.get_by_role("link", name="Lập, ký biên bản").click()
    expect(window.locator(".offline-note")).to_contain_text("Đang mất mạng")
    assert answers() == [(first, "yes", "")]

    window.context.set_offline(False)
    expect(window.locator(f"#cau-{third} [data-answer-state]")).to_have_text(re.compile("đã lưu lúc"))
    expect(window.locator(f"#cau-{second} [data-answer-state]")).to_have_text(re.compile("đã lưu lúc"))
    expect(window.locator(f"#anh-{second} img")).to_have_count(1)
    wanted = [
        (first, "yes", ""),
        (second, "no", "Sao in trên sản phẩm chưa được công nhận"),
        (third, "na", ""),
    ]
    assert answers() == sorted(wanted)
    assert visit.photos.count() == 1

    tap(window, fourth, "Đạt")
    expect(window.locator(f"#cau-{fourth} [data-answer-state]")).to_have_text(re.compile("đã lưu lúc"))
    window.reload()
    assert AnswerEntry.objects.count() == 4  # nothing waited any more, nothing came twice
    expect(window.locator(f"#gc-{second}")).to_have_value("Sao in trên sản phẩm chưa được công nhận")
    window.get_by_role("link", name="Lập, ký biên bản").click()
    window.locator("[name=signer_name]").fill("Trần Thị Lan")
    assert_sound(window)
    window.locator("main form button[type=submit]").first.click()
    window.wait_for_url(f"**{visit.get_absolute_url()}")
    visit.refresh_from_db()
    assert (visit.state, visit.signer_name) == ("signed", "Trần Thị Lan")


def test_a_page_closed_without_a_net_gives_its_answers_back_when_it_is_opened_again(
    page: Callable[..., Page], offices: World
) -> None:
    visit = offices.visit(state="under_way", areas=("tracing",))
    code = questions(visit)[0].code
    window = page(PHONE, user=offices["health"])
    url = reverse("quality:sheet", args=[visit.pk])
    window.goto(url)
    window.context.set_offline(True)
    tap(window, code, "Không đạt")
    expect(window.locator(f"#cau-{code} [data-answer-state]")).to_have_text("chờ gửi")
    context = window.context
    window.close()
    context.set_offline(False)
    again = context.new_page()
    again.faults = []
    again.goto(url)
    expect(again.locator(f"#cau-{code} [data-answer-state]")).to_have_text(re.compile("đã lưu lúc"))
    assert answers() == [(code, "no", "")]


def test_two_phones_that_answer_otherwise_show_both_and_the_person_chooses(
    page: Callable[..., Page], offices: World, shoot: Callable
) -> None:
    visit = offices.visit(state="under_way", areas=("tracing",))
    one, other, _ = questions(visit)
    window = page(PHONE, user=offices["health"])
    window.goto(reverse("quality:sheet", args=[visit.pk]))
    window.context.set_offline(True)
    tap(window, one.code, "Không đạt")
    tap(window, other.code, "Không đạt")
    slow: list[Route] = []  # the second answer is still on its way when the person chooses for the first
    window.route(f"**/cau/{other.code}/", lambda route: slow.append(route))
    for question in (one, other):
        visits.answer_question(visit, question, value="yes", note="Quét được", by=offices["health2"])
    window.context.set_offline(False)
    box = window.locator(f"#cau-{one.code}")
    expect(box).to_contain_text("Người health2 đã trả lời câu này")
    shoot(window, "kiem-tra-hai-may")
    box.get_by_role("button", name=re.compile("Giữ của tôi")).click()
    assert slow
    for request in slow:
        request.continue_()
    window.unroute(f"**/cau/{other.code}/")
    expect(box.locator("[data-answer-state]")).to_have_text(re.compile("đã lưu lúc"))
    window.locator(f"#cau-{other.code}").get_by_role("button", name="Lấy của đồng nghiệp").click()
    expect(window.locator(f"#gc-{other.code}")).to_have_value("Quét được")
    assert answers() == sorted([(one.code, "no", ""), (other.code, "yes", "Quét được")])


def test_the_checklist_is_a_plain_form_without_javascript(
    page: Callable[..., Page], offices: World, photo: Path
) -> None:
    visit = offices.visit(state="under_way", areas=("tracing",))
    window = page(PHONE, user=offices["health"], java_script_enabled=False)
    window.goto(reverse("quality:sheet", args=[visit.pk]))
    codes = [question.code for question in questions(visit)]
    for code in codes:
        window.locator(f"#cau-{code} input[value=no]").check()
    window.locator(f"[name=gc-{codes[0]}]").fill("Mã không quét được")
    window.locator(f"#tep-{codes[0]}").set_input_files(photo)
    window.get_by_role("button", name="Lưu phần này").click()
    expect(window.locator("main")).to_contain_text("Đã lưu phần Truy xuất nguồn gốc")
    assert answers() == sorted(
        [(codes[0], "no", "Mã không quét được"), *((code, "no", "") for code in codes[1:])]
    )
    assert visit.photos.count() == 1


def test_a_long_list_of_choices_is_searched_without_marks(
    page: Callable[..., Page], offices: World, shoot: Callable
) -> None:
    wanted = ProducerFactory(name="Hợp tác xã Nước mắm Đỉnh Bàn", unit=offices.commune)
    for number in range(20):
        ProducerFactory(name=f"Cơ sở Kẹo cu đơ {number}", unit=offices.commune)
    window = page(PHONE, user=offices["health"])
    window.goto(REGISTERS["quality-visits"].url("create"))
    box, choice = window.get_by_label("Tìm trong: Chủ thể"), window.locator("[name=producer]")
    whole = choice.locator("option").count()
    box.fill("keo cu do")
    expect(choice.locator("option")).to_have_count(21)  # and the empty one
    shoot(window, "chon-trong-danh-sach")
    box.fill("nuoc mam dinh")
    expect(window.locator(".choices-count")).to_have_text("1 mục phù hợp, đã chọn")
    expect(choice).to_have_value(str(wanted.pk))
    box.fill("khong co")
    expect(window.locator(".choices-count")).to_have_text("Không có mục nào phù hợp")
    expect(choice).to_have_value(str(wanted.pk))
    box.fill("")
    expect(choice.locator("option")).to_have_count(whole)
    assert_sound(window)
