"""What the procedures of this app share: opened by a form or a sheet, changed only by their steps."""

from typing import Any

from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.casework import OfficeProcedure, keep_files
from ocop.producers.queries import producers_of

STEPS = Refusal("case.steps", "Việc đã lập thay đổi qua từng bước ở trang của việc.")


class OpenedCase(OfficeProcedure):
    """A procedure whose new rows are opened by an action of the app.

    `open_row(values, by)` calls it with what a form or an imported row says. `opened_by_producers` lets a producer's
    people open cases of their own.
    """

    opened_by_producers = False

    def open_row(self, values: dict[str, Any], *, by: Any) -> Any:
        raise TypeError(f"{type(self).__name__} must say how a case is opened")

    def may_create(self, user: Any) -> Verdict:
        if scope_of(user).has_any(*self.keepers) or (self.opened_by_producers and producers_of(user)):
            return ALLOWED
        return super().may_create(user)

    def may_import(self, user: Any) -> Verdict:
        """Sheets are for offices."""
        return super().may_create(user)

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return STEPS

    def save(self, form: Any, *, by: Any, is_new: bool) -> Any:
        values = dict(form.cleaned_data)
        attached = values.pop("attached", ())
        row = self.open_row(_plain(form, values), by=by)
        if attached:
            keep_files(row, attached, by=by)
        return row

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Imported cases begin with their first move."""
        for values in rows:
            self.open_row(self.linked(values), by=by)
        return len(rows)

    def linked(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values of a sheet with the rows that its ids mean."""
        found: dict[str, Any] = {}
        for name, value in values.items():
            field = next(one for one in self.model._meta.concrete_fields if one.attname == name)
            if field.is_relation and value is not None:
                value = field.related_model._default_manager.get(pk=value)
            if value is not None:
                found[field.name] = value
        return found


def _plain(form: Any, values: dict[str, Any]) -> dict[str, Any]:
    """What the form's own fields say; the hidden ones of the register are left out."""
    names = set(form._meta.fields)
    return {name: value for name, value in values.items() if name in names}
