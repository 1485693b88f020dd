"""What a Word template may use: the formats as filters, in a sandbox, for offices bring their own templates."""

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment

from ocop.kit import formats

FILTERS = {
    "day": formats.day,
    "moment": formats.moment,
    "number": formats.number,
    "points": formats.points,
    "money": formats.money,
}
"""`{{ signed_on|day }}` and so on."""


def environment(*, strict: bool = False) -> SandboxedEnvironment:
    """The environment in which templates are read and filled; values are escaped; `strict` lets no field stay blank."""
    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined if strict else Undefined)
    made.filters.update(FILTERS)
    return made
