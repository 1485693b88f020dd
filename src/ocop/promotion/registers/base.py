"""What the registers of promotion share."""

from typing import Any

import django_filters
from django.db.models import Model

from ocop.kit.errors import ALLOWED, Verdict
from ocop.producers.casework import OfficeRegister, keep_files
from ocop.producers.casework.scoping import acts_for_producers
from ocop.producers.permissions import access_kinds_of
from ocop.producers.registers import UnitFilter
from ocop.promotion.permissions import PROMOTERS, may_keep_producer

SECTION = "Xúc tiến"


def filters_for(
    model: type[Model], *fields: str, unit: str = "unit_id", **more: Any
) -> type[django_filters.FilterSet]:
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


class OwnersWrite:
    """For an office register whose rows have a `producer`: its own people write them too; only officers import."""

    with_producers = True

    def may_create(self, user: Any) -> Verdict:
        verdict: Verdict = super().may_create(user)  # type: ignore[misc]
        return ALLOWED if verdict or acts_for_producers(user) else verdict

    def may_import(self, user: Any) -> Verdict:
        return OfficeRegister.may_create(self, user)  # type: ignore[arg-type]

    def save(self, form: Any, *, by: Any, is_new: bool) -> Any:
        row = form.save(commit=False)
        if row.producer is None or not access_kinds_of(by, row.producer):
            return super().save(form, by=by, is_new=is_new)  # type: ignore[misc]
        self.write(form, row, by=by, is_new=is_new)  # type: ignore[attr-defined]
        form.save_m2m()
        if "attached" in form.cleaned_data:
            keep_files(row, form.cleaned_data["attached"], by=by)
        return row


class ProducerRegister(OwnersWrite, PromotionRegister):
    """A register of rows about producers, which their own people keep too."""

    unit_path = "producer__unit_id"

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return may_keep_producer(user, row.producer)
