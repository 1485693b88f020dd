"""Nobody is surprised by a star that runs out: when people are told, whom, and the board of months. Art. 4.3, 7.6."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory, UserFactory
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.producers.actions.access import grant
from ocop.recognition.actions import revoke, warn_of_expiry
from ocop.recognition.enums import DecisionKind
from ocop.recognition.models import ExpiryWarning
from ocop.recognition.rules.watch import warning_due
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory, unknown_certificate
from ocop.rulebook.tests.factories import DatedSettingFactory
from ocop.units.tests.factories import AgencyFactory, UnitFactory

LAST = date(2027, 5, 24)


@pytest.mark.parametrize(
    ("left", "told", "due"),
    [
        (200, [], None),
        (181, [], None),
        (180, [], 180),
        (179, [180], None),
        (150, [], 180),  # the job was down: the nearest one reached, once
        (120, [180], 120),
        (119, [180, 120], None),
        (90, [180, 120], 90),
        (31, [180, 120, 90], None),
        (30, [180, 120, 90], 30),
        (1, [180, 120, 90, 30], None),
        (0, [180, 120, 90, 30], 0),
        (0, [0], None),
        (10, [], 30),  # three were missed, one is given
        (40, [30], 90),  # the clock was ahead and is right again: the one it skipped is not lost
        (40, [90, 30], None),
        (-1, [], None),
    ],
)
def test_which_warning_is_due(left, told, due):
    given = {days: LAST - timedelta(days=days) for days in told}
    assert warning_due(LAST, LAST - timedelta(days=left), given) == due


def star(left: int, **values):
    """A certificate whose last valid day is `left` days from today."""
    return CertificateFactory(valid_to=clock.today() + timedelta(days=left), **values)


def holder_of(certificate):
    person = UserFactory()
    grant(certificate.product.producer, person, kind="owner", by=None)
    return person


def officer_of(unit, role=Role.COMMUNE_OFFICER):
    return MembershipFactory(agency=AgencyFactory(unit=unit), role=role).user


def told(person) -> list[str]:
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("title", flat=True))


@pytest.mark.django_db
class TestTelling:
    def test_the_window_is_that_of_the_day_with_where_it_comes_from(self, settings):
        DatedSettingFactory(
            key="renewal_closes_days", value=30, valid_from=date(2023, 2, 24), source="Quyết định 148/QĐ-TTg"
        )
        DatedSettingFactory(
            key="renewal_closes_days",
            value=120,
            valid_from=date(2026, 5, 22),
            source="Điều 7.6: từ 180 đến 120",
        )
        texts = {}
        for day in (date(2024, 6, 10), date(2026, 11, 24)):
            settings.OCOP_TODAY = day
            given = date(day.year - 2, 1, 1)
            person = holder_of(star(120, issued_on=given, issued_year=given.year))
            warn_of_expiry()
            texts[day.year] = Notice.objects.get(to=person).text.split(". ", 1)[1]
        assert texts == {
            2024: "Hồ sơ đánh giá lại nộp từ 180 đến 30 ngày trước ngày cuối (Quyết định 148/QĐ-TTg).",
            2026: "Hồ sơ đánh giá lại nộp từ 180 đến 120 ngày trước ngày cuối (Điều 7.6).",
        }

    def test_a_district_is_told_of_the_stars_of_its_communes(self):
        row = star(120)
        desk = officer_of(row.unit, Role.DISTRICT_OFFICER)
        warn_of_expiry()
        assert told(desk) == ["1 sao OCOP sắp hết hạn"]

    def test_producer_commune_and_standing_agency_are_told_once(self):
        soon, today_is_last = star(120, stars=4), star(0, stars=3)
        owner = holder_of(soon)
        officer = officer_of(soon.unit)
        standing = officer_of(soon.unit, Role.STANDING_OFFICER)
        stranger = officer_of(UnitFactory(name="Xã Khác"))
        assert warn_of_expiry() == 2
        assert warn_of_expiry() == 0
        assert told(owner) == [f"4 sao của {soon.product.name}: còn 120 ngày"]
        same = [row for row in (soon, today_is_last) if row.unit_id == soon.unit_id]
        assert told(officer) == told(standing) == [f"{len(same)} sao OCOP sắp hết hạn"]
        assert told(stranger) == []
        assert set(ExpiryWarning.objects.values_list("certificate", "days")) == {
            (soon.pk, 120), (today_is_last.pk, 0),
        }  # fmt: skip

    def test_the_next_threshold_is_told_again(self):
        row = star(120)
        owner = holder_of(row)
        warn_of_expiry()
        warn_of_expiry(today=clock.today() + timedelta(days=30))
        assert [title.split(": ")[1] for title in told(owner)] == ["còn 120 ngày", "còn 90 ngày"]

    @pytest.mark.parametrize(
        ("left_on_each_day", "given"),
        [
            ([120, 150, 120, 119], [180, 120]),  # back a month and on again: each threshold once
            ([181, 30, 181, 179, 90, 30, 0], [180, 90, 30, 0]),  # ahead by mistake, then set right
            ([200, -400, 200, 180, 120], [180, 120]),  # a year ahead for a day: nothing was lost by it
            ([95, 60, 10, 0], [120, 90, 30, 0]),  # the machine stood still for weeks
        ],
    )
    def test_a_clock_that_jumps_doubles_nothing_and_loses_nothing(self, left_on_each_day, given):
        last = clock.today() + timedelta(days=500)
        row = star(500, issued_on=last - timedelta(days=1000))
        owner = holder_of(row)
        for left in left_on_each_day:
            for _ in range(2):
                at = clock.now() + timedelta(days=500 - left)
                warn_of_expiry(today=last - timedelta(days=left), at=at)
        assert list(row.expiry_warnings.order_by("-days").values_list("days", flat=True)) == given
        assert len(told(owner)) == len(given)

    def test_only_stars_that_still_speak_are_watched(self):
        revoked = star(100)
        decision = DecisionFactory(kind=DecisionKind.REVOCATION, issued_on=clock.today())
        revoke(revoked, ground="a", decision=decision, reason="Vi phạm.", by=UserFactory())
        older = star(100)
        CertificateFactory(product=older.product, issued_on=clock.today(), issued_year=clock.today().year)
        star(-1)
        star(181)
        star(100, published_at=None)
        unknown_certificate()
        assert warn_of_expiry() == 0


@pytest.mark.django_db
class TestBoard:
    @pytest.fixture
    def unit(self):
        return UnitFactory(name="Xã Kỳ Thử")

    def board(self, user, **query) -> str:
        client = Client()
        client.force_login(user)
        answer = client.get(reverse("recognition:expiry_board"), query)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_months_count_the_stars_of_ones_units_and_open_their_products(self, unit):
        officer = officer_of(unit)
        first, second = date(2030, 5, 3), date(2030, 7, 31)
        CertificateFactory(unit=unit, stars=4, valid_to=first, product_name="Mật ong Kỳ Thử")
        CertificateFactory(unit=unit, stars=3, valid_to=second, product_name="Cam Kỳ Thử")
        CertificateFactory(unit=UnitFactory(name="Xã Bên"), valid_to=first, product_name="Trà Xã Bên")
        shown = self.board(officer)
        assert ("05/2030" in shown, "07/2030" in shown) == (True, True)
        assert ("Mật ong Kỳ Thử" in shown, "Cam Kỳ Thử" in shown, "Trà Xã Bên" in shown) == (
            True,
            False,
            False,
        )
        assert "Cam Kỳ Thử" in self.board(officer, thang="2030-07")
        assert "Mật ong Kỳ Thử" in self.board(officer, thang="khong-phai-thang")

    def test_number_of_queries_does_not_grow(self, unit, client):
        client.force_login(officer_of(unit))
        address = reverse("recognition:expiry_board")
        CertificateFactory(unit=unit, valid_to=date(2030, 5, 3))
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for number in range(30):
            CertificateFactory(unit=unit, valid_to=date(2030, 5, 1 + number % 28))
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) == len(few)

    def test_it_says_when_people_were_last_told(self, unit):
        officer = officer_of(unit)
        star(30, unit=unit)
        assert "chưa báo" in self.board(officer)
        warn_of_expiry()
        assert "chưa báo" not in self.board(officer)

    def test_stars_without_a_known_term_are_counted_apart(self, unit):
        unknown_certificate(unit=unit)
        unknown_certificate(unit=UnitFactory(name="Xã Bên"))
        assert "1 sao chưa rõ thời hạn" in self.board(officer_of(unit))

    def test_empty_and_not_for_producers(self, unit):
        assert "Chưa có sao nào rõ thời hạn" in self.board(officer_of(unit))
        client = Client()
        client.force_login(UserFactory())
        assert client.get(reverse("recognition:expiry_board")).status_code == 404
