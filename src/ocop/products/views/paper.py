"""Pages of one paper: its facts, its files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.files.actions import received
from ocop.kit.errors import Forbidden, Refused, require
from ocop.kit.registers.story import blocks_about
from ocop.producers.pages import form_page, producer_tabs, sent
from ocop.products import actions, permissions, queries
from ocop.products.forms import PaperForm
from ocop.products.models import Paper


def paper_or_404(request: HttpRequest, code: str) -> Paper:
    """The paper of that code among those the person may see."""
    rows = Paper.objects.visible_to(request.user).select_related("producer__unit", "product")
    return get_object_or_404(rows.prefetch_related("versions__file", "versions__added_by"), code=code)


@login_required
@require_GET
def paper_page(request: HttpRequest, code: str) -> HttpResponse:
    """The paper: number, issuer, days, every version of its file."""
    paper = paper_or_404(request, code)
    return render(
        request, "products/paper_page.html",
        {
            "paper": paper, "producer": paper.producer, "guide": queries.paper_guide()[paper.kind],
            "tabs": producer_tabs(paper.producer, request.user, "products.papers"),
            "blocks": blocks_about(paper, request.user),
            "can_keep": paper.withdrawn_at is None and bool(permissions.may_keep_paper(request.user, paper)),
        },
    )  # fmt: skip


@login_required
@require_POST
def attach(request: HttpRequest, code: str) -> HttpResponse:
    """A new version: the key of a finished upload, or the file itself."""
    paper = paper_or_404(request, code)
    try:
        for file in received(request.POST, request.FILES, by=request.user):
            actions.add_version(paper, file, by=request.user)
    except Forbidden:
        raise
    except Refused as refused:
        if _by_script(request):
            raise
        messages.error(request, refused.reason)
        return HttpResponseRedirect(paper.get_absolute_url())
    if _by_script(request):
        return render(request, "products/_versions.html", {"paper": paper_or_404(request, code)})
    messages.success(request, "Đã cất tệp.")
    return HttpResponseRedirect(paper.get_absolute_url())


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "uploader"


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct the facts of a paper."""
    paper = paper_or_404(request, code)
    require(permissions.may_keep_paper(request.user, paper))
    form = PaperForm(*sent(request)[:1], instance=paper, producer=paper.producer)

    def act() -> str:
        actions.update_paper(paper, by=request.user, changes=form.facts())
        messages.success(request, "Đã lưu.")
        return paper.get_absolute_url()

    return form_page(
        request, form, act, title=f"Sửa: {paper}", back=paper.get_absolute_url(), producer=paper.producer
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the paper out of the vault."""
    paper = paper_or_404(request, code)
    actions.withdraw_paper(paper, by=request.user)
    messages.success(request, "Đã bỏ giấy tờ khỏi kho. Hồ sơ đã nộp vẫn giữ bản đã dùng.")
    return HttpResponseRedirect(reverse("products:vault", args=[paper.producer.code]))
