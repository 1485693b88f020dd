"""Measures of recognition: the certificate as a PDF, and the states of many certificates."""

import time
from datetime import date, timedelta
from statistics import median

from django.conf import settings
from django.db import connection
from simple_history.utils import bulk_create_with_history

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.kit import clock, excel, papers
from ocop.kit.bench import Bench, per_second, seconds
from ocop.kit.testing import workbook
from ocop.producers.models import Producer
from ocop.producers.tests.factories import ProducerFactory, officer
from ocop.products.models import Product, ProductHolding, ProductStanding
from ocop.recognition.models import Certificate, CertificateChange
from ocop.recognition.past import reading, writing
from ocop.recognition.rules.validity import Facts, last_valid_day, state_on
from ocop.units.models import Succession, Unit
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

FIRST = date(2025, 1, 1)
PAST_ROWS = 20_000
STARS = 20_000
BARE = """SELECT code, CASE WHEN revoked_on <= %s THEN 'revoked' WHEN replaced_on <= %s THEN 'replaced'
WHEN issued_on IS NULL OR valid_to IS NULL THEN 'unknown' WHEN issued_on > %s THEN 'not_yet'
WHEN valid_to > %s THEN 'valid' WHEN valid_to >= %s THEN 'expiring' WHEN extended_to >= %s THEN 'extended'
ELSE 'expired' END FROM recognition_certificate ORDER BY id"""
MAKERS = 4_000

SAMPLE = {
    "stars": 4, "number": "01/2026", "product": "Bưởi Phúc Trạch", "producer": "Hợp tác xã Bưởi Phúc Trạch",
    "unit": "Xã Phúc Trạch", "issuer": "Ủy ban nhân dân tỉnh Hà Tĩnh", "place": "Hà Tĩnh", "decision": "1/QĐ-UBND",
    "decided_on": "03/06/2026", "issued_on": date(2026, 6, 3), "valid_to": "03/06/2029", "signer": "Nguyễn Văn Mẫu",
    "copy": 0, "copy_on": "",
    "code": "2345678ABC", "address": "http://127.0.0.1:8000/kiem-tra/2345678ABC", "demo": True,
}  # fmt: skip


def one_paper() -> bytes:
    """One certificate with a QR code of its own, as the page makes it."""
    return papers.pdf("recognition/certificate.typ", {**SAMPLE, "qr": papers.qr_svg(str(SAMPLE["address"]))})


def papers_per_second() -> float:
    """Certificates a second on one core."""
    return per_second(one_paper, at_least=2.0)


def states_per_second() -> float:
    """States computed a second, in thousands, pure rule."""
    issued = date(2024, 2, 29)
    facts = Facts(issued, last_valid_day(issued))
    day = date(2026, 11, 24)

    def thousand() -> None:
        for _ in range(1000):
            state_on(facts, day)

    return per_second(thousand)


def bare_ratio(rows: int = STARS) -> float:
    """What asking the state of every certificate on a day costs, in bare statements that answer the same.

    Takes turns over days years apart, on which other states prevail, and answers the median.
    """
    unit = UnitFactory(name="Xã Đo Lường")
    producer = Producer.objects.create(name="Sổ", unit=unit)
    goods = Product.objects.bulk_create(
        [Product(name=f"Hàng {n}", producer=producer, unit=unit) for n in range(rows)], batch_size=500
    )
    for n, one in enumerate(goods):
        day = FIRST + timedelta(days=n % 1200)
        goods[n] = Certificate(
            product=one, stars=3 + n % 3, product_name=one.name, producer_name="Sổ", unit=unit, number=f"b{n}",
            issued_on=day, issued_year=day.year, valid_to=last_valid_day(day),
            revoked_on=day + timedelta(days=400) if n % 10 == 0 else None,
            replaced_on=day + timedelta(days=900) if n % 7 == 0 else None,
            extended_to=last_valid_day(day) + timedelta(days=90) if n % 5 == 0 else None,
        )  # fmt: skip
    Certificate.objects.bulk_create(goods, batch_size=500)

    found = []
    for year in range(2024, 2032):
        day = date(year, 6, 1)

        def states(day: date = day) -> list[tuple]:
            read = Certificate.objects.order_by("pk").with_state(day)
            return list(read.values_list("code", "state_that_day"))

        def bare(day: date = day) -> list[tuple]:
            with connection.cursor() as cursor:
                cursor.execute(BARE, [day, day, day, day + timedelta(days=180), day, day])
                return cursor.fetchall()

        if states() != bare() or len(bare()) < rows:
            raise AssertionError("the two do not say the same")
        bases, asked = [], []
        for _ in range(5):
            bases += seconds(bare, times=1, warm=0)
            asked += seconds(states, times=1, warm=0)
        found.append(median(asked) / median(bases))
    return median(found)


