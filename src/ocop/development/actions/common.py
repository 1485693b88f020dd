"""What the actions of this app share: dated settings by the province of a row, who opened a case."""

from datetime import date, timedelta
from typing import Any

from ocop.kit.errors import Forbidden
from ocop.producers.casework import roles_on
from ocop.producers.casework.roles import province_code
from ocop.rulebook.queries import setting


def number_for(key: str, row: Any, day: date) -> int:
    """A dated setting as it holds in the row's province on that day."""
    return int(setting(key, province_code(row.unit), day))


def in_days(key: str, row: Any, day: date) -> date:
    """The day that lies as many days ahead as a dated setting says."""
    return day + timedelta(days=number_for(key, row, day))


def must_stand(by: Any, row: Any, roles: frozenset[str], article: str) -> None:
    """Raise `Forbidden` unless the person holds one of the roles towards the row; nobody (the demo) may."""
    if by is not None and not roles_on(by, row) & roles:
        raise Forbidden("case.role", "Bạn không lập được việc này cho cơ sở, địa bàn này.", article)
