import io
import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from ocop.accounts import demo
from ocop.accounts.enums import Role
from ocop.accounts.models import Membership, User
from ocop.accounts.queries import scope_of
from ocop.accounts.registers import OfficersImport
from ocop.accounts.tests.factories import MembershipFactory, UserFactory
from ocop.kit import clock, excel
from ocop.kit.models import ImportBatch
from ocop.units.models import Agency
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory


@pytest.fixture
def home(settings, db):
    """The province that is served, with one commune."""
    settings.OCOP_PROVINCE = "42"
    province = ProvinceFactory(code="42")
    return UnitFactory(under=province, code="18547", name="Phúc Trạch")


def text(response):
    return response.content.decode()


def test_a_producer_registers_on_the_page(client, home, texted, django_capture_on_commit_callbacks):
    page = client.get(reverse("accounts:register"))
    assert "checked" not in text(page)
    sent = {
        "full_name": "Nguyễn Thị Lan", "phone": "0912 345 678", "unit": home.pk, "password1": "ruong-bac-thang-9",
        "password2": "ruong-bac-thang-9", "consent_account": "on",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("accounts:register"), sent)
    assert response.url == reverse("accounts:register_code")
    code = json.loads(texted.read_text())["text"].split()[0]
    assert "091 •••• 678" in text(client.get(response.url))
    assert client.post(response.url, {"code": code}).url == "/viec-cua-toi/"
    user = User.objects.get(phone="+84912345678")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(user.consents.values_list("purpose", flat=True)) == ["account"]


def test_what_was_typed_is_kept_when_consent_is_missing(client, home, texted):
    sent = {"full_name": "Nguyễn Thị Lan", "phone": "0912 345 678", "unit": home.pk}
    response = client.post(reverse("accounts:register"), sent)
    assert response.status_code == 422
    assert 'value="Nguyễn Thị Lan"' in text(response)
    assert not User.objects.exists()