def past_lines(rows: int) -> list[list[object]]:
    """Old stars of `MAKERS` producers in 40 communes; a fifth names a commune by the name that a merger ended."""
    lines: list[list[object]] = []
    for n in range(rows):
        maker = n % MAKERS
        place = f"Trước Kia {maker % 10}" if maker % 5 == 0 else f"Đo Lường {maker % 40}"
        kind = "HTX" if n % 10 == 0 else "Hợp tác xã"
        day = date(2025, 1 + n % 6, 5)
        number, decision = f"{n + 1:05d}/GCN", f"{n % 30}-{day.month}/QĐ-ĐL"
        lines.append([number, f"Sản phẩm {n}", f"{kind} Làng {maker}", place, 3 + n % 2, decision, day])
    return lines


def past_ratio(rows: int = PAST_ROWS) -> float:
    """Processor time of preview and writing, as a multiple of reading the sheet and inserting the same rows in bulk."""
    served = Unit.objects.filter(code=settings.OCOP_PROVINCE).order_by("-valid_from").first()
    province = served or ProvinceFactory(code=settings.OCOP_PROVINCE)
    communes = [UnitFactory(name=f"Đo Lường {n}", under=province) for n in range(40)]
    for n in range(10):
        old = UnitFactory(name=f"Trước Kia {n}", under=province, valid_to=date(2025, 6, 30))
        Succession.objects.create(
            predecessor=old, successor=communes[n], on=date(2025, 7, 1), extent="whole", change="merged"
        )
    by = officer(province, Role.ADVISORY_OFFICER)
    # The register holds half of the producers already, one in ten of these under a like name.
    for n in range(0, MAKERS, 2):
        kind = "Hợp tác xã nghề" if n % 20 == 0 else "Hợp tác xã"
        ProducerFactory(name=f"{kind} Làng {n}", unit=communes[n % 10 if n % 5 == 0 else n % 40])
    head = ["Số giấy chứng nhận", "Tên sản phẩm", "Tên chủ thể", "Địa bàn", "Hạng sao", "Số quyết định"]
    file = workbook([[*head, "Ngày quyết định"], *past_lines(rows)])
    begun = time.process_time()
    batch = reading.preview(file, by=by)
    if batch.counts["ready"] + batch.counts["doubt"] != rows or not batch.counts["doubt"]:
        raise AssertionError(f"{batch.counts}: {batch.problems[:2]}")
    writing.claim(batch, by=by, doubts=writing.SAME)
    writing.write(batch.key, by=by)
    ours = time.process_time() - begun
    file.seek(0)
    begun = time.process_time()
    excel.read(file, reading.COLUMNS)
    insert_plainly(rows, communes[0], by)
    return ours / (time.process_time() - begun)


def insert_plainly(rows: int, unit: Unit, by: User) -> None:
    """As many producers, products, certificates and changes as the import writes, ready made, in bulk."""
    now = clock.now()
    makers = bulk_create_with_history(
        [Producer(name=f"Sổ {n}", unit=unit) for n in range(MAKERS)],
        Producer,
        batch_size=500,
        default_user=by,
    )
    goods = bulk_create_with_history(
        [Product(name=f"Hàng {n}", producer=makers[n % MAKERS], unit=unit) for n in range(rows)],
        Product, batch_size=500, default_user=by,
    )  # fmt: skip
    holdings = [ProductHolding(product=one, producer_id=one.producer_id, valid_from=FIRST) for one in goods]
    ProductHolding.objects.bulk_create(holdings, batch_size=500)
    standings = [ProductStanding(product=one, status="active", valid_from=FIRST) for one in goods]
    ProductStanding.objects.bulk_create(standings, batch_size=500)
    stars = [
        Certificate(
            product=one, stars=3, product_name=one.name, producer_name="Sổ", unit=unit, number=f"z{n}"
        )
        for n, one in enumerate(goods)
    ]
    stars = Certificate.objects.bulk_create(stars, batch_size=500)
    changes = [CertificateChange(certificate=one, kind="issued", at=now) for one in stars]
    CertificateChange.objects.bulk_create(changes, batch_size=500)


BENCHES = [
    Bench(
        "past-import", "import of 20,000 old recognitions with units and doubles", 3,
        "times reading and bulk-inserting them", past_ratio,
    ),
    Bench("certificate-days", "states of 20,000 certificates on any day", 3, "times the bare SQL", bare_ratio),
    Bench("certificate-pdf", "certificate PDF", 20, "papers/s", papers_per_second, at_least=True, for_scale=True),
    Bench(
        "certificate-states", "states of certificates, pure rules", 20, "thousand/s", states_per_second,
        at_least=True, for_scale=True,
    ),
]  # fmt: skip
