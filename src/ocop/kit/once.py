"""A form sent twice acts once: double click, reload after sending, a second try after the line broke.

    class OrderForm(OnceMixin, forms.Form): ...

    if form.is_valid():
        return once.run(request, form.once_key, lambda: actions.order(..., by=request.user).get_absolute_url())

The key is a row with a unique index, written in the same transaction as the action. A second sending waits for the
first (unique index on PostgreSQL, write lock on SQLite) and is led to where the first one led. An action that
refuses rolls the key back, so the corrected form may be sent again.
"""

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta

from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect

from ocop.kit import clock
from ocop.kit.models import OnceKey

FIELD = "once"
KEPT = timedelta(days=3)


def new_key() -> str:
    """A key for the hidden field of one shown form."""
    return uuid.uuid4().hex


def key_of(request: HttpRequest) -> str:
    """The key that a sent form carries, "" if none; for forms that are not Django forms."""
    return request.POST.get(FIELD, "")[:100]


class OnceMixin(forms.BaseForm):
    """Adds the hidden key to a form. A bound form keeps the key it was sent with."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FIELD] = forms.CharField(
            max_length=100, required=False, widget=forms.HiddenInput, initial=new_key()
        )

    @property
    def once_key(self) -> str:
        """The key sent with the form, "" when it came without."""
        return self.data.get(self.add_prefix(FIELD), "")[:100] if self.is_bound else ""


def _stored(request: HttpRequest, key: str) -> tuple[str, str]:
    """(person, key as stored): a key counts only for the person or session that was given it."""
    user = getattr(request, "user", None)
    person = str(user.pk) if user is not None and user.pk else ""
    owner = person or getattr(getattr(request, "session", None), "session_key", None) or ""
    return person, hashlib.sha256(f"{owner}:{key}".encode()).hexdigest()[:40]


def run(request: HttpRequest, key: str, action: Callable[[], str]) -> HttpResponseRedirect:
    """Run `action` (answers an address) in a transaction, at most once per key, and redirect to its address.

    Whatever the action raises goes through, and nothing is kept. Without a key the action simply runs.
    """
    if not key:
        with transaction.atomic():
            return HttpResponseRedirect(action())
    person, stored = _stored(request, key)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = OnceKey.objects.create(key=stored, user_id_text=person, at=clock.now())
        except IntegrityError:
            return HttpResponseRedirect(OnceKey.objects.get(key=stored).url)
        row.url = action()
        row.save(update_fields=["url"])
        return HttpResponseRedirect(row.url)


def led_to(request: HttpRequest, key: str) -> HttpResponseRedirect | None:
    """Where the first sending led, None when there was none.

    For a form that no longer validates the second time because the first sending did its work (a unique code).
    """
    row = OnceKey.objects.filter(key=_stored(request, key)[1]).first() if key else None
    return HttpResponseRedirect(row.url) if row is not None else None


def sweep() -> int:
    """Drop keys older than three days; answers how many. Run by the scheduler."""
    return OnceKey.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
