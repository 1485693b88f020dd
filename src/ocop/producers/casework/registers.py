"""Registers and procedures that offices keep of units and producers."""

from dataclasses import replace
from typing import Any

from django.db.models import Model, Q, QuerySet

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.cases import Procedure
from ocop.kit.errors import ALLOWED, Refusal, Refused, Verdict
from ocop.kit.excel import Importer
from ocop.kit.registers import Register
from ocop.producers.casework import roles
from ocop.producers.casework.files import keep_files
from ocop.producers.casework.forms import hold_files
from ocop.producers.casework.lookups import producers_seen, units_kept
from ocop.producers.casework.scoping import acts_for_producers
from ocop.producers.models import VIEWING_ROLES, Producer
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import match_ids

KEEPERS: tuple[str, ...] = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER)
HIDDEN = Refusal("register.hidden", "Sổ này dành cho cán bộ.")
ELSEWHERE = Refusal("register.elsewhere", "Bạn chỉ ghi được dòng của địa bàn mình phụ trách.")


class UnitStory(Register):
    """A register whose rows stand on the pages of units; an office heads its sheets."""

    def rows_of(self, name: str, subject: Model, user: Any) -> QuerySet:
        """Of a unit also the rows of what lies in it and of what it wholly absorbed."""
        if not isinstance(subject, Unit):
            return super().rows_of(name, subject, user)
        return self.rows(user).filter(**{f"{name}__in": match_ids(subject, clock.today())})

    def office(self, user: Any) -> str:
        worn = scope_of(user).worn
        return worn.unit if worn is not None else ""


class OfficeRegister(UnitStory):
    """A register whose rows belong to a unit, kept by the officers of that unit and of those above it.

    `keepers` may write in their reach; `with_producers` opens reading to the producers' own people.
    """

    keepers: tuple[str, ...] = KEEPERS
    with_producers = False
    unit_path = "unit_id"
    producer_path = "producer_id"
    lookups = {Unit: units_kept, Producer: producers_seen}

    def may_see(self, user: Any) -> Verdict:
        if scope_of(user).has_any(*VIEWING_ROLES):
            return ALLOWED
        return ALLOWED if self.with_producers and acts_for_producers(user) else HIDDEN

    def may_export(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*VIEWING_ROLES) else HIDDEN

    def may_create(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*self.keepers) else ELSEWHERE

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return self.may_keep_row(user, row)

    def may_keep_row(self, user: Any, row: Any) -> Verdict:
        """Write this row, as it is or as it was typed."""
        return self.may_keep(user, self._unit_id(row))

    def may_keep(self, user: Any, unit_id: int | None) -> Verdict:
        """Write rows of a unit; without a unit, rows that belong to the whole province."""
        return ALLOWED if any(scope_of(user).has(role, unit_id) for role in self.keepers) else ELSEWHERE

    def _unit_id(self, row: Any) -> int | None:
        value = row
        for part in self.unit_path.split("__") if self.unit_path else ():
            value = getattr(value, part) if value is not None else None
        return value if self.unit_path else None

    def make_form(self, user: Any, row: Any, form_type: Any, *args: Any, **kwargs: Any) -> Any:
        form = super().make_form(user, row, form_type, *args, **kwargs)
        if hasattr(form, "narrow"):
            form.narrow(user)
        if row is None and "unit" in form.fields and (own := self.own_unit(user)):
            form.initial.setdefault("unit", own)
        return form

    def own_unit(self, user: Any) -> Unit | None:
        """Where a new row starts: the place of somebody who works for one commune or district."""
        units = {one.agency.unit for one in scope_of(user).of() if one.agency.unit is not None}
        own = units.pop() if len(units) == 1 else None
        return own if own is not None and own.level != UnitLevel.PROVINCE else None

    def save(self, form: Any, *, by: Any, is_new: bool) -> Any:
        row = form.save(commit=False)
        verdict = self.may_keep_row(by, row)
        if isinstance(verdict, Refusal):
            raise Refused.because([verdict])
        self.write(form, row, by=by, is_new=is_new)
        form.save_m2m()
        if "attached" in form.cleaned_data:
            keep_files(row, form.cleaned_data["attached"], by=by)
        return row

    def hold(self, form: Any, *, by: Any) -> None:
        hold_files(form, by=by)

    def write(self, form: Any, row: Any, *, by: Any, is_new: bool) -> None:
        """Write the row; override to open a case or to call an action."""
        row.save()

    def importer(self, user: Any) -> Importer:
        """As every register's, and rows of a unit that the officer does not keep are refused with the unit named."""
        made = super().importer(user)
        elsewhere = Elsewhere(self, user)
        return replace(made, check=lambda values: (*made.check(values), *elsewhere(values)))

    def attachments(self, row: Any) -> list[tuple[str, str]]:
        if not hasattr(row, "files"):
            return []
        return [(file.name, file.get_absolute_url()) for file in row.files.kept().order_by("at", "pk")]


class Elsewhere:
    """What is said of an imported row of a unit that the officer does not keep; asks the database once for all rows."""

    def __init__(self, register: OfficeRegister, user: Any) -> None:
        self.register, self.user = register, user
        self._units: dict[Any, int] | None = None
        self._refused: dict[int, str] = {}

    def __call__(self, values: dict[str, Any]) -> list[str]:
        unit_id = self._unit_of(values)
        if unit_id is None:
            return []
        if unit_id not in self._refused:
            kept = bool(self.register.may_keep(self.user, unit_id))
            unit = None if kept else Unit.objects.filter(pk=unit_id).first()
            self._refused[unit_id] = f"{unit.title} không thuộc địa bàn bạn phụ trách" if unit else ""
        return [self._refused[unit_id]] if self._refused[unit_id] else []

    def _unit_of(self, values: dict[str, Any]) -> int | None:
        path = self.register.unit_path
        if "__" not in path:
            return values.get(path)
        field: Any = self.register.model._meta.get_field(path.partition("__")[0])
        if self._units is None:
            rows = field.related_model._base_manager.values_list("pk", path.partition("__")[2])
            self._units = dict(rows)
        return self._units.get(values.get(field.attname))


class OfficeProcedure(OfficeRegister, Procedure):
    """A procedure of offices and producers; roles as in `roles_on`."""

    with_producers = True

    def holding(self, user: Any) -> dict[str, Q]:
        return roles.holding(user, unit_path=self.unit_path, producer_path=self.producer_path)

    def who(self, row: Any, wanted: frozenset[str]) -> str:
        return roles.words_of(wanted, row)
