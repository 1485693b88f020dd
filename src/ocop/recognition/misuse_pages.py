"""The desk of reports of misuse: the register, the page of one with its presses, the sender's telephone."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, cast

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.accounts.rules import phones
from ocop.files.models import StoredFile
from ocop.kit import once
from ocop.kit.errors import ALLOWED, Forbidden, Refusal, Refused, Verdict
from ocop.kit.registers import Column, Preset, Register, Section
from ocop.kit.registry import Todo
from ocop.recognition.actions import misuse as actions
from ocop.recognition.enums import MisuseState
from ocop.recognition.forms import AnswerForm
from ocop.recognition.models import MisuseReport
from ocop.recognition.models.verification import DESK
from ocop.recognition.rules.verification import ADVISORY
from ocop.recognition.verifying import roles_for


class MisuseFilters(django_filters.FilterSet):
    """Where it stands, what was seen."""

    class Meta:
        model = MisuseReport
        fields = ["state", "kind"]


def _unanswered(register: Register, rows: Any, user: Any) -> Any:
    return rows.waiting()


class MisuseRegister(Register):
    """Reports of stars wrongly used, the newest first."""

    key = "misuse"
    model = MisuseReport
    title = "Phản ánh dùng sai sao"
    noun = "phản ánh"
    section = "Chu trình"
    icon = "alert-triangle"
    order = 14
    has_api = False
    columns = (
        Column("code", "Mã phản ánh", on="list detail excel"),
        Column(
            "certificate.product_name",
            "Sản phẩm",
            on="list detail excel",
            sort="certificate__product_name",
            names=True,
        ),
        Column(
            "certificate.producer_name", "Chủ thể", on="list detail excel", sort="certificate__producer_name"
        ),
        Column("certificate.unit.title", "Địa bàn", on="list detail excel", sort="certificate__unit__name"),
        Column("kind", on="list detail excel"),
        Column("state", template="recognition/_state_cell_misuse.html", on="list excel"),
        Column("at", "Nhận lúc", on="list detail excel"),
        Column("seen_on", on="detail"),
        Column("place", on="detail", sort=""),
        Column("text", on="detail", sort=""),
    )
    filterset_class = MisuseFilters
    presets = (Preset("cho-tra-loi", "Chờ trả lời", _unanswered, "Mọi phản ánh đã được trả lời."),)
    sections = (
        Section("Phản ánh", ("kind", "text", "place", "seen_on", "at", "code")),
        Section(
            "Giấy chứng nhận",
            ("certificate.product_name", "certificate.producer_name", "certificate.unit.title"),
        ),
    )
    related = ("certificate__unit", "certificate__product", "photo", "verification", "answered_by")
    ordering = ("-at", "-pk")
    detail_template = "recognition/misuse_detail.html"
    empty_text = "Người mua hàng báo từ trang kiểm tra sao công khai."

    def may_see(self, user: Any) -> Verdict:
        return (
            ALLOWED
            if scope_of(user).has_any(*DESK)
            else Refusal("register.hidden", "Sổ này dành cho cán bộ.")
        )

    def detail_context(self, user: Any, row: MisuseReport) -> dict[str, Any]:
        """The person's presses, and the other reports of the same certificate."""
        advises = bool(roles_for(user, row.certificate) & ADVISORY)
        others = (
            MisuseReport.objects.visible_to(user).filter(certificate=row.certificate_id).exclude(pk=row.pk)
        )
        return {
            "advises": advises,
            "answering": AnswerForm() if advises and row.state == MisuseState.RECEIVED else None,
            "others": others[:20],
        }


MISUSE = MisuseRegister()


def _row(request: HttpRequest, pk: int) -> MisuseReport:
    rows = MisuseReport.objects.visible_to(request.user).select_related("certificate")
    return get_object_or_404(rows, pk=pk)


def _once(request: HttpRequest, row: MisuseReport, key: str, act: Callable[[], str]) -> HttpResponse:
    """Do it once; a refusal leads back to the report with the reason."""
    try:
        return once.run(request, key, act)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect(row.get_absolute_url())


@login_required
@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the verification of point d, or join the one under way."""
    row = _row(request, pk)

    def act() -> str:
        return actions.verify_report(row, by=cast(User, request.user)).get_absolute_url()

    return _once(request, row, once.key_of(request), act)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """No ground, or handed on, with the reason that the sender reads."""
    row = _row(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Hãy chọn cách trả lời và ghi lý do.")
        return redirect(row.get_absolute_url())

    def act() -> str:
        data = form.cleaned_data
        actions.answer_report(row, state=data["state"], reason=data["reason"], by=cast(User, request.user))
        messages.success(request, "Đã trả lời. Người phản ánh đọc được bằng mã của họ.")
        return row.get_absolute_url()

    return _once(request, row, form.once_key, act)


@login_required
@require_POST
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender's number, said once and logged."""
    row = _row(request, pk)
    number = actions.reveal_phone(row, by=cast(User, request.user))
    said = (
        f"Điện thoại người phản ánh: {phones.shown(number)}." if number else "Người phản ánh không để lại số."
    )
    messages.info(request, f"{said} Lượt xem này đã được ghi nhật ký.")
    return redirect(row.get_absolute_url())


def misuse_todos(user: Any, today: date) -> Iterator[Todo]:
    """For the advisory body: each certificate with waiting reports, with how many; one query."""
    scope = scope_of(user)
    if not scope.has_any(Role.ADVISORY_OFFICER):
        return
    rows = MisuseReport.objects.waiting().filter(
        certificate__unit_id__in=scope.unit_ids(Role.ADVISORY_OFFICER)
    )
    counts = rows.order_by().values("certificate_id", "certificate__product_name")
    for one in counts.annotate(number=Count("pk"), first=Min("pk"), since=Min("at")).order_by(
        "since", "first"
    ):
        number = one["number"]
        title = "Xem phản ánh dùng sai sao" if number == 1 else f"Xem {number} phản ánh dùng sai sao"
        yield Todo(
            f"misuse.{one['certificate_id']}", title, reverse("recognition:misuse_detail", args=[one["first"]]),
            "Xem, trả lời", one["certificate__product_name"], since=one["since"],
        )  # fmt: skip


def may_see_photo(user: Any, file: StoredFile) -> bool:
    """The photograph of a report opens for those who see the report."""
    return MisuseReport.objects.visible_to(user).filter(photo=file).exists()
