"""The years in which districts ranked, and what came after them (Decisions 148/2023, 1489/2025, 26/2026).

On the real units, agencies, procedures and books of Hà Tĩnh; the clock is moved, nothing else.
"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import decision, dossier, levels
from ocop.evaluation.actions.refile import refile
from ocop.evaluation.actions.transition import date_old_dossiers
from ocop.evaluation.models import Dossier, ExpertReport
from ocop.evaluation.queries.record import road_of
from ocop.evaluation.queries.transition import old_rules_of
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.rulebook.models import CriteriaSet
from ocop.units.queries import committee_of, district_of, unit_on
from tests.journeys.eras import HOME, Era, on

pytestmark = pytest.mark.django_db


def a_set(book: str, number: int) -> CriteriaSet:
    return CriteriaSet.objects.get(book__slug=book, number=number)


def sees(user, row: Dossier) -> bool:
    return Dossier.objects.visible_to(user).filter(pk=row.pk).exists()


def page(user, name: str, *args: object) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def started(era: Era, points: int, number: int = 8) -> tuple[Dossier, tuple]:
    """In 2024: a dossier ready to be handed in, and the commune's people."""
    officer, leader = era.commune_people()
    _, product = era.producer_with_product(a_set("148-2023", number), officer)
    row = dossier.open_dossier(product, criteria_set=a_set("148-2023", number), by=era.user("chu"))
    return era.fill(row, points), (officer, leader)


@pytest.mark.journey("VI.13:report-148", "VI.12:three-stars", "IV.3.2.d:decision-148")
def test_a_district_recognises_three_stars_itself(era: Era):
    with on("2024-06-10"):
        row, people = started(era, 61)
        district, province = era.district_office(), era.province_office()
        assert (row.flow_key, row.district, row.procedure.key) == ("148-2023", era.district, "148-2023")
        era.through_commune(row, *people)
        assert (row.state, row.due_on, row.round) == ("proposed_to_district", None, None)
        assert (sees(district.desk, row), sees(province.desk, row)) == (True, False)
        with pytest.raises(Forbidden):
            era.to_council(row, province)
        era.to_council(row, district)
        assert row.state == "district_council_ready"
        result = era.rank(row, district, 61)
        assert (result.outcome, row.state) == ("recognise", "district_awaiting_decision")
        star = era.decide(row, district, "815/QĐ-UBND", "15/2024")
        assert (row.state, star.stars, star.issuer.name) == (
            "recognised",
            3,
            "Ủy ban nhân dân huyện Hương Khê",
        )
        assert (star.issued_on, star.valid_to) == (date(2024, 6, 10), date(2027, 6, 10))
        assert (
            "huyện Hương Khê" in Client().get(reverse("public:validity", args=[star.code])).content.decode()
        )
        labels = "; ".join(step["label"] for step in road_of(row))
        assert labels == "Soạn hồ sơ; Xã đánh giá; Huyện kiểm tra; Hội đồng huyện; Huyện quyết định; Kết thúc"


@pytest.mark.journey("VI.12:forwarding")
def test_seventy_points_go_up_and_the_province_recognises_four_stars(era: Era):
    with on("2024-06-10"):
        row, people = started(era, 78)
        district, province = era.district_office(), era.province_office()
        era.through_commune(row, *people)
        era.to_council(row, district)
        assert era.rank(row, district, 78).outcome == "forward"
        with pytest.raises(Refused) as refused:
            levels.forward_to_province(row, by=district.leader, document="  ")
        assert (refused.value.code, refused.value.article) == (
            "forward.letter",
            "Phụ lục II Quyết định 148/QĐ-TTg",
        )
        with pytest.raises(Forbidden):
            levels.forward_to_province(row, by=district.desk, document="45/TTr-UBND")
        levels.forward_to_province(row, by=district.leader, document="45/TTr-UBND ngày 10/6/2024")
        row.refresh_from_db()
        assert (row.state, sees(province.desk, row), sees(district.desk, row)) == (
            "forwarded_by_district",
            True,
            True,
        )
        era.to_council(row, province)
        reports = ExpertReport.objects.filter(dossier=row).order_by("at_district")
        assert [(one.at_district, one.findings) for one in reports] == [
            (False, "Thẩm định của Hội đồng OCOP tinh."),
            (True, "Thẩm định của Hội đồng OCOP huyen."),
        ]
        assert "Báo cáo thẩm định của cấp huyện" in page(province.desk, "evaluation:expert-report", row.code)
        assert era.rank(row, province, 78).outcome == "recognise"
        star = era.decide(row, province, "9394/QĐ-UBND", "08/2024")
        assert (star.stars, star.issuer.name) == (4, "Ủy ban nhân dân tỉnh Hà Tĩnh")
        assert [result.outcome for result in row.results.order_by("pk")] == ["forward", "recognise"]


def test_below_seventy_at_the_province_falls_back_to_the_district(era: Era):
    with on("2024-06-10"):
        row, people = started(era, 78)
        district, province = era.district_office(), era.province_office()
        era.through_commune(row, *people)
        era.to_council(row, district)
        era.rank(row, district, 78)
        levels.forward_to_province(row, by=district.leader, document="45/TTr-UBND")
        era.to_council(row, province)
        assert (era.rank(row, province, 66).outcome, row.state) == ("fall_back", "fell_back")
        assert "Công nhận 3 sao theo kết quả cấp huyện" in page(
            district.leader, "evaluation:dossier-outcome", row.code
        )
        with pytest.raises(Forbidden):
            levels.decide_on_district_result(row, by=province.leader)
        levels.decide_on_district_result(row, by=district.leader)
        levels.decide_on_district_result(row, by=district.leader)
        row.refresh_from_db()
        assert row.state == "district_awaiting_decision"
        star = era.decide(row, district, "816/QĐ-UBND", "16/2024")
        assert (star.stars, star.issuer.kind) == (3, "district_committee")


