"""Second factors lie encrypted in the database, and a key can be changed."""

import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from ocop.accounts.sealing import seal, unseal
from ocop.accounts.tests.factories import UserFactory

SECRET = "JBSWY3DPEHPK3PXP"


def code_now() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(SECRET, counter))


@pytest.mark.django_db
def test_totp_is_stored_encrypted_and_still_signs_in():
    TOTP.activate(UserFactory(), SECRET)
    row = Authenticator.objects.get(type="totp")
    assert SECRET not in str(row.data)
    assert row.data["secret"].startswith("sealed1:")
    assert (TOTP(row).validate_code(code_now()), TOTP(row).validate_code("000000")) == (True, False)


@pytest.mark.django_db
def test_recovery_codes_too():
    wrapped = RecoveryCodes.activate(UserFactory())
    assert wrapped.instance.data["seed"].startswith("sealed1:")
    assert wrapped.validate_code(wrapped.get_unused_codes()[0]) is True


@pytest.mark.django_db
def test_key_is_changed_without_locking_anybody_out(settings):
    settings.OCOP_MFA_KEYS = ["old"]
    TOTP.activate(UserFactory(), SECRET)
    settings.OCOP_MFA_KEYS = ["new", "old"]
    said = io.StringIO()
    call_command("reseal_second_factors", stdout=said)
    settings.OCOP_MFA_KEYS = ["new"]
    assert said.getvalue() == "1 second factors encrypted\n"
    assert unseal(Authenticator.objects.get(type="totp").data["secret"]) == SECRET


def test_without_the_key_nothing_is_guessed(settings):
    settings.OCOP_MFA_KEYS = ["old"]
    sealed = seal(SECRET)
    settings.OCOP_MFA_KEYS = ["other"]
    with pytest.raises(ImproperlyConfigured, match="OCOP_MFA_KEYS"):
        unseal(sealed)


def test_what_was_stored_in_clear_before_is_read():
    assert unseal(SECRET) == SECRET
