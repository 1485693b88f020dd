from datetime import date

import pytest
from django.contrib.auth import get_user_model

from ocop.kit import clock, excel, once, registry
from ocop.kit.errors import Refused
from ocop.kit.models import ImportBatch
from ocop.kit.registers import REGISTERS, history, install, sheets
from ocop.kit.registers.editing import VERSION
from ocop.kit.testing import RegisterTests, content_of, counted, sheet_rows, workbook
from ocop.kit.tests.sample.models import Book, Shelf
from ocop.kit.tests.sample.registers import BOOKS, BookRegister

pytestmark = [pytest.mark.django_db, pytest.mark.urls("ocop.kit.tests.sample.urls")]


def person(name="anna"):
    return get_user_model().objects.get_or_create(username=name)[0]


def shelf(name="Kệ gỗ"):
    return Shelf.objects.get_or_create(name=name)[0]


def book(number=1, owner="anna", **values):
    values = {"title": f"Truyện số {number}", "genre": "novel", "shelf": shelf(), "pages": 10, **values}
    return Book.objects.create(code=f"B{number}", owner_name=owner, **values)


class TestBooks(RegisterTests):
    register = BOOKS
    changed = {"title": "Tên mới"}

    def user(self):
        return person()

    def stranger(self):
        return person("stranger")

    def make(self, user, number):
        return book(number, user.get_username())

    def new(self):
        return {
            "code": "N1",
            "title": "Mới",
            "genre": "poems",
            "shelf": shelf().pk,
            "pages": 12,
            "price": 5000,
        }

    def sheet(self):
        shelf()
        return {
            "Mã": "007",
            "Tên sách": "Đất",
            "Thể loại": "tho",
            "Kệ": "ke go",
            "Giá": "1.000",
            "Ngày mua": "1/2/2026",
        }


@pytest.fixture
def anna(client):
    client.force_login(person())
    return client


def test_list_shows_count_filter_in_words_and_only_matching_rows(anna):
    book(1, genre="poems", bought_on=date(2026, 3, 1))
    book(2)
    page = anna.get(BOOKS.url("list"), {"genre": "poems", "bought_on__gte": "2026-01-05", "q": "truyen"})
    assert [row.code for row in page.context["page"].object_list] == ["B1"]
    assert page.context["count"] == "1 cuốn sách"
    assert page.context["found"].words == "Tìm: “truyen”; Thể loại: Thơ; Ngày mua từ: 05/01/2026"
    assert "Tìm: “truyen”; Thể loại: Thơ" in page.content.decode()


def test_filter_by_a_link_is_told_by_its_name(anna):
    book(1)
    assert anna.get(BOOKS.url("list"), {"shelf": shelf().pk}).context["found"].words == "Kệ: Kệ gỗ"


