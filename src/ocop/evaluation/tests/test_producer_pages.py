"""The producer's pages: steps, criteria, evidence, handing in, what others read; queries that do not grow."""

import pytest
from django.urls import reverse

from ocop.evaluation.actions import dossier as actions
from ocop.evaluation.actions.road import advance
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import FORM_01, FORM_02, answers_worth, make_world
from ocop.files.actions import store
from ocop.files.tests.factories import pdf, picture, sent
from ocop.kit.testing import counted
from ocop.producers.actions import let_help
from ocop.products.actions import add_paper, open_product

pytestmark = pytest.mark.django_db
AUTOSAVE = {"X-Requested-With": "autosave", "Accept": "application/json"}


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def owner(client, world):
    client.force_login(world["owner"])
    return client


def at(name, row, *more):
    return reverse(f"evaluation:{name}", args=[row.code, *more])


def seen(page):
    """The mark that a page was opened with."""
    return page.context["form"]["seen"].value()


def test_road_from_the_product_to_the_submission_in_the_pages(owner, world):
    open_url = reverse("evaluation:dossier-open", args=[world.product.public_code])
    chosen = {"criteria_set": world.criteria_set.pk, "kind": "first", "once": "a"}
    there = owner.post(open_url, chosen)
    assert owner.post(open_url, chosen).url == there.url
    row = Dossier.objects.get()
    assert there.url == at("dossier-write", row)
    for form, answers in (("form01", FORM_01), ("form02", FORM_02)):
        actions.save_form(row, form=form, answers=answers, by=world["owner"])
    for code, place in answers_worth(world.criteria_set, 78).items():
        assert owner.post(at("dossier-criterion", row, code), {"place": place, "note": ""}).status_code == 302
    for _ in range(2):
        answer = owner.post(at("dossier-check", row), {"commitment": "on", "once": "b"})
        assert (answer.status_code, answer.url) == (302, at("dossier-submitted", row))
    row.refresh_from_db()
    assert (row.state, row.moves.count(), row.submissions.count()) == ("submitted", 1, 1)
    assert owner.get(at("dossier-submitted", row)).status_code == 200


def test_step_keeps_figures_and_leads_on(owner, world):
    row = world.open_dossier()
    url = at("dossier-step", row, "doanh-thu")
    answer = owner.post(
        url, {"output": "30.000 lít", "revenue": "2,4 tỷ", "profit": "", "seen": seen(owner.get(url))}
    )
    row.refresh_from_db()
    assert answer.url == at("dossier-step", row, "ke-hoach") + "?xong=doanh-thu"
    assert row.form02 == {"output": "30.000 lít", "revenue": 2_400_000_000, "profit": None}
    assert owner.get(url).context["form"]["revenue"].value() == "2.400.000.000"


