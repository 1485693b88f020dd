"""Who stands behind a change in the field history, also where there is no request (jobs, demo, tests)."""

from typing import Any, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def signed(row: Row, by: Any) -> Row:
    """The row, whose next history entry names `by`."""
    row._history_user = by  # type: ignore[attr-defined]
    return row
