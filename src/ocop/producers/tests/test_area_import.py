"""Sheets of registers that offices keep: what is named in many ways or belongs to others, and two imports at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory
from ocop.kit import excel
from ocop.kit.models import ImportBatch
from ocop.kit.testing import counted, workbook
from ocop.producers.models import AreaInvestment, AreaSupply, MaterialArea
from ocop.producers.registers import AREAS
from ocop.producers.registers.material import AREA_INVESTMENTS
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import Offices, make_offices

HEAD = ["Tên vùng", "Loại", "Cây trồng, vật nuôi", "Địa bàn", "Diện tích (ha)", "Mã số vùng trồng, cơ sở nuôi",
        "Có từ ngày"]  # fmt: skip


@pytest.fixture
def offices(db, settings) -> Offices:
    settings.OCOP_MFA_REQUIRED = False
    made = make_offices()
    settings.OCOP_PROVINCE = made.province.code
    return made


def row(name: str = "Vùng chè", unit: str = "Xã Kỳ Thử", **values) -> list:
    cells = {"kind": "Cây trồng", "species": "chè", "size": "4,5", "code": "", "since": "05/3/2024"} | values
    return [name, cells["kind"], cells["species"], unit, cells["size"], cells["code"], cells["since"]]


def send(client, register: str, *rows: list) -> ImportBatch:
    """The preview that an upload leads to."""
    led = client.post(reverse(f"producers:{register}_import"), {"file": workbook(rows)})
    assert led.status_code == 302, led.context["form"].errors
    return client.get(led.url).context["batch"]


def said(batch: ImportBatch) -> list[tuple[int, str, str]]:
    return [(one["row"], one["kind"], "; ".join(one["texts"])) for one in batch.problems]


def test_an_import_names_units_of_others_and_offers_the_nearest(client, offices) -> None:
    client.force_login(offices[Role.COMMUNE_OFFICER])
    batch = send(
        client, "areas", HEAD, row(), row("Vùng hai", "kỳ thử"), row("Vùng ba", "Xã Bên Cạnh"),
        row("Vùng bốn", "Xã Kỳ Thữ1"), row("Vùng năm", kind="Cây trồg"), row("Vùng sáu", since="hôm qua"),
        row(), row("Vùng bảy", size=""),
    )  # fmt: skip
    assert said(batch) == [
        (4, "error", "Địa bàn: Xã Bên Cạnh không thuộc địa bàn bạn phụ trách"),
        (5, "error", "Địa bàn: không có “Xã Kỳ Thữ1”. Ý bạn là “Xã Kỳ Thử”?"),
        (6, "error", "Loại: “Cây trồg” không có trong danh mục “Loại”. Ý bạn là “Cây trồng”?"),
        (7, "error", "Có từ ngày: “hôm qua” không phải ngày; hãy ghi dạng 23/11/2026"),
        (8, "twice", "trùng với dòng 2 của tệp"),
        (9, "error", "Ghi diện tích, hoặc số con, số lồng, số đàn."),
    ]
    client.post(reverse("producers:areas_batch", args=[batch.key]))
    made = MaterialArea.objects.order_by("name").values_list("name", "unit__name", "hectares", "valid_from")
    assert list(made) == [
        (name, "Kỳ Thử", Decimal("4.5"), date(2024, 3, 5)) for name in ("Vùng chè", "Vùng hai")
    ]
    again = send(client, "areas", HEAD, row(), row("Vùng hai"))
    assert [kind for _, kind, _ in said(again)] == ["known", "known"]


def test_rows_under_a_parent_of_another_unit_and_producers_of_others_are_named(client, offices) -> None:
    for name, unit in (("Vùng mình", offices.commune), ("Vùng bạn", offices.beside)):
        MaterialArea.objects.create(
            name=name, unit=unit, species="chè", hectares=Decimal(1), valid_from=date(2024, 1, 1)
        )
    ProducerFactory(name="HTX Xã Bạn", unit=offices.beside)
    head = ["Vùng nguyên liệu", "Chủ thể", "Tỷ lệ sản lượng vùng cung cấp (%)", "Từ ngày"]
    client.force_login(offices[Role.COMMUNE_OFFICER])
    batch = send(
        client, "area_supplies", head, ["Vùng mình", "HTX Kỳ Thử", 40, "1.3.2024"],
        ["Vùng mình", "HTX Xã Bạn", 40, "1.3.2024"], ["Vùng bạn", "HTX Kỳ Thử", 40, "1.3.2024"],
        ["Vùng mình", "HTX Kỳ Thứ", 140, "1.3.2024"],
    )  # fmt: skip
    *told, (number, kind, text) = said(batch)
    assert (number, kind, text.startswith("Tỷ lệ sản lượng vùng cung cấp (%): ")) == (5, "error", True)
    assert told == [
        (3, "error", "Chủ thể: “HTX Xã Bạn” thuộc Xã Bên Cạnh, ngoài địa bàn bạn phụ trách"),
        (4, "error", "Vùng nguyên liệu: “Vùng bạn” thuộc Xã Bên Cạnh, ngoài địa bàn bạn phụ trách"),
    ]
    client.post(reverse("producers:area_supplies_batch", args=[batch.key]))
    assert AreaSupply.objects.values_list("area__name", "producer__name", "share").get() == (
        "Vùng mình", "HTX Kỳ Thử", Decimal(40),
    )  # fmt: skip


def test_an_officer_who_reads_more_than_he_keeps_is_told_whose_unit_it_is(client, offices) -> None:
    reader = offices[Role.READER]
    MembershipFactory(user=reader, agency=offices.agencies["commune"], role=Role.COMMUNE_OFFICER)
    MaterialArea.objects.create(
        name="Vùng bạn", unit=offices.beside, species="chè", hectares=Decimal(1), valid_from=date(2024, 1, 1)
    )
    client.force_login(reader)
    head = ["Nội dung", "Vùng nguyên liệu", "Năm", "Hạng mục", "Số tiền", "Nguồn vốn"]
    batch = send(
        client, "area_investments", head, ["Mương", "Vùng bạn", 2025, "Điện", "1,5 tỷ", "Ngân sách tỉnh"]
    )
    assert said(batch) == [(2, "error", "Xã Bên Cạnh không thuộc địa bàn bạn phụ trách")]


def test_amounts_as_offices_write_them_become_whole_dong(client, offices) -> None:
    MaterialArea.objects.create(
        name="Vùng mình",
        unit=offices.commune,
        species="chè",
        hectares=Decimal(1),
        valid_from=date(2024, 1, 1),
    )
    client.force_login(offices[Role.COMMUNE_OFFICER])
    head = ["Nội dung", "Vùng nguyên liệu", "Năm", "Hạng mục", "Số tiền (VNĐ)", "Nguồn vốn"]
    amounts = ["250.000.000", "250 triệu", "250,000,000 đ", 250_000_000]
    rows = [
        [f"Mương {number}", "Vùng mình", "2025", "Điện", amount, "Ngân sách tỉnh"]
        for number, amount in enumerate(amounts)
    ]
    batch = send(client, "area_investments", head, *rows)
    client.post(reverse("producers:area_investments_batch", args=[batch.key]))
    assert list(AreaInvestment.objects.values_list("amount", flat=True)) == [250_000_000] * 4


def test_an_empty_cell_of_the_natural_key_is_known_the_second_time(offices, monkeypatch) -> None:
    monkeypatch.setattr(AREAS, "natural_key", ("name", "place"))
    MaterialArea.objects.create(
        name="Vùng mình",
        unit=offices.commune,
        species="chè",
        hectares=Decimal(1),
        valid_from=date(2024, 1, 1),
    )
    assert AREAS.known_keys([("Vùng mình", None), ("Vùng khác", None)]) == {("Vùng mình", None)}


def test_many_rows_of_few_units_cost_few_queries(client, offices) -> None:
    officer = offices[Role.COMMUNE_OFFICER]

    def preview(number: int) -> int:
        rows = [row(f"Vùng {n}", "kỳ thử" if n % 2 else "Xã Bên Cạnh") for n in range(number)]
        importer = AREAS.importer(officer)
        with counted() as queries:
            excel.preview(importer, workbook([HEAD, *rows]), by=officer)
        return len(queries)

    preview(4)  # the first finds out what is not kept yet: savepoints, the reach
    assert preview(40) == preview(4)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_confirm_the_same_file_at_once_write_it_once(settings) -> None:
    """No uniqueness of the table helps here: areas of one name may lie in one unit after communes were merged."""
    made = make_offices()
    settings.OCOP_PROVINCE = made.province.code
    people = [made[Role.COMMUNE_OFFICER], made[Role.ADVISORY_OFFICER]]
    rows = [row(f"Vùng {number}") for number in range(60)]
    batches = [excel.preview(AREAS.importer(person), workbook([HEAD, *rows]), by=person) for person in people]
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    gate = threading.Barrier(1 if in_memory else 2)

    def press(place: int) -> int:
        gate.wait(timeout=20)
        try:
            done = excel.confirm(AREAS.importer(people[place]), batches[place].key, by=people[place])
            return done.counts["created"]
        finally:
            if not in_memory:
                connections.close_all()

    if in_memory:  # threads share one connection there: only the sequence can be tested
        written = [press(0), press(1)]
    else:
        with ThreadPoolExecutor(2) as pool:
            written = list(pool.map(press, range(2)))
    assert (sorted(written), MaterialArea.objects.count()) == ([0, 60], 60)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_as_two_jobs_at_once_is_written_once(settings) -> None:
    made = make_offices()
    settings.OCOP_PROVINCE = made.province.code
    people = [made[Role.COMMUNE_OFFICER], made[Role.ADVISORY_OFFICER]]
    MaterialArea.objects.create(
        name="Vùng mình", unit=made.commune, species="chè", hectares=Decimal(1), valid_from=date(2024, 1, 1)
    )
    head = ["Nội dung", "Vùng nguyên liệu", "Năm", "Hạng mục", "Số tiền", "Nguồn vốn"]
    rows = [[f"Mương {n}", "Vùng mình", "2025", "Điện", 10, "Ngân sách tỉnh"] for n in range(700)]
    batches = [
        excel.preview(AREA_INVESTMENTS.importer(person), workbook([head, *rows]), by=person)
        for person in people
    ]
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    gate = threading.Barrier(1 if in_memory else 2)

    def press(place: int) -> dict:
        gate.wait(timeout=20)
        try:
            importer = AREA_INVESTMENTS.importer(people[place])
            done = excel.write_in_parts(importer, batches[place].key, by=people[place])
            return done.counts
        finally:
            if not in_memory:
                connections.close_all()

    if in_memory:
        counts = [press(0), press(1)]
    else:
        with ThreadPoolExecutor(2) as pool:
            counts = list(pool.map(press, range(2)))
    assert AreaInvestment.objects.count() == 700
    assert (sum(one["created"] for one in counts), sum(one["wrong"] for one in counts)) == (700, 0)
    assert sum(one["known"] for one in counts) == 700