def test_figure_that_cannot_be_read_is_said_beside_the_field_and_kept(owner, world):
    row = world.open_dossier()
    answer = owner.post(
        at("dossier-step", row, "lao-dong"), {"labour_total": "mười hai", "labour_local": "10"}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["labour_total"]
    assert 'value="mười hai"' in answer.content.decode()
    row.refresh_from_db()
    assert row.form02 == {}


def test_autosave_keeps_and_answers_the_next_mark(owner, world):
    row = world.open_dossier()
    url = at("dossier-step", row, "san-pham")
    first = owner.post(url, {"spec": "Chai", "seen": seen(owner.get(url))}, headers=AUTOSAVE).json()
    second = owner.post(url, {"spec": "Chai 330 ml", **first["fields"]}, headers=AUTOSAVE)
    row.refresh_from_db()
    assert (second.status_code, row.form02["spec"]) == (200, "Chai 330 ml")
    assert first["fields"]["seen"] != second.json()["fields"]["seen"]


def test_two_at_one_step_see_both_texts_and_nothing_is_lost(owner, world):
    row = world.open_dossier()
    url = at("dossier-step", row, "san-pham")
    mark = seen(owner.get(url))
    owner.post(url, {"spec": "Bản thứ nhất", "seen": mark})
    late = owner.post(url, {"spec": "Bản thứ hai", "seen": mark})
    assert late.status_code == 409
    assert late.context["theirs"] == [("Quy cách sản phẩm", "Bản thứ nhất")]
    assert late.context["form"]["spec"].value() == "Bản thứ hai"
    assert owner.post(url, {"spec": "Bản thứ hai", "seen": seen(late)}).status_code == 302
    row.refresh_from_db()
    assert row.form02["spec"] == "Bản thứ hai"


def test_decomposed_text_is_kept_composed_and_old_coding_is_warned_about(owner, world):
    row = world.open_dossier()
    url = at("dossier-step", row, "san-pham")
    owner.post(url, {"spec": "Hộp gô\u0303"})
    row.refresh_from_db()
    assert row.form02["spec"] == "Hộp gỗ"
    old = {"spec": "N­íc m¾m ®Æc s¶n"}
    warned = owner.post(url, old)
    assert (warned.status_code, list(warned.context["form"].errors)) == (422, ["spec"])
    assert owner.post(url, {**old, "keep_text": "on"}).status_code == 302


def test_late_form_after_handing_in_shows_the_text_and_the_reason(owner, world):
    row = world.walk_to("submitted")
    answer = owner.post(at("dossier-step", row, "san-pham"), {"spec": "Sửa muộn"})
    assert answer.status_code == 409
    assert answer.context["form"]["spec"].value() == "Sửa muộn"
    assert owner.get(at("dossier-step", row, "san-pham")).url == at("dossier-forms", row)
    row.refresh_from_db()
    assert row.form02["spec"] == "Chai thủy tinh 330 ml"


def test_signed_out_in_the_middle_leads_to_the_door_and_back(client, world):
    row = world.open_dossier()
    url = at("dossier-step", row, "san-pham")
    answer = client.post(url, {"spec": "x"}, headers=AUTOSAVE)
    assert (answer.status_code, answer.url.endswith(f"?next={url}")) == (302, True)


def test_nothing_marked_is_not_called_one_star(owner, world):
    row = world.open_dossier()
    for name in ("dossier-write", "dossier-live"):
        page = owner.get(at(name, row)).content.decode()
        assert ("chưa chấm" in page, "1 sao" in page) == (True, False)


def test_result_moves_with_the_answer(owner, world):
    row = world.open_dossier()
    code = world.criteria_set.sheet.criteria[0].code
    best = world.criteria_set.sheet.criteria[0].levels_of(None)[-1]
    owner.post(
        at("dossier-criterion", row, code), {"place": best.place, "note": "Có hợp đồng"}, headers=AUTOSAVE
    )
    part = owner.get(at("dossier-live", row), {"phan": 1})
    assert part.context["view"].outcome.points == best.points
    row.refresh_from_db()
    assert (row.answers, row.answer_notes) == ({code: best.place}, {code: "Có hợp đồng"})


def test_none_of_the_levels_is_an_answer_and_differs_from_not_marked(owner, world):
    row = world.open_dossier()
    code = next(one.code for one in world.criteria_set.sheet.criteria if not one.prints_zero())
    owner.post(at("dossier-criterion", row, code), {"place": "", "note": ""})
    row.refresh_from_db()
    assert row.answers == {}
    owner.post(at("dossier-criterion", row, code), {"place": 0, "note": ""})
    row.refresh_from_db()
    assert row.answers == {code: 0}


def test_level_that_the_book_does_not_have_is_refused(owner, world):
    row = world.open_dossier()
    assert owner.post(at("dossier-criterion", row, "1.1"), {"place": 99}).status_code == 422
    assert owner.get(at("dossier-criterion", row, "99.9")).status_code == 404


def test_stars_name_the_criterion_and_the_level_that_unlock_them(owner, world):
    row = world.filled_dossier(78)
    blocked = next(
        (code, minimum)
        for code, one in world.criteria_set.sheet.by_code.items()
        for minimum in one.minimums()
        if minimum.star == 3
    )
    actions.save_answer(row, criterion=blocked[0], place=0, by=world["owner"])
    lines = owner.get(at("dossier-live", row)).context["lines"]
    known = world.criteria_set.sheet.by_code[blocked[0]]
    level = known.levels_of(None)[known.place_for(blocked[1].points) - 1]
    assert [need["text"] for need in lines[0]["needs"]] == [
        f"Tiêu chí {known.code} “{known.name}” cần mức {level.place}: {level.text}"
    ]
    assert lines[0]["needs"][0]["url"] == at("dossier-criterion", row, known.code)


def test_file_is_attached_by_script_and_without(owner, world):
    row = world.open_dossier()
    url = at("dossier-attach", row, "1.1")
    held = store(sent("anh.jpg", picture()), by=world["owner"])
    part = owner.post(url, {"key": str(held.key)}, headers={"X-Requested-With": "uploader"})
    assert (part.status_code, [one.file for one in part.context["pieces"]]) == (200, [held])
    plain = owner.post(url, {"file": sent("giay.pdf", pdf())})
    assert (plain.status_code, row.evidence.count()) == (302, 2)


def test_same_file_again_is_said_and_files_without_a_name_are_counted(owner, world):
    row = world.open_dossier()
    url, script = at("dossier-attach", row, "1.1"), {"X-Requested-With": "uploader"}
    first, second = (
        store(sent(name, picture(colour=colour)), by=world["owner"])
        for name, colour in (("a.jpg", "navy"), ("b.jpg", "teal"))
    )
    told = [
        owner.post(url, {"key": str(file.key)}, headers=script).headers.get("X-Already-There")
        for file in (first, second, first)
    ]
    assert (told, row.evidence.count()) == ([None, None, "1"], 2)
    page = owner.get(at("dossier-criterion", row, "1.1"))
    assert [one.name for one in page.context["pieces"]] == ["Ảnh chụp 1", "Ảnh chụp 2"]
    piece = row.evidence.order_by("pk").first()
    gone = owner.post(at("dossier-detach", row, piece.pk), follow=True)
    assert [str(message) for message in gone.context["messages"]] == ["Đã bỏ minh chứng."]
    page = owner.get(at("dossier-criterion", row, "1.1"))
    assert [one.name for one in page.context["pieces"]] == ["Ảnh chụp"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bao-cao.docx", b"PK\x03\x04" + b"0" * 64, "file.office"),
        ("khoa.pdf", pdf(encryption=__import__("pikepdf").Encryption(owner="a", user="b")), "pdf.encrypted"),
        ("rong.pdf", b"", "file.empty"),
    ],
)
def test_file_that_is_not_taken_is_said_and_nothing_is_attached(owner, world, name, content, code):
    row = world.open_dossier()
    url = at("dossier-attach", row, "1.1")
    script = {"X-Requested-With": "uploader", "Accept": "application/json"}
    answer = owner.post(url, {"file": sent(name, content)}, headers=script)
    assert (answer.status_code, answer.json()["refusals"][0]["code"]) == (422, code)
    page = owner.post(url, {"file": sent(name, content)}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [answer.json()["refusals"][0]["reason"]]
    assert row.evidence.count() == 0


def test_paper_of_another_producer_is_not_attached(owner, world):
    from ocop.producers.actions.register import open_producer

    row = world.open_dossier()
    other = open_producer(name="Hộ khác", form="household", unit=world.commune, by=world["commune_officer"])
    paper = add_paper(other, kind="tests", by=world["commune_officer"])
    owner.post(at("dossier-attach", row, "1.1"), {"paper": paper.code})
    assert row.evidence.count() == 0


def test_evidence_is_taken_off_and_the_paper_stays(owner, world):
    row = world.open_dossier()
    paper = add_paper(world.producer, kind="tests", by=world["owner"])
    owner.post(at("dossier-attach", row, "1.1"), {"paper": paper.code})
    piece = row.evidence.get()
    for _ in range(2):
        answer = owner.post(at("dossier-detach", row, piece.pk), {"criterion": "1.1"})
        assert answer.url == at("dossier-criterion", row, "1.1") + "#minh-chung"
    paper.refresh_from_db()
    assert (row.evidence.count(), paper.withdrawn_at) == (0, None)


def test_evidence_is_put_in_order_and_described(owner, world):
    row = world.open_dossier()
    first, second = (
        actions.attach_evidence(
            row, criterion="1.1", file=store(sent(name, make()), by=world["owner"]), by=world["owner"]
        )
        for name, make in (("a.pdf", pdf), ("b.jpg", picture))
    )
    there = at("dossier-criterion", row, "1.1") + "#minh-chung"
    said = owner.post(at("dossier-arrange", row, second.pk), {"viec": "ghi", "caption": "Xưởng sấy"})
    moved = owner.post(at("dossier-arrange", row, second.pk), {"viec": "len"})
    again = owner.post(at("dossier-arrange", row, second.pk), {"viec": "len"})
    assert [answer.url for answer in (said, moved, again)] == [there] * 3
    assert list(row.evidence.values_list("pk", "caption")) == [(second.pk, "Xưởng sấy"), (first.pk, "")]
    owner.post(at("dossier-arrange", row, second.pk), {"viec": "xuong"})
    assert list(row.evidence.values_list("pk", flat=True)) == [first.pk, second.pk]


def test_unmarked_criteria_stand_together(owner, world):
    row = world.open_dossier()
    page = owner.get(at("dossier-check", row))
    codes = list(world.criteria_set.sheet.by_code)
    assert [one.gap.subject for one in page.context["unmarked"]] == codes
    assert [one for one in page.context["blocking"] if one.gap.code.startswith("answers.")] == []
    assert f"{len(codes)} tiêu chí chưa tự chấm" in page.content.decode()


def test_officer_submits_only_with_the_owners_consent(client, world):
    officer = world["commune_officer"]
    row = actions.open_dossier(world.product, criteria_set=world.criteria_set, by=officer)
    client.force_login(officer)
    without = client.get(at("dossier-check", row))
    assert (without.context["may_submit"], officer.username in without.content.decode()) == (False, True)
    let_help(world.producer, officer, by=world["owner"], agreed=True)
    assert client.get(at("dossier-check", row)).context["may_submit"] is True


def test_products_that_wait_for_the_producer_come_first(owner, world):
    row = world.open_dossier()
    Dossier.objects.filter(pk=row.pk).update(state="submitted")
    later = open_product(
        world.producer, name="Zz đến sau", by=world["owner"], criteria_set=world.criteria_set
    )
    kept = actions.open_dossier(later, criteria_set=world.criteria_set, by=world["owner"])
    page = owner.get(reverse("evaluation:my-dossiers"))
    found = [one.product.pk for one in page.context["businesses"][0].products]
    assert found == [kept.product_id, row.product_id]


def test_incomplete_dossier_lists_everything_with_its_place(owner, world):
    row = world.open_dossier()
    page = owner.post(at("dossier-check", row), {"commitment": "on", "once": "c"})
    places = {one.gap.code: one.url for one in page.context["blocking"] + page.context["unmarked"]}
    assert page.status_code == 422
    assert places["form02.spec"] == at("dossier-step", row, "san-pham")
    assert places["answers.1.1"] == at("dossier-criterion", row, "1.1")
    row.refresh_from_db()
    assert (row.state, row.submissions.count()) == ("draft", 0)


@pytest.mark.parametrize(("points", "warned"), [(40, True), (78, False)])
def test_fewer_than_three_stars_are_warned_about_before_handing_in(owner, world, points, warned):
    page = owner.get(at("dossier-check", world.filled_dossier(points))).content.decode()
    assert ("Hồ sơ đã đủ để nộp" in page, "Tự chấm chưa tới 3 sao" in page) == (True, warned)


def test_without_the_pledge_nothing_is_handed_in(owner, world):
    row = world.filled_dossier()
    assert owner.post(at("dossier-check", row), {"once": "d"}).status_code == 422
    row.refresh_from_db()
    assert row.state == "draft"


def test_returned_dossier_shows_the_reason_on_top(owner, world):
    row = world.walk_to("submitted")
    advance(row, "return_to_producer", by=world["commune_officer"], reason="Ảnh nhãn bị mờ.")
    for name in ("dossier-write", "dossier-check"):
        page = owner.get(at(name, row))
        assert page.context["returned"]["reason"] == "Ảnh nhãn bị mờ."
        assert "Ảnh nhãn bị mờ." in page.content.decode()


def test_withdrawn_is_opened_again_from_its_page(owner, world):
    row = world.filled_dossier()
    owner.post(at("dossier-withdraw", row), {"reason": "Chờ kiểm nghiệm", "once": "e"})
    assert owner.get(at("dossier-again", row)).status_code == 200
    first = owner.post(at("dossier-again", row), {"once": "f"})
    assert owner.post(at("dossier-again", row), {"once": "f"}).url == first.url
    assert Dossier.objects.count() == 2


def test_page_says_for_whom_one_acts(client, world):
    row = actions.open_dossier(world.product, criteria_set=world.criteria_set, by=world["commune_officer"])
    client.force_login(world["commune_officer"])
    assert "Bạn là cán bộ, đang soạn giúp" in client.get(at("dossier-write", row)).content.decode()
    assert client.get(at("dossier-check", row)).context["may_submit"] is False
    client.force_login(world["owner"])
    assert client.get(at("dossier-write", row)).context["acting"] == ""


PAGES = ("dossier-write", "dossier-scores", "dossier-live", "dossier-check",
         "dossier-forms", "dossier-evidence", "dossier-selfscore")  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_stranger_finds_nothing(client, world, name):
    row = world.open_dossier()
    for person in ("stranger", "other_officer", "advisory", "admin"):
        client.force_login(world[person])
        assert client.get(at(name, row)).status_code == 404
    client.force_login(world["owner"])
    assert client.get(at(name, row)).status_code == 200


def test_reader_of_a_dossier_does_not_write_it(client, world):
    row = world.walk_to("province_intake")
    client.force_login(world["advisory"])
    assert client.post(at("dossier-step", row, "san-pham"), {"spec": "x"}).status_code == 403
    for name in ("dossier-forms", "dossier-evidence", "dossier-selfscore"):
        assert client.get(at(name, row)).status_code == 200


def test_personal_data_stays_out_of_titles_and_is_masked(owner, world):
    row = world.open_dossier()
    page = owner.get(at("dossier-write", row)).content.decode()
    assert "T. T. Lan" in page
    assert "Trần Thị Lan" not in page.split("<main")[1].split("</main>")[0]


def test_queries_do_not_grow_with_evidence_and_papers(owner, world):
    row = world.filled_dossier()
    costs = []
    for total in (1, 6):
        for number in range(row.evidence.count(), total):
            file = store(sent("giay.pdf", pdf(number + 1)), by=world["owner"])
            paper = add_paper(world.producer, kind="tests", by=world["owner"], file=file)
            actions.attach_evidence(row, by=world["owner"], criterion="1.1", paper=paper)
            add_paper(world.producer, kind="ip", by=world["owner"], number=str(number))
        cost = []
        for url in (at("dossier-criterion", row, "1.1"), *(at(name, row) for name in PAGES)):
            owner.get(url)
            with counted() as queries:
                assert owner.get(url).status_code == 200
            cost.append(len(queries))
        costs.append(cost)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 45


def test_queries_of_the_list_do_not_grow_with_products(owner, world):
    from ocop.products.actions.product import open_product

    costs = []
    for total in (1, 5):
        for number in range(world.producer.products.count(), total):
            made = open_product(
                world.producer, name=f"Sản phẩm {number}", by=world["owner"], criteria_set=world.criteria_set
            )
            world.open_dossier(made)
        owner.get(reverse("evaluation:my-dossiers"))
        with counted() as queries:
            page = owner.get(reverse("evaluation:my-dossiers"))
        assert len(page.context["businesses"][0].products) == total
        costs.append(len(queries))
    assert costs[0] == costs[1]
