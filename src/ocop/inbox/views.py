"""A person's own notices."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ocop.inbox import actions
from ocop.inbox.forms import ChoicesForm
from ocop.inbox.models import Notice

PAGE = 30


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """The list: unread first, newest first."""
    rows = Notice.objects.visible_to(request.user).unread_first()
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    return render(request, "inbox/list.html", {"page": page})


@require_POST
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and go to the place of work."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(notice, by=request.user)
    here = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if notice.url and here else "inbox:list")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    count = actions.mark_all_read(by=request.user)
    messages.success(request, f"Đã đánh dấu {count} thông báo là đã đọc.")
    return redirect("inbox:list")


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """By which channels to hear of what."""
    form = ChoicesForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Đã lưu lựa chọn nhận thông báo.")
        return redirect("inbox:choices")
    return render(request, "inbox/choices.html", {"form": form})
