"""Pages of one product: set, group, state, code, photographs, marks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.files.actions import received
from ocop.kit.errors import Forbidden, Refused, require
from ocop.producers.pages import form_page, sent, tabs_of
from ocop.products import actions, permissions
from ocop.products.forms import ChangeGroupForm, MarkUseForm, SetForm, StatusForm, TransferForm
from ocop.products.models import MarkUse, Media, Product
from ocop.products.registers import PRODUCTS


def product_or_404(request: HttpRequest, code: str) -> Product:
    """The product of that public code among those the person may see; a stranger gets 404."""
    rows = Product.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("producer", "unit", "group", "criteria_set__group"), public_code=code
    )


def product_tabs(product: Product, user: Any, active: str) -> list[dict[str, Any]]:
    """The tabs of a product's pages."""
    return tabs_of(product, user, active, PRODUCTS.url("history", product.pk))


def _editable(request: HttpRequest, code: str) -> Product:
    product = product_or_404(request, code)
    require(permissions.may_edit(request.user, product))
    return product


def _form(
    request: HttpRequest, product: Product, form: Any, title: str, run: Callable[[dict], Any]
) -> HttpResponse:
    """A form page of a product that goes back to the product."""

    def act() -> str:
        run({name: value for name, value in form.cleaned_data.items() if name != "once"})
        messages.success(request, "Đã lưu.")
        return product.get_absolute_url()

    crumbs = (product.name, product.get_absolute_url())
    return form_page(request, form, act, title=title, back=crumbs[1], crumbs=crumbs)


@login_required
@require_http_methods(["GET", "POST"])
def choose_set(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the set out of those of the product's group."""
    product = _editable(request, code)
    form = SetForm(*sent(request)[:1], group=product.group, initial={"criteria_set": product.criteria_set_id})
    form.fields["criteria_set"].required = True
    form.fields["criteria_set"].empty_label = None
    return _form(
        request, product, form, "Chọn bộ sản phẩm",
        lambda data: actions.choose_set(product, data["criteria_set"], by=request.user),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def change_group(request: HttpRequest, code: str) -> HttpResponse:
    """The product belongs to another group; its set is chosen anew."""
    product = _editable(request, code)
    form = ChangeGroupForm(*sent(request)[:1], initial={"group": product.group_id})
    return _form(
        request, product, form, "Đổi nhóm sản phẩm",
        lambda data: actions.change_group(product, data["group"], by=request.user),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, code: str) -> HttpResponse:
    """Production stopped, or goes on."""
    product = _editable(request, code)
    form = StatusForm(*sent(request)[:1], initial={"status": product.status})
    return _form(
        request, product, form, "Tình trạng sản xuất",
        lambda data: actions.set_status(product, data.pop("status"), by=request.user, **data),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """Another producer holds the product; who held it before stays written under "Theo thời gian"."""
    product = product_or_404(request, code)
    require(permissions.may_transfer(request.user, product))
    form = TransferForm(*sent(request)[:1], user=request.user)
    back = product.get_absolute_url()

    def act() -> str:
        row = actions.transfer_product(product, by=request.user, **form.facts())
        messages.success(request, f"{row.name} nay thuộc {row.producer.public_name}.")
        return back

    return form_page(
        request, form, act, title="Chuyển sang chủ thể khác", submit="Chuyển sản phẩm", back=back,
        crumbs=(product.name, back),
        text=f"Hiện thuộc {product.producer.public_name}. Sao, giấy chứng nhận và hồ sơ đã nộp không đổi theo; "
        "lịch sử chủ thể được giữ ở mục “Theo thời gian”.",
    )  # fmt: skip


@login_required
@require_POST
def allot_code(request: HttpRequest, code: str) -> HttpResponse:
    """The commune gives the product its code; pressed twice it stays the first."""
    product = product_or_404(request, code)
    try:
        row = actions.allot_code(product, by=request.user)
        messages.success(request, f"Mã sản phẩm: {row.code}.")
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
    return HttpResponseRedirect(product.get_absolute_url())


@login_required
@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest, code: str) -> HttpResponse:
    """The photographs; a POST attaches a finished upload or the file itself."""
    product = product_or_404(request, code)
    if request.method == "POST":
        return _attach(request, product)
    context = {
        "product": product, "tabs": product_tabs(product, request.user, "products.photos"),
        "photos": product.media.select_related("file"), "can_edit": bool(permissions.may_edit(request.user, product)),
    }  # fmt: skip
    return render(request, "products/photos.html", context)


def _attach(request: HttpRequest, product: Product) -> HttpResponse:
    by_script = request.headers.get("X-Requested-With") == "uploader"
    try:
        for file in received(request.POST, request.FILES, by=request.user):
            actions.add_photo(product, file, by=request.user)
    except Forbidden:
        raise
    except Refused as refused:
        if by_script:
            raise
        messages.error(request, refused.reason)
    if by_script:
        context = {"product": product, "photos": product.media.select_related("file"), "can_edit": True}
        return render(request, "products/_photos.html", context)
    return HttpResponseRedirect(reverse("products:photos", args=[product.public_code]))


@login_required
@require_POST
def photo_change(request: HttpRequest, code: str, pk: int, verb: str) -> HttpResponse:
    """Make a photograph the first, or take it off."""
    product = product_or_404(request, code)
    photo = get_object_or_404(
        Media.objects.select_related("product__producer", "file"), pk=pk, product=product
    )
    if verb == "dau":
        actions.put_first(photo, by=request.user)
    else:
        actions.remove_photo(photo, by=request.user)
    return HttpResponseRedirect(reverse("products:photos", args=[code]))


@login_required
@require_GET
def marks(request: HttpRequest, code: str) -> HttpResponse:
    """The marks that the product bears or bore."""
    product = product_or_404(request, code)
    context = {
        "product": product, "tabs": product_tabs(product, request.user, "products.marks"),
        "uses": product.mark_uses.select_related("mark"),
        "can_keep": bool(permissions.may_keep_marks(request.user, product.unit_id)),
    }  # fmt: skip
    return render(request, "products/marks.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def mark_use(request: HttpRequest, code: str) -> HttpResponse:
    """The product may bear a mark."""
    product = product_or_404(request, code)
    require(permissions.may_keep_marks(request.user, product.unit_id))
    form = MarkUseForm(*sent(request)[:1], user=request.user)
    return _form(
        request, product, form, "Cho phép dùng nhãn hiệu",
        lambda data: actions.use_mark(product, data.pop("mark"), by=request.user, **data),
    )  # fmt: skip


@login_required
@require_POST
def mark_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The product bears the mark no longer."""
    product = product_or_404(request, code)
    use = get_object_or_404(MarkUse.objects.select_related("product", "mark"), pk=pk, product=product)
    actions.end_mark_use(use, by=request.user)
    return HttpResponseRedirect(reverse("products:marks", args=[code]))
