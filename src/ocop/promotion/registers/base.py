"""What the registers of promotion share."""

from typing import Any

import django_filters
from django.db.models import Model

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Verdict
from ocop.producers.casework import OfficeRegister, keep_files
from ocop.producers.models import ProducerAccess
from ocop.producers.permissions import access_kinds_of
from ocop.producers.registers import UnitFilter
from ocop.promotion.permissions import PROMOTERS, may_keep_producer

SECTION = "Xúc tiến"


def filters_for(model: type[Model], *fields: str, unit: str = "unit_id", **more: Any) -> type[django_filters.FilterSet]:
    """A filter set over plain fields and the unit, typed by old or new name; `more` are filters of one's own."""
    meta = type("Meta", (), {"model": model, "fields": list(fields)})
    place = {"dia_ban": UnitFilter(field_name=unit, label="Địa bàn")} if unit else {}
    return type(f"{model.__name__}Filters", (django_filters.FilterSet,), {"Meta": meta, **place, **more})


def year_of(field: str, label: str = "Năm") -> django_filters.NumberFilter:
    """Rows of one calendar year."""
    return django_filters.NumberFilter(field_name=field, lookup_expr="year", label=label)


class PromotionRegister(OfficeRegister):
    """A register of promotion, kept by the promoters."""

    section = SECTION
    keepers = PROMOTERS


class ProducerRegister(PromotionRegister):
    """A register of rows about producers, which their own people keep too."""

    with_producers = True
    unit_path = "producer__unit_id"

    def may_create(self, user: Any) -> Verdict:
        if scope_of(user).has_any(*self.keepers):
            return ALLOWED
        access = ProducerAccess.objects.valid_on(clock.today()).filter(user=getattr(user, "pk", None))
        return ALLOWED if access.exists() else super().may_create(user)

    def may_import(self, user: Any) -> Verdict:
        return PromotionRegister.may_create(self, user)

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return may_keep_producer(user, row.producer)

    def save(self, form: Any, *, by: Any, is_new: bool) -> Any:
        row = form.save(commit=False)
        if not access_kinds_of(by, row.producer):
            return super().save(form, by=by, is_new=is_new)
        self.write(form, row, by=by, is_new=is_new)
        form.save_m2m()
        keep_files(row, form.cleaned_data.get("attached"), by=by)
        return row