def test_registration_is_limited(client, home, texted):
    answers = [client.post(reverse("accounts:register"), {"full_name": ""}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_without_a_gateway_the_page_leads_to_the_commune(client, home, settings):
    settings.OCOP_SMS = ""
    assert "Hãy đến UBND xã, phường" in text(client.get(reverse("accounts:register")))


@pytest.mark.parametrize("name", ["people", "grant", "invite", "import", "import_template", "register_for"])
def test_pages_about_people_do_not_exist_for_others(client, person, name):
    client.force_login(person)
    assert client.get(reverse(f"accounts:{name}")).status_code == 404


@pytest.mark.parametrize("who", ["next_officer", "stranger"])
def test_a_person_out_of_reach_does_not_exist(client, land, who):
    client.force_login(getattr(land, who))
    for name in ("person", "reset_password", "reset_second_factor", "lock", "erase_person"):
        assert client.get(reverse(f"accounts:{name}", args=[land.officer.username])).status_code == 404
    row = land.officer.memberships.get()
    for name in ("end", "hand_over", "delegate"):
        assert client.get(reverse(f"accounts:{name}", args=[row.pk])).status_code == 404


def test_contact_is_masked_until_asked_for_and_the_view_is_logged(client, land, person, heard):
    person.unit = land.commune
    person.save()
    client.force_login(land.officer)
    heard.clear()
    url = reverse("accounts:person", args=["buoi"])
    assert "0912 345 678" not in text(client.get(url))
    assert "buoi@example.vn" not in text(client.get(url))
    shown = text(client.post(reverse("accounts:contact", args=["buoi"])))
    assert ("0912 345 678" in shown, "buoi@example.vn" in shown) == (True, True)
    assert heard == [("accounts.contact_viewed", person, {})]


def test_search_never_finds_by_phone(client, land, person):
    person.unit = land.commune
    person.save()
    client.force_login(land.officer)
    found = client.get(reverse("accounts:people"), {"q": "buoi"}).context["page"].object_list
    assert list(found) == [person]
    assert not client.get(reverse("accounts:people"), {"q": "912345678"}).context["page"].object_list


def test_the_list_costs_the_same_with_many(client, land, django_assert_max_num_queries):
    client.force_login(land.admin)
    for _ in range(30):
        MembershipFactory(agency=land.office)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("accounts:people")).context["page"]
    assert page.paginator.count == 34


def test_the_temporary_password_is_shown_once(client, land, person):
    person.unit = land.commune
    person.save()
    client.force_login(land.officer)
    url = reverse("accounts:reset_password", args=["buoi"])
    response = client.post(url, {"basis": "Đối chiếu căn cước tại trụ sở"})
    temporary = response.context["temporary"]
    assert temporary in text(response)
    assert "no-store" in response["Cache-Control"]
    assert temporary not in text(client.get(url))


def test_a_role_is_given_on_the_page(client, land, person):
    client.force_login(land.leader)
    sent = {
        "person": "0912345678", "agency": land.office.pk, "role": Role.COMMUNE_OFFICER, "valid_from": clock.today(),
        "basis": "Quyết định số 5",
    }  # fmt: skip
    assert client.post(reverse("accounts:grant"), sent).url == reverse("accounts:people")
    assert person.memberships.get().granted_by == land.leader
    again = client.post(reverse("accounts:grant"), sent)
    assert (again.status_code, "đã giữ vai trò này" in text(again)) == (422, True)


def test_a_leader_is_offered_only_what_a_leader_gives(client, land):
    client.force_login(land.leader)
    form = client.get(reverse("accounts:grant")).context["form"]
    assert list(form.fields["agency"].queryset) == [land.office]
    assert [value for value, _ in form.fields["role"].choices] == [Role.COMMUNE_OFFICER, Role.READER]


def test_hand_over_lend_and_end_on_the_pages(client, land, person):
    row = land.officer.memberships.get()
    today = clock.today()
    client.force_login(land.officer)
    span = {"to_user": "buoi", "valid_from": today, "valid_to": today + timedelta(3), "basis": "Số 1"}
    client.post(reverse("accounts:delegate", args=[row.pk]), span)
    lent = row.delegations.get()
    client.post(reverse("accounts:end_delegation", args=[lent.pk]))
    lent.refresh_from_db()
    assert lent.valid_to == today
    client.post(
        reverse("accounts:hand_over", args=[row.pk]),
        {"to_user": "buoi", "on": today, "basis": "Quyết định 7"},
    )
    heir = person.memberships.get()
    assert (heir.role, heir.valid_from) == (Role.COMMUNE_OFFICER, today)
    client.force_login(land.leader)
    client.post(reverse("accounts:end", args=[heir.pk]), {"on": today, "reason": "moved"})
    heir.refresh_from_db()
    assert (heir.valid_to, heir.ended_reason) == (today, "moved")


def test_an_officer_is_invited_by_mail_and_comes_in(client, land):
    client.force_login(land.leader)
    sent = {
        "full_name": "Lê Văn Mới", "email": "moi@example.vn", "agency": land.office.pk, "role": Role.COMMUNE_OFFICER,
        "basis": "Quyết định số 9",
    }  # fmt: skip
    response = client.post(reverse("accounts:invite"), sent)
    url = response.context["url"]
    assert (mail.outbox[0].to, url in mail.outbox[0].body) == (["moi@example.vn"], True)
    client.logout()
    path = url[url.index("/tai-khoan/") :]
    assert "Lê Văn Mới" in text(client.get(path))
    new = {"phone": "0987654321", "password1": "ruong-bac-thang-9", "password2": "ruong-bac-thang-9"}
    assert client.post(path, new).url == "/viec-cua-toi/"
    assert scope_of(User.objects.get(email="moi@example.vn")).has(Role.COMMUNE_OFFICER, land.commune)
    assert client.get(path).status_code == 410


def test_the_profile_shows_everything_known(client, land):
    client.force_login(land.officer)
    page = text(client.get(reverse("accounts:profile")))
    assert ("Cán bộ phụ trách OCOP cấp xã" in page, land.office.name in page) == (True, True)
    client.post(
        reverse("accounts:edit"), {"full_name": "Tên Mới", "title": "Công chức", "email": "Moi@Example.vn"}
    )
    changed = User.objects.get(pk=land.officer.pk)
    assert (changed.full_name, changed.email) == ("Tên Mới", "moi@example.vn")


def test_the_phone_is_changed_by_its_code(client, person, texted, monkeypatch):
    monkeypatch.setattr("ocop.accounts.rules.secrets.phone_code", lambda: "123456")
    client.force_login(person)
    led = client.post(reverse("accounts:new_phone"), {"phone": "0987 654 321"})
    assert User.objects.get(pk=person.pk).phone == "+84912345678"
    client.post(led.url, {"code": "123456"})
    assert User.objects.get(pk=person.pk).phone == "+84987654321"


def test_personas_do_not_exist_outside_the_demo(client, db, settings):
    UserFactory(username="ba-lan")
    assert client.get(reverse("accounts:personas")).status_code == 404
    assert client.post(reverse("accounts:persona_in", args=["ba-lan"])).status_code == 404
    settings.OCOP_DEMO = True
    assert "Nguyễn Thị Lan" in text(client.get(reverse("accounts:personas")))
    assert client.get(reverse("accounts:persona_in", args=["ba-lan"])).status_code == 405
    assert client.post(reverse("accounts:persona_in", args=["ba-lan"])).url == "/viec-cua-toi/"


def test_a_persona_is_among_the_sessions(client, db, settings):
    settings.OCOP_DEMO = True
    UserFactory(username="ba-lan")
    client.post(reverse("accounts:persona_in", args=["ba-lan"]))
    assert client.get(reverse("usersessions_list")).context["session_count"] == 1


def test_only_personas_come_in_by_one_press(client, land, settings):
    settings.OCOP_DEMO = True
    assert client.post(reverse("accounts:persona_in", args=[land.officer.username])).status_code == 404


def test_persona_names_are_unique():
    assert len(demo.USERNAMES) == len(demo.PERSONAS)


@pytest.mark.parametrize("day", ["2024-03-01", "2026-11-23"])
def test_personas_stand_in_real_agencies_on_any_day(db, settings, day):
    from datetime import date

    from ocop.units import loading

    settings.OCOP_DEMO, settings.OCOP_TODAY = True, date.fromisoformat(day)
    for load in (loading.load_reference, loading.load_demo, demo.load_personas, demo.load_personas):
        load(lambda line: None)
    officer = demo.persona_user("can-bo-phuc-trach")
    there = [one for one in demo.PERSONAS if one.role and (day < "2025-07-01" or one.group != demo.DISTRICT)]
    assert Membership.objects.count() == len(there)
    assert {p.username for p in there if not scope_of(demo.persona_user(p.username))} == set()
    commune = officer.memberships.get().agency.unit
    stranger, other = demo.persona_user("can-bo-tinh-khac"), demo.persona_user("can-bo-thach-khe")
    answers = [scope_of(user).has(role, commune) for user, role in (
        (officer, Role.COMMUNE_OFFICER), (other, Role.COMMUNE_OFFICER), (stranger, Role.ADVISORY_OFFICER),
        (demo.persona_user("tham-muu"), Role.ADVISORY_OFFICER),
    )]  # fmt: skip
    assert answers == [True, False, False, True]


def sheet(rows):
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    head = ["Họ và tên", "Số điện thoại", "Thư điện tử", "Chức vụ", "Cơ quan", "Vai trò", "Căn cứ phân công"]
    for line, cells in enumerate([head, *rows]):
        page.write_row(line, 0, cells)
    book.close()
    return SimpleUploadedFile("can-bo.xlsx", target.getvalue())


def row(land, name="Lê Văn A", phone="0987654321", role=Role.COMMUNE_OFFICER, agency=None, email=""):
    return [name, phone, email, "Công chức", (agency or land.office).name, Role(role).label, "Quyết định 5"]


def test_officers_come_by_excel_with_a_preview_of_row_errors(client, land, person):
    client.force_login(land.admin)
    known = UserFactory(phone="+84977777777")
    MembershipFactory(user=known, agency=land.office)
    upload = sheet([
        row(land), row(land, name="Trần Thị Bưởi", phone="0912345678", agency=land.next_office),
        row(land, name="Sai số", phone="0000000000"),
        row(land, name="Sai vai", phone="0966666666", role=Role.PROVINCE_CLERK),
        row(land, name="Tỉnh khác", phone="0955555555", agency=land.strange_office),
        row(land, name="Trùng thư", phone="0944444444", email="buoi@example.vn"), row(land, phone="0977777777"),
        row(land, name="Lặp"),
    ])  # fmt: skip
    led = client.post(reverse("accounts:import"), {"file": upload})
    page = client.get(led.url)
    batch = page.context["batch"]
    assert [(problem["row"], problem["kind"]) for problem in batch.problems] == [
        (4, "error"), (5, "error"), (6, "error"), (7, "error"), (8, "known"), (9, "twice"),
    ]  # fmt: skip
    assert Membership.objects.filter(agency=land.office, role=Role.COMMUNE_OFFICER).count() == 2
    done = client.post(led.url)
    made = done.context["made"]
    assert [
        (user.full_name, user.must_set_password, user.check_password(secret)) for user, secret in made
    ] == [("Lê Văn A", True, True)]
    assert person.memberships.get().agency == land.next_office
    assert client.post(led.url).context["made"] == []
    assert ImportBatch.objects.get().rows == []


def test_a_broken_sheet_says_so_and_a_leader_imports_only_at_home(client, land):
    client.force_login(land.leader)
    broken = client.post(reverse("accounts:import"), {"file": SimpleUploadedFile("x.xlsx", b"PKnonsense")})
    assert (broken.status_code, "bị hỏng" in text(broken)) == (422, True)
    work = OfficersImport(land.leader)
    batch = excel.preview(work.importer, sheet([row(land, agency=land.next_office)]), by=land.leader)
    assert batch.counts["ready"] == 0


def test_the_template_carries_the_columns(client, land):
    client.force_login(land.admin)
    response = client.get(reverse("accounts:import_template"))
    assert b"".join(response.streaming_content).startswith(b"PK")


ADMIN = {
    "OCOP_ADMIN_NAME": "Kiều Anh Tuấn", "OCOP_ADMIN_USERNAME": "quan-tri-1",
    "OCOP_ADMIN_PASSWORD": "ruong-bac-thang-9", "OCOP_ADMIN_EMAIL": "qt@example.vn",
}  # fmt: skip


@pytest.fixture
def committee(home):
    return AgencyFactory(
        slug="ubnd-tinh-42", unit=home.covers.exclude(holder=home).get().holder, kind="province_committee"
    )


def test_the_first_administrator_comes_by_command(committee, monkeypatch):
    for key, value in ADMIN.items():
        monkeypatch.setenv(key, value)
    for _ in range(2):
        call_command("create_admin", "--no-input", "--agency=ubnd-tinh-42", stdout=io.StringIO())
    user = User.objects.get(username="quan-tri-1")
    assert scope_of(user).roles == {Role.ADMINISTRATOR}
    assert (user.is_superuser, user.check_password("ruong-bac-thang-9")) == (False, True)


def test_the_command_says_what_is_missing(committee, monkeypatch):
    with pytest.raises(CommandError, match="OCOP_ADMIN_NAME"):
        call_command("create_admin", "--no-input")
    for key, value in {**ADMIN, "OCOP_ADMIN_PASSWORD": "12345"}.items():
        monkeypatch.setenv(key, value)
    with pytest.raises(CommandError, match="quá ngắn"):
        call_command("create_admin", "--no-input", "--agency=ubnd-tinh-42")
    Agency.objects.all().delete()
    with pytest.raises(CommandError, match="Chưa có cơ quan"):
        call_command("create_admin", "--no-input")
    assert not User.objects.exists()
