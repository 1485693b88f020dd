"""A product's group and the set that it may be assessed with (Appendix I, Decision 26/2026/QĐ-TTg)."""

from ocop.kit.errors import ALLOWED, Refusal, Verdict

ARTICLE = "Phụ lục I Quyết định 26/2026/QĐ-TTg"


def check_set(
    product_group: str | None,
    set_group: str,
    *,
    set_number: int,
    product_group_name: str = "",
    set_group_name: str = "",
) -> Verdict:
    """A set belongs to one group; a product whose group is stated takes a set of that group only."""
    if product_group is None or product_group == set_group:
        return ALLOWED
    return Refusal(
        "product.set_group",
        f"Sản phẩm thuộc nhóm {product_group} ({product_group_name}), còn bộ {set_number} thuộc nhóm {set_group} "
        f"({set_group_name}). Hãy chọn bộ khác, hoặc sửa nhóm của sản phẩm trước.",
        ARTICLE,
    )
