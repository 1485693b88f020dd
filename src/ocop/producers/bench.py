"""Measures of producers: confirming the import of 10,000 rows, against reading and bulk-inserting with history."""

import time

from django.conf import settings
from simple_history.utils import bulk_create_with_history

from ocop.kit import excel
from ocop.kit.bench import Bench
from ocop.kit.testing import workbook
from ocop.producers.excel import ProducersImport
from ocop.producers.models import Producer
from ocop.producers.tests.factories import officer
from ocop.units.models import Unit
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

ROWS = 10_000
HEAD = ["Tên chủ thể", "Loại hình", "Quy mô", "Xã, phường", "Địa chỉ", "Mã số thuế"]


def import_ratio(rows: int = ROWS) -> float:
    """Processor time of confirming, as a multiple of reading the sheet and inserting as many rows with history."""
    served = Unit.objects.filter(code=settings.OCOP_PROVINCE).order_by("-valid_from").first()
    province = served or ProvinceFactory(code=settings.OCOP_PROVINCE)
    commune = UnitFactory(name="Xã Đo Lường", under=province)
    by = officer(commune)
    lines = [[f"HTX số {n}", "HTX", "", "Đo Lường", f"Thôn {n}", ""] for n in range(rows)]
    file = workbook([HEAD, *lines])
    batch = excel.preview(ProducersImport(by).importer, file, by=by)
    if batch.counts["ready"] != rows:
        raise AssertionError(f"{batch.counts['ready']} of {rows} rows are ready")
    begun = time.process_time()
    excel.confirm(ProducersImport(by).importer, batch.key, by=by)
    ours = time.process_time() - begun
    file.seek(0)
    begun = time.process_time()
    excel.read(file, ProducersImport(by).columns)
    plain = [Producer(name=f"Sổ {n}", unit=commune) for n in range(rows)]
    bulk_create_with_history(plain, Producer, batch_size=500, default_user=by)
    return ours / (time.process_time() - begun)


BENCHES = [
    Bench(
        "excel-import",
        "Excel import of 10,000 producers, preview apart",
        2,
        "times reading and inserting",
        import_ratio,
    )
]
