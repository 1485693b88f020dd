"""Reads of reissues: who may ask, facts, who waits for what, what the paper says, who may open its papers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.files.models import StoredFile
from ocop.kit import clock
from ocop.kit.registry import Todo
from ocop.producers.models import ProducerAccess
from ocop.recognition.enums import IN_VALIDITY, ReissueGround, State
from ocop.recognition.enums import ReissueState as S
from ocop.recognition.models import Certificate, Reissue
from ocop.recognition.models.reissue import COMMUNE
from ocop.recognition.presses import Press
from ocop.recognition.rules.reissue import ReissueFacts
from ocop.rulebook.queries import setting
from ocop.units.queries import successors_on

ASK = "Xin cấp lại"
ASKERS = (*COMMUNE, Role.ADVISORY_OFFICER)


def decider(day: date) -> str:
    """Who issues a new copy: `issuer` (the body that issued the certificate) or `advisory`."""
    return str(setting("reissue_decider", settings.OCOP_PROVINCE, day))


def may_ask(user: Any, certificate: Certificate, day: date) -> bool:
    """The producer's people, its commune, the advisory body."""
    scope = scope_of(user)
    if any(scope.has(role, certificate.unit_id) for role in ASKERS):
        return True
    access = ProducerAccess.objects.valid_on(day).filter(user=user.pk)
    return access.filter(producer=certificate.product.producer_id).exists()


def facts_of(row: Reissue, day: date) -> ReissueFacts:
    """What the guards look at."""
    star = row.certificate
    return ReissueFacts(
        stars=star.stars,
        state=star.state_on(day),
        is_printable=star.is_printable,
        ground=row.ground,
        has_evidence=row.pk is not None and row.files.exists(),
        says_what_changes=bool(row.changes),
        decider=decider(day),
    )


def suggested(certificate: Certificate, day: date) -> dict[str, Any]:
    """What the form starts with: the producer's name of today and the unit that stands where the old one stood."""
    name = certificate.product.producer.public_name
    unit = certificate.unit
    heirs = [] if unit.in_force(day) else successors_on(unit, day)
    found: dict[str, Any] = {}
    if name != certificate.producer_name:
        found = {"ground": ReissueGround.RENAMED, "new_producer_name": name}
    elif len(heirs) == 1:
        found = {"ground": ReissueGround.MERGED}
    if len(heirs) == 1:
        found["new_unit"] = heirs[0]
    return found


def is_renamed(certificate: Certificate) -> bool:
    """True when the producer bears another name today than its certificate."""
    return certificate.product.producer.public_name != certificate.producer_name


def _waits(user: Any, today: date) -> Iterator[tuple[Role, str, str, dict[str, Any]]]:
    """(role, title, action, filter) of what may wait for the person."""
    advisory = decider(today) == "advisory"
    yield Role.ADVISORY_OFFICER, "Kiểm tra đề nghị cấp lại giấy chứng nhận", "Kiểm tra", {"state": S.ASKED}
    checked: dict[str, Any] = {"state": S.CHECKED}
    if advisory:
        yield Role.ADVISORY_OFFICER, "Cấp lại giấy chứng nhận", "Ghi ngày, cấp lại", checked
        return
    yield (
        Role.STANDING_OFFICER,
        "Ghi giấy Bộ trưởng cấp lại",
        "Ghi ngày",
        {**checked, "certificate__stars": 5},
    )
    below = {**checked, "certificate__stars__lt": 5}
    yield Role.PROVINCE_CLERK, "Cấp lại giấy chứng nhận", "Ghi ngày, cấp lại", below


def reissue_todos(user: Any, today: date) -> Iterator[Todo]:
    """What waits for the person; one query for each role held."""
    scope = scope_of(user)
    if not scope.has_any(Role.ADVISORY_OFFICER, Role.STANDING_OFFICER, Role.PROVINCE_CLERK):
        return
    for role, title, action, wanted in _waits(user, today):
        if not scope.has_any(role):
            continue
        rows = Reissue.objects.filter(**wanted, certificate__unit_id__in=scope.unit_ids(role))
        for row in rows.select_related("certificate").order_by("asked_at", "pk"):
            yield Todo(
                f"reissue.{row.pk}", title, row.get_absolute_url(), action, row.certificate.product_name,
                since=row.asked_at,
            )  # fmt: skip


def may_see_papers(user: Any, file: StoredFile) -> bool:
    """The papers of a request open for those who see the request."""
    return Reissue.objects.visible_to(user).filter(files=file).exists()


def reissue_presses(user: Any, rows: Sequence[Certificate]) -> dict[int, Press]:
    """The way to ask for a new copy, or to the request under way; at most four queries, whatever the number of rows."""
    today = clock.today()
    standing = [row for row in rows if State(row.state_on(today)) in IN_VALIDITY and row.is_printable]
    if not standing or not getattr(user, "is_authenticated", False):
        return {}
    scope = scope_of(user)
    units = scope.unit_ids(*ASKERS).filter(covered_id__in={row.unit_id for row in standing})
    reach = set(units.values_list("covered_id", flat=True)) if scope.has_any(*ASKERS) else set()
    access = ProducerAccess.objects.valid_on(today).filter(user=user.pk)
    own = set(access.values_list("producer_id", flat=True))
    open_rows = Reissue.objects.visible_to(user).under_way()
    under_way = {
        one.certificate_id: one for one in open_rows.filter(certificate__in=[row.pk for row in standing])
    }
    found = {}
    for row in standing:
        if row.pk in under_way:
            found[row.pk] = Press("Đang cấp lại", under_way[row.pk].get_absolute_url())
        elif row.unit_id in reach or row.product.producer_id in own:
            found[row.pk] = Press(ASK, reverse("recognition:reissue_ask", args=[row.code]))
    return found
