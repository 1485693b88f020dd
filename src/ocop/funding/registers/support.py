"""The procedure of support under a policy."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from ocop.accounts.queries import scope_of
from ocop.funding import actions, papers, permissions
from ocop.funding.models import SupportRequest
from ocop.funding.models.request import MARKS
from ocop.funding.queries.support import deciding_level, earlier_support, most_of, support_facts
from ocop.funding.registers import forms
from ocop.funding.rules.support import not_twice
from ocop.funding.rules.workflow import roles_under
from ocop.kit import clock
from ocop.kit.cases import CasePaper
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Section
from ocop.producers.casework import OfficeProcedure, OfficeRegister
from ocop.producers.casework.roles import holding
from ocop.producers.models import VIEWING_ROLES
from ocop.products.models import Product
from ocop.rulebook.models import SupportItem

SENT = Refusal(
    "support.sent", "Đề nghị đã gửi nên không sửa được; cơ quan thẩm định có thể trả lại để bổ sung."
)


def items_today(user: Any) -> list[tuple[str, int]]:
    """(name, id) and (name with policy, id) of the items in force today; for imports."""
    rows = list(SupportItem.objects.in_force(clock.today()).select_related("policy"))
    return [(row.name, row.pk) for row in rows] + [(f"{row.name} – {row.policy}", row.pk) for row in rows]


def products_seen(user: Any) -> list[tuple[str, int]]:
    """(name, id) and (code, id) of the products that the person sees; for imports."""
    rows = list(Product.objects.visible_to(user).unmerged())
    return [(row.name, row.pk) for row in rows] + [(row.public_code, row.pk) for row in rows]


def _makers(user: Any) -> dict[int, int]:
    """Producer by product, of those the person sees; read once for all rows of a sheet."""
    if not hasattr(user, "_makers_of_support"):
        user._makers_of_support = dict(Product.objects.visible_to(user).values_list("pk", "producer"))
    return user._makers_of_support


class SupportRequests(OfficeProcedure):
    """Support under a policy: from the request to the settlement."""

    key = "support_requests"
    model = SupportRequest
    title = "Đề nghị hỗ trợ"
    noun = "đề nghị"
    section = "Hỗ trợ & vốn"
    icon = "file-check"
    order = 20
    columns = (
        Column("what", "Đề nghị", value=lambda row: row.item.name, sort="item__name", on="list"),
        Column("item", "Nội dung hỗ trợ", on="detail excel import api"),
        Column("producer", sort="producer__name"),
        Column("product", sort="product__name"),
        Column("unit", "Địa bàn", sort="unit__name", on="list detail excel api"),
        Column("asked_amount", "Đề nghị (đồng)", kind=Kind.MONEY, total=True),
        Column("decided_amount", "Được hỗ trợ (đồng)", kind=Kind.MONEY, total=True, on="list detail excel api"),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list excel"),
        Column("plan", on="detail"),
        Column("asked_on", on="detail excel api"),
        Column("quantity", on="detail excel import"),
        Column("cost", kind=Kind.MONEY, on="detail excel import"),
        Column("purpose", on="detail excel import"),
        Column("proposal", on="detail excel"),
        Column("appraised_amount", kind=Kind.MONEY, on="detail excel"),
        Column("opinion", on="detail"),
        Column("decision_number", on="detail excel"),
        Column("decided_on", on="detail excel"),
        Column("amount_basis", on="detail excel"),
        Column("source", on="detail excel"),
        Column("budget_level", on="detail excel"),
    )  # fmt: skip
    filters = {"state": ["exact"], "item": ["exact"], "asked_on": ["gte", "lte"]}
    related = ("item__policy", "producer", "product", "unit", "plan")
    ordering = ("-opened_at", "-pk")
    natural_key = ("producer", "item", "product", "purpose")
    form_class = forms.SupportRequestForm
    sections = (
        Section(
            "Đề nghị",
            (
                "item",
                "producer",
                "product",
                "plan",
                "unit",
                "asked_on",
                "quantity",
                "cost",
                "asked_amount",
                "purpose",
            ),
        ),
        Section("Thẩm định", ("proposal", "appraised_amount", "opinion")),
        Section(
            "Quyết định",
            ("decision_number", "decided_on", "decided_amount", "amount_basis", "source", "budget_level"),
        ),
    )
    story = ("producer", "product", "unit")
    lookups = {**OfficeProcedure.lookups, SupportItem: items_today, Product: products_seen}
    desk = actions.DESK
    marks = MARKS
    verb_forms = {
        "appraise": forms.AppraiseForm,
        "decide": forms.DecideForm,
        "pay": forms.PayForm,
        "settle": forms.SettleForm,
    }
    papers = (
        CasePaper(
            "to-trinh", "Tờ trình thẩm định (Word)", papers.appraisal,
            shown=lambda user, row: bool(row.proposal) and scope_of(user).has_any(*VIEWING_ROLES),
        ),
        CasePaper(
            "quyet-dinh", "Quyết định hỗ trợ (Word)", papers.decision,
            shown=lambda user, row: bool(row.appraised_amount) and scope_of(user).has_any(*VIEWING_ROLES),
        ),
    )  # fmt: skip
    detail_template = "funding/support_request.html"
    empty_text = "Chủ thể, hoặc xã làm thay, lập đề nghị theo chính sách đang áp dụng."

    def may_create(self, user: Any) -> Verdict:
        return permissions.may_ask(user)

    def may_import(self, user: Any) -> Verdict:
        return OfficeRegister.may_create(self, user)

    def may_edit(self, user: Any, row: Any) -> Verdict:
        if row.state != self.desk.flow.initial:
            return SENT
        return permissions.may_ask(user, row.producer)

    def holding(self, user: Any) -> dict[str, Q]:
        """Where the policy lets the province decide, the local roles do not count, and the other way round."""
        found = holding(user, unit_path="unit_id", producer_path="producer_id")
        for role in ("local.officer", "local.leader"):
            if role in found:
                found[role] &= Q(item__policy__decided_by="local")
        for role in ("advisory_officer", "province_leader"):
            if role in found:
                found[role] &= Q(item__policy__decided_by="province")
        return found

    def who(self, row: Any, wanted: frozenset[str]) -> str:
        return super().who(row, roles_under(row.item.policy.decided_by, wanted))

    def waiting_for(self, user: Any) -> Q:
        """A draft waits for the producer's people and for whoever began it, not for every officer above."""
        own = Q(opened_by=user.pk)
        for role, rows in self.holding(user).items():
            if role.startswith("producer."):
                own |= rows
        return super().waiting_for(user) & (~Q(state=self.desk.flow.initial) | own)

    def may_keep(self, user: Any, unit_id: int | None) -> Verdict:
        """Who may ask is decided by the producer, in the action."""
        return ALLOWED

    def write(self, form: Any, row: SupportRequest, *, by: Any, is_new: bool) -> None:
        if is_new:
            actions.open_request(row, by=by)
        else:
            actions.change_request(row, by=by)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        product, producer = values.get("product_id"), values.get("producer_id")
        if product and producer and _makers(user).get(product) != producer:
            yield "Sản phẩm này không phải của chủ thể đã ghi."

    def prepare(self, row: SupportRequest, *, by: Any) -> None:
        actions.fill_request(row, at=clock.now())

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        act = {
            "appraise": actions.appraise,
            "decide": actions.decide,
            "pay": actions.pay,
            "settle": actions.settle,
        }
        if verb in act:
            return act[verb](row, by=by, at=at, **data)  # type: ignore[operator]
        return actions.press_support(row, verb, by=by, reason=reason, at=at)

    def verb_form(self, verb: str, user: Any, row: Any, *args: Any) -> Any:
        """Amounts are offered as far as they are known: what was asked, appraised, and what is left to pay."""
        form = super().verb_form(verb, user, row, *args)
        if form is None or args:
            return form
        offered = {
            "appraise": row.asked_amount,
            "decide": row.appraised_amount,
            "pay": (row.decided_amount or 0) - row.paid_amount(),
        }
        if offered.get(verb):
            form.initial["amount"] = offered[verb]
        if verb == "decide":
            form.initial["budget_level"] = deciding_level(row, clock.today())
        return form

    def page_context(self, user: Any, row: SupportRequest) -> dict[str, Any]:
        """What was paid in full waits for its settlement, not for another payment."""
        found = super().page_context(user, row)
        if row.decided_amount and row.paid_amount() >= row.decided_amount:
            found["offers"] = [offer for offer in found["offers"] if offer.name != "pay"]
        return found

    def detail_context(self, user: Any, row: SupportRequest) -> dict[str, Any]:
        paid = row.paid_amount()
        return {
            "most": most_of(row),
            "has_amount": row.item.has_amount,
            "paid": paid,
            "left": (row.decided_amount or 0) - paid,
            "entries": row.entries.select_related("activity").order_by("day", "pk"),
            "doubles": [one.reason for one in not_twice(support_facts(row))] if row.closed_at is None else [],
            "earlier": earlier_support(row),
        }


SUPPORT_REQUESTS = SupportRequests()
