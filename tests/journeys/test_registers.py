"""A material area from the commune's entry to the open map; an association through 1/7/2025; local shares; marks."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.inbox.models import Notice
from ocop.kit import registry
from ocop.kit.testing import content_of, sheet_rows, workbook
from ocop.producers.actions.access import grant
from ocop.producers.actions.register import open_producer
from ocop.producers.models import Association, AssociationMember, LocalShare, MaterialArea
from ocop.producers.tasks import remind_of_area_certificates
from ocop.products.models import Mark
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency
from ocop.units.queries import home_province
from tests.journeys.eras import Era, on

pytestmark = pytest.mark.django_db
FIRST = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def one_factor(settings) -> None:
    settings.OCOP_MFA_REQUIRED = False


def signed(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: Any, page: str, /, *args: Any, **data: Any) -> Any:
    """Send a form of a page; one that comes back fails with what it says."""
    answer = signed(user).post(reverse(page, args=args), data)
    form = answer.context.get("form") if answer.context else None
    assert answer.status_code == 302, (page, answer.status_code, form.errors if form is not None else "")
    return answer


def typed(unit: Any) -> str:
    return f"{unit.title} ({unit.code})"


@pytest.mark.journey("IV.3.1")
def test_an_area_goes_from_the_office_to_the_open_map_and_its_certificate_is_watched(era: Era) -> None:
    with on("2024-05-06"):
        district = era.district_office()
        officer, _ = era.commune_people()
        producer = open_producer(name="HTX Bưởi Thử", form="cooperative", unit=era.commune, by=officer)
        grant(producer, era.user("chu"), kind="owner", by=None)
        # Where the plan says so the district does it: it enters the area, the commune completes it.
        post(
            district.desk, "producers:areas_create", name="Vùng bưởi Phúc Trạch Thử", kind="crop", species="bưởi",
            unit=typed(era.commune), hectares="12,5", standard="vietgap", valid_from="2024-05-06",
        )  # fmt: skip
        area = MaterialArea.objects.get()
        post(
            officer, "producers:area_certificates_create", area=area.pk, standard="vietgap", number="VG-01",
            issuer="Trung tâm chứng nhận Thử", hectares="12,5", issued_on="2024-05-01", expires_on="2026-12-20",
        )  # fmt: skip
        post(
            officer, "producers:area_supplies_create", area=area.pk, producer=producer.pk, share="40",
            valid_from="2024-05-06", contract="HĐ 03/2024",
        )  # fmt: skip
        post(
            district.desk, "producers:area_investments_create", area=area.pk, year=2024, kind="water",
            what="Mương nội đồng", amount="250.000.000", money="district",
        )  # fmt: skip
        assert signed(officer).get("/ban-do/?lop=vung-nguyen-lieu").context["layer"]["marks"] == []

    with on("2026-11-24"):
        officer, _ = era.commune_people("-moi")
        edit = reverse("producers:areas_edit", args=[area.pk])
        form = signed(officer).get(edit).context["form"]
        kept = {
            name: form[name].value() for name in ("name", "kind", "species", "standard", "opened_version")
        }
        post(
            officer, "producers:areas_edit", area.pk, **kept, unit=typed(era.commune), hectares="12,5",
            valid_from="2024-05-06", planting_code="VN-HTOR-0012", lat="18,2041", lng="105,7523", is_public="on",
        )  # fmt: skip
        for language, words in (("", "cung cấp cho HTX Bưởi Thử"), ("/en", "supplies HTX Bưởi Thử")):
            (mark,) = Client().get(f"{language}/ban-do/?lop=vung-nguyen-lieu").context["layer"]["marks"]
            assert mark["title"] == "Vùng bưởi Phúc Trạch Thử"
            assert mark["text"].endswith(words)
        drawn = signed(officer).get(reverse("producers:areas_map")).context["map"]["marks"]
        assert [one["area"] for one in drawn] == [area]
        assert remind_of_area_certificates() == 1
        told = {notice.to for notice in Notice.objects.filter(kind="producers.area_certificate")}
        assert told >= {officer, era.user("chu")}
        story = signed(era.user("chu")).get(
            reverse("kit:story", args=["producers.producer", producer.pk, "chu-the-san-pham"])
        )
        supplies = next(one for one in story.context["blocks"] if one["register"].key == "area_supplies")
        assert [row.area for row, _ in supplies["lines"]] == [area]
        sheet = content_of(signed(officer).get(reverse("producers:areas_export")))
        rows = sheet_rows(sheet)
        assert any("Vùng bưởi Phúc Trạch Thử" in row for row in rows)
        assert rows[0][0] == officer_unit(officer)


def officer_unit(user: Any) -> str:
    """The office that heads what the person sends on."""
    worn = scope_of(user).worn
    assert worn is not None
    return worn.unit


@pytest.mark.journey("IV.8")
def test_an_association_is_founded_by_the_district_and_restructured_when_districts_end(era) -> None:
    with on("2024-05-06"):
        district = era.district_office()
        officer, _ = era.commune_people()
        place = era.district
        makers = [
            open_producer(name=f"HTX Thử {number}", form="cooperative", unit=era.commune, by=officer)
            for number in range(3)
        ]
        post(
            district.desk, "producers:associations_create", name="Hội OCOP huyện Hương Khê Thử", unit=typed(place),
            decision="45/QĐ-UBND", decided_on="2024-05-02", decided_by="UBND huyện", valid_from="2024-05-06",
        )  # fmt: skip
        old = Association.objects.get()
        sheet = workbook(
            [
                ["Hội OCOP", "Chủ thể", "Vào hội ngày"],
                *[[old.name, maker.name, "6/5/2024"] for maker in makers],
            ]
        )
        led = signed(district.desk).post(reverse("producers:association_members_import"), {"file": sheet})
        signed(district.desk).post(led.url)
        assert AssociationMember.objects.filter(association=old).count() == 3
        post(
            district.desk, "producers:association_officers_create", association=old.pk, person="Lê Văn Hội",
            position="chair", valid_from="2024-05-06", term="2024-2029",
        )  # fmt: skip
        post(
            district.desk, "producers:association_activities_create", association=old.pk, on="2024-09-10",
            kind="training", what="Tập huấn đóng gói", participants=42, cost="18.500.000",
        )  # fmt: skip
        post(
            district.desk, "producers:association_supports_create", association=old.pk, year=2024,
            what="Kinh phí thành lập", amount="30.000.000", money="district",
        )  # fmt: skip
    with on("2026-03-02"):
        province = era.province_office()
        officer, _ = era.commune_people("-moi")
        home = home_province(date(2026, 3, 2))
        waiting = signed(province.desk).get(
            reverse("producers:associations_list"), {"xem": "cho-to-chuc-lai"}
        )
        assert [row for row, _ in waiting.context["lines"]] == [old]
        for name, unit in (("Hội OCOP Hà Tĩnh Thử", home), ("Hội OCOP xã Phúc Trạch Thử", era.commune)):
            post(
                province.desk,
                "producers:associations_create",
                name=name,
                unit=typed(unit),
                valid_from="2025-07-01",
            )
        heirs = Association.objects.exclude(pk=old.pk)
        assert signed(officer).get(old.get_absolute_url()).status_code in (200, 404)
        post(
            province.desk, "producers:association_restructure", old.pk, into=[one.pk for one in heirs],
            on="2025-07-01", basis="QĐ 77/QĐ-UBND ngày 20/6/2025",
        )  # fmt: skip
        old.refresh_from_db()
        commune_one = Association.objects.get(name="Hội OCOP xã Phúc Trạch Thử")
        assert (old.valid_to, old.officers.get().valid_to) == (date(2025, 6, 30), date(2025, 6, 30))
        assert {row.producer for row in commune_one.members_on(FIRST)} == set(makers)
        assert old.members_on(date(2025, 6, 30)).count() == 3
        listed = signed(officer).get(reverse("producers:associations_list"))
        assert [row.name for row, _ in listed.context["lines"]] == ["Hội OCOP xã Phúc Trạch Thử"]


@pytest.mark.journey("IV.10:local-shares")
def test_local_labour_and_material_come_from_the_producer_and_the_commune_stands_behind_them(era) -> None:
    with on("2026-11-24"):
        officer, leader = era.commune_people()
        producer = open_producer(name="HTX Bưởi Thử", form="cooperative", unit=era.commune, by=officer)
        owner = era.user("chu")
        grant(producer, owner, kind="owner", by=None)
        for year, local in ((2024, 14), (2025, 18)):
            post(
                owner, "producers:local_shares_create", producer=producer.pk, year=year, workers=20,
                local_workers=local, women=11, measure="value", material="900.000.000",
                local_material="720.000.000", source="Bảng lương, phiếu nhập kho",
            )  # fmt: skip
        for row in LocalShare.objects.all():
            post(leader, "producers:share_confirm", row.pk)
        lines = signed(officer).get(producer.get_absolute_url()).context["shares"]
        assert [(line.share.year, line.labour.share, line.labour.by, line.share.confirmed_by) for line in lines] == [
            (2025, Decimal("90.0"), Decimal("20.0"), leader), (2024, Decimal("70.0"), None, leader),
        ]  # fmt: skip


@pytest.mark.journey("IV.6.2:support")
@pytest.mark.journey("IV.6.2:register")
def test_a_mark_is_registered_with_support_and_producers_are_entitled(era) -> None:
    with on("2026-11-24"):
        officer, _ = era.commune_people()
        department = Agency.objects.valid_on(date(2026, 11, 24)).filter(kind=AgencyKind.DEPARTMENT).first()
        keeper = era.give("so-khcn", Role.DEPARTMENT_OFFICER, department, date(2026, 1, 1))
        producer = open_producer(name="HTX Bưởi Thử", form="cooperative", unit=era.commune, by=officer)
        post(
            keeper, "products:marks_create", name="Bưởi Thử", kind="certification_mark", goods="bưởi",
            unit=typed(era.commune), owner="UBND xã", registration_number="123456", registered_on="2017-03-01",
            valid_to="2027-03-01", status="confirmed",
        )  # fmt: skip
        mark = Mark.objects.get(name="Bưởi Thử")
        post(
            keeper, "products:mark_supports_create", mark=mark.pk, year=2025, what="Đăng ký bảo hộ",
            amount="80.000.000", money="province", given_by="Sở Khoa học và Công nghệ",
        )  # fmt: skip
        post(
            keeper, "products:mark_entitlements_create", mark=mark.pk, producer=producer.pk, document="QĐ 5/QĐ-UBND",
            valid_from="2025-01-01",
        )  # fmt: skip
        todo = next(one for one in registry.todos["products.marks"].items(keeper, date(2026, 11, 24)))
        assert (todo.url, todo.due) == (mark.get_absolute_url(), date(2027, 3, 1))
        page = signed(keeper).get(mark.get_absolute_url())
        held = {block["register"].key: len(block["lines"]) for block in page.context["blocks"]}
        assert held == {"mark_entitlements": 1, "mark_supports": 1}
