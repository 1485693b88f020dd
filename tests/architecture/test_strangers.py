"""Whoever has no business with a thing gets nothing by sending either: every address, POSTed by strangers.

The objects in the addresses belong to producer_owner, in the commune of commune_officer. A stranger learns nothing
(404), or that one is not of the desk (403), or that the address takes no form (405); the signed out are led to sign in.
No row of the database changes, but for what an address of `OPEN` is there for.
"""

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from ocop.kit.reference.urls import Address, addresses
from tests.architecture.url_samples import arguments_for
from tests.conftest import Visitors

STRANGERS = ("anonymous", "producer_stranger", "other_commune_officer", "other_province_officer")
# Tables that note that somebody came by, not what belongs to anybody.
TRACES = {
    "django_session", "kit_cache", "usersessions_usersession", "audit_event", "audit_seal", "accounts_user", "kit_once",
}  # fmt: skip
# Anybody may say that a producer in the register is theirs; the commune decides.
OPEN = {"producers:claim"}
SENT = {
    "verb": "submit", "reason": "Thử", "text": "Thử", "commitment": "on", "place": "1", "note": "Thử", "name": "Thử",
    "title": "Thử", "units": "1", "on": "2026-01-01", "has_conflict": "no", "document": "1", "points": "50",
    "received_on": "2026-01-01", "criteria_set": "9", "kind": "first", "decision": "1", "full_name": "Thử",
}  # fmt: skip


def counts() -> dict[str, int]:
    """Rows per table, traces apart."""
    with connection.cursor() as cursor:
        found = {}
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.managed and table not in TRACES:
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names of our tables
                found[table] = cursor.fetchone()[0]
    return found


def of_somebody(address: Address) -> bool:
    """True for an address that names an object: what is behind it belongs to somebody."""
    return "<" in address.path and not address.name.startswith(("account_", "public:", "api-v1:", "mfa_"))


@pytest.mark.parametrize("persona", STRANGERS)
def test_a_stranger_changes_nothing(persona: str, visitors: Visitors) -> None:
    client, wrong = visitors.client(persona), {}
    visitors.world.dossier.refresh_from_db()
    before, content = counts(), (visitors.world.dossier.version, visitors.world.dossier.state)
    for address in addresses():
        if not of_somebody(address) or address.name in OPEN:
            continue
        url = reverse(address.name, kwargs=arguments_for(address, visitors.world))
        answer = client.post(url, SENT)
        allowed = {302, 401, 404, 405, 410} if persona == "anonymous" else {403, 404, 405, 410}
        led_away = answer.status_code == 302 and "/tai-khoan/dang-nhap/" not in answer.url
        if answer.status_code not in allowed or led_away:
            wrong[address.name] = (answer.status_code, getattr(answer, "url", ""))
    visitors.world.dossier.refresh_from_db()
    assert wrong == {}
    assert counts() == before
    assert (visitors.world.dossier.version, visitors.world.dossier.state) == content
