"""Official product codes, given out by the commune."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.producers.signing import signed
from ocop.products import permissions
from ocop.products.models import CodeCounter, Product
from ocop.products.rules.codes import ARTICLE, official_code
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import province_of, successors_on


def allot_code(product: Product, *, by: User, at: datetime | None = None) -> Product:
    """Give the product its code (T)-(X)-(STT)-year: codes of today's province and commune, next serial of the year.

    A product that has a code keeps it (a second press answers the same row). Two officers at once get two serials: the
    counter of commune and year is locked. Raises `Forbidden` outside the commune; `Refused` where it is not known which
    of today's communes the product belongs to.
    """
    require(permissions.may_allot_code(by, product))
    at = at or clock.now()
    day = clock.local_day(at)
    with transaction.atomic():
        row = Product.objects.select_for_update(of=("self",)).select_related("unit").get(pk=product.pk)
        if row.code:
            return row
        commune = _commune_of(row, by, at)
        province = province_of(commune)
        if province is None:
            raise Refused("product.province", f"Không rõ {commune.full_name} thuộc tỉnh nào.", ARTICLE)
        CodeCounter.objects.get_or_create(unit=commune, year=day.year)
        CodeCounter.objects.filter(unit=commune, year=day.year).update(last=F("last") + 1)
        serial = CodeCounter.objects.get(unit=commune, year=day.year).last
        row.code = official_code(province=province.code, commune=commune.code, serial=serial, year=day.year)
        row.code_unit, row.code_year, row.code_serial = commune, day.year, serial
        signed(row, by).save()
        announce("products.code_allotted", by=by, subject=row, code=row.code)
    return row


def _commune_of(product: Product, by: User, at: datetime) -> Unit:
    """The commune of today in the place of the product's unit; of several, the one that the officer acts for."""
    day = clock.local_day(at)
    unit = product.unit
    found = [unit] if unit.in_force(day) else successors_on(unit, day)
    found = [other for other in found if other.level == UnitLevel.COMMUNE]
    if len(found) > 1:
        own = {holding.unit_id for holding in scope_of(by).of(*permissions.COMMUNE)}
        found = [other for other in found if other.pk in own]
    if len(found) != 1:
        raise Refused(
            "product.commune", "Chưa rõ sản phẩm thuộc xã, phường nào hiện nay nên chưa cấp mã được.", ARTICLE
        )
    return found[0]
