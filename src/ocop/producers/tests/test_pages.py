"""Pages of producers: what each person reaches, one question a screen, nothing leaks."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory
from ocop.audit.models import Event
from ocop.kit import clock
from ocop.producers import queries
from ocop.producers.models import CraftVillage, Producer, ProducerAccess, ProducerClaim, Representative
from ocop.producers.tests.factories import (
    AccessFactory,
    PersonFactory,
    ProducerFactory,
    RepresentativeFactory,
    officer,
    owner_of,
)
from ocop.units.enums import AgencyKind
from ocop.units.models import Succession
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """Officials need a second factor outside the demo mode; these tests are about what comes after it."""
    settings.OCOP_MFA_REQUIRED = False


def signed(user) -> Client:
    """A browser of that person."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def home(settings):
    """A commune of the province served."""
    return UnitFactory(name="Phúc Trạch", under=ProvinceFactory(code=settings.OCOP_PROVINCE))


def test_a_stranger_gets_404_for_every_page_of_a_producer(home):
    producer = ProducerFactory(unit=home)
    row = AccessFactory(producer=producer)
    names = [
        "person",
        "person_edit",
        "person_new",
        "person_erase",
        "people",
        "helper",
        "colleague",
        "change_form",
        "move",
    ]
    pages = [reverse(f"producers:{name}", args=[producer.code]) for name in names]
    pages += [
        reverse(f"producers:producers_{name}", args=[producer.pk]) for name in ("detail", "edit", "history")
    ]
    strangers = [PersonFactory(), officer(UnitFactory()), owner_of(ProducerFactory())]
    codes = {signed(user).get(page).status_code for user in strangers for page in pages}
    end = reverse("producers:access_end", args=[producer.code, row.pk])
    assert (codes, {signed(user).post(end).status_code for user in strangers}) == ({404}, {404})
    assert {signed(row.user).get(page).status_code for page in pages if "xoa" not in page} == {200}


def test_what_is_not_known_of_the_representative_is_named_in_one_line(home):
    producer = ProducerFactory(unit=home)
    owner = AccessFactory(producer=producer).user
    RepresentativeFactory(
        producer=producer,
        position="Giám đốc",
        phone="0912345678",
        gender="",
        ethnicity="",
        email="",
        personal_id="",
    )
    page = signed(owner).get(reverse("producers:person", args=[producer.code]))
    assert page.context["known"] == [("Chức vụ", "Giám đốc"), ("Điện thoại", "0912 345 678")]
    assert page.context["blank"] == ["giới tính", "dân tộc", "thư điện tử", "số định danh"]


def test_one_question_a_screen_until_the_business_is_on_the_register(home):
    person = PersonFactory()
    client = signed(person)
    answers = {
        "ten": {"name": "HTX Trường An", "brand": ""}, "loai-hinh": {"form": "cooperative", "size": ""},
        "noi": {"unit": f"Xã Phúc Trạch ({home.code})", "address": "Thôn 3"},
        "giay-to": {"tax_code": "", "registration_number": "28A/HTX"},
    }  # fmt: skip
    for step, data in answers.items():
        there = client.get(reverse("producers:register"), follow=True)
        assert there.request["PATH_INFO"] == reverse("producers:register_step", args=[step])
        client.post(there.request["PATH_INFO"], data)
    review = reverse("producers:register_step", args=["xem-lai"])
    assert "HTX Trường An" in client.get(review).content.decode()
    for _ in range(2):
        client.post(review, {"once": "mot-lan"})
    producer = Producer.objects.get()
    assert (producer.registration_number, ProducerAccess.objects.get().user, ProducerClaim.objects.get().state) == (
        "28A/HTX", person, "waiting",
    )  # fmt: skip


