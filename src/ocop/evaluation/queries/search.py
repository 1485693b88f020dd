"""Dossiers in the search over everything."""

from collections.abc import Iterator

from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier


def find_dossiers(user: User, folded: str, typed: str, limit: int) -> Iterator[tuple[str, str, str]]:
    """(title, subtitle, address) of the dossiers that exist for the user and hold the typed words; one query."""
    rows = Dossier.objects.visible_to(user).select_related("product", "producer").found_by(typed)[:limit]
    for row in rows:
        subtitle = f"{row.code} · {row.producer.public_name} · {DossierState(row.state).label}"
        yield row.product.name, subtitle, reverse("evaluation:dossier-detail", args=[row.code])
