"""Fairs, exhibitions, markets, festival stands, and the registrations for them."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ocop.kit import clock, formats
from ocop.kit.cases import CasePaper
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Section, where
from ocop.kit.registry import Todo
from ocop.producers.casework import OfficeProcedure, roles_on
from ocop.producers.models import Producer, ProducerAccess
from ocop.promotion import actions
from ocop.promotion.enums import ENTRY_MARKS, FAIR_MARKS, EntryState, FairState
from ocop.promotion.models import Fair, FairEntry
from ocop.promotion.papers.fair import write_stand_list, write_stand_sheet
from ocop.promotion.permissions import PROMOTERS
from ocop.promotion.queries.fairs import fair_totals, product_lines
from ocop.promotion.registers.base import SECTION, filters_for, year_of
from ocop.promotion.registers.fair_forms import (
    EntryEditForm,
    EntryReportForm,
    ExtendForm,
    FairForm,
    FairReportForm,
    SelectForm,
)
from ocop.promotion.rules.workflow import ORGANISERS
from ocop.units.models import UnitCover


def _mine(register: Any, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(register.waiting_for(user) | register.inviting(user))


def producers_of(user: Any) -> QuerySet[Producer]:
    """The producers that the person acts for today."""
    access = ProducerAccess.objects.valid_on(clock.today()).filter(user=getattr(user, "pk", None))
    return Producer.objects.unmerged().filter(pk__in=access.values("producer_id"))


class FairsRegister(OfficeProcedure):
    """Calls to take part in events; producers see those that invite them."""

    key = "fairs"
    model = Fair
    title = "Hội chợ, phiên chợ"
    noun = "sự kiện"
    section = SECTION
    icon = "calendar-event"
    order = 20
    keepers = PROMOTERS
    producer_path = ""
    desk = actions.FAIR_DESK
    marks = FAIR_MARKS
    verb_forms = {"extend": ExtendForm, "report": FairReportForm}
    presets = (
        Preset("cho-toi", "Chờ tôi", _mine, "Không có sự kiện nào đang chờ bạn."),
        Preset(
            "dang-moi",
            "Đang nhận đăng ký",
            where(state=FairState.CALLING),
            "Hiện không có đợt nào nhận đăng ký.",
        ),
        Preset("dang-mo", "Đang mở", where(closed_at__isnull=True), "Không có sự kiện nào đang mở."),
    )
    papers = (
        CasePaper("danh-sach-gian-hang", "Danh sách gian hàng (Word)", write=write_stand_list,
                  shown=lambda user, row: _list_shown(user, row)),
        CasePaper("danh-sach-gian-hang-excel", "Danh sách gian hàng (Excel)", write=write_stand_sheet, kind="xlsx",
                  shown=lambda user, row: _list_shown(user, row)),
    )  # fmt: skip
    columns = (
        Column("name", template="promotion/_fair_cell.html"),
        Column("state", template="promotion/_state_cell.html", on="list excel api", label="Trạng thái"),
        Column("kind"),
        Column("priority", on="detail excel import api"),
        Column("reach", on="detail excel import"),
        Column("unit", on="detail excel import api"),
        Column("organiser", on="detail excel import"),
        Column("place", on="list detail excel import api"),
        Column("starts_on"),
        Column("ends_on", on="detail excel import api"),
        Column("deadline", on="list detail excel import api"),
        Column("stands", on="list detail excel import api"),
        Column("scale", on="detail excel import"),
        Column("star_rule", on="detail excel import"),
        Column("conditions", on="detail import", sort=""),
        Column("budget", kind=Kind.MONEY, on="detail excel import", total=True),
        Column("cost", kind=Kind.MONEY, on="detail excel", total=True),
        Column("visitors", on="detail excel", total=True),
    )
    filterset_class = filters_for(Fair, "state", "kind", "priority", nam=year_of("starts_on"))
    form_class = FairForm
    sections = (
        Section("Lời mời", ("kind", "priority", "place", "starts_on", "ends_on", "deadline", "stands", "scale",
                            "star_rule", "conditions")),
        Section("Tổ chức", ("organiser", "unit", "reach", "budget", "cost", "visitors")),
    )  # fmt: skip
    related = ("unit",)
    # Festivals and the opening of the beach season come first (plan IV.5).
    ordering = ("-starts_on", "-priority", "name", "pk")
    natural_key = ("name", "starts_on")
    story = ("unit",)
    detail_template = "promotion/fair_detail.html"
    empty_text = "Hội chợ, triển lãm, phiên chợ và gian hàng lễ hội có ở đây khi cơ quan soạn lời mời."

    def may_edit(self, user: Any, row: Fair) -> Verdict:
        if row.state not in (FairState.DRAFT, FairState.CALLING):
            return Refusal("fair.settled", "Đã hết thời gian nhận đăng ký, lời mời không sửa được nữa.")
        return super().may_edit(user, row)

    def write(self, form: Any, row: Fair, *, by: Any, is_new: bool) -> None:
        if is_new:
            actions.open_fair(row, by=by)
        else:
            row.due_on = actions.FAIR_DESK.last_day(row, clock.now())
            row.save()

    def act(self, row: Fair, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        if verb == "extend":
            return actions.extend_call(row, deadline=data["deadline"], reason=reason, by=by, at=at)
        if verb == "cancel":
            return actions.cancel_fair(row, reason=reason, by=by, at=at)
        if verb == "report":
            return actions.report_fair(
                row, cost=data["cost"], visitors=data["visitors"], photographs=data["attached"], reason=reason, by=by,
                at=at,
            )  # fmt: skip
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def inviting(self, user: Any) -> Q:
        """Calls that run and invite a producer of this person that has not registered yet."""
        mine = producers_of(user)
        inside = UnitCover.objects.filter(covered_id__in=mine.values("unit_id")).values("holder_id")
        done = (
            FairEntry.objects.filter(producer__in=mine).exclude(state=EntryState.WITHDRAWN).values("fair_id")
        )
        calls = Q(state=FairState.CALLING, deadline__gte=clock.today(), unit_id__in=inside)
        return calls & ~Q(pk__in=done)

    def invitations(self, user: Any, today: date) -> Iterator[Todo]:
        """For a producer: each call it may still answer, the nearest deadline first."""
        if not producers_of(user).exists():
            return
        for row in Fair.objects.filter(self.inviting(user)).order_by("deadline", "pk")[:10]:
            yield Todo(
                f"fair.{row.pk}", f"Đăng ký tham gia: {row}", reverse("promotion:fair_register", args=[row.pk]),
                "Đăng ký", subject=self.title, since=row.opened_at, due=row.deadline,
                due_text=formats.distance(row.deadline, today)[0],
            )  # fmt: skip

    def todos(self, user: Any, today: date) -> Iterator[Todo]:
        return chain(super().todos(user, today), self.invitations(user, today))

    def detail_context(self, user: Any, row: Fair) -> dict[str, Any]:
        """Whether this person may register somebody, sums of results, whether the organisers look on."""
        is_organiser = bool(roles_on(user, row) & ORGANISERS)
        mine = list(row.entries.filter(producer__in=producers_of(user)).exclude(state=EntryState.WITHDRAWN))
        may_enter = row.is_calling and (is_organiser or not mine)
        return {
            "register_url": reverse("promotion:fair_register", args=[row.pk]) if may_enter else "",
            "mine": mine,
            "totals": fair_totals(row) if is_organiser else None,
            "is_organiser": is_organiser,
        }


def _list_shown(user: Any, fair: Fair) -> bool:
    """Organisers may print at any time after the call, participants once the list is settled."""
    if fair.state in (FairState.DRAFT, FairState.CANCELLED):
        return False
    return fair.state in (FairState.LISTED, FairState.REPORTED) or bool(roles_on(user, fair) & ORGANISERS)


class FairEntriesRegister(OfficeProcedure):
    """Registrations for fairs: on the fair's page, and in the story of a producer."""

    key = "fair_entries"
    model = FairEntry
    title = "Đăng ký tham gia"
    noun = "đăng ký"
    section = SECTION
    icon = "users"
    order = 21
    keepers = PROMOTERS
    under = "fair"
    unit_path = "fair__unit_id"
    producer_path = "producer_id"
    desk = actions.ENTRY_DESK
    marks = ENTRY_MARKS
    verb_forms = {"select": SelectForm, "report": EntryReportForm}
    columns = (
        Column(
            "who", "Chủ thể", value=lambda row: row.producer.public_name, sort="producer__name", on="list"
        ),
        Column("producer", on="detail excel api"),
        Column("fair", on="list detail excel api", sort="fair__name"),
        Column("state", template="promotion/_state_cell.html", on="list excel api", label="Trạng thái"),
        Column("products_shown", "Sản phẩm", on="list detail excel", sort="",
               value=lambda row: ", ".join(product.name for product in row.products.all())),
        Column("stand", on="list detail excel"),
        Column("needs", on="detail excel"),
        Column("sales", kind=Kind.MONEY, total=True, on="list detail excel api"),
        Column("contracts", total=True, on="list detail excel api"),
        Column("contract_value", kind=Kind.MONEY, total=True, on="list detail excel api"),
        Column("visitors", total=True, on="detail excel api"),
        Column("due_on", on="detail"),
    )  # fmt: skip
    filterset_class = filters_for(
        FairEntry, "state", unit="producer__unit_id", nam=year_of("fair__starts_on")
    )
    form_class = EntryEditForm
    related = ("fair__unit", "producer__unit")
    prefetch = ("products",)
    ordering = ("-fair_id", "producer__name", "pk")  # the newest fair first
    story = ("producer", "products")
    detail_template = "promotion/entry_detail.html"
    empty_text = "Chủ thể đăng ký ở trang của sự kiện."

    def may_create(self, user: Any) -> Verdict:
        return Refusal("entry.page", "Đăng ký ở trang của sự kiện.")

    def may_import(self, user: Any) -> Verdict:
        return self.may_create(user)

    def may_edit(self, user: Any, row: FairEntry) -> Verdict:
        if row.state not in (EntryState.REGISTERED, EntryState.SELECTED):
            return Refusal("entry.settled", "Đăng ký này đã kết thúc.")
        if roles_on(user, row) & ORGANISERS:
            return ALLOWED
        return Refusal("entry.organiser", "Chỉ cơ quan tổ chức xếp gian hàng.")

    def act(
        self, row: FairEntry, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None
    ) -> Any:
        if verb == "select":
            return actions.select_entry(row, stand=data.get("stand", ""), by=by, at=at)
        if verb == "report":
            return actions.report_entry(
                row, sales=data["sales"], contracts=data["contracts"] or 0, contract_value=data["contract_value"] or 0,
                visitors=data["visitors"], photographs=data["attached"], reason=reason, by=by, at=at,
            )  # fmt: skip
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def waiting_for(self, user: Any) -> Q:
        """What may be pressed today: selection while the call or the selection runs, results from the opening on."""
        today = clock.today()
        now = Q(state=EntryState.REGISTERED, fair__state__in=(FairState.CALLING, FairState.SELECTING))
        now |= Q(state=EntryState.SELECTED, fair__starts_on__lte=today)
        return super().waiting_for(user) & now

    def detail_context(self, user: Any, row: FairEntry) -> dict[str, Any]:
        """The products with what their star is worth on the opening day, and whether they may still be changed."""
        can_amend = row.state == EntryState.REGISTERED and row.fair.is_calling
        amend = reverse("promotion:fair_register", args=[row.fair_id]) + f"?producer={row.producer_id}"
        return {
            "lines": product_lines(row.products.select_related("producer"), row.fair, clock.today()),
            "amend_url": amend if can_amend else "",
        }


FAIRS = FairsRegister()
FAIR_ENTRIES = FairEntriesRegister()
