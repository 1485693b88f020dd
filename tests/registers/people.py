"""The people who read and keep registers, and the things of the home commune that sample rows belong to."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ocop.accounts.models import User
from ocop.kit.registers import Register
from ocop.kit.registers.listing import Listing, listing
from ocop.kit.samples import Samples
from ocop.kit.samples.asking import ALL
from tests.personas import World
from tests.rows import samples_of

ROLES = {
    "commune_officer": "can-bo-phuc-trach",
    "advisory_officer": "tham-muu",
    "standing_officer": "thuong-truc",
    "department_officer": "uy-vien-cong-thuong",
    "reader": "chu-tich-hoi-dong",
    "producer_owner": "ba-lan",
}
"""Who looks at every register."""
OTHERS = (
    "lanh-dao-phuc-trach", "lanh-dao-tinh", "van-thu", "uy-vien-nnmt", "uy-vien-khcn", "uy-vien-vhttdl",
    "uy-vien-tai-chinh", "uy-vien-y-te", "quan-tri",
)  # fmt: skip
"""Who else may keep a register, asked after the roles."""
STRANGERS = {"producer_stranger": "nguoi-la", "other_province_officer": "can-bo-tinh-khac"}
"""Who has no business with the home commune and its producers."""
NAMES = {**ROLES, **{name: name for name in OTHERS}, **STRANGERS}


def people_of(world: World) -> dict[str, User]:
    """Everybody by the name of the role; what they hold is known from then on."""
    found = {user.username: user for user in User.objects.filter(username__in=NAMES.values())}
    return {name: found[username] for name, username in NAMES.items()}


@dataclass
class Desk:
    """What a test of registers works with: people, their browsers, rows of producer_owner and the home commune."""

    world: World
    people: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)

    @cached_property
    def samples(self) -> Samples:
        """The maker of rows."""
        return samples_of(self.world)

    def client(self, name: str) -> Client:
        """The browser of somebody, signed in."""
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.people[name])
        return self.clients[name]

    def sees(self, register: Register, name: str, row: Any) -> bool:
        """Whether the row exists for somebody."""
        user = self.people[name]
        return bool(register.may_see(user)) and register.scope(user).filter(pk=row.pk).exists()

    def reader_of(self, register: Register, row: Any) -> str:
        """Who keeps the row: the first who sees it and may add to the register, else the first who sees it."""
        names = [name for name in self.people if name not in STRANGERS]
        if register.form_class is not None:
            writers = [name for name in names if register.may_create(self.people[name])]
            names = [*writers, *(name for name in names if name not in writers)]
        found = next((name for name in names if self.sees(register, name, row)), None)
        assert found is not None, f"nobody of {names} sees a sample row of {register.key}"
        return found

    def listing(
        self, register: Register, name: str, query: dict[str, Any], *, opens: bool = False
    ) -> Listing:
        """What the list of somebody holds: everything, or what it opens on."""
        asked = QueryDict(mutable=True)
        asked.update(query if opens else {**ALL, **query})
        return listing(register, self.people[name], asked, opens=opens)

    def rows_cost(self, register: Register, name: str, query: dict[str, Any]) -> tuple[int, bool]:
        """Queries for the rows of a page and what stands in them, and whether there are any."""
        with CaptureQueriesContext(connection) as queries:
            page = self.listing(register, name, query, opens=True).pages(register.per_page).get_page(1)
            shown = [register.cells(row) for row in page.object_list]
        return len(queries), bool(shown)

    def page_cost(self, register: Register, name: str, query: dict[str, Any]) -> tuple[int, bool]:
        """The same for the page itself, as the person gets it."""
        with CaptureQueriesContext(connection) as queries:
            answer = self.client(name).get(register.url("list"), query)
        assert answer.status_code == 200, (name, query)
        return len(queries), b"<tbody" in answer.content
