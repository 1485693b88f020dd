"""Registers and procedures that offices keep of units and producers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.cases import Procedure
from ocop.kit.errors import ALLOWED, Refusal, Refused, Verdict
from ocop.kit.registers import Register
from ocop.producers.casework import roles
from ocop.producers.casework.files import keep_files
from ocop.producers.casework.scoping import acts_for_producers
from ocop.producers.models import VIEWING_ROLES, Producer
from ocop.units.models import Unit
from ocop.units.queries import match_ids

KEEPERS: tuple[str, ...] = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER)
HIDDEN = Refusal("register.hidden", "Sổ này dành cho cán bộ.")
ELSEWHERE = Refusal("register.elsewhere", "Bạn chỉ ghi được dòng của địa bàn mình phụ trách.")


def units_kept(user: Any) -> list[tuple[str, int]]:
    """(title, id) of the units in force today in the officer's reach; for imports."""
    units = Unit.objects.valid_on(clock.today()).filter(pk__in=scope_of(user).unit_ids(*VIEWING_ROLES))
    return [(unit.title, unit.pk) for unit in units]


def producers_seen(user: Any) -> list[tuple[str, int]]:
    """(code, id) and (public name, id) of the producers that the person sees; for imports."""
    rows = list(Producer.objects.visible_to(user).known().only("code", "brand", "name"))
    return [(row.code, row.pk) for row in rows] + [(row.public_name, row.pk) for row in rows]


class OfficeRegister(Register):
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
        return form

    def save(self, form: Any, *, by: Any, is_new: bool) -> Any:
        row = form.save(commit=False)
        verdict = self.may_keep(by, self._unit_id(row))
        if isinstance(verdict, Refusal):
            raise Refused.because([verdict])
        self.write(form, row, by=by, is_new=is_new)
        form.save_m2m()
        if "attached" in form.cleaned_data:
            keep_files(row, form.cleaned_data["attached"], by=by)
        return row

    def write(self, form: Any, row: Any, *, by: Any, is_new: bool) -> None:
        """Write the row; override to open a case or to call an action."""
        row.save()

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A row of a unit that the officer does not keep is refused."""
        unit_id = values.get(self.unit_path)
        if unit_id is not None and not self.may_keep(user, unit_id):
            yield ELSEWHERE.reason

    def office(self, user: Any) -> str:
        worn = scope_of(user).worn
        return worn.unit if worn is not None else ""

    def attachments(self, row: Any) -> list[tuple[str, str]]:
        if not hasattr(row, "files"):
            return []
        return [(file.name, file.get_absolute_url()) for file in row.files.kept().order_by("at", "pk")]

    def rows_of(self, name: str, subject: Model, user: Any) -> QuerySet:
        """Of a unit also the rows of what lies in it and of what it wholly absorbed."""
        if not isinstance(subject, Unit):
            return super().rows_of(name, subject, user)
        return self.rows(user).filter(**{f"{name}__in": match_ids(subject, clock.today())})


class OfficeProcedure(OfficeRegister, Procedure):
    """A procedure of offices and producers; roles as in `roles_on`."""

    with_producers = True

    def holding(self, user: Any) -> dict[str, Q]:
        return roles.holding(user, unit_path=self.unit_path, producer_path=self.producer_path)
