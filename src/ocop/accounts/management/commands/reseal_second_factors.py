"""Encrypt every stored second factor with the newest key of the environment."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from ocop.accounts.sealing import seal, unseal

SECRETS = ("secret", "seed")


class Command(BaseCommand):
    help = (
        "Encrypts stored second factors anew with the first key of OCOP_MFA_KEYS; run it after adding a key."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for row in Authenticator.objects.select_for_update():
            names = [name for name in SECRETS if row.data.get(name)]
            for name in names:
                row.data[name] = seal(unseal(row.data[name]))
            if names:
                row.save(update_fields=["data"])
                count += 1
        self.stdout.write(f"{count} second factors encrypted")
