"""Three years of invented material areas, OCOP associations, local shares and craft villages.

Only invented producers appear. Rows are written in bulk, with history; what the actions write is compared with it in
the tests. Associations of former districts are restructured through the action.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history

from ocop.accounts.demo import persona_user
from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.models import Searchable
from ocop.producers.actions import restructure_association
from ocop.producers.enums import AreaKind, Standard, VillageKind, VillageStatus
from ocop.producers.models import (
    AreaCertificate,
    AreaInvestment,
    AreaSupply,
    Association,
    AssociationActivity,
    AssociationMember,
    AssociationOfficer,
    AssociationSupport,
    CraftVillage,
    LocalShare,
    MaterialArea,
    Producer,
    VillageProducer,
    VillageYear,
)
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import home_province

SOURCE = "Dữ liệu trình diễn"
MONEY = 1_000_000
AREAS = (
    ("bưởi", AreaKind.CROP, 14, 0), ("cam", AreaKind.CROP, 22, 0), ("chè", AreaKind.CROP, 35, 0),
    ("lúa chất lượng cao", AreaKind.CROP, 60, 0), ("rau củ trên cát", AreaKind.CROP, 8, 0),
    ("hươu sao", AreaKind.LIVESTOCK, 3, 420), ("ong mật", AreaKind.LIVESTOCK, 0, 900),
    ("tôm thẻ", AreaKind.AQUACULTURE, 12, 0), ("sắn dây", AreaKind.CROP, 6, 0), ("tràm", AreaKind.HERBS, 18, 0),
)  # fmt: skip
STANDARDS = (
    Standard.VIETGAP,
    Standard.VIETGAP,
    Standard.ORGANIC_WAY,
    Standard.NONE,
    Standard.ORGANIC,
    Standard.VIETGAP,
)
WORKS = (
    ("water", "Kiên cố hóa mương nội đồng", 320, "province"), ("roads", "Đường trục chính nội đồng", 540, "district"),
    ("storage", "Nhà sơ chế, đóng gói", 410, "combined"), ("power", "Đường điện hạ thế đến vùng", 180, "commune"),
    ("code", "Lập hồ sơ mã số vùng trồng", 25, "producer"), ("nursery", "Vườn cây đầu dòng", 150, "central"),
)  # fmt: skip
PEOPLE = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Hữu Cường", "Phan Thị Duyên", "Hồ Sỹ Giang", "Đặng Thị Hà")
HOW_MANY, DISTRICTS_KEPT = 48, 2
LAST_DAY = date(2025, 6, 30)


def load(log: Callable[[str], None]) -> None:
    """Make it once; needs the invented producers of an earlier step."""
    makers = list(
        Producer.objects.filter(is_demo=True, is_unknown=False, merged_into=None).select_related("unit")
    )
    makers.sort(key=lambda row: row.pk)
    if not makers or MaterialArea.objects.filter(is_demo=True).exists():
        log("vùng nguyên liệu, Hội OCOP trình diễn: đã có")
        return
    with transaction.atomic():
        by, today = persona_user("tham-muu"), clock.today()
        areas = make_areas(makers, by, today)
        shares = make_shares(makers, by, today)
        villages = make_villages(makers, by, today)
        associations = make_associations(makers, by, today)
    log(
        f"trình diễn: {areas} vùng nguyên liệu, {associations} hội, {shares} bảng số liệu năm, {villages} làng nghề"
    )


def written(rows: Iterable[Any], by: User) -> list[Any]:
    """The rows in the database, with their history, signed by `by`."""
    made = list(rows)
    for row in made:
        if isinstance(row, Searchable):
            row.set_search()
    model: type[models.Model] = type(made[0])
    return bulk_create_with_history(made, model, batch_size=500, default_user=by, default_date=clock.now())


def make_areas(makers: Sequence[Producer], by: User, today: date) -> int:
    """Areas in the communes of the invented producers, with certificates, supplies and infrastructure."""
    rows = []
    for number, (maker, (species, kind, hectares, heads)) in enumerate(
        zip(islice(cycle(makers), HOW_MANY), cycle(AREAS), strict=False)
    ):
        unit, has_point = maker.unit, maker.unit.lat is not None and number % 8 != 7
        coded = kind == AreaKind.CROP and number % 3 != 2
        rows.append(
            MaterialArea(
                name=f"Vùng {species} {unit.name} {number + 1}", unit=unit, kind=kind, species=species,
                place=f"Thôn {number % 9 + 1}",
                hectares=Decimal(hectares) + Decimal(number % 7) / 2 if hectares else None,
                heads=heads + number * 5 if heads else None, yearly_tonnes=Decimal(40 + number * 3),
                households=12 + number % 30, standard=STANDARDS[number % len(STANDARDS)],
                planting_code=f"VN-HTOR-{number + 1:04d}" if coded else "",
                code_issued_on=today - timedelta(days=300 + number) if coded else None,
                lat=_near(unit.lat, number) if has_point else None,
                lng=_near(unit.lng, number * 3) if has_point else None, is_public=has_point and number % 5 != 4,
                valid_from=date(2023, 1 + number % 12, 1), source=SOURCE, is_demo=True,
            )
        )  # fmt: skip
    areas = written(rows, by)
    written(_certificates(areas, today), by)
    written(_supplies(areas, makers), by)
    written(
        (
            AreaInvestment(
                area=area,
                year=today.year - 1 - place % 3,
                kind=kind,
                what=what,
                amount=amount * MONEY,
                money=money,
            )
            for place, (area, (kind, what, amount, money)) in enumerate(
                zip(areas, cycle(WORKS), strict=False)
            )
        ),
        by,
    )
    return len(areas)


def _near(degrees: Decimal | None, number: int) -> Decimal | None:
    """A point some hundred metres beside the centre of the commune."""
    return None if degrees is None else degrees + Decimal(number % 11 - 5) / 1000


def _certificates(areas: Sequence[MaterialArea], today: date) -> Iterable[AreaCertificate]:
    """Certificates of those that are certified: most in force, some about to end, a few ended."""
    for number, area in enumerate(areas):
        if area.standard in (Standard.NONE, Standard.ORGANIC_WAY):
            continue
        ends = today + timedelta(days=(700, 420, 55, 240, 20, 330, -40)[number % 7])
        yield AreaCertificate(
            area=area, standard=area.standard, number=f"TD-{number + 1:03d}/{ends.year - 2}",
            issuer="Trung tâm chứng nhận (trình diễn)", hectares=area.hectares,
            issued_on=ends - timedelta(days=730), expires_on=ends,
        )  # fmt: skip


def _supplies(areas: Sequence[MaterialArea], makers: Sequence[Producer]) -> Iterable[AreaSupply]:
    """Each area supplies one or two producers."""
    for number, area in enumerate(areas):
        for other in range(1 + number % 2):
            yield AreaSupply(
                area=area, producer=makers[(number + other * 17) % len(makers)], share=Decimal(55 - other * 25),
                tonnes=Decimal(20 + number), contract=f"HĐ {number + 1:02d}/{area.valid_from.year}",
                valid_from=area.valid_from,
            )  # fmt: skip


def make_shares(makers: Sequence[Producer], by: User, today: date) -> int:
    """Three years of figures for each producer; the last year of every third still waits for its commune."""
    rows = []
    for number, maker in enumerate(makers):
        for back in (3, 2, 1):
            workers = 8 + number % 25 + (3 - back) * (number % 3)
            material = (300 + number * 12) * MONEY
            confirmed = back > 1 or number % 3 != 0
            rows.append(
                LocalShare(
                    producer=maker, year=today.year - back, workers=workers,
                    local_workers=max(workers - number % 4 - back + 1, 0), women=workers * (40 + number % 30) // 100,
                    material=material, local_material=material * (60 + number % 25 + (3 - back) * 4) // 100,
                    source="Bảng lương, phiếu nhập kho",
                    confirmed_at=_at_nine(date(today.year - back + 1, 2, 10)) if confirmed else None,
                    confirmed_by=by if confirmed else None, confirmed_unit=maker.unit if confirmed else None,
                    is_demo=True,
                )
            )  # fmt: skip
    return len(written(rows, by))


def _at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=clock.LOCAL)


def make_villages(makers: Sequence[Producer], by: User, today: date) -> int:
    """A few invented craft villages with producers and figures by year."""
    crafts = ("nước mắm", "mộc", "bánh đa", "nón lá", "rèn")
    rows = [
        CraftVillage(
            name=f"Làng nghề {craft} {makers[place * 3 % len(makers)].unit.name} (trình diễn)",
            kind=VillageKind.CRAFT_VILLAGE, craft=craft, unit=makers[place * 3 % len(makers)].unit,
            status=VillageStatus.RECOGNISED, recognised_year=2021 + place, decision=f"{40 + place}/QĐ-UBND",
            decided_on=date(2021 + place, 5, 12), valid_from=date(2021 + place, 5, 12), households=35 + place * 9,
            workers=80 + place * 21, source=SOURCE, is_demo=True,
        )
        for place, craft in enumerate(crafts)
    ]  # fmt: skip
    villages = written(rows, by)
    written(
        (
            VillageProducer(
                village=village,
                producer=makers[(place * 3 + other) % len(makers)],
                valid_from=village.valid_from,
            )
            for place, village in enumerate(villages)
            for other in range(2)
        ),
        by,
    )
    written(
        (
            VillageYear(
                village=village, year=today.year - back, households=village.households + 3 - back,
                workers=village.workers + 6 - back * 2, revenue=(2_400 + place * 300 - back * 90) * MONEY,
            )
            for place, village in enumerate(villages)
            for back in (3, 2, 1)
        ),
        by,
    )  # fmt: skip
    return len(villages)


def make_associations(makers: Sequence[Producer], by: User, today: date) -> int:
    """Associations of former districts, restructured into those of communes and of the province but for two."""
    home = home_province(today)
    rows = Unit.objects.filter(level=UnitLevel.DISTRICT, covers__holder=home, valid_to=LAST_DAY)
    districts = list(rows.order_by("code"))
    founded = date(2024, 3, 15)
    old = written(
        (
            Association(
                name=f"Hội OCOP {unit.full_name}", unit=unit, decision=f"{20 + place}/QĐ-UBND", decided_on=founded,
                decided_by=f"UBND {unit.full_name}", valid_from=founded, is_demo=True,
            )
            for place, unit in enumerate(districts)
        ),
        by,
    ) if districts else []  # fmt: skip
    new = written(_heirs(home, makers), by)
    if old:
        _fill(old, makers, by)
        for one in old[DISTRICTS_KEPT:]:
            restructure_association(
                one, into=new, on=LAST_DAY + timedelta(days=1), basis="70/QĐ-UBND ngày 20/6/2025", by=by
            )
    _busy(new, by, today)
    return len(old) + len(new)


def _heirs(home: Unit, makers: Sequence[Producer]) -> list[Association]:
    """The association of the province, and those of the six communes with the most invented producers."""
    since = LAST_DAY + timedelta(days=1)
    communes = {maker.unit_id: maker.unit for maker in makers}
    counted = sorted(
        communes.values(), key=lambda unit: (-sum(m.unit_id == unit.pk for m in makers), unit.code)
    )
    return [
        Association(
            name=f"Hội OCOP {unit.full_name} (trình diễn)", unit=unit, decision=f"{80 + place}/QĐ-UBND",
            decided_on=since, decided_by=f"UBND {unit.full_name}", valid_from=since, is_demo=True,
        )
        for place, unit in enumerate([home, *counted[:6]])
    ]  # fmt: skip


def _fill(associations: Sequence[Association], makers: Sequence[Producer], by: User) -> None:
    """Members, a committee, activities and support of the associations of districts."""
    written(
        (
            AssociationMember(
                association=one, producer=makers[(place * 5 + other) % len(makers)], valid_from=one.valid_from
            )
            for place, one in enumerate(associations)
            for other in range(min(5, len(makers)))
        ),
        by,
    )
    _committee(associations, by, "2024-2029")
    _activities(associations, by, date(2024, 9, 5))


def _busy(associations: Sequence[Association], by: User, today: date) -> None:
    """A committee and activities of the associations of today."""
    _committee(associations, by, "2025-2030")
    _activities(associations, by, max(today - timedelta(days=120), associations[0].valid_from))


def _committee(associations: Sequence[Association], by: User, term: str) -> None:
    written(
        (
            AssociationOfficer(
                association=one, person=PEOPLE[(place + seat) % len(PEOPLE)], position=position, term=term,
                valid_from=one.valid_from,
            )
            for place, one in enumerate(associations)
            for seat, position in enumerate(("chair", "deputy", "secretary"))
        ),
        by,
    )  # fmt: skip


def _activities(associations: Sequence[Association], by: User, first: date) -> None:
    what = (
        ("training", "Tập huấn đóng gói, ghi nhãn", 35, 18), ("trade", "Kết nối với siêu thị, điểm bán", 28, 12),
        ("supervision", "Giám sát chất lượng sản phẩm hội viên", 15, 4),
    )  # fmt: skip
    written(
        (
            AssociationActivity(
                association=one, on=first + timedelta(days=40 * place), kind=kind, what=words,
                participants=people + number, cost=cost * MONEY,
            )
            for number, one in enumerate(associations)
            for place, (kind, words, people, cost) in enumerate(what)
        ),
        by,
    )  # fmt: skip
    written(
        (
            AssociationSupport(
                association=one, year=first.year, what="Kinh phí thành lập, duy trì hội", amount=20 * MONEY,
                money="province", given_by="UBND tỉnh",
            )
            for one in associations
        ),
        by,
    )  # fmt: skip
