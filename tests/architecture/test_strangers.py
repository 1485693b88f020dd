"""Whoever has no business with a thing gets nothing by sending either: every address, POSTed by strangers.

The objects in the addresses belong to producer_owner, in the commune of commune_officer. A stranger learns nothing
(404), or that one is not of the desk (403), or that the address takes no form (405), or is led back to what one may
read; the signed out are led to sign in.
No row of the database is added, removed or altered, but for what an address of `OPEN` is there for; the same forms
sent by people whose things they are do alter rows, so the silence of the others is not that of empty forms.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from ocop.kit.reference.urls import Address, addresses
from tests.architecture.url_samples import arguments_for
from tests.conftest import Visitors

STRANGERS = ("anonymous", "producer_stranger", "other_commune_officer", "other_province_officer")
# Tables and columns that note that somebody came by, not what belongs to anybody.
TRACES = {"django_session", "kit_cache", "usersessions_usersession", "audit_event", "audit_seal", "kit_once"}
TRACE_COLUMNS = {("accounts_user", "last_login")}
# Anybody may say that a producer in the register is theirs; the commune decides.
OPEN = {"producers:claim"}
SENT = {
    "verb": "submit", "reason": "Thử", "text": "Thử", "commitment": "on", "place": "1", "note": "Thử", "name": "Thử",
    "title": "Thử", "units": "1", "on": "2026-01-01", "has_conflict": "no", "document": "1", "points": "50",
    "received_on": "2026-01-01", "criteria_set": "9", "kind": "first", "decision": "1", "full_name": "Thử",
}  # fmt: skip

# What the forms change when they come from those whose things they are.
CHANGED_BY_THEIR_PEOPLE = {
    "cycle_businessplan",
    "cycle_historicalbusinessplan",
    "cycle_planmove",
    "evaluation_attendance",
    "evaluation_conflictdeclaration",
    "evaluation_councilsession",
    "evaluation_dossier",
    "evaluation_dossiermove",
    "evaluation_generatedpaper",
    "files_storedfile",
    "inbox_notice",
    "kit_jobprogress",
    "products_historicalpaper",
    "products_paper",
}


def content() -> dict[str, str]:
    """A digest of all rows per table, traces apart."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.managed or table in TRACES:
                continue
            fields = [field.column for field in model._meta.concrete_fields]
            columns = ", ".join(f'"{name}"' for name in fields if (table, name) not in TRACE_COLUMNS)
            key = model._meta.pk.column
            cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY "{key}"')  # noqa: S608 - names of our tables
            found[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def differences(before: dict[str, str]) -> list[str]:
    """The tables whose rows are not what they were."""
    after = content()
    return [table for table, digest in before.items() if after[table] != digest]


def forms(visitors: Visitors) -> Iterator[tuple[str, str]]:
    """(name, address) of everything that belongs to somebody and is not open to all."""
    for address in addresses():
        if of_somebody(address) and address.name not in OPEN:
            yield address.name, reverse(address.name, kwargs=arguments_for(address, visitors.world))


def of_somebody(address: Address) -> bool:
    """True for an address that names an object: what is behind it belongs to somebody."""
    return "<" in address.path and not address.name.startswith(("account_", "public:", "api-v1:", "mfa_"))


def led_back(client: Client, answer: Any) -> bool:
    """Led to sign in, or to a page that one may read anyway: the commune next door reads the register of partners."""
    if answer.status_code != 302:
        return False
    return "/tai-khoan/dang-nhap/" in answer.url or client.get(answer.url).status_code == 200


pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("persona", STRANGERS)
def test_a_stranger_changes_nothing(persona: str, visitors: Visitors) -> None:
    client, before, wrong = visitors.client(persona), content(), {}
    allowed = {401, 404, 405, 410} if persona == "anonymous" else {403, 404, 405, 410}
    for name, url in forms(visitors):
        answer = client.post(url, SENT)
        if answer.status_code not in allowed and not led_back(client, answer):
            wrong[name] = (answer.status_code, getattr(answer, "url", ""))
    assert (differences(before), wrong) == ([], {})


def test_the_same_forms_sent_by_their_people_do_change_rows(visitors: Visitors) -> None:
    before = content()
    for persona in ("producer_owner", "council_member"):
        for _, url in forms(visitors):
            visitors.client(persona).post(url, SENT)
    changed = set(differences(before))
    assert changed == CHANGED_BY_THEIR_PEOPLE
