"""Two rows of one product become one; everything that hung on the double hangs on the row that stays."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.producers.repointing import point_at
from ocop.producers.signing import signed
from ocop.products import permissions
from ocop.products.models import MarkUse, Media, Product, ProductClassification
from ocop.products.queries import merge_refusals, moving_rows

TEXTS = (
    "description",
    "story",
    "spec",
    "packaging",
    "ingredients",
    "usage",
    "storage",
    "started_year",
    "note",
)
CODE = ("code", "code_unit", "code_year", "code_serial")


def merge_products(double: Product, into: Product, *, by: User, at: datetime | None = None) -> Product:
    """Merge a double into the row that stays: dossiers, certificates, papers, photographs, marks move to it.

    The double is kept with its own holdings, states and field history, leads to the other, and its codes find the
    other; facts that the row that stays lacks are filled in from the double. Raises `Forbidden` unless `by` registers
    products over both; `Refused` with every reason: one and the same row, merged before, two producers, two groups,
    and whatever `guards.merge_guards` of the apps above say.
    """
    require(permissions.may_merge(by, double))
    require(permissions.may_merge(by, into))
    at = at or clock.now()
    with transaction.atomic():
        wanted = Product.objects.select_for_update(of=("self",)).filter(pk__in=(double.pk, into.pk))
        found = {row.pk: row for row in wanted.select_related("producer", "group").order_by("pk")}
        old, kept = found[double.pk], found[into.pk]
        if refusals := merge_refusals(old, kept):
            raise Refused.because(refusals)
        _end_doubled_uses(old, kept, at)
        moved = _move(old, kept, by=by)
        _fill_in(old, kept)
        codes = (kept.former_codes, old.public_code, old.code, old.former_codes)
        kept.former_codes = " ".join(code for code in codes if code and code != kept.code)
        if not kept.code and old.code:
            given = {name: getattr(old, name) for name in CODE}
            old.code, old.code_unit, old.code_year, old.code_serial = "", None, None, None
            for name, value in given.items():
                setattr(kept, name, value)
            kept.former_codes = " ".join(code for code in kept.former_codes.split() if code != kept.code)
        old.merged_into = kept
        signed(old, by).save()
        signed(kept, by).save()
        Product.objects.filter(merged_into=old).update(merged_into=kept)
        announce("products.merged", by=by, subject=kept, double=old.public_code, moved=moved)
    return kept


def _move(old: Product, kept: Product, *, by: User) -> dict[str, int]:
    """Point every row of this app and those above at the row that stays; answers how many of each kind."""
    last = Media.objects.filter(product=kept).aggregate(last=Max("order"))["last"] or 0
    Media.objects.filter(product=old).update(order=F("order") + last)
    moved = {}
    for model, name, rows in moving_rows(old, kept):
        if number := point_at(rows, name, kept, by=by):
            moved[model._meta.label] = number
    return moved


def _end_doubled_uses(old: Product, kept: Product, at: datetime) -> None:
    """A mark that the row that stays bears already is borne by the double no longer, from the day before on."""
    eve = clock.local_day(at) - timedelta(days=1)
    held = MarkUse.objects.filter(product=kept, valid_to__isnull=True).values("mark_id")
    for use in MarkUse.objects.filter(product=old, valid_to__isnull=True, mark__in=held).order_by("pk"):
        use.valid_to = max(eve, use.valid_from)
        use.save(update_fields=["valid_to"])


def _fill_in(old: Product, kept: Product) -> None:
    """Facts, group and set of the double, where the row that stays has none."""
    for name in TEXTS:
        if not getattr(kept, name) and getattr(old, name):
            setattr(kept, name, getattr(old, name))
    open_row = old.classifications.filter(valid_to__isnull=True).first()
    if kept.group_id is None and open_row is not None:
        kept.group, kept.criteria_set = open_row.group, open_row.criteria_set
        ProductClassification.objects.create(
            product=kept, group=open_row.group, criteria_set=open_row.criteria_set, valid_from=open_row.valid_from,
            basis=open_row.basis,
        )  # fmt: skip
