"""Bad days of the import of old certificates: spellings, the same file again, merged doubles, a killed job."""

from datetime import date

import pytest

from ocop.kit.models import ImportBatch
from ocop.kit.testing import workbook
from ocop.producers.actions import merge_producers
from ocop.producers.models import Producer
from ocop.producers.tests.factories import ProducerFactory
from ocop.products.actions import merge_products
from ocop.products.models import Product
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.models import Certificate, CertificateChange, Decision
from ocop.recognition.past import writing
from ocop.recognition.past.reading import preview
from ocop.recognition.tests.test_past import HEAD, line, place, run

pytestmark = pytest.mark.django_db
__all__ = ["place"]


def counts():
    """How many rows of each kind the registers hold."""
    return [model.objects.count() for model in (Producer, Product, Decision, Certificate, CertificateChange)]


def test_one_number_in_three_spellings_is_one_certificate(place):
    spelt = [line("012/2024"), line("Số: 12 / 2024", "Bánh đa"), line("GCN số 0012", "Mật ong")]
    batch = preview(workbook([HEAD, *spelt]), by=place["by"])
    assert (batch.counts["ready"], [(one["row"], one["texts"]) for one in batch.problems]) == (
        1,
        [
            (3, ["số giấy chứng nhận trùng với dòng 2 của tệp"]),
            (4, ["số giấy chứng nhận trùng với dòng 2 của tệp"]),
        ],
    )


def test_every_fault_of_a_row_is_said_at_once(place):
    row = line(date(2024, 12, 1), stars=6, valid_to=date(2024, 1, 1))
    batch = preview(workbook([HEAD, row]), by=place["by"])
    assert batch.problems[0]["texts"] == [
        "Hiệu lực đến hết: 01/01/2024 trước ngày cấp 20/12/2024",
        "Hạng sao: chỉ 3, 4 hoặc 5 sao được cấp giấy chứng nhận",
        "Số giấy chứng nhận: Excel đã đổi số thành ngày; hãy định dạng cột là Văn bản rồi gõ lại",
    ]


def test_the_same_file_twice_writes_nothing_the_second_time(place):
    lines = [line(), line("13", "Bánh đa"), line("14", "Mật ong", producer="HTX Khác")]
    run(place, *lines)
    before = counts()
    again = run(place, *lines)
    assert (counts(), again.counts["created"], again.counts["known"]) == (before, 0, 3)


def test_two_previews_of_one_file_confirmed_one_after_the_other_write_it_once(place):
    batches = [preview(workbook([HEAD, line(), line("13", "Bánh đa")]), by=place["by"]) for _ in range(2)]
    for batch in batches:
        writing.claim(batch, by=place["by"], doubts=writing.NEW)
    done = [writing.write(batch.key, by=place["by"]) for batch in batches]
    assert ([batch.counts["created"] for batch in done], counts()) == ([2, 0], [1, 2, 1, 2, 2])


def test_a_job_killed_in_the_middle_goes_on_and_doubles_nothing(place, monkeypatch):
    class KilledError(Exception):
        """The worker died."""

    def die(percent, text):
        raise KilledError

    monkeypatch.setattr(writing, "PART", 2)
    lines = [line(str(number), f"Kẹo {number}", f"HTX Số {number % 2}") for number in range(1, 6)]
    batch = preview(workbook([HEAD, *lines]), by=place["by"])
    writing.claim(batch, by=place["by"], doubts=writing.LATER)
    for _ in range(2):
        with pytest.raises(KilledError):
            writing.write(batch.key, by=place["by"], step=die)
    assert (Certificate.objects.count(), ImportBatch.objects.get().counts["done"]) == (4, 4)
    done = writing.write(batch.key, by=place["by"])
    assert (counts(), done.counts["created"]) == ([2, 5, 1, 5, 5], 5)
    assert [one["row"] for one in done.problems] == [2, 3, 4, 5, 6]
    assert writing.write(batch.key, by=place["by"]).counts == done.counts


def test_a_job_killed_inside_a_part_leaves_nothing_of_it(place, monkeypatch):
    class KilledError(Exception):
        """The worker died."""

    def die(self, products):
        raise KilledError

    batch = preview(workbook([HEAD, line(), line("13", "Bánh đa")]), by=place["by"])
    writing.claim(batch, by=place["by"], doubts=writing.LATER)
    with monkeypatch.context() as broken:
        broken.setattr(writing.PastWriter, "_replace", die)
        with pytest.raises(KilledError):
            writing.write(batch.key, by=place["by"])
    assert counts() == [0, 0, 0, 0, 0]
    writing.write(batch.key, by=place["by"])
    assert counts() == [1, 2, 1, 2, 2]


@pytest.mark.parametrize("by_code", [False, True])
def test_rows_of_a_merged_producer_go_to_the_one_that_stayed(place, by_code):
    double = ProducerFactory(name="HTX Trường Anh cũ", unit=place["two"])
    kept = ProducerFactory(name="HTX Trường An", unit=place["three"])
    product = ProductFactory(name="Kẹo cu đơ", producer=double)
    merge_producers(double, kept, by=place["by"])
    head = [*HEAD, "Mã chủ thể"] if by_code else HEAD
    row = [*line(producer="Tên gì cũng được"), double.code] if by_code else line()
    batch = preview(workbook([head, row]), by=place["by"])
    writing.claim(batch, by=place["by"], doubts=writing.LATER)
    writing.write(batch.key, by=place["by"])
    star = Certificate.objects.get()
    assert (star.product, star.product.producer, Producer.objects.unmerged().count()) == (product, kept, 1)


def test_rows_of_a_merged_product_go_to_the_one_that_stayed_by_name_or_old_code(place):
    maker = ProducerFactory(name="HTX Trường An", unit=place["three"])
    double, kept = (ProductFactory(name="Kẹo cu đơ", producer=maker) for _ in range(2))
    merge_products(double, kept, by=place["by"])
    coded = [
        *line("13", "Tên gì cũng được", stars=4, day=date(2023, 12, 20), decision="4/QĐ-UBND"),
        double.public_code,
    ]
    batch = preview(workbook([[*HEAD, "Mã sản phẩm"], [*line(), ""], coded]), by=place["by"])
    assert batch.problems == []
    writing.claim(batch, by=place["by"], doubts=writing.LATER)
    writing.write(batch.key, by=place["by"])
    assert list(Certificate.objects.values_list("product_id", flat=True)) == [kept.pk, kept.pk]
