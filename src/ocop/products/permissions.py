"""Who may change products, their papers and their codes."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers import permissions as producers
from ocop.producers.models import Producer
from ocop.products.models import Paper, Product

COMMUNE = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)
REGISTRARS = (*COMMUNE, Role.ADVISORY_OFFICER)
MARK_KEEPERS = (Role.ADVISORY_OFFICER, Role.DEPARTMENT_OFFICER)


def may_edit(user: Any, product: Product) -> Verdict:
    """The producer's people, and the registrars of the product's commune and province."""
    if any(scope_of(user).has(role, product.unit_id) for role in REGISTRARS):
        return ALLOWED
    if producers.may_edit(user, product.producer):
        return ALLOWED
    return Refusal("products.edit", "Bạn không có quyền sửa sản phẩm này.")


def may_add(user: Any, producer: Producer) -> Verdict:
    """Add a product or a paper to a producer."""
    return producers.may_edit(user, producer)


def may_allot_code(user: Any, product: Product) -> Verdict:
    """The commune of the product's unit (or what came after it) gives out the code."""
    if any(scope_of(user).has(role, product.unit_id) for role in COMMUNE):
        return ALLOWED
    return Refusal("products.code", "Mã sản phẩm do UBND cấp xã nơi có cơ sở cấp.")


def may_keep_paper(user: Any, paper: Paper) -> Verdict:
    """Change a paper: whoever may change its producer's record."""
    return producers.may_edit(user, paper.producer)


def may_keep_marks(user: Any, unit_id: int | None = None) -> Verdict:
    """Keep the register of marks: the advisory body and department officers of the province."""
    if any(scope_of(user).has(role, unit_id) for role in MARK_KEEPERS):
        return ALLOWED
    return Refusal("products.marks", "Sổ nhãn hiệu do cơ quan cấp tỉnh ghi.")


def may_merge(user: Any, product: Product) -> Verdict:
    """Merge doubles: the registrars of the product's unit, not the producer's own people."""
    if any(scope_of(user).has(role, product.unit_id) for role in REGISTRARS):
        return ALLOWED
    return Refusal("products.merge", "Việc gộp sản phẩm trùng do cán bộ xã hoặc tỉnh phụ trách địa bàn làm.")


def may_transfer(user: Any, product: Product) -> Verdict:
    """Write down that another producer holds the product: the registrars of the product's unit."""
    if any(scope_of(user).has(role, product.unit_id) for role in REGISTRARS):
        return ALLOWED
    return Refusal("products.transfer", "Việc chuyển chủ thể do cán bộ xã hoặc tỉnh ghi sổ.")