def test_a_wrong_answer_is_shown_and_kept(home):
    answer = signed(PersonFactory()).post(
        reverse("producers:register_step", args=["giay-to"]),
        {"tax_code": "0100233489", "registration_number": "28A"},
    )
    assert answer.status_code == 422
    assert "sai chữ số kiểm tra" in answer.content.decode()
    assert 'value="28A"' in answer.content.decode()


def test_claim_pages_from_search_to_confirmation(home):
    producer, person = ProducerFactory(unit=home, brand="Hương Trầm Thử"), PersonFactory()
    client = signed(person)
    found = client.get(reverse("producers:claim_search"), {"q": "huong tram"}).content.decode()
    assert producer.code in found
    client.post(reverse("producers:claim", args=[producer.code]), {"statement": "Tôi là chủ"})
    claim = ProducerClaim.objects.get()
    page = reverse("producers:claim_page", args=[claim.pk])
    assert signed(officer(UnitFactory())).get(page).status_code == 404
    clerk = signed(officer(home))
    assert claim.producer.public_name in clerk.get(reverse("producers:claims")).content.decode()
    assert "Xác nhận đúng chủ" in clerk.get(page).content.decode()
    clerk.post(page, {"verb": "confirm"})
    assert ProducerAccess.objects.get().user == person
    assert "Hương Trầm Thử" in client.get(reverse("producers:mine")).content.decode()


def test_a_claim_goes_to_the_commune_of_today_and_stands_first_until_answered(home):
    old = UnitFactory(name="Xã Cũ Thử", valid_to=date(2025, 6, 30))
    Succession.objects.create(predecessor=old, successor=home, on=date(2025, 7, 1), extent="whole")
    producer, person = ProducerFactory(unit=old, brand="Mắm Xã Cũ"), PersonFactory(unit=home)
    client = signed(person)
    assert [(todo.key, todo.action) for todo in queries.start_todos(person, clock.today())] == [
        ("producers.start", "Bắt đầu")
    ]
    found = client.get(reverse("producers:claim_search"), {"q": "mam xa cu"}).content.decode()
    assert f"Xã Cũ Thử · nay là {home.title}" in found
    client.post(reverse("producers:claim", args=[producer.code]), {"statement": "Tôi là chủ"})
    assert ProducerClaim.objects.get().unit == home
    assert [(todo.title, todo.kind) for todo in queries.start_todos(person, clock.today())] == [
        (f"Chờ {home.title} xác nhận cơ sở", "info")
    ]
    page = client.get(reverse("producers:mine")).content.decode()
    assert page.index("Đề nghị đang chờ xã") < page.index("Tìm và nhận cơ sở")
    assert "Bạn chưa có cơ sở nào" not in page
    assert "Đang chờ xã xác nhận cơ sở" in client.get(reverse("evaluation:my-dossiers")).content.decode()


def test_the_counter_shows_the_password_once(home):
    client = signed(officer(home))
    data = {
        "name": "Cơ sở Thử", "form": "household", "unit": f"Xã Phúc Trạch ({home.code})", "full_name": "Phan Thị Thử",
        "phone": "0912345678", "consented": "on",
    }  # fmt: skip
    shown = client.post(reverse("producers:counter"), data, follow=True)
    again = client.get(shown.request["PATH_INFO"])
    assert ["mật khẩu tạm <strong>" in answer.content.decode() for answer in (shown, again)] == [True, False]
    assert signed(PersonFactory()).get(reverse("producers:counter")).status_code == 404


def test_personal_data_are_masked_until_asked_and_the_look_is_logged(home):
    person = RepresentativeFactory(producer=ProducerFactory(unit=home))
    page = reverse("producers:person", args=[person.producer.code])
    client = signed(officer(home))
    hidden = ("Đặng Thị Bí Mật", "0987 654 321", "042199000123", "Chứt", "bimat@example.vn")

    def shown(answer):
        return [text for text in hidden if text in answer.content.decode()]

    assert shown(client.get(page)) == []
    assert "987654321" not in client.get(page).content.decode()
    assert Event.objects.filter(verb="personal.viewed").count() == 0
    assert shown(client.get(page, {"xem": 1})) == list(hidden)
    assert Event.objects.filter(verb="personal.viewed").count() == 1
    leader = signed(officer(home, Role.COMMUNE_LEADER))
    assert shown(leader.get(page, {"xem": 1})) == []


