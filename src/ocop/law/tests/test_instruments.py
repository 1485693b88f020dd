"""Instruments: the file, force on a day, relations, pages."""

import unicodedata
from datetime import date

import pytest
import yaml
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from ocop.kit import yamltext
from ocop.law.loader import LawFileError, default_file, load
from ocop.law.models import Instrument
from ocop.law.tests.factories import InstrumentFactory

pytestmark = pytest.mark.django_db

NEEDED = {
    "26-2026-qd-ttg", "148-2023-qd-ttg", "1489-2025-qd-ttg", "1048-2019-qd-ttg", "781-2020-qd-ttg",
    "1162-2020-qd-vpdp-ocop", "919-2022-qd-ttg", "04-2022-qd-bcdtw-vpdpntm", "51-2021-nq-hdnd", "165-2025-nq-hdnd",
    "843-2021-qd-ubnd", "4086-2020-qd-ubnd", "58-2015-qd-ubnd", "32-2019-qd-ubnd", "920-2019-qd-bct",
    "950-2023-qd-bct", "1283-2024-nq-ubtvqh15", "1665-2025-nq-ubtvqh15", "257-2025-qh15", "131-2025-nd-cp",
    "30-2020-nd-cp", "15-2018-nd-cp",
}  # fmt: skip


def quiet(line: str) -> None:
    """A log that nobody reads."""


@pytest.fixture
def loaded():
    load(quiet)


@pytest.mark.usefixtures("loaded")
class TestFile:
    def test_it_holds_the_instruments_of_the_plan_and_of_the_rules(self):
        assert set(Instrument.objects.values_list("slug", flat=True)) >= NEEDED

    @pytest.mark.parametrize(
        ("day", "slugs"),
        [
            pytest.param(date(2023, 2, 23), {"1048-2019-qd-ttg", "781-2020-qd-ttg"}, id="eve of 148"),
            pytest.param(date(2023, 2, 24), {"148-2023-qd-ttg"}, id="148"),
            pytest.param(date(2025, 7, 6), {"148-2023-qd-ttg", "1489-2025-qd-ttg"}, id="1489 amends 148"),
            pytest.param(
                date(2026, 5, 22),
                {"148-2023-qd-ttg", "1489-2025-qd-ttg", "26-2026-qd-ttg"},
                id="26/2026, 60 days beside the old ones (Art. 11)",
            ),
            pytest.param(date(2026, 7, 22), {"26-2026-qd-ttg"}, id="26/2026 alone"),
        ],
    )
    def test_rules_of_evaluation_in_force(self, day, slugs):
        rules = Instrument.objects.filter(
            slug__in=[
                "1048-2019-qd-ttg",
                "781-2020-qd-ttg",
                "148-2023-qd-ttg",
                "1489-2025-qd-ttg",
                "26-2026-qd-ttg",
            ]
        )
        assert set(rules.in_force(day).values_list("slug", flat=True)) == slugs
        assert {rule.slug for rule in rules if rule.is_in_force(day)} == slugs

    def test_replacements_and_amendments(self):
        current = Instrument.objects.get(slug="26-2026-qd-ttg")
        assert {old.slug for old in current.replaces.all()} == {"148-2023-qd-ttg", "1489-2025-qd-ttg"}
        assert [row.slug for row in Instrument.objects.get(slug="148-2023-qd-ttg").amended_by.all()] == [
            "1489-2025-qd-ttg"
        ]

    @pytest.mark.parametrize(
        ("slug", "day", "word"),
        [
            ("26-2026-qd-ttg", date(2026, 5, 21), "Chưa có hiệu lực"),
            ("26-2026-qd-ttg", date(2026, 5, 22), "Còn hiệu lực"),
            ("148-2023-qd-ttg", date(2026, 7, 22), "Hết hiệu lực"),
            ("950-2023-qd-bct", date(2024, 1, 1), "Chưa rõ hiệu lực"),
        ],
    )
    def test_the_state_of_a_day_in_words(self, slug, day, word):
        assert Instrument.objects.get(slug=slug).state_on(day)[0] == word

    def test_what_was_not_read_is_marked_with_a_reason(self):
        assert not Instrument.objects.filter(confirmed=False, note="").exists()
        assert not Instrument.objects.get(slug="51-2021-nq-hdnd").confirmed

    def test_without_any_date_an_instrument_is_never_in_force(self):
        unknown = Instrument.objects.get(slug="950-2023-qd-bct")
        assert not unknown.is_in_force(date(2024, 1, 1))
        assert unknown not in Instrument.objects.in_force(date(2024, 1, 1))

    def test_a_second_run_writes_nothing_and_keeps_corrections(self):
        Instrument.objects.filter(slug="51-2021-nq-hdnd").update(note="đã sửa tay")
        assert load(quiet) == 0
        assert Instrument.objects.get(slug="51-2021-nq-hdnd").note == "đã sửa tay"

    @pytest.mark.parametrize("typed", ["148/QĐ-TTg", "148/qd-ttg", "quyet dinh 148"])
    def test_found_by_its_number_with_and_without_marks(self, typed):
        assert Instrument.objects.found_by(typed).first().slug in {"148-2023-qd-ttg", "1489-2025-qd-ttg"}
        assert "148-2023-qd-ttg" in set(Instrument.objects.found_by(typed).values_list("slug", flat=True))


