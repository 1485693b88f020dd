import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from ocop.accounts import actions
from ocop.accounts.enums import ConsentPurpose, Role, UserStatus
from ocop.accounts.models import Consent, Invitation, PhoneCode, User
from ocop.accounts.queries import scope_of
from ocop.accounts.signals import personal_data_erased
from ocop.accounts.tests.factories import PASSWORD, MembershipFactory, UserFactory
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused

BOTH = {ConsentPurpose.ACCOUNT, ConsentPurpose.CONTACT}


def register(land, **change):
    call = {
        "full_name": "Nguyễn Thị Lan", "unit": land.commune, "password": "ruong-bac-thang-9", "consents": BOTH,
        "by": None, **change,
    }  # fmt: skip
    return actions.register_producer_user(call.pop("phone", "0912 345 678"), **call)


def test_a_producer_registers_alone_and_waits_for_the_code(land):
    user, temporary = register(land)
    assert (user.phone, user.status, user.is_active, temporary) == (
        "+84912345678", UserStatus.UNCONFIRMED, False, "",
    )  # fmt: skip
    assert user.username == "nguyen-thi-lan"
    kept = set(Consent.objects.filter(user=user).values_list("purpose", "text_version"))
    assert kept == {("account", "2026-01"), ("contact", "2026-01")}


def test_an_unconfirmed_number_starts_anew_and_a_confirmed_one_is_taken(land):
    first, _ = register(land)
    again, _ = register(land, full_name="Trần Thị Hoa", phone="+84912345678")
    assert (again.pk, again.full_name) == (first.pk, "Trần Thị Hoa")
    User.objects.filter(pk=first.pk).update(status=UserStatus.ACTIVE, is_active=True)
    with pytest.raises(Refused) as refused:
        register(land)
    assert refused.value.code == "accounts.phone_taken"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"consents": {ConsentPurpose.CONTACT}}, "accounts.consent"),
        ({"phone": "12"}, "accounts.phone"),
        ({"password": "1234567890"}, "accounts.password"),
    ],
)
def test_registration_is_refused_without_consent_phone_or_strong_password(land, change, code):
    with pytest.raises(Refused) as refused:
        register(land, **change)
    assert refused.value.code == code
    assert not User.objects.filter(full_name="Nguyễn Thị Lan").exists()


def test_the_commune_opens_an_account_in_its_reach_only(land):
    user, temporary = register(land, by=land.officer, password=None)
    assert (user.is_active, user.must_set_password, user.check_password(temporary)) == (True, True, True)
    with pytest.raises(Forbidden):
        register(land, by=land.next_officer, phone="0987654321")


def test_the_code_of_the_message_opens_the_account(land, texted, django_capture_on_commit_callbacks):
    user, _ = register(land)
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_phone_code(user, by=None)
    message = json.loads(texted.read_text())
    code = message["text"].split()[0]
    assert message["to"] == "+84912345678"
    assert code not in PhoneCode.objects.get().code_hash
    actions.confirm_phone(user, f"{code[:3]} {code[3:]}")
    user.refresh_from_db()
    assert (user.status, user.is_active, user.phone_verified_at is None) == (UserStatus.ACTIVE, True, False)
    with pytest.raises(Refused) as refused:
        actions.confirm_phone(user, code)
    assert refused.value.code == "accounts.code_old"


def test_a_wrong_code_counts_and_five_close_it(land, texted, monkeypatch):
    monkeypatch.setattr("ocop.accounts.rules.secrets.phone_code", lambda: "123456")
    user, _ = register(land)
    actions.send_phone_code(user, by=None)
    codes = []
    for typed in ["000000"] * 5 + ["123456"]:
        with pytest.raises(Refused) as refused:
            actions.confirm_phone(user, typed)
        codes.append(refused.value.code)
    assert codes == ["accounts.code_wrong"] * 5 + ["accounts.code_tries"]


