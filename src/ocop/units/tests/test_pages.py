"""Pages of units and agencies, and the unit picker."""

import pytest
import time_machine
from django import forms
from django.contrib.auth import get_user_model
from django.urls import reverse

from ocop.units.fields import UnitField
from ocop.units.models import Unit
from ocop.units.tests.conftest import unit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("loaded_units"),
]


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-06-01T03:00:00Z", tick=True):
        yield


@pytest.fixture
def officer(client):
    client.force_login(get_user_model().objects.create_user(username="can-bo", password="mat-khau-dai"))
    return client


class PlaceForm(forms.Form):
    """A form with a picker, as other apps use it."""

    place = UnitField(label="Xã, phường", levels=["commune"])
    elsewhere = UnitField(label="Nơi khác", required=False)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


class TestField:
    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("xã Thạch Khê", "18604"),
            ("thach khe", "18604"),
            ("Xã Thạch Khê (18604)", "18604"),
            ("Đỉnh Bàn", "18604"),
            ("phường thạch quý", "18073"),
            ("ky anh", "18754"),
        ],
    )
    def test_what_is_typed_becomes_the_unit_of_the_day(self, typed, code):
        form = PlaceForm({"place": typed})
        if typed == "ky anh":
            code = Unit.objects.get(name="Kỳ Anh", level="commune").code
        assert form.is_valid(), form.errors
        assert (form.cleaned_data["place"].code, form.cleaned_data["elsewhere"]) == (code, None)

    @pytest.mark.parametrize(
        ("typed", "error"),
        [
            ("", "Cần điền hoặc chọn ô này."),
            ("Nơi nào đó", "Không tìm thấy đơn vị hành chính “Nơi nào đó”."),
            ("Trung Lộc", "Không tìm thấy đơn vị hành chính “Trung Lộc”."),
            ("huyện Đức Thọ (440)", "Không tìm thấy đơn vị hành chính “huyện Đức Thọ (440)”."),
        ],
    )
    def test_what_cannot_be_answered_is_said(self, typed, error):
        form = PlaceForm({"place": typed})
        assert form.errors["place"] == [error]

    def test_what_a_suggestion_wrote_is_looked_up_and_not_searched(self, django_assert_num_queries):
        form = PlaceForm({"place": "Xã Thạch Khê (18604)"})
        with django_assert_num_queries(2):
            assert form.is_valid()
        assert form.cleaned_data["place"] == unit("18604", "2025-07-01")

    def test_several_answers_are_named_and_offered(self):
        form = PlaceForm({"place": "Đại Nài"})
        assert form.errors["place"] == [
            "Có nhiều đơn vị phù hợp: Phường Thành Sen (18073) – trước là phường Đại Nài, thành phố Hà Tĩnh; "
            "Phường Hà Huy Tập (18652) – trước là phường Đại Nài, thành phố Hà Tĩnh. "
            "Hãy ghi rõ tên hoặc chép cả mã trong ngoặc."
        ]
        html = str(form["place"])
        assert 'type="radio" name="place" value="Phường Hà Huy Tập (18652)"' in html

    def test_the_chosen_suggestion_comes_after_the_text_and_wins(self):
        from django.http import QueryDict

        sent = QueryDict("place=dai+nai&place=Phường+Hà+Huy+Tập+(18652)")
        form = PlaceForm(sent)
        assert form.is_valid()
        assert form.cleaned_data["place"].code == "18652"

    def test_a_unit_shows_its_name_and_code_and_stays_unchanged(self):
        thach_khe = unit("18604", "2025-07-01")
        form = PlaceForm({"place": "Xã Thạch Khê (18604)"}, initial={"place": thach_khe})
        assert 'value="Xã Thạch Khê (18604)"' in str(PlaceForm(initial={"place": thach_khe})["place"])
        assert form.changed_data == []


class TestSuggest:
    def test_names_of_any_time_for_anybody(self, client):
        answer = client.get(
            reverse("units:suggest"), {"for": "place", "place": "dinh ban", "levels": "commune"}
        )
        assert 'name="place" value="Xã Thạch Khê (18604)"' in text_of(answer)
        assert "trước là xã Đỉnh Bàn, thành phố Hà Tĩnh" in text_of(answer)

    @pytest.mark.parametrize("typed", ["", "d", "Mẫu Bắc", "zzz"])
    def test_nothing_for_too_little_or_for_another_province(self, client, typed):
        answer = client.get(reverse("units:suggest"), {"for": "place", "place": typed})
        assert (answer.status_code, text_of(answer)) == (200, "")


class TestPages:
    @pytest.mark.parametrize("name", ["units:units", "units:agencies"])
    def test_a_stranger_signs_in_first(self, client, name):
        assert client.get(reverse(name)).status_code == 302

    @pytest.mark.parametrize(
        ("day", "count"), [("2024-06-01", "230 đơn vị"), ("2025-07-01", "70 đơn vị"), ("", "70 đơn vị")]
    )
    def test_the_tree_of_a_day(self, officer, day, count):
        answer = officer.get(reverse("units:units"), {"ngay": day})
        assert f"<strong>{count}</strong>" in text_of(answer)
        assert "Mẫu Bắc" not in text_of(answer)

    def test_a_day_before_the_first_stage_is_refused_with_words(self, officer):
        answer = officer.get(reverse("units:units"), {"ngay": "2020-01-01"})
        assert "Dữ liệu đơn vị hành chính có từ ngày 01/01/2023." in text_of(answer)

    def test_search_by_an_old_name(self, officer):
        answer = officer.get(reverse("units:units"), {"q": "dinh ban"})
        assert "nay là xã Thạch Khê" in text_of(answer)

    def test_search_without_result(self, officer):
        answer = officer.get(reverse("units:units"), {"q": "zzz"})
        assert "Không tìm thấy đơn vị nào" in text_of(answer)

    def test_a_unit_with_its_lineage(self, officer):
        answer = text_of(officer.get(reverse("units:unit", args=["18070"]), {"ngay": "2024-06-01"}))
        assert "Phường Trần Phú, thành phố Hà Tĩnh, tỉnh Hà Tĩnh" in answer
        assert "Chưa đối chiếu" in answer
        assert "Ủy ban nhân dân phường Trần Phú" in answer

    def test_a_unit_without_successor_says_so(self, officer):
        answer = officer.get(reverse("units:unit", args=["18472"]), {"ngay": "2024-06-01"})
        assert "Chưa có đơn vị kế tục được xác minh" in text_of(answer)

    def test_a_code_of_other_days_shows_them(self, officer):
        answer = officer.get(reverse("units:unit", args=["18094"]), {"ngay": "2026-01-01"})
        assert answer.status_code == 404
        assert "Phường Thạch Linh" in text_of(answer)

    def test_an_unknown_code(self, officer):
        assert officer.get(reverse("units:unit", args=["00000"])).status_code == 404

    def test_agencies_of_a_day_by_name_and_part(self, officer):
        found = officer.get(reverse("units:agencies"), {"nhiem_vu": "advisory_body", "ngay": "2024-06-01"})
        assert "Sở Nông nghiệp và Phát triển nông thôn tỉnh Hà Tĩnh" in text_of(found)
        assert "<strong>1 cơ quan</strong>" in text_of(found)
        assert "Trình Diễn" not in text_of(officer.get(reverse("units:agencies"), {"q": "trinh dien"}))
