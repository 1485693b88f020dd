"""The steering apparatus of Hà Tĩnh through 1/7/2025: who did what, what ceased, who came after, what is missing."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.kit import clock, registry
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.testing import content_of, sheet_rows, workbook
from ocop.training.actions.apparatus import hand_over
from ocop.training.models import Body, Post
from ocop.units.actions import hand_over as hand_over_units
from ocop.units.models import Unit
from ocop.units.queries import committee_of, home_province, unit_on
from ocop.units.queries.handover import people_to_assign, reorganisation_on
from tests.journeys.eras import HOME, Era, on

pytestmark = pytest.mark.django_db

DAY = date(2025, 7, 1)


def signed(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: Any, page: str, /, *args: Any, **data: Any) -> Any:
    """Send a form of a page; one that comes back fails with what it says."""
    answer = signed(user).post(reverse(f"training:{page}", args=args), data)
    form = answer.context.get("form") if answer.context else None
    assert answer.status_code == 302, (page, answer.status_code, form.errors if form is not None else "")
    return answer


def body(user: Any, unit: Unit, kind: str, name: str, since: str) -> Body:
    post(
        user,
        "apparatus_bodies_create",
        kind=kind,
        name=name,
        unit=f"{unit.title} ({unit.code})",
        valid_from=since,
    )
    return Body.objects.get(name=name)


def member(user: Any, where: Body, name: str, position: str, since: str, **more: str) -> Post:
    data = {"body": where.pk, "person_name": name, "position": position, "valid_from": since, **more}
    post(user, "apparatus_posts_create", **data)
    return Post.objects.get(person_name=name)


def branch(user: Any, unit: Unit, day: str) -> Any:
    """A unit on the chart of a day, as the page shows it."""
    page = signed(user).get(reverse("training:chart"), {"ngay": day})
    assert page.status_code == 200
    return next(one for one in page.context["branches"] if one.unit == unit)


def people(user: Any, unit: Unit, day: str) -> list[str]:
    return [post.person_name for _, posts in branch(user, unit, day).bodies for post in posts]


@pytest.mark.journey("IV.2.1")
def test_the_apparatus_before_and_after_the_districts(era: Era) -> None:
    with on("2024-03-01"):
        home, district, commune = home_province(clock.today()), era.district, era.commune
        province, local = era.province_office(), era.district_office()
        officer, _ = era.commune_people()
        steering = body(province.desk, home, "steering", "Ban Chỉ đạo Chương trình MTQG tỉnh", "2023-01-01")
        member(province.desk, steering, "Ông Trưởng Ban", "head", "2023-01-01", title="Chủ tịch UBND tỉnh")
        for kind, name in (
            ("standing", "Cơ quan thường trực OCOP"),
            ("coordination", "Văn phòng Điều phối NTM tỉnh"),
        ):
            body(province.desk, home, kind, name, "2023-01-01")
        desk = body(local.desk, district, "district_desk", "Phòng Nông nghiệp huyện Hương Khê", "2023-01-01")
        member(
            local.desk, desk, "Bà Phụ Trách Huyện", "in_charge", "2023-01-01", office_phone="0239 3871 111"
        )
        assert branch(province.desk, commune, "2024-03-01").is_gap
        ward = body(officer, commune, "commune_desk", "Bộ phận OCOP xã Phúc Trạch", "2023-01-01")
        first = member(
            officer,
            ward,
            "Ông Phụ Trách Cũ",
            "in_charge",
            "2023-01-01",
            duty="Theo dõi hồ sơ OCOP",
            account=officer.username,
        )
        assert (first.user, branch(province.desk, commune, "2024-03-01").is_gap) == (officer, False)
        with pytest.raises(Refused) as refused:
            hand_over(first, to="Bà Phụ Trách Mới", on=date(2022, 1, 1), by=officer)
        assert refused.value.code == "post.day"
        elsewhere = committee_of(unit_on("18562", clock.today()), clock.today())
        assert elsewhere is not None
        stranger = era.give("la", Role.COMMUNE_OFFICER, elsewhere, clock.today())
        with pytest.raises(Forbidden):
            hand_over(first, to="Ai đó", on=date(2024, 4, 1), by=stranger)
        post(
            officer,
            "hand_over",
            first.pk,
            to="Bà Phụ Trách Mới",
            on="2024-04-01",
            decision_number="12/QĐ-UBND",
        )
        first.refresh_from_db()
        second = first.successor
        assert (first.valid_to, first.ended_reason) == (date(2024, 3, 31), "handed_over")
        assert (second.person_name, second.duty, second.valid_from) == (
            "Bà Phụ Trách Mới",
            "Theo dõi hồ sơ OCOP",
            date(2024, 4, 1),
        )
        wrong = signed(officer).post(reverse("training:apparatus_bodies_create"), {
            "kind": "district_desk", "name": "Sai cấp", "unit": f"{commune.title} ({commune.code})",
            "valid_from": "2024-01-01",
        })  # fmt: skip
        assert "không có ở cấp của đơn vị" in wrong.content.decode()
    with on("2025-07-02"):
        waiting = people_to_assign(reorganisation_on(home_province(DAY), DAY), province.desk)
        assert {"Bà Phụ Trách Huyện", "Bà Phụ Trách Mới"} <= {row.name for row in waiting}
        row = hand_over_units(home_province(DAY), DAY, by=administrator(era), at=clock.now())
        part = next(entry for entry in row.counts if entry["key"] == "apparatus")
        assert (part["moved"], registry.handover_parts["apparatus"].done) == (2, "kết thúc cùng đơn vị")
        second.refresh_from_db()
        desk.refresh_from_db()
        assert (second.valid_to, second.ended_reason, desk.valid_to) == (
            date(2025, 6, 30),
            "reorganised",
            date(2025, 6, 30),
        )
        new = unit_on(HOME, clock.today())
        officer, _ = era.commune_people("-moi")
        assert branch(officer, new, "2025-07-02").is_gap
        assert people(province.desk, commune, "2024-03-15") == ["Ông Phụ Trách Cũ"]
        assert people(province.desk, commune, "2024-05-15") == ["Bà Phụ Trách Mới"]
        assert people(province.desk, district, "2024-05-15") == ["Bà Phụ Trách Huyện"]
        body(officer, new, "commune_desk", "Bộ phận OCOP xã Phúc Trạch (mới)", "2025-07-01")
        import_people(officer)
        assert people(officer, new, "2025-07-02") == ["Trần Văn Kế Tục"]
        page = signed(province.desk).get(reverse("training:chart"), {"ngay": "2025-07-02", "thieu": "1"})
        assert new not in [one.unit for one in page.context["branches"]]
        cover = page.context["chart"].cover
        assert (cover.communes, cover.with_officer, cover.missing) == (69, 1, 68)
        assert people(province.desk, home_province(clock.today()), "2025-07-02") == ["Ông Trưởng Ban"]


def administrator(era: Era) -> Any:
    """Who may carry out the handover of units."""
    agency = committee_of(home_province(clock.today()), clock.today())
    assert agency is not None
    return era.give("quan-tri", Role.ADMINISTRATOR, agency, clock.today())


def import_people(user: Any) -> None:
    """From Excel and back: the same file twice writes one person, and the export holds the office's rows."""
    heads = ["Họ và tên", "Chức vụ", "Vị trí trong tổ chức", "Tổ chức", "Có hiệu lực từ"]
    line = [
        "Trần Văn Kế Tục",
        "Công chức",
        "Cán bộ phụ trách OCOP",
        "Bộ phận OCOP xã Phúc Trạch (mới)",
        date(2025, 7, 1),
    ]
    for created in (1, 0):
        answer = signed(user).post(
            reverse("training:apparatus_posts_import"), {"file": workbook([heads, line])}
        )
        assert answer.status_code == 302, answer.context["form"].errors
        batch = signed(user).get(answer.url).context["batch"]
        assert (batch.counts["ready"], batch.counts["wrong"]) == (created, 0), batch.problems
        signed(user).post(answer.url)
    exported = sheet_rows(
        content_of(signed(user).get(reverse("training:apparatus_posts_export") + "?xem=dang-giu"))
    )
    assert [row[1] for row in exported if row and isinstance(row[0], float)] == ["Trần Văn Kế Tục"]
