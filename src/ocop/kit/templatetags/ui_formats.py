"""Vietnamese formats as filters: day, moment, number, points, money."""

from ocop.kit import formats
from ocop.kit.templatetags.ui_library import register

register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("number", formats.number)
register.filter("points", formats.points)
register.filter("money", formats.money)
