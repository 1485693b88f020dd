"""Sign-ins and second factors, told to the log."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from ocop.kit.registry import announce


@receiver(user_logged_in)
def signed_in(request: Any, user: Any, **kwargs: Any) -> None:
    """A sign-in that came through every step."""
    announce("accounts.signed_in", by=user, subject=user, request=request)


@receiver(user_logged_out)
def signed_out(request: Any, user: Any, **kwargs: Any) -> None:
    """A sign-out; ending a session that nobody was signed in to says nothing."""
    if user is not None:
        announce("accounts.signed_out", by=user, subject=user, request=request)


@receiver(user_login_failed)
def sign_in_failed(request: Any = None, **kwargs: Any) -> None:
    """A wrong identifier or password; what was typed is not kept, it may be a password or a phone."""
    announce("accounts.sign_in_failed", by=None, request=request)


@receiver([password_changed, password_reset])
def password_was_changed(request: Any, user: Any, **kwargs: Any) -> None:
    """The person chose a new password."""
    announce("accounts.password_changed", by=user, subject=user, request=request)


@receiver(authenticator_added)
def factor_added(request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """A second factor was set up."""
    announce(
        "accounts.second_factor_added", by=user, subject=user, request=request, type=str(authenticator.type)
    )


@receiver(authenticator_removed)
def factor_removed(request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """A second factor was taken away."""
    announce(
        "accounts.second_factor_removed", by=user, subject=user, request=request, type=str(authenticator.type)
    )


@receiver(authenticator_reset)
def factor_renewed(request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """Recovery codes were made anew."""
    announce(
        "accounts.second_factor_renewed", by=user, subject=user, request=request, type=str(authenticator.type)
    )
