"""The list of activities that get money."""

from typing import Any

from ocop.accounts.queries import scope_of
from ocop.funding import permissions
from ocop.funding.models import Activity
from ocop.funding.registers import forms
from ocop.kit.errors import ALLOWED, Verdict
from ocop.kit.registers import Column, Register
from ocop.producers.casework.registers import HIDDEN
from ocop.producers.models import VIEWING_ROLES


class Activities(Register):
    """What the money is spent on."""

    key = "fund_activities"
    model = Activity
    title = "Hoạt động được cấp vốn"
    noun = "hoạt động"
    section = "Hỗ trợ & vốn"
    icon = "list-check"
    order = 70
    columns = (
        Column("name"), Column("code"), Column("clause"), Column("is_management"),
        Column("order", on="detail excel import"),
    )  # fmt: skip
    filters = {"clause": ["exact"], "is_management": ["exact"]}
    ordering = ("order", "code")
    natural_key = ("code",)
    form_class = forms.ActivityForm

    def may_see(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*VIEWING_ROLES) else HIDDEN

    def may_create(self, user: Any) -> Verdict:
        return permissions.may_keep_activities(user)

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return permissions.may_keep_activities(user)


ACTIVITIES = Activities()