@pytest.mark.parametrize(("minutes", "ok"), [(10, True), (11, False)])
def test_a_code_is_good_for_ten_minutes(land, texted, monkeypatch, minutes, ok):
    monkeypatch.setattr("ocop.accounts.rules.secrets.phone_code", lambda: "123456")
    user, _ = register(land)
    at = clock.now()
    actions.send_phone_code(user, by=None, at=at)
    if ok:
        assert actions.confirm_phone(user, "123456", at=at + timedelta(minutes=minutes)).is_active
    else:
        with pytest.raises(Refused):
            actions.confirm_phone(user, "123456", at=at + timedelta(minutes=minutes))


def test_codes_are_sent_at_most_once_a_minute_and_five_times_an_hour(land, texted):
    user, _ = register(land)
    at = clock.now()
    actions.send_phone_code(user, by=None, at=at)
    with pytest.raises(Refused) as soon:
        actions.send_phone_code(user, by=None, at=at + timedelta(seconds=59))
    for minute in range(2, 10, 2):
        actions.send_phone_code(user, by=None, at=at + timedelta(minutes=minute))
    with pytest.raises(Refused) as many:
        actions.send_phone_code(user, by=None, at=at + timedelta(minutes=12))
    assert (soon.value.code, many.value.code) == ("accounts.code_pause", "accounts.code_limit")
    assert actions.forget_codes(at=at + timedelta(days=2)) == 5


def test_the_commune_resets_the_password_of_its_producers(land, person, heard):
    person.unit = land.commune
    person.save()
    temporary = actions.reset_password_by_commune(person, by=land.officer, basis="Đối chiếu căn cước")
    person.refresh_from_db()
    assert person.check_password(temporary)
    assert not person.check_password(PASSWORD)
    assert person.must_set_password
    assert heard == [("accounts.password_reset", person, {"by_agency": True})]


@pytest.mark.parametrize("who", ["next_officer", "stranger"])
def test_no_other_commune_and_no_other_province_resets_it(land, person, who):
    person.unit = land.commune
    person.save()
    with pytest.raises(Forbidden):
        actions.reset_password_by_commune(person, by=getattr(land, who), basis="Đối chiếu căn cước")
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_officials_are_helped_by_the_administrator_not_by_their_colleagues(land):
    with pytest.raises(Forbidden):
        actions.reset_password_by_commune(land.leader, by=land.officer, basis="Quen mặt")
    assert actions.reset_password_by_commune(land.leader, by=land.admin, basis="Gọi lại số cơ quan")


def test_the_own_password_takes_the_place_of_the_temporary_one(person):
    person.set_password("tam-thoi-2345")
    person.must_set_password = True
    with pytest.raises(Refused):
        actions.set_own_password(person, "tam-thoi-2345")
    actions.set_own_password(person, "ruong-bac-thang-9")
    assert not User.objects.get(pk=person.pk).must_set_password


def test_a_locked_account_acts_for_nobody(land):
    actions.deactivate(land.officer, by=land.admin, reason="Nghỉ việc")
    assert not scope_of(User.objects.get(pk=land.officer.pk)).is_official
    actions.reactivate(land.officer, by=land.admin)
    assert scope_of(User.objects.get(pk=land.officer.pk)).is_official


def test_a_lost_phone_is_forgotten_by_the_administrator(land):
    Authenticator.objects.create(user=land.officer, type=Authenticator.Type.TOTP, data={})
    with pytest.raises(Forbidden):
        actions.reset_second_factor(land.officer, by=land.leader, basis="Quen mặt")
    actions.reset_second_factor(land.officer, by=land.admin, basis="Gọi lại số cơ quan")
    assert not Authenticator.objects.filter(user=land.officer).exists()


def test_consent_is_withdrawn_and_kept(land):
    user, _ = register(land)
    contact, account = user.consents.get(purpose="contact"), user.consents.get(purpose="account")
    actions.withdraw_consent(contact, by=user)
    contact.refresh_from_db()
    assert contact.withdrawn_at is not None
    for row, by in ((account, user), (contact, user), (contact, land.officer)):
        with pytest.raises(Refused):
            actions.withdraw_consent(row, by=by)