def test_htmx_gets_the_table_alone(anna):
    book(1)
    part = anna.get(BOOKS.url("list"), headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith('<div id="table">')
    assert "<html" not in part


def test_an_empty_register_says_what_would_be_here(anna):
    content = anna.get(BOOKS.url("list")).content.decode()
    assert "Sách của bạn hiện ở đây." in content
    assert BOOKS.url("create") in content
    assert "Không có mục nào khớp" in anna.get(BOOKS.url("list"), {"q": "xyz"}).content.decode()


def test_sorting_and_paging(anna):
    for number in range(30):
        book(number, pages=number + 1, price=number)
    rows = anna.get(BOOKS.url("list"), {"sap": "-price", "trang": "2"}).context["page"].object_list
    assert [row.price for row in rows] == [4, 3, 2, 1, 0]


def test_a_narrowed_list_has_the_same_pages_as_the_whole_one(anna):
    for number in range(1, 61):
        book(number, genre="novel" if number % 2 else "poems")

    def pages(**query):
        found = [
            anna.get(BOOKS.url("list"), {**query, "trang": trang}) for trang in ("1", "2", "9" * 30, "x")
        ]
        return [
            (
                [row.code for row in one.context["page"].object_list],
                one.context["page"].number,
                one.context["count"],
            )
            for one in found
        ]

    per, odd = BOOKS.per_page, [f"B{number}" for number in range(1, 61, 2)]
    assert 30 // per == 1  # two pages
    narrowed = pages(genre="novel", sap="code")
    ordered = sorted(odd)
    assert [codes for codes, _, _ in narrowed] == [ordered[:per], ordered[per:], ordered[per:], ordered[:per]]
    assert [number for _, number, _ in narrowed] == [1, 2, 2, 1]
    assert {count for _, _, count in narrowed} == {f"30 {BOOKS.words}"}
    assert [page[1:] for page in pages(q="truyện")] == [
        (1, f"60 {BOOKS.words}"), (2, f"60 {BOOKS.words}"), (3, f"60 {BOOKS.words}"), (1, f"60 {BOOKS.words}"),
    ]  # fmt: skip


def test_an_unknown_order_is_ignored(anna):
    book(1)
    assert len(anna.get(BOOKS.url("list"), {"sap": "owner__password"}).context["page"].object_list) == 1


def test_for_some_the_register_does_not_exist(client):
    client.force_login(person("outsider"))
    pages = [BOOKS.url(name) for name in ("list", "create", "export", "template", "import")]
    assert [client.get(page).status_code for page in pages] == [404] * 5


def test_who_may_not_write_sees_no_buttons_and_gets_403(client):
    client.force_login(person("guest"))
    row = book(1, "guest")
    content = client.get(BOOKS.url("list")).content.decode()
    assert (BOOKS.url("create") in content, BOOKS.url("import") in content) == (False, False)
    pages = [BOOKS.url("create"), BOOKS.url("edit", row.pk), BOOKS.url("import"), BOOKS.url("template")]
    assert [client.get(page).status_code for page in pages] == [403] * 4


def test_detail_shows_sections_tabs_of_others_and_changes(anna):
    row = book(1)
    tab = registry.Tab(
        "kit-sample", Book, "Người mượn", lambda subject: f"/muon/{subject.pk}/", count=lambda u, s: 3
    )
    registry.tabs.add(tab)
    try:
        page = anna.get(BOOKS.url("detail", row.pk))
    finally:
        registry.tabs._entries.pop("kit-sample")
    assert page.context["sections"] == [
        ("Sách", [("Tên sách", "Truyện số 1", ""), ("Mã", "B1", ""), ("Thể loại", "Tiểu thuyết", "")]),
        ("Chỗ để", [("Kệ", "Kệ gỗ", ""), ("Giá", "0 đ", ""), ("Ngày mua", "", "")]),
    ]
    assert [(entry["label"], entry["url"]) for entry in page.context["tabs"]] == [
        ("Thông tin", BOOKS.url("detail", row.pk)),
        ("Người mượn", f"/muon/{row.pk}/"),
        ("Lịch sử", BOOKS.url("history", row.pk)),
    ]


def test_history_tells_each_change_in_words_at_a_constant_cost():
    row = book(1)
    for step in range(6):
        row.shelf, row.genre, row.is_lent = shelf(f"Kệ {step}"), "poems", step % 2 == 0
        row.save()
    with counted() as queries:
        changes = history.timeline(row)
    assert len(queries) == 2
    assert changes[0]["reason"] == "Kệ: Kệ 4 → Kệ 5\nĐang cho mượn: có → không"
    assert changes[-2]["reason"] == "Thể loại: Tiểu thuyết → Thơ\nKệ: Kệ gỗ → Kệ 0\nĐang cho mượn: không → có"
    assert [change["what"] for change in changes] == ["Sửa"] * 6 + ["Thêm mới"]


def test_a_change_is_dated_by_the_clock_of_the_day(settings):
    settings.OCOP_TODAY = date(2024, 3, 5)
    row = book(1)
    row.title = "Tên mới"
    row.save()
    assert {clock.local_day(one.history_date) for one in row.history.all()} == {date(2024, 3, 5)}
    assert row.history.first().title == "Tên mới"  # the newest first, as ever


def _data(**values):
    return {"code": "N1", "title": "Mới", "genre": "poems", "shelf": shelf().pk, "price": 0, **values}


def test_dates_are_chosen_with_the_native_input(anna):
    widget = str(
        anna.get(BOOKS.url("edit", book(1, bought_on=date(2026, 3, 1)).pk)).context["form"]["bought_on"]
    )
    assert ('type="date"' in widget, 'value="2026-03-01"' in widget) == (True, True)


def test_a_yes_or_no_filter_and_its_words(anna):
    book(1, is_lent=True)
    book(2)
    page = anna.get(BOOKS.url("list"), {"is_lent": "true"})
    assert [row.code for row in page.context["page"].object_list] == ["B1"]
    assert page.context["found"].words == "Đang cho mượn: có"
    field = page.context["found"].form.fields["is_lent"]
    assert list(field.widget.choices) == [("", "Tất cả"), ("true", "có"), ("false", "không")]


def test_an_invalid_form_keeps_what_was_typed(anna):
    page = anna.post(BOOKS.url("create"), _data(title="", pages="9"))
    assert page.status_code == 422
    assert page.context["form"]["pages"].value() == "9"
    assert list(page.context["form"].errors) == ["title"]


def test_a_refusal_of_the_action_comes_back_into_the_form(anna, monkeypatch):
    def refuse(self, form, *, by, is_new):
        raise Refused("full", "Kệ đã đầy.")

    monkeypatch.setattr(BookRegister, "save", refuse)
    page = anna.post(BOOKS.url("create"), _data(once="k"))
    assert (page.status_code, page.context["form"].non_field_errors()) == (422, ["Kệ đã đầy."])
    monkeypatch.undo()
    assert anna.post(BOOKS.url("create"), _data(once="k")).status_code == 302


def test_the_page_of_a_lost_race_shows_both_values(anna):
    row = book(1)
    edit = BOOKS.url("edit", row.pk)
    opened = anna.get(edit).context["form"][VERSION].value()
    Book.objects.filter(pk=row.pk).update(title="Của người khác", pages=None)
    late = anna.post(
        edit, _data(code="B1", title="Của tôi", genre="novel", **{VERSION: opened, once.FIELD: "x"})
    )
    assert late.status_code == 409
    assert late.context["differences"] == [("Tên sách", "Của người khác", "Của tôi")]
    assert Book.objects.get(pk=row.pk).title == "Của người khác"


def test_export_follows_the_filter_and_is_announced(anna):
    book(1, genre="poems", price=1000)
    book(2)
    heard = []

    def listener(verb, **facts):
        heard.append((verb, facts.get("register"), facts.get("rows"), facts.get("filters")))

    registry.listen(listener)
    try:
        rows = sheet_rows(content_of(anna.get(BOOKS.url("export"), {"genre": "poems"})))
    finally:
        registry._listeners.remove(listener)
    assert rows[-2] == [1.0, "Truyện số 1", "B1", "Thơ", "Kệ gỗ", 10.0, 1000.0, ""]
    assert rows[-1][0] == "Tổng cộng"
    assert heard == [("register.exported", "books", 1, "Thể loại: Thơ")]


HEADS = ["Tên sách", "Mã", "Thể loại", "Kệ", "Số trang"]


def _upload(client, rows, heads=HEADS):
    answer = client.post(BOOKS.url("import"), {"file": workbook([heads, *rows])})
    return answer, (
        ImportBatch.objects.get(key=answer.url.split("/")[-2]) if answer.status_code == 302 else None
    )


def test_import_reports_each_row_and_writes_the_good_ones_with_history(anna):
    book(7)
    shelf()
    answer, batch = _upload(anna, [
        ["Đất", "D1", "thơ", "Kệ gỗ", 12],
        ["Đất nữa", "D1", "thơ", "Kệ gỗ", 12],
        ["Cũ", "B7", "tieu thuyet", "kệ gỗ", ""],
        ["", "D2", "kịch", "Kệ sắt", 0],
        ["Dài", "D3", "thơ", "Kệ gỗ", 900],
        ["H¬ng rõng", "D4", "thơ", "Kệ gỗ", 1],
    ])  # fmt: skip
    assert [(one["row"], one["kind"], one["texts"]) for one in batch.problems] == [
        (3, "twice", ["trùng với dòng 2 của tệp"]),
        (4, "known", ["đã có trong sổ, sẽ bỏ qua"]),
        (5, "error", [
            "Tên sách: bắt buộc, đang để trống",
            "Thể loại: “kịch” không có trong danh mục “Thể loại”",
            "Kệ: “Kệ sắt” không có trong danh mục “Kệ”",
            "Số trang: Cần từ 1 trở lên.",
        ]),
        (6, "error", ["tập thơ không quá 500 trang"]),
        (7, "error", [
            "Tên sách: “H¬ng rõng” có vẻ gõ bằng bảng mã TCVN3 (phông .VnTime); hãy chuyển sang Unicode rồi tải lại"
        ]),
    ]  # fmt: skip
    assert Book.objects.filter(code="D1").count() == 0
    assert "trùng với dòng 2" in anna.get(answer.url).content.decode()
    anna.post(answer.url)
    made = Book.objects.get(code="D1")
    assert (made.title, made.pages, made.shelf.name, made.owner_name) == ("Đất", 12, "Kệ gỗ", "anna")
    assert made.search_text == "d1 dat"
    record = made.history.get()
    assert (record.history_user, record.history_change_reason) == (person(), "Nhập từ Excel")
    batch.refresh_from_db()
    assert (batch.counts["created"], batch.rows, batch.counts["sample"]) == (1, [], [])
    assert "Đã nhập xong" in anna.get(answer.url).content.decode()


def test_a_row_that_somebody_entered_after_the_preview_is_left_out(anna):
    shelf()
    answer, batch = _upload(anna, [["A", "D1", "thơ", "Kệ gỗ", 1], ["B", "D2", "thơ", "Kệ gỗ", 1]])
    Book.objects.create(code="D1", title="Trước", genre="poems", shelf=shelf(), owner_name="bert")
    anna.post(answer.url)
    batch.refresh_from_db()
    assert (batch.counts["created"], batch.counts["known"]) == (1, 1)
    assert Book.objects.get(code="D1").title == "Trước"


def test_a_preview_belongs_to_who_made_it(anna, client):
    shelf()
    answer, _ = _upload(anna, [["A", "D1", "thơ", "Kệ gỗ", 1]])
    client.force_login(person("bert"))
    assert (client.get(answer.url).status_code, client.post(answer.url).status_code) == (404, 404)
    assert Book.objects.count() == 0


def test_without_a_natural_key_the_same_file_is_refused(anna, monkeypatch):
    monkeypatch.setattr(BookRegister, "natural_key", ())
    shelf()
    answer, _ = _upload(anna, [["A", "D1", "thơ", "Kệ gỗ", 1]])
    anna.post(answer.url)
    again, _ = _upload(anna, [["A", "D1", "thơ", "Kệ gỗ", 1]])
    assert again.status_code in (302, 422)
    assert Book.objects.count() == 1


def test_a_file_that_cannot_be_used_says_why_on_the_page(anna):
    page, _ = _upload(anna, [["x"]], ["Lạ"])
    assert page.status_code == 422
    assert "Không tìm thấy dòng tiêu đề" in page.content.decode()


def test_a_conflict_while_writing_writes_nothing(anna, monkeypatch):
    shelf()
    answer, _ = _upload(anna, [["A", "D1", "thơ", "Kệ gỗ", 1], ["B", "D2", "thơ", "Kệ gỗ", 1]])
    monkeypatch.setattr(sheets, "known_in_database", lambda *args: set())
    Book.objects.create(code="D2", title="Trước", genre="poems", shelf=shelf())
    page = anna.post(answer.url)
    assert page.status_code == 422
    assert list(Book.objects.values_list("code", flat=True)) == ["D2"]


def test_sweep_drops_previews_nobody_confirmed(anna):
    shelf()
    _, batch = _upload(anna, [["A", "D1", "thơ", "Kệ gỗ", 1]])
    assert excel.sweep() == 0
    ImportBatch.objects.filter(pk=batch.pk).update(at=batch.at - excel.importing.KEPT * 2)
    assert excel.sweep() == 1


def test_api_answers_the_rows_of_the_person_with_filters(anna, client):
    book(1, genre="poems", pages=5)
    book(2)
    book(3, owner="bert")
    answer = anna.get("/api-mau/books?genre=poems").json()
    row = {
        "id": Book.objects.get(code="B1").pk, "title": "Truyện số 1", "code": "B1", "genre": "poems",
        "shelf": "Kệ gỗ", "pages": 5, "price": 0, "bought_on": None,
    }  # fmt: skip
    assert answer == {"count": 1, "next": None, "results": [row]}
    assert anna.get(f"/api-mau/books/{row['id']}").json() == row
    assert anna.get(f"/api-mau/books/{Book.objects.get(code='B3').pk}").status_code == 404
    assert anna.get("/api-mau/books?size=1").json()["next"] == 2
    assert anna.get("/api-mau/books?size=101").status_code == 422
    client.logout()
    assert client.get("/api-mau/books").status_code == 401


def test_install_makes_menu_and_api_and_is_idempotent():
    class OtherRegister(BookRegister):
        key = "books-again"

    register = OtherRegister()
    try:
        assert install(register) is register
        assert install(OtherRegister()) is register
        entry = registry.menu["register.books-again"]
        assert (entry.label, entry.section, entry.url_name) == (
            "Sổ sách", "Sổ & danh mục", "kit_sample:books-again_list",
        )  # fmt: skip
        assert (entry.shown(person()), entry.shown(person("outsider"))) == (True, False)
        assert registry.api_routers["register.books-again"].prefix == "/books-again"
    finally:
        REGISTERS._entries.pop("books-again", None)
        registry.menu._entries.pop("register.books-again", None)
        registry.api_routers._entries.pop("register.books-again", None)


def test_confirming_an_import_writes_in_batches(django_assert_max_num_queries):
    """Rows and their history; a query carries what the database's parameters hold, never one row."""
    shelf()
    user = person()
    importer = sheets.importer(BOOKS, user)
    file = workbook([HEADS, *([f"Tên {n}", f"D{n}", "thơ", "Kệ gỗ", 12] for n in range(1500))])
    batch = excel.preview(importer, file, by=user)
    with django_assert_max_num_queries(75):
        excel.confirm(importer, batch.key, by=user)
    assert Book.objects.count() == Book.history.count() == 1500


def test_a_needed_choice_with_one_answer_is_made_already(anna):
    Shelf.objects.all().delete()
    shelf = Shelf.objects.create(name="Kệ duy nhất")
    url = BOOKS.url("create")
    assert anna.get(url).context["form"].initial == {"shelf": shelf}
    other = Shelf.objects.create(name="Kệ thứ hai")
    assert anna.get(url).context["form"].initial == {}
    assert anna.get(url, {"shelf": other.pk}).context["form"].initial == {"shelf": other}