def test_a_district_may_not_rank_for_another_district_nor_number_for_the_province(era: Era):
    with on("2024-06-10"):
        row, people = started(era, 61)
        district, province = era.district_office(), era.province_office()
        stranger = Era("18604")
        stranger.users = {}
        other = stranger.give("khac", "district_officer", _committee_of_district("18604"), clock.today())
        era.through_commune(row, *people)
        assert (sees(other, row), sees(district.desk, row)) == (False, True)
        era.to_council(row, district)
        with pytest.raises(Refused) as refused:
            era.call(row, province)
        assert refused.value.code == "agenda.province"
        era.rank(row, district, 61)
        with pytest.raises(Forbidden):
            decision.draft_decision(
                province=row.province,
                issuer=_committee_of_district(HOME),
                dossiers=[row],
                title="x",
                by=province.desk,
            )


def _committee_of_district(code: str):

    district = district_of(unit_on(code, clock.today()), clock.today())
    return committee_of(district, clock.today())


@pytest.mark.parametrize(
    ("day", "flow", "has_district"),
    [
        pytest.param("2025-06-30", "148-2023", True, id="148-last-day-of-districts"),
        pytest.param("2025-07-01", "148-2023-1489-2025", False, id="between-30-6-and-1489-setting-province"),
        pytest.param("2025-07-05", "148-2023-1489-2025", False, id="between-30-6-and-1489-last-day"),
        pytest.param("2025-07-06", "148-2023-1489-2025", False, id="1489-first-day"),
        pytest.param("2026-05-21", "148-2023-1489-2025", False, id="1489-last-day"),
        pytest.param("2026-05-22", "26-2026", False, id="26-first-day"),
    ],
)
def test_a_dossier_opens_under_the_procedure_of_its_day(era: Era, day: str, flow: str, has_district: bool):
    with on(day):
        officer, _ = era.commune_people()
        book = "26-2026" if flow == "26-2026" else "148-2023"
        _, product = era.producer_with_product(a_set(book, 8), officer)
        row = dossier.open_dossier(product, criteria_set=a_set(book, 8), by=era.user("chu"))
        assert (row.flow_key, row.district is not None) == (flow, has_district)


def test_an_old_dossier_has_sixty_days_and_is_then_drawn_up_anew_from_its_data(era: Era):
    with on("2026-05-10"):
        officer, leader = era.commune_people()
        _, product = era.producer_with_product(a_set("148-2023", 8), officer)
        row = dossier.open_dossier(product, criteria_set=a_set("148-2023", 8), by=era.user("chu"))
        era.fill(row, 66)
        era.through_commune(row, officer, leader)
        assert (row.state, row.due_on, old_rules_of(row, clock.today())) == ("proposed", None, None)
        province = era.province_office()
    with on("2026-05-22"):
        old = old_rules_of(row, clock.today())
        assert (old.last_day, old.lapsed, old.short) == (date(2026, 7, 21), False, "Chuyển tiếp")
        with pytest.raises(Refused) as refused:
            refile(row, by=era.user("chu"))
        assert refused.value.code == "refile.early"
        assert (date_old_dossiers(), date_old_dossiers()) == (1, 0)
        row.refresh_from_db()
        assert (row.due_on, row.due_rule) == (date(2026, 7, 21), "transition")
        era.to_council(row, province)
        assert row.due_on == date(2026, 7, 21)
    with on("2026-07-22"):
        assert old_rules_of(row, clock.today()).short == "Quá hạn chuyển tiếp"
        assert "Quá hạn chuyển tiếp" in page(province.desk, "evaluation:dossier-detail", row.code)
        with pytest.raises(Forbidden):
            refile(row, by=province.desk)
        client = Client()
        client.force_login(era.user("chu"))
        answer = client.post(reverse("evaluation:dossier-refile", args=[row.code]))
        new = Dossier.objects.get(product=row.product, flow_key="26-2026")
        assert answer.url == reverse("evaluation:dossier-write", args=[new.code])
        row.refresh_from_db()
        assert (row.state, new.criteria_set.book.slug, new.criteria_set.number) == ("withdrawn", "26-2026", 8)
        assert new.form02["material_area"] == row.form02["material_area"]
        assert 0 < len(new.answers) < len(row.answers)
        assert refile(row, by=era.user("chu")) == new


def test_a_draft_of_old_rules_is_not_handed_in_but_drawn_up_anew(era: Era):
    with on("2026-05-10"):
        officer, _ = era.commune_people()
        _, product = era.producer_with_product(a_set("148-2023", 8), officer)
        row = era.fill(
            dossier.open_dossier(product, criteria_set=a_set("148-2023", 8), by=era.user("chu")), 66
        )
    with on("2026-06-01"):
        with pytest.raises(Refused) as refused:
            dossier.submit(row, by=era.user("chu"))
        assert [one.code for one in refused.value.refusals] == ["submit.replaced"]
        assert "Lập lại theo quy định mới" in page(era.user("chu"), "evaluation:dossier-write", row.code)
        assert refile(row, by=era.user("chu")).flow_key == "26-2026"
