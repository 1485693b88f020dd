"""Dated settings and the calendar are changed by the administrator of the province, previewed, dated and logged."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory
from ocop.audit.models import Event
from ocop.kit import clock
from ocop.kit.days import is_working_day
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.models import DayOverride
from ocop.rulebook import actions, pages
from ocop.rulebook.models import DatedSetting
from ocop.rulebook.queries import setting
from ocop.rulebook.rules.setting_words import change_words, effect, value_words
from ocop.rulebook.rules.settings import BY_KEY, KNOWN
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


def holder(province, role=Role.ADMINISTRATOR):
    agency = AgencyFactory(unit=province, kind=AgencyKind.PROVINCE_COMMITTEE)
    return MembershipFactory(agency=agency, role=role).user


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def province(settings):
    made = ProvinceFactory()
    settings.OCOP_PROVINCE = made.code
    return made


def change(province, value, since, by, **more):
    given = {"source": "Quy chế 01/2026", "confirmed": True, **more}
    return actions.change_setting("spread_limit", value, province=province, since=since, by=by, **given)


class TestChange:
    """The action: the row before ends on the eve, other provinces and other days stay."""

    def test_from_a_day_on_in_this_province_only(self, province):
        admin, other = holder(province), ProvinceFactory()
        change(province, "8", date(2026, 6, 1), admin)
        change(province, "7.5", date(2026, 8, 1), admin)
        read = [
            setting("spread_limit", code, day)
            for code in (province.code, other.code)
            for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 31), date(2026, 8, 1))
        ]
        assert read == [10, 8, 8, Decimal("7.5"), 10, 10, 10, 10]

    def test_put_between_two_rows(self, province):
        admin = holder(province)
        for value, month in (("8", 6), ("9", 9), ("7", 7)):
            change(province, value, date(2026, month, 1), admin)
        rows = DatedSetting.objects.filter(province=province.code).order_by("valid_from")
        assert [(row.value, row.valid_from.month, row.valid_to) for row in rows] == [
            ("8", 6, date(2026, 6, 30)), ("7", 7, date(2026, 8, 31)), ("9", 9, None),
        ]  # fmt: skip

    def test_same_day_corrects_and_the_history_keeps_what_stood(self, province):
        admin = holder(province)
        change(province, "8", date(2026, 6, 1), admin)
        row = change(province, "9", date(2026, 6, 1), admin)
        assert [(kept.value, kept.history_user) for kept in row.history.all()] == [("9", admin), ("8", admin)]
        events = Event.objects.filter(verb="settings.changed")
        assert [event.data["value"] for event in events] == ["9", "8"]

    @pytest.mark.parametrize(
        ("value", "more", "code"),
        [
            ("100.5", {}, "settings.value"),
            (True, {}, "settings.value"),
            ("8", {"source": " "}, "settings.source"),
        ],
    )
    def test_refused(self, province, value, more, code):
        with pytest.raises(Refused) as refused:
            change(province, value, date(2026, 6, 1), holder(province), **more)
        assert (refused.value.code, DatedSetting.objects.count()) == (code, 0)

    def test_not_by_others(self, province):
        for user in (holder(province, Role.PROVINCE_LEADER), holder(ProvinceFactory())):
            with pytest.raises(Forbidden):
                change(province, "8", date(2026, 6, 1), user)


class TestPages:
    """What each person reaches, the preview and the saving."""

    def test_who_reaches_what(self, province):
        commune = AgencyFactory(unit=UnitFactory(under=province))
        people = [
            holder(province), holder(province, Role.PROVINCE_LEADER), MembershipFactory(agency=commune).user,
        ]  # fmt: skip
        page = reverse("rulebook:setting", args=["spread_limit"])
        data = {"value": "8", "since": "2026-06-01", "source": "Quy chế", "luu": "1"}
        got = [
            (
                signed(user).get(reverse("rulebook:settings")).status_code,
                signed(user).post(page, data).status_code,
            )
            for user in people
        ]
        assert got == [(200, 302), (200, 403), (404, 404)]

    def test_previewed_in_words_before_it_is_saved(self, province):
        client = signed(holder(province))
        page = reverse("rulebook:setting", args=["quorum_percent"])
        data = {"value": "60", "since": clock.today().isoformat(), "source": "Quy chế 02", "once": "mot"}
        shown = client.post(page, data)
        assert (shown.status_code, DatedSetting.objects.count()) == (200, 0)
        assert shown.context["preview"][0] == f"Từ ngày {clock.today():%d/%m/%Y}: 75 → 60."
        assert [client.post(page, {**data, "luu": "1"}).status_code for _ in range(2)] == [302, 302]
        row = DatedSetting.objects.get()
        assert (row.value, row.confirmed, row.province) == (60, False, province.code)

    @pytest.mark.parametrize(
        ("key", "value"), [("quorum_percent", "101"), ("minimums_policy", "x"), ("spread_limit", "-1")]
    )
    def test_a_value_that_does_not_fit_is_said(self, province, key, value):
        data = {"value": value, "since": "2026-06-01", "source": "Quy chế", "luu": "1"}
        answer = signed(holder(province)).post(reverse("rulebook:setting", args=[key]), data)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["value"])

    def test_every_setting_has_its_page_and_its_words(self, province):
        client = signed(holder(province))
        assert [client.get(reverse("rulebook:setting", args=[known.key])).status_code for known in KNOWN] == [
            200
        ] * len(KNOWN)
        assert [known.key for known in KNOWN if not effect(known, known.default)] == []

    def test_a_coming_value_is_announced(self, province):
        today = clock.today()
        change(province, "8", today + timedelta(days=30), holder(province))
        line = next(line for line in pages.setting_lines(province.code, today) if line.key == "spread_limit")
        assert (line.value, line.coming) == ("10", f"từ {today + timedelta(days=30):%d/%m/%Y}: 8")

    def test_books_open_for_everybody_signed_in(self, province):
        assert signed(holder(province, Role.READER)).get(reverse("rulebook:books")).status_code == 200
        assert Client().get(reverse("rulebook:books")).status_code == 302


class TestCalendar:
    """Days off that the office writes count at once in every deadline."""

    def test_written_counted_and_taken_back(self, province):
        client, day = signed(holder(province)), date(2026, 9, 1)
        data = {"day": "2026-09-01", "is_working": "0", "name": "Nghỉ bù", "source": "Thông báo 1"}
        before = is_working_day(day)
        assert client.post(reverse("rulebook:calendar"), data).status_code == 302
        during = is_working_day(day)
        assert client.post(reverse("rulebook:calendar_drop", args=["2026-09-01"])).status_code == 302
        assert (before == is_working_day(day), during) == (True, False)
        verbs = Event.objects.filter(verb__startswith="calendar.").order_by("pk")
        assert list(verbs.values_list("verb", flat=True)) == ["calendar.changed", "calendar.dropped"]

    def test_not_by_a_stranger_province_nor_a_leader(self, province):
        data = {"day": "2026-09-01", "is_working": "0", "name": "Nghỉ bù", "source": "Thông báo 1"}
        people = holder(ProvinceFactory()), holder(province, Role.PROVINCE_LEADER)
        got = [signed(user).post(reverse("rulebook:calendar"), data).status_code for user in people]
        assert (got, DayOverride.objects.count()) == ([403, 403], 0)


def test_words_of_a_change():
    known = BY_KEY["five_star_needs_minimums"]
    assert change_words(known, True, False, date(2026, 1, 1), date(2026, 2, 1)) == [
        "Từ ngày 01/01/2026: Có → Không.",
        "Từ 90 điểm là tiềm năng 5 sao, không xét mức tối thiểu 5 sao.",
        "Ngày 01/01/2026 đã qua: mọi việc tính theo ngày từ hôm đó sẽ được tính theo giá trị mới.",
        "Kết quả phiên họp đã chốt không đổi.",
    ]
    assert value_words(BY_KEY["spread_limit"], Decimal("7.50")) == "7,5"
