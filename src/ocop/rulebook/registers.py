"""The register of support policies: read only; its rows come from `data/rulebook/support.yaml`."""

from typing import Any

from ocop.kit.registers import Column, Register, Section
from ocop.rulebook.models import SupportPolicy
from ocop.rulebook.pages import item_lines


class SupportPolicyRegister(Register):
    """What each resolution entitles a producer to, with its days."""

    key = "support_policies"
    model = SupportPolicy
    title = "Chính sách hỗ trợ"
    noun = "chính sách"
    section = "Hỗ trợ & vốn"
    icon = "gavel"
    order = 10
    columns = (
        Column("title"),
        Column("instrument", sort="instrument__number"),
        Column("reach", "Áp dụng cho", value=lambda row: row.unit.name if row.unit else "cả tỉnh"),
        Column("valid_from"),
        Column("valid_to"),
        Column(
            "state", "Tình trạng", value=lambda row: row.mark[0], sort="valid_to", on="list excel",
            template="rulebook/_policy_state.html",
        ),
        Column("decided_by", on="detail excel api"),
        Column("confirmed", on="detail excel api"),
        Column("source", on="detail excel"),
        Column("note", on="detail excel"),
    )  # fmt: skip
    filters = {"valid_from": ["lte"], "confirmed": ["exact"]}
    related = ("instrument", "unit")
    ordering = ("-valid_from", "pk")
    sections = (
        Section("Chính sách", ("title", "instrument", "reach", "valid_from", "valid_to", "decided_by")),
        Section("Nguồn", ("confirmed", "source", "note")),
    )
    detail_template = "rulebook/support_policy.html"
    empty_text = "Chưa nạp chính sách nào; quản trị viên nạp từ tệp dữ liệu quy định."

    def detail_context(self, user: Any, row: SupportPolicy) -> dict[str, Any]:
        """The items with their amounts; one query."""
        return {"items": item_lines(row)}


SUPPORT_POLICIES = SupportPolicyRegister()