def test_no_personal_datum_in_lists_exports_history_api_and_log(home):
    producer = ProducerFactory(unit=home, tax_code="042199000123")
    RepresentativeFactory(producer=producer)
    client = signed(officer(home))
    client.post(
        reverse("producers:producers_edit", args=[producer.pk]), {"name": producer.name, "tax_code": ""}
    )
    for name, args in (("list", []), ("detail", [producer.pk]), ("history", [producer.pk]), ("export", [])):
        answer = client.get(reverse(f"producers:producers_{name}", args=args))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (answer.status_code, b"042199000123" in body, "Bí Mật".encode() in body) == (200, False, False)
    assert "042199000123" not in repr(list(Event.objects.values()))


def test_the_representative_is_recorded_corrected_and_erased(home):
    producer = ProducerFactory(unit=home)
    client = signed(owner_of(producer))
    data = {"full_name": "Phan Thị Thử", "phone": "0912345678", "personal_id": "042199000555"}
    new = reverse("producers:person_new", args=[producer.code])
    assert client.post(new, data).status_code == 422
    client.post(new, {**data, "agreed": "on"})
    client.post(reverse("producers:person_edit", args=[producer.code]), {**data, "position": "Giám đốc"})
    assert Representative.objects.get().position == "Giám đốc"
    client.post(reverse("producers:person_erase", args=[producer.code]), {"reason": "Theo yêu cầu"})
    assert Representative.objects.get().personal_id == ""


def test_a_clash_of_tax_codes_is_told_beside_the_field(home):
    ProducerFactory(tax_code="0100233488")
    producer = ProducerFactory(unit=home)
    page = reverse("producers:producers_edit", args=[producer.pk])
    answer = signed(owner_of(producer)).post(page, {"name": "Tên mới", "tax_code": "0100233488"})
    assert (answer.status_code, "đã có ở một chủ thể" in answer.content.decode()) == (422, True)


def test_the_list_costs_the_same_queries_for_many_rows(home):
    client = signed(officer(home))
    page = reverse("producers:producers_list")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(page)
        return len(caught)

    ProducerFactory(unit=home)
    few = queries()
    for _ in range(20):
        ProducerFactory(unit=home)
    assert queries() == few


def test_a_year_is_written_without_a_thousands_dot(home):
    village = CraftVillage.objects.create(
        name="Làng nghề Thử",
        kind="craft_village",
        craft="mộc",
        unit=home,
        status="recognised",
        recognised_year=2021,
    )
    body = signed(officer(home)).get(village.get_absolute_url()).content.decode()
    assert ("2021" in body, "2.021" in body) == (True, False)


def test_personal_pages_are_for_those_whose_work_needs_them(home):
    producer = RepresentativeFactory(producer=ProducerFactory(unit=home)).producer
    department = MembershipFactory(
        agency=AgencyFactory(unit=home, kind=AgencyKind.DEPARTMENT), role=Role.DEPARTMENT_OFFICER
    ).user
    seen = {}
    for name, user in (
        ("department", department), ("leader", officer(home, Role.COMMUNE_LEADER)), ("officer", officer(home)),
    ):  # fmt: skip
        client = signed(user)
        pages = [reverse(f"producers:{page}", args=[producer.code]) for page in ("person", "people")]
        record = client.get(producer.get_absolute_url()).content.decode()
        seen[name] = [(client.get(page).status_code, page in record) for page in pages]
    assert seen == {
        "department": [(403, False), (403, False)],
        "leader": [(403, False), (200, True)],
        "officer": [(200, True), (200, True)],
    }
