"""Old certificates from Excel: units of the day, agencies that ceased, doubles, a second run, the result."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.kit.models import ImportBatch
from ocop.kit.testing import sheet_rows, workbook
from ocop.producers.models import Producer
from ocop.producers.rules.likeness import likeness, name_key
from ocop.producers.tests.factories import ProducerFactory, officer
from ocop.products.models import Product
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.models import Certificate
from ocop.recognition.past import writing
from ocop.recognition.past.reading import preview
from ocop.recognition.rules.past import serial_of, tidy_number, turned_into_date
from ocop.recognition.tests.factories import unknown_certificate
from ocop.units.enums import AgencyKind, UnitLevel, UnitType
from ocop.units.models import Succession, UnitCover, UnitParent
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

HEAD = [
    "Số giấy chứng nhận", "Tên sản phẩm", "Tên chủ thể", "Địa bàn", "Hạng sao", "Số quyết định", "Ngày quyết định",
    "Cơ quan ban hành", "Hiệu lực đến hết", "Năm công nhận",
]  # fmt: skip
LAST_OF_DISTRICTS = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("typed", "serial"),
    [
        ("12", "12"),
        ("012/2024", "12"),
        ("Số: 12 /GCN-OCOP", "12"),
        ("GCN số 0012", "12"),
        ("120", "120"),
        ("A", "a"),
    ],
)
def test_a_number_is_one_in_all_spellings(typed, serial):
    assert serial_of(typed) == serial


def test_numbers_are_kept_as_printed_and_days_are_known_for_what_they_were():
    assert tidy_number("Số: 012 / 2024") == "012/2024"
    assert [turned_into_date(text) for text in ("01/12/2024", "12/2024")] == [True, False]


def test_likeness_of_names():
    assert name_key("HTX  NN Trường-An") == "hop tac xa nong nghiep truong an"
    assert likeness("hop tac xa an binh", "an binh hop tac xa") == 1.0
    assert likeness("hop tac xa truong an", "hop tac xa truong anh") > 0.86
    assert likeness("hop tac xa truong an", "cong ty binh minh") == 0.0


@pytest.fixture
def place(settings):
    """A province with a district that ended, and a commune renamed twice: Một (to 2023), Hai (to 30/6/2025), Ba."""
    with time_machine.travel("2026-11-24 10:00:00+07:00", tick=False):
        province = ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")
        district = UnitFactory(
            name="Thạch Hà",
            level=UnitLevel.DISTRICT,
            type=UnitType.DISTRICT,
            under=province,
            valid_to=LAST_OF_DISTRICTS,
        )
        one = UnitFactory(name="Một", under=district, valid_to=date(2023, 12, 31))
        two = UnitFactory(name="Hai", under=district, valid_from=date(2024, 1, 1), valid_to=LAST_OF_DISTRICTS)
        three = UnitFactory(name="Ba", under=province, valid_from=date(2025, 7, 1))
        for old, new in ((one, two), (two, three)):
            Succession.objects.create(
                predecessor=old, successor=new, on=new.valid_from, extent="whole", change="renamed"
            )
        AgencyFactory(
            unit=district, name="Ủy ban nhân dân huyện Thạch Hà", kind=AgencyKind.DISTRICT_COMMITTEE,
            valid_to=LAST_OF_DISTRICTS,
        )  # fmt: skip
        by = officer(province, Role.ADVISORY_OFFICER)
        yield {"province": province, "one": one, "two": two, "three": three, "by": by}


def line(
    number="012/2024",
    product="Kẹo cu đơ",
    producer="HTX Trường An",
    unit="Ba",
    stars=3,
    day=date(2024, 12, 20),
    **more,
):
    """A row of the list: decision 5/QĐ-UBND of the district."""
    return [
        number, product, producer, unit, stars, more.get("decision", "5/QĐ-UBND"), day,
        more.get("agency", "UBND huyện Thạch Hà"), more.get("valid_to"), more.get("year"),
    ]  # fmt: skip


def run(place, *lines, doubts=writing.LATER):
    """Preview and write; the batch afterwards."""
    batch = preview(workbook([HEAD, *lines], "cu.xlsx"), by=place["by"])
    assert writing.claim(batch, by=place["by"], doubts=doubts)
    return writing.write(batch.key, by=place["by"])


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Một", "xã Hai", "Hai, huyện Thạch Hà", "xã Ba"])
def test_a_commune_renamed_twice_is_the_one_of_the_day(place, typed):
    run(place, line(unit=typed))
    row = Certificate.objects.get()
    assert (row.unit, row.product.unit, row.issued_on, row.valid_to) == (
        place["two"], place["three"], date(2024, 12, 20), date(2027, 12, 20),
    )  # fmt: skip
    assert (row.decision.number, row.issuer.name, row.state_on(date(2026, 11, 24))) == (
        "5/QĐ-UBND", "Ủy ban nhân dân huyện Thạch Hà", "valid",
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("district", "ready"), [("huyện Cũ", 1), ("huyện Thạch Hà", 1), ("huyện Khác", 0)])
def test_a_commune_that_changed_districts_is_found_under_both(place, district, ready):
    former = UnitFactory(
        name="Cũ",
        level=UnitLevel.DISTRICT,
        type=UnitType.DISTRICT,
        under=place["province"],
        valid_to=LAST_OF_DISTRICTS,
    )
    UnitParent.objects.create(
        unit=place["one"], parent=former, valid_from=date(2022, 1, 1), valid_to=date(2022, 12, 31)
    )
    batch = preview(workbook([HEAD, line(unit=f"Một, {district}, tỉnh Hà Tĩnh")]), by=place["by"])
    assert batch.counts["ready"] == ready


@pytest.mark.django_db
def test_a_second_run_changes_nothing_in_whatever_spelling(place):
    lines = [line(), line("13", "Bánh đa"), line("", "Mật ong")]
    assert run(place, *lines).counts["created"] == 3
    again = [
        line("Số 12"),
        line("0013/GCN-OCOP", "Bánh đa"),
        line("", "Mật ong", producer="Hợp tác xã Trường An"),
    ]
    second = run(place, *again)
    assert (second.counts["created"], second.counts["known"]) == (0, 3)
    assert (Certificate.objects.count(), Product.objects.count(), Producer.objects.count()) == (3, 3, 1)
    assert second.problems[0]["texts"] == ["giấy chứng nhận này đã có trong sổ, sẽ bỏ qua"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            line(valid_to=date(2024, 1, 1)),
            "Hiệu lực đến hết: 01/01/2024 trước ngày cấp 20/12/2024",
        ),
        (
            line(day=date(2025, 7, 5)),
            "Cơ quan ban hành: Ủy ban nhân dân huyện Thạch Hà chỉ hoạt động đến hết 30/06/2025, "
            "quyết định lại ghi ngày 05/07/2025.",
        ),
        (line(date(2024, 12, 1)), "Số giấy chứng nhận: Excel đã đổi số thành ngày; "
         "hãy định dạng cột là Văn bản rồi gõ lại"),
        (line(stars=2), "Hạng sao: chỉ 3, 4 hoặc 5 sao được cấp giấy chứng nhận"),
        (line(day=None), "Ngày quyết định: cần ghi khi có số quyết định"),
        (line(unit="Không Đâu"), "Địa bàn: không có “Không Đâu”."),
    ],
)  # fmt: skip
def test_bad_rows_are_refused_in_words(place, row, why):
    batch = preview(workbook([HEAD, row]), by=place["by"])
    assert (batch.rows, [one["texts"] for one in batch.problems]) == ([], [[why]])


@pytest.mark.django_db
def test_a_commune_merged_of_several_asks_which_one_it_was(place):
    other = UnitFactory(name="Bốn", under=place["province"], valid_to=LAST_OF_DISTRICTS)
    Succession.objects.create(
        predecessor=other, successor=place["three"], on=date(2025, 7, 1), extent="whole", change="merged"
    )
    batch = preview(workbook([HEAD, line(unit="Ba")]), by=place["by"])
    assert batch.problems[0]["texts"] == [
        "Địa bàn: ngày 20/12/2024, “Ba” có thể là: xã Hai, huyện Thạch Hà; xã Bốn. Hãy ghi rõ tên xã, huyện khi đó."
    ]


@pytest.mark.django_db
def test_one_name_twice_in_one_producer_is_refused(place):
    batch = preview(workbook([HEAD, line(), line("13")]), by=place["by"])
    assert [one["texts"][0].split(";")[0] for one in batch.problems] == [
        "sản phẩm cùng tên của cùng chủ thể đã ở dòng 2, cùng đợt công nhận"
    ]
    maker = ProducerFactory(name="HTX Trường An", unit=place["three"])
    for _ in range(2):
        ProductFactory(name="Kẹo cu đơ", producer=maker)
    batch = preview(workbook([HEAD, line()]), by=place["by"])
    assert batch.problems[0]["texts"] == ["Tên sản phẩm: chủ thể có 2 sản phẩm tên này; hãy ghi mã sản phẩm"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("doubts", "producers", "certificates"),
    [(writing.SAME, 1, 1), (writing.NEW, 2, 1), (writing.LATER, 1, 0)],
)
def test_a_like_producer_of_the_commune_is_a_doubt_that_a_person_decides(
    place, doubts, producers, certificates
):
    ProducerFactory(name="HTX Trường Anh", unit=place["three"])
    batch = run(place, line(), doubts=doubts)
    assert (batch.counts["doubt"], Producer.objects.count(), Certificate.objects.count()) == (
        1, producers, certificates,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_later_star_replaces_the_running_one_and_a_bare_year_is_completed(place):
    maker = ProducerFactory(name="HTX Trường An", unit=place["three"])
    product = ProductFactory(name="Kẹo cu đơ", producer=maker)
    unknown_certificate(product=product, issued_year=2024, stars=3)
    AgencyFactory(unit=place["three"], name="Ủy ban nhân dân xã Ba")
    later = line("20", stars=4, day=date(2026, 3, 1), decision="9/QĐ-UBND", agency="UBND xã Ba")
    batch = run(place, line(), later)
    assert (batch.counts["completed"], batch.counts["created"]) == (1, 1)
    old, new = Certificate.objects.order_by("issued_on")
    assert (old.number, old.replaced_on, new.stars, new.replaced_on) == (
        "012/2024",
        date(2026, 3, 1),
        4,
        None,
    )


@pytest.mark.django_db
def test_the_pages_lead_from_the_file_to_the_result(place, client):
    client.force_login(place["by"])
    sent = client.post(reverse("recognition:past"), {"file": workbook([HEAD, line(), line(stars=9)])})
    batch = ImportBatch.objects.get()
    assert sent.url == reverse("recognition:past_batch", args=[batch.key])
    assert client.get(sent.url).context["batch"].counts["ready"] == 1
    started = client.post(sent.url, {"doubts": "later"})
    assert "Đã ghi 1 giấy chứng nhận." in client.get(started.url).content.decode()
    assert client.post(sent.url, {"doubts": "new"}).url == sent.url
    book = client.get(reverse("recognition:past_result", args=[batch.key]))
    rows = [row[1:3] for row in sheet_rows(b"".join(book.streaming_content)) if isinstance(row[1], float)]
    assert rows[-2:] == [[2.0, "Đã ghi"], [3.0, "Từ chối"]]
    code = Certificate.objects.get().code
    assert client.get(f"/kiem-tra/{code}").status_code == 200
    page = client.get(reverse("recognition:expiry_board") + "?thang=2027-12")
    assert [row.code for row in page.context["rows"]] == [code]


@pytest.mark.django_db
def test_a_commune_may_not_import(place, client):
    client.force_login(officer(place["three"]))
    assert client.get(reverse("recognition:past")).status_code == 403
    assert UnitCover.objects.filter(holder=place["province"], covered=place["three"]).exists()
