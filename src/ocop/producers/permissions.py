"""Who may see, change and stand for a producer."""

from datetime import date
from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.enums import AccessKind
from ocop.producers.models import Association, Producer, ProducerAccess, ProducerClaim
from ocop.producers.rules.workflow import CLAIMANT, DECIDERS

COMMUNE = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)
REGISTRARS = (*COMMUNE, Role.ADVISORY_OFFICER)
OFFICES = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER)
# Those whose work needs the personal data of form 01 and 02; leaders, experts and departments do without.
PERSONAL = (Role.COMMUNE_OFFICER, Role.ADVISORY_OFFICER)


def access_kinds_of(user: Any, producer: Producer, day: date | None = None) -> frozenset[str]:
    """How the person stands to the producer on that day (default today): owner, staff, helper."""
    if not getattr(user, "is_authenticated", False):
        return frozenset()
    rows = ProducerAccess.objects.valid_on(day or clock.today()).filter(user=user.pk, producer=producer.pk)
    return frozenset(rows.order_by().values_list("kind", flat=True))


def roles_of(user: Any, subject: Any) -> frozenset[str]:
    """Role keys for `kit.registry.access_sources`: "producer.owner", "producer.staff", "producer.helper".

    `subject` is a producer or anything with a `producer`.
    """
    producer = subject if isinstance(subject, Producer) else getattr(subject, "producer", None)
    if not isinstance(producer, Producer):
        return frozenset()
    return frozenset(f"producer.{kind}" for kind in access_kinds_of(user, producer))


def holds_over(user: Any, roles: tuple[str, ...], producer: Producer) -> bool:
    """True when the user holds one of the roles over the producer's unit or over an address in force."""
    scope = scope_of(user)
    if not scope.has_any(*roles):
        return False
    units = {producer.unit_id, *producer.sites.valid_on(clock.today()).values_list("unit_id", flat=True)}
    return any(scope.has(role, unit) for role in roles for unit in units)


def may_edit(user: Any, producer: Producer) -> Verdict:
    """The producer's people, and the registrars of its commune and province."""
    if access_kinds_of(user, producer) or holds_over(user, REGISTRARS, producer):
        return ALLOWED
    return Refusal("producers.edit", "Bạn không có quyền sửa thông tin của cơ sở này.")


def may_register(user: Any, unit_id: int | None = None) -> Verdict:
    """Enter a producer for somebody: registrars, inside their reach."""
    scope = scope_of(user)
    if any(scope.has(role, unit_id) for role in REGISTRARS):
        return ALLOWED
    return Refusal("producers.register", "Bạn chỉ ghi sổ được chủ thể trên địa bàn mình phụ trách.")


def may_merge(user: Any, producer: Producer) -> Verdict:
    """Merge doubles: the registrars of the producer's commune and province, not the producer's own people."""
    if holds_over(user, REGISTRARS, producer):
        return ALLOWED
    return Refusal("producers.merge", "Việc gộp chủ thể trùng do cán bộ xã hoặc tỉnh phụ trách địa bàn làm.")


def may_see_personal(user: Any, producer: Producer) -> Verdict:
    """Personal data of the representative: the producer's own people and the officers whose work needs them.

    Decree 13/2023/NĐ-CP, Articles 3 and 11: only for the stated purpose.
    """
    if access_kinds_of(user, producer) or holds_over(user, PERSONAL, producer):
        return ALLOWED
    return Refusal(
        "producers.personal", "Dữ liệu cá nhân này chỉ dành cho người lập và người tiếp nhận hồ sơ."
    )


def may_see_people(user: Any, producer: Producer) -> Verdict:
    """Who has an account for the producer: its own people, and the registrars who help them in and out."""
    if access_kinds_of(user, producer) or holds_over(user, REGISTRARS, producer):
        return ALLOWED
    return Refusal(
        "producers.people", "Danh sách tài khoản của cơ sở chỉ dành cho cơ sở và cán bộ phụ trách."
    )


def may_manage_access(user: Any, producer: Producer) -> Verdict:
    """Let people in and out: the owner, and the commune."""
    if AccessKind.OWNER in access_kinds_of(user, producer) or holds_over(user, COMMUNE, producer):
        return ALLOWED
    return Refusal("producers.access", "Chỉ chủ cơ sở hoặc cán bộ xã được cho người khác quyền ở cơ sở này.")


def may_consent(user: Any, producer: Producer) -> Verdict:
    """Consent to a helper is the owner's alone."""
    if AccessKind.OWNER in access_kinds_of(user, producer):
        return ALLOWED
    return Refusal("producers.consent", "Chỉ chủ cơ sở mới được đồng ý cho người khác giúp.")


def may_erase(user: Any, producer: Producer) -> Verdict:
    """Erase personal data: the owner for the own business, the commune's officer on the person's demand."""
    if AccessKind.OWNER in access_kinds_of(user, producer) or holds_over(user, PERSONAL, producer):
        return ALLOWED
    return Refusal("producers.erase", "Bạn không có quyền xóa dữ liệu cá nhân này.")


def may_keep_shares(user: Any, producer: Producer) -> Verdict:
    """Write figures of local labour and material: the producer's people, and the officers over its unit."""
    if access_kinds_of(user, producer) or holds_over(user, OFFICES, producer):
        return ALLOWED
    return Refusal("shares.keep", "Số liệu do chủ thể hoặc cán bộ phụ trách địa bàn ghi.")


def may_confirm_shares(user: Any, producer: Producer) -> Verdict:
    """Stand behind the figures of a producer: its commune (form 03 is the commune's), never the producer itself."""
    if access_kinds_of(user, producer):
        return Refusal("shares.own", "Số liệu của cơ sở mình do cán bộ khác xác nhận.")
    if holds_over(user, COMMUNE, producer):
        return ALLOWED
    return Refusal("shares.confirm", "Số liệu do UBND cấp xã nơi có cơ sở xác nhận.")


def may_restructure(user: Any, association: Association) -> Verdict:
    """Restructure an association: the officers over its unit; after districts ended, the province's too."""
    scope = scope_of(user)
    if any(scope.has(role, association.unit_id) for role in OFFICES):
        return ALLOWED
    return Refusal("associations.restructure", "Hội này không thuộc địa bàn bạn phụ trách.")


def claim_roles(user: Any, claim: ProducerClaim) -> frozenset[str]:
    """Role keys towards a claim: the claimant's own, and the commune's over the claim's unit."""
    scope = scope_of(user)
    roles = {role for role in DECIDERS if scope.has(role, claim.unit_id)}
    return frozenset(roles | ({CLAIMANT} if claim.user_id == user.pk else set()))
