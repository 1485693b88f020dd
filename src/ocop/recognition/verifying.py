"""Reads of verifications: roles, facts, who waits for what, who may open its papers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.files.models import StoredFile
from ocop.kit import formats
from ocop.kit.registry import Todo
from ocop.recognition.enums import VerificationState as S
from ocop.recognition.models import Certificate, Verification
from ocop.recognition.presses import Press
from ocop.recognition.rules.verification import VerificationFacts
from ocop.rulebook.queries import setting


def roles_for(user: Any, certificate: Certificate) -> frozenset[str]:
    """Keys of the roles that the person holds over the certificate's unit."""
    scope = scope_of(user)
    return frozenset(role.value for role in Role if scope.has(role, certificate.unit_id))


def facts_of(row: Verification) -> VerificationFacts:
    """What the guards look at."""
    star = row.certificate
    return VerificationFacts(
        stars=star.stars,
        conclusion=row.conclusion,
        concluded_on=row.concluded_on,
        has_evidence=row.files.exists(),
        is_running=not (star.revoked_on or star.replaced_on),
    )


def decision_days(day: date) -> int:
    """Calendar days from the conclusion to the decision (Art. 8: 15)."""
    return int(setting("revocation_days", settings.OCOP_PROVINCE, day))


WAITS: tuple[tuple[S, Role, str, str], ...] = (
    (S.OPENED, Role.ADVISORY_OFFICER, "Xác minh sao", "Xác minh"),
    (S.PROPOSED, Role.PROVINCE_LEADER, "Duyệt thu hồi sao", "Xem, duyệt"),
    (S.PROPOSED, Role.STANDING_OFFICER, "Ghi quyết định thu hồi của Bộ trưởng", "Ghi quyết định"),
    (S.APPROVED, Role.PROVINCE_CLERK, "Ban hành quyết định thu hồi sao", "Ghi số, ban hành"),
)


def verification_todos(user: Any, today: date) -> Iterator[Todo]:
    """What waits for the person; one query for each role held."""
    scope = scope_of(user)
    for state, role, title, action in WAITS:
        if not scope.has_any(role):
            continue
        rows = Verification.objects.filter(state=state, certificate__unit_id__in=scope.unit_ids(role))
        if state == S.PROPOSED:
            rows = (
                rows.filter(certificate__stars=5)
                if role == Role.STANDING_OFFICER
                else rows.exclude(certificate__stars=5)
            )
        for row in rows.select_related("certificate").order_by("due_on", "pk"):
            words, _ = formats.distance(row.due_on, today)
            late = row.due_on is not None and row.due_on < today
            yield Todo(
                f"verification.{row.pk}", title, row.get_absolute_url(), action, row.certificate.product_name,
                kind="late" if late else "waiting", since=row.opened_at, due=row.due_on, due_text=words,
            )  # fmt: skip


def may_see_evidence(user: Any, file: StoredFile) -> bool:
    """The papers of a verification open for those who see the verification."""
    return Verification.objects.visible_to(user).filter(files=file).exists()


def verification_presses(user: Any, rows: Sequence[Certificate]) -> dict[int, Press]:
    """For the advisory body: the way to verify a running star, or to the verification under way; two queries."""
    scope = scope_of(user)
    if not scope.has_any(Role.ADVISORY_OFFICER):
        return {}
    covered = scope.unit_ids(Role.ADVISORY_OFFICER).filter(covered_id__in={row.unit_id for row in rows})
    units = set(covered.values_list("covered_id", flat=True))
    open_rows = Verification.objects.under_way().filter(certificate__in=[row.pk for row in rows])
    under_way = {one.certificate_id: one for one in open_rows}
    found = {}
    for row in rows:
        if row.unit_id not in units or row.revoked_on or row.replaced_on:
            continue
        if row.pk in under_way:
            found[row.pk] = Press("Đang xác minh", under_way[row.pk].get_absolute_url())
        else:
            found[row.pk] = Press("Xác minh, thu hồi", reverse("recognition:verify", args=[row.code]))
    return found