def test_a_changed_record_is_written_again(tmp_path):
    records = yamltext.parse(default_file().read_text(encoding="utf-8"))
    path = tmp_path / "instruments.yaml"
    load(quiet)
    for record in records:
        if record["slug"] == "920-2019-qd-bct":
            record.pop("replaced_by")
            record["title"] = "Tên mới"
    path.write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")
    assert load(quiet, path) == 1
    row = Instrument.objects.get(slug="920-2019-qd-bct")
    assert (row.title, row.replaced_by) == ("Tên mới", None)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "letter of love"}, "không có loại văn bản 'letter of love'"),
        ({"issued_on": "hôm qua"}, "issued_on phải là ngày"),
        ({"title": ""}, "thiếu title"),
        ({"replaced_by": "no-such"}, "không có văn bản 'no-such'"),
        ({"amends": ["a"]}, "tự dẫn chiếu chính nó"),
        ({"colour": "red"}, "không có trường 'colour'"),
        (
            {"valid_from": date(2024, 1, 2), "valid_to": date(2024, 1, 1)},
            "hết hiệu lực trước khi có hiệu lực",
        ),
        ({"number": 148}, "number phải là chữ"),
        ({"title": unicodedata.normalize("NFD", "Quyết định")}, "title không ở dạng NFC"),
    ],
)
def test_a_bad_file_is_refused_as_a_whole(tmp_path, change, problem):
    good = {"slug": "a", "number": "1/QĐ", "kind": "decision", "title": "Tên", "issuer": "Nơi"}
    path = tmp_path / "instruments.yaml"
    records = [{**good, "slug": "b"}, {**good, **change}]
    path.write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")
    with pytest.raises(LawFileError) as refused:
        load(quiet, path)
    assert problem in str(refused.value)
    assert not Instrument.objects.exists()


def test_a_slug_twice_is_refused(tmp_path):
    path = tmp_path / "instruments.yaml"
    record = {"slug": "a", "number": "1/QĐ", "kind": "decision", "title": "Tên", "issuer": "Nơi"}
    path.write_text(yaml.safe_dump([record, record]), encoding="utf-8")
    with pytest.raises(LawFileError, match="mã bị lặp"):
        load(quiet, path)


def test_the_command_loads_and_says_what_is_wrong(settings, tmp_path):
    call_command("load_law", stdout=open("/dev/null", "w"))  # noqa: SIM115
    assert Instrument.objects.exists()
    settings.OCOP_REFERENCE_DIR = tmp_path
    with pytest.raises(CommandError, match="không đọc được tệp"):
        call_command("load_law")


@pytest.mark.parametrize("change", [{"valid_from": date(2024, 1, 2), "valid_to": date(2024, 1, 1)}])
def test_the_database_refuses_a_span_that_ends_before_it_starts(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        InstrumentFactory(**change)


def test_no_instrument_replaces_itself():
    row = InstrumentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.filter(pk=row.pk).update(replaced_by=row)


@pytest.mark.usefixtures("loaded")
class TestPages:
    @pytest.fixture(autouse=True)
    def _officer(self, client):
        client.force_login(get_user_model().objects.create_user(username="can-bo", password="mat-khau-dai"))

    def test_a_stranger_signs_in_first(self, client):
        client.logout()
        assert client.get(reverse("law:instruments")).status_code == 302

    def test_the_list_by_text_kind_and_day(self, client):
        answer = client.get(
            reverse("law:instruments"), {"q": "danh gia", "loai": "decision", "ngay": "2023-02-23"}
        )
        assert {row.slug for row, _ in answer.context["entries"]} == {
            "1048-2019-qd-ttg",
            "1653-2020-qd-bnn-vpdp",
        }

    def test_the_list_costs_a_constant_number_of_queries(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            client.get(reverse("law:instruments"))

    def test_one_instrument_with_its_relations(self, client):
        page = client.get(reverse("law:instrument", args=["148-2023-qd-ttg"])).content.decode()
        assert "Quyết định số 26/2026/QĐ-TTg" in page
        assert "Quyết định số 1489/QĐ-TTg" in page
        assert "Chưa đối chiếu với văn bản gốc" in page

    def test_an_unknown_one(self, client):
        assert client.get(reverse("law:instrument", args=["khong-co"])).status_code == 404

    def test_an_empty_answer_says_what_to_do(self, client):
        assert "Không có văn bản nào" in client.get(reverse("law:instruments"), {"q": "zzz"}).content.decode()
