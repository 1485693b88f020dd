"""A star over five years and three procedures, on the real units and agencies of Hà Tĩnh.

Imported as of 2022 from the office's own list, renewed in 2024 by the district, taken over by the commune of 2025,
raised in 2026, revoked in 2027 (Decisions 148/2023, 1489/2025, 26/2026; Resolution 1665/NQ-UBTVQH15).
"""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import Membership
from ocop.evaluation.actions import dossier
from ocop.evaluation.models import Dossier
from ocop.files.actions import store
from ocop.kit import clock
from ocop.kit.testing import workbook
from ocop.recognition.actions import verification
from ocop.recognition.bench import one_paper
from ocop.recognition.models import Certificate
from ocop.recognition.past import writing
from ocop.recognition.past.reading import preview
from ocop.recognition.tests.test_past import HEAD
from ocop.rulebook.models import CriteriaSet
from ocop.units.actions import hand_over
from ocop.units.queries import agency_with, home_province
from tests.journeys.eras import UPDATES, Era, on

pytestmark = pytest.mark.django_db

CHANGED = {"upgrade_changes": "Thêm mã truy xuất điện tử.", "upgrade_proof": "Ảnh tem, hợp đồng phân phối."}


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def validity(star: Certificate) -> str:
    return Client().get(reverse("public:validity", args=[star.code])).content.decode()


def imported(era: Era, product, advisory) -> Certificate:
    """The certificate of 2022 as the office has it in its own list; read twice, it is there once."""
    row = [
        "07/2022", product.name, product.producer.name, "Phúc Trạch", 3, "512/QĐ-UBND", date(2022, 2, 10),
        "UBND huyện Hương Khê", date(2025, 2, 10), 2022,
    ]  # fmt: skip
    for _ in range(2):
        batch = preview(workbook([HEAD, row], "so-cu.xlsx"), by=advisory)
        assert writing.claim(batch, by=advisory, doubts=writing.LATER)
        writing.write(batch.key, by=advisory)
    return Certificate.objects.get(product=product)


@pytest.mark.journey("VI.12:certificates", "IV.3.2.d:renewal")
def test_a_star_from_2022_to_2027(era: Era):
    # 2024: the office brings its past in, the owner renews with one press, the district decides.
    with on("2024-10-01"):
        officer, leader = era.commune_people()
        district, province = era.district_office(), era.province_office()
        old_set = CriteriaSet.objects.get(book__slug="148-2023", number=8)
        _, product = era.producer_with_product(old_set, officer)
        first = imported(era, product, province.desk)
        assert (first.stars, first.issuer.name, first.valid_to) == (
            3,
            "Ủy ban nhân dân huyện Hương Khê",
            date(2025, 2, 10),
        )
        answer = client_of(era.user("chu")).post(reverse("evaluation:renew", args=[first.code]))
        renewal = Dossier.objects.get(product=product)
        assert answer.url == reverse("evaluation:dossier-write", args=[renewal.code])
        assert (renewal.kind, renewal.flow_key, renewal.renews) == ("renewal", "148-2023", first)
        era.fill(renewal, 61, **UPDATES)
        era.through_commune(renewal, officer, leader)
        era.to_council(renewal, district)
        era.rank(renewal, district, 61)
        second = era.decide(renewal, district, "1815/QĐ-UBND", "15/2024")
        assert (second.stars, second.valid_to) == (3, date(2027, 10, 1))
        assert "Đã được thay thế" in validity(first)

    # 2025: the commune is merged, the district ends; who served there keeps nothing.
    with on("2025-06-20"):
        _, waiting = era.producer_with_product(old_set, officer)
        open_row = era.fill(dossier.open_dossier(waiting, criteria_set=old_set, by=era.user("chu")), 61)
        era.through_commune(open_row, officer, leader)
        assert open_row.state == "proposed_to_district"
    with on("2025-07-01"):
        done = hand_over(home_province(clock.today()), date(2025, 7, 1), by=province.desk)
        assert done.moved > 0
        open_row.refresh_from_db()
        assert (open_row.flow_key, open_row.state) == ("148-2023-1489-2025", "proposed")
        new_officer, new_leader = era.commune_people("-moi")
        for gone in (officer, leader, district.desk, district.leader):
            assert not Membership.objects.filter(user=gone, valid_to__isnull=True).exists()
            assert not Dossier.objects.visible_to(gone).exists()
        seen = Dossier.objects.visible_to(new_officer)
        assert set(seen) == {renewal, open_row}
        assert Certificate.objects.visible_to(new_officer).filter(pk=second.pk).exists()

    # 2026: raised to four stars under the new decision; the old star runs until the new one replaces it.
    with on("2026-09-01"):
        new_set = CriteriaSet.objects.get(book__slug="26-2026", number=8)
        raised = dossier.open_dossier(product, criteria_set=new_set, by=era.user("chu"), kind="upgrade")
        assert (raised.flow_key, raised.unit, raised.district) == ("26-2026", era.commune, None)
        era.fill(raised, 78, **CHANGED)
        era.through_commune(raised, new_officer, new_leader)
        era.to_council(raised, province)
        era.rank(raised, province, 78)
        assert "Còn hiệu lực" in validity(second)
        third = era.decide(raised, province, "3001/QĐ-UBND", "01/2026")
        assert (third.stars, third.unit, third.valid_to) == (4, era.commune, date(2029, 9, 1))
        assert "Đã được thay thế" in validity(second)
        assert "4 sao" in validity(third)

    # 2027: production stopped; fifteen days from the commune's confirmation to the decision.
    with on("2027-03-01"):
        row = verification.open_verification(
            third, ground="dd", account="Xã xác nhận đã ngừng sản xuất.", by=province.desk
        )
        paper = SimpleUploadedFile("xac-nhan.pdf", one_paper(), content_type="application/pdf")
        verification.save_findings(
            row, ground="dd", account=row.account, conclusion="Cơ sở ngừng sản xuất từ tháng 12/2026.",
            concluded_on=date(2027, 3, 1), by=province.desk, files=[store(paper, by=province.desk)],
        )  # fmt: skip
        row.refresh_from_db()
        assert row.due_on == date(2027, 3, 16)
        verification.press(row, "propose", by=province.desk)
        verification.press(row, "approve", by=province.leader)
        issuer = agency_with("decides", clock.today(), home_province(clock.today()))
        verification.revoke_by_decision(
            row, number="401/QĐ-UBND", issued_on=date(2027, 3, 1), issuer=issuer, by=province.clerk
        )
        third.refresh_from_db()
        assert third.state_on(clock.today()) == "revoked"
        assert "thu hồi" in validity(third).lower()
        assert third.product_name in Client().get(reverse("public:revoked")).content.decode()
