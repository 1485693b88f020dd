"""An old star imported for a producer that was merged while its dossier is open: the dossier and the star meet."""

from datetime import date

import pytest

from ocop.accounts.enums import Role
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import make_world
from ocop.kit.testing import workbook
from ocop.producers.actions import merge_producers
from ocop.producers.tests.factories import ProducerFactory, officer
from ocop.recognition.models import Certificate
from ocop.recognition.past import writing
from ocop.recognition.past.reading import preview
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


def test_the_old_star_lands_on_the_product_of_the_open_dossier(settings):
    world = make_world()
    settings.OCOP_PROVINCE = world.province.code
    dossier = world.walk_to("submitted")
    double = dossier.producer
    double.unit.name = "Kỳ Thử"
    double.unit.save()
    kept = ProducerFactory(name="Hợp tác xã Trường Anh", unit=double.unit)
    merge_producers(double, kept, by=world["commune_officer"])
    by = officer(world.province, Role.ADVISORY_OFFICER)
    AgencyFactory(unit=world.province, name="UBND tỉnh thử", kind=AgencyKind.PROVINCE_COMMITTEE)
    head = ["Số giấy chứng nhận", "Tên sản phẩm", "Tên chủ thể", "Mã chủ thể", "Địa bàn", "Hạng sao", "Số quyết định",
            "Ngày quyết định", "Cơ quan ban hành"]  # fmt: skip
    row = ["7/2025", dossier.product.name, "Tên cũ", double.code, double.unit.title, 3, "5/QĐ-UBND", date(2025, 8, 1),
           "UBND tỉnh thử"]  # fmt: skip
    batch = preview(workbook([head, row]), by=by)
    assert batch.problems == []
    writing.claim(batch, by=by, doubts=writing.LATER)
    writing.write(batch.key, by=by)
    star, row = Certificate.objects.get(), Dossier.objects.get(pk=dossier.pk)
    assert (star.product, row.product.producer, row.state) == (row.product, kept, "submitted")