def test_erasing_leaves_the_row_without_a_person(land, heard):
    user, _ = register(land)
    told = []
    personal_data_erased.connect(
        lambda **facts: told.append(facts["user"].pk), weak=False, dispatch_uid="test"
    )
    try:
        actions.erase_personal_data(user, by=user)
    finally:
        personal_data_erased.disconnect(dispatch_uid="test")
    gone = User.objects.get(pk=user.pk)
    assert (gone.full_name, gone.phone, gone.email, gone.username, gone.is_active, gone.status) == (
        "Người dùng đã xóa dữ liệu", None, "", f"da-xoa-{user.pk}", False, UserStatus.ERASED,
    )  # fmt: skip
    assert "lan" not in gone.search_text.split()
    assert told == [user.pk]
    assert not gone.consents.filter(withdrawn_at__isnull=True).exists()
    assert heard[-1] == ("accounts.erased", gone, {})


def test_officials_hand_over_before_their_data_go(land):
    with pytest.raises(Refused) as refused:
        actions.erase_personal_data(land.officer, by=land.officer)
    assert refused.value.code == "accounts.holds_role"


def test_identifiers_belong_to_one_person(person):
    for taken in ({"phone": "0912345678"}, {"email": "BUOI@example.vn"}, {"username": "Buoi"}):
        with pytest.raises(Refused):
            actions.create_user(full_name="Người khác", by=None, **taken)


@pytest.mark.django_db
def test_user_names_are_numbered():
    made = [actions.create_user(full_name="Đặng Thị Ơn", by=None).username for _ in range(3)]
    assert made == ["dang-thi-on", "dang-thi-on-2", "dang-thi-on-3"]


def invite(land, **change):
    call = {
        "full_name": "Lê Văn Mới", "agency": land.office, "role": Role.COMMUNE_OFFICER, "by": land.leader,
        "email": "moi@example.vn", **change,
    }  # fmt: skip
    return actions.invite_officer(**call)


def test_an_invitation_opens_an_account_with_the_role_once(land):
    _, secret = invite(land)
    assert secret not in json.dumps(list(Invitation.objects.values()), default=str)
    row = actions.accept_invitation(secret, by=None, password="ruong-bac-thang-9", phone="0987 654 321")
    assert (row.user.username, row.user.phone, row.agency, row.granted_by) == (
        "le-van-moi", "+84987654321", land.office, land.leader,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(secret, by=None, password="ruong-bac-thang-9")
    assert refused.value.code == "accounts.invitation_used"
    assert row.user.memberships.count() == 1


@pytest.mark.parametrize(("days", "open_"), [(14, True), (15, False)])
def test_an_invitation_lasts_two_weeks(land, days, open_):
    _, secret = invite(land)
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        if open_:
            assert actions.open_invitation(secret)
        else:
            with pytest.raises(Refused) as refused:
                actions.open_invitation(secret)
            assert refused.value.code == "accounts.invitation_expired"


def test_an_invitation_dies_when_withdrawn_or_when_the_inviter_lost_the_right(land):
    first, gone = invite(land)
    actions.withdraw_invitation(first, by=land.leader)
    _, orphan = invite(land)
    land.leader.memberships.update(valid_to=clock.today() - timedelta(1))
    codes = []
    for secret in (gone, orphan, "no-such-link"):
        with pytest.raises(Refused) as refused:
            actions.accept_invitation(secret, by=None, password="ruong-bac-thang-9")
        codes.append(refused.value.code)
    assert codes == ["accounts.invitation", "accounts.inviter", "accounts.invitation"]


def test_a_known_person_accepts_with_the_own_account(land, person):
    _, secret = invite(land, email=person.email)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(secret, by=None, password="ruong-bac-thang-9")
    assert refused.value.code == "accounts.email_taken"
    assert actions.accept_invitation(secret, by=person).user == person


def test_nobody_is_invited_beyond_ones_reach(land):
    with pytest.raises(Forbidden):
        invite(land, by=land.officer)
    with pytest.raises(Forbidden):
        invite(land, by=land.leader, agency=land.next_office)


def test_a_superuser_is_helped_by_nobody(land):
    boss = UserFactory(is_superuser=True)
    MembershipFactory(user=boss, agency=land.office)
    with pytest.raises(Forbidden):
        actions.reset_password_by_commune(boss, by=land.admin, basis="Số 1")
