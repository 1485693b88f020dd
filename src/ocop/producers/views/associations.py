"""Restructuring an association."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from ocop.kit.errors import require
from ocop.producers import actions, permissions
from ocop.producers.forms import RestructureForm
from ocop.producers.models import Association
from ocop.producers.pages import form_page, sent


@login_required
@require_http_methods(["GET", "POST"])
def restructure(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes over the members, from which day, on what basis; whom nobody took over is named afterwards."""
    association = get_object_or_404(
        Association.objects.visible_to(request.user).select_related("unit"), pk=pk
    )
    require(permissions.may_restructure(request.user, association))
    form: Any = RestructureForm(*sent(request), association=association, user=request.user)
    there = association.get_absolute_url()

    def act() -> str:
        data = form.cleaned_data
        done = actions.restructure_association(
            association, into=list(data["into"]), on=data["on"], basis=data["basis"], by=request.user
        )
        messages.success(request, f"Đã tổ chức lại. {done.moved} hội viên chuyển sang hội kế tục.")
        if done.left:
            names = ", ".join(str(row.producer) for row in done.left)
            messages.warning(request, f"Chưa có hội nào nhận: {names}. Hãy thêm ở trang của hội phù hợp.")
        return there

    return form_page(
        request, form, act, title=f"Tổ chức lại {association.name}", submit="Tổ chức lại", back=there,
        crumbs=(association.name, there),
        text="Hội kết thúc vào hôm trước ngày này; chức danh trong ban chấp hành kết thúc theo.",
    )  # fmt: skip
