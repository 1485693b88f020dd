"""The whole story of an object: what registers of upper apps hold about it, as tabs of its page, one per section.

A register names the links by which its rows belong to other objects (`story`), or the one parent on whose page they
are kept (`under`). Nothing below ever names the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ocop.kit import registry
from ocop.kit.registers.known import REGISTERS
from ocop.kit.text import slug

if TYPE_CHECKING:
    from ocop.kit.registers.register import Register

SHOWN = 10
SHOWN_UNDER = 50


@dataclass(frozen=True)
class Story:
    """One tab: the registers of a section that speak of a model, with the link by which they do."""

    key: str
    model: type[Model]
    section: str
    parts: list[tuple[str, str]] = field(default_factory=list, compare=False)

    def registers(self, user: Any) -> list[tuple["Register", str]]:
        """The parts that exist for the user."""
        found = [(REGISTERS[key], name) for key, name in self.parts]
        return [(register, name) for register, name in found if register.may_see(user)]

    def url(self, subject: Model) -> str:
        """The address of the tab's page for one object."""
        return reverse("kit:story", args=[self.model._meta.label_lower, subject.pk, slug(self.section)])


STORIES: registry.Registry[Story] = registry.Registry("stories")


def tell(register: "Register") -> None:
    """Add a register to the stories of the objects that it names; called once, when it is installed."""
    for name in register.story:
        model = register.target_of(name)
        key = f"{model._meta.label_lower}.{slug(register.section)}"
        if key not in STORIES:
            story = STORIES.add(Story(key, model, register.section))
            registry.tabs.add(
                registry.Tab(
                    key=f"story.{key}",
                    model=model,
                    label=register.section,
                    url=story.url,
                    shown=lambda user, subject, story=story: bool(story.registers(user)),
                    order=200 + register.order,
                )
            )
        STORIES[key].parts.append((register.key, name))


def tabs_for(subject: Any, user: Any, active: str = "") -> list[dict[str, Any]]:
    """The tabs of an object's pages: its own page, and those that apps added; `active` is the key of the one shown."""
    first = {"label": "Thông tin", "url": subject.get_absolute_url(), "active": not active}
    return [first] + [
        {"label": tab.label, "url": tab.url(subject), "count": tab.count(user, subject), "active": tab.key == active}
        for tab in registry.tabs_of(subject, user)
    ]  # fmt: skip


def block(register: "Register", name: str, subject: Any, user: Any, shown: int) -> dict[str, Any]:
    """The rows of one register that belong to an object: the first of them, how many, and where to add one."""
    rows = register.rows_of(name, subject, user)
    columns = [column for column in register.on("list") if column.name.partition(".")[0] != name]
    count = rows.count()
    can_add = register.form_class is not None and bool(register.may_add_to(user, subject))
    return {
        "register": register,
        "title": register.title,
        "count": f"{count} {register.words}",
        "columns": columns,
        "lines": [(row, register.cells(row, columns)) for row in rows[:shown]],
        "more_url": f"{register.url('list')}?cua={name}:{subject.pk}" if count > shown else "",
        "create_url": f"{register.url('create')}?{name}={subject.pk}" if can_add else "",
    }


def blocks_about(subject: Model, user: Any) -> list[dict[str, Any]]:
    """What every register holds about an object that has a page without tabs of its own: rows, or where to add one."""
    parts = [part for story in STORIES if story.model is type(subject) for part in story.registers(user)]
    found = [block(register, name, subject, user, SHOWN) for register, name in parts]
    return [one for one in found if one["lines"] or one["create_url"]]


def blocks_under(model: type[Model], subject: Any, user: Any) -> list[dict[str, Any]]:
    """What is kept on the page of a row: the registers that lie under its model."""
    children: Iterable[Register] = (
        one for one in REGISTERS if one.under and one.target_of(one.under) is model
    )
    return [block(one, one.under, subject, user, SHOWN_UNDER) for one in children if one.may_see(user)]


@login_required
@require_GET
def story_page(request: HttpRequest, model: str, pk: int, section: str) -> HttpResponse:
    """Everything that the registers of one section hold about an object."""
    user, story = request.user, STORIES.get(f"{model}.{section}")
    if story is None or not (parts := story.registers(user)):
        raise Http404
    rows = story.model._default_manager.all()
    subject = get_object_or_404(rows.visible_to(user) if hasattr(rows, "visible_to") else rows, pk=pk)
    blocks = [block(register, name, subject, user, SHOWN) for register, name in parts]
    context = {
        "subject": subject, "section": story.section, "tabs": tabs_for(subject, user, f"story.{story.key}"),
        "kind": str(story.model._meta.verbose_name),
        "blocks": blocks, "empty": [one for one in blocks if not one["lines"]],
    }  # fmt: skip
    return render(request, "kit/register/story.html", context)
