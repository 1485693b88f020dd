"""The parts of a producer's page that products fill: its products, its vault of papers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.files.actions import received
from ocop.kit.errors import Refused, require
from ocop.producers.models import Producer
from ocop.producers.pages import form_page, producer_or_404, producer_tabs, sent
from ocop.products import actions, permissions, queries
from ocop.products.enums import PaperKind
from ocop.products.forms import STEPS, DescriptionForm, GroupForm, NameForm, PaperForm, SetForm
from ocop.rulebook.models import CriteriaSet, ProductGroup

DRAFT = "products.new"


@login_required
@require_GET
def products(request: HttpRequest, code: str) -> HttpResponse:
    """The products of a producer."""
    producer = producer_or_404(request, code)
    return render(
        request, "products/of_producer.html",
        {
            "producer": producer, "rows": queries.products_of([producer]),
            "tabs": producer_tabs(producer, request.user, "products.of_producer"),
            "can_add": bool(permissions.may_add(request.user, producer)),
        },
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, code: str, step: str = "ten") -> HttpResponse:
    """Add a product, one question a screen; what is typed stays in the session between screens."""
    producer = producer_or_404(request, code)
    require(permissions.may_add(request.user, producer))
    keys = [key for key, _ in STEPS]
    if step not in keys:
        raise Http404
    place, kept = keys.index(step), request.session.get(DRAFT, {})
    draft = kept if kept.get("producer") == code else {"producer": code}
    if place and "ten" not in draft:
        return HttpResponseRedirect(reverse("products:add", args=[code]))
    form = _step_form(step, draft, request.POST if request.method == "POST" else None)
    last = place + 1 == len(keys)
    if request.method == "POST" and not last and form.is_valid():
        request.session[DRAFT] = {**draft, step: _plain(form.cleaned_data)}
        return HttpResponseRedirect(reverse("products:add_step", args=[code, keys[place + 1]]))
    back = reverse("products:add_step", args=[code, keys[place - 1]]) if place else _list_url(code)
    return form_page(
        request, form, lambda: _add(request, producer, {**draft, step: _plain(form.cleaned_data)}),
        template="producers/field_form.html", title=STEPS[place][1], step=place + 1, steps=len(keys),
        progress=f"Bước {place + 1} trên {len(keys)}",
        text=producer.public_name, submit="Thêm sản phẩm" if last else "Tiếp tục", back=back,
    )  # fmt: skip


def _list_url(code: str) -> str:
    return reverse("products:of_producer", args=[code])


def _step_form(step: str, draft: dict[str, Any], data: Any) -> Any:
    initial = draft.get(step, {})
    if step == "ten":
        return NameForm(data, initial=initial)
    if step == "nhom":
        return GroupForm(data, initial=initial)
    if step == "bo":
        group = ProductGroup.objects.filter(pk=draft.get("nhom", {}).get("group")).first()
        return SetForm(data, initial=initial, group=group)
    return DescriptionForm(data, initial=initial)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in data.items() if name != "once"}


def _add(request: HttpRequest, producer: Producer, draft: dict[str, Any]) -> str:
    group = ProductGroup.objects.filter(pk=draft.get("nhom", {}).get("group")).first()
    chosen = (
        CriteriaSet.objects.filter(pk=draft.get("bo", {}).get("criteria_set")).select_related("group").first()
    )
    product = actions.open_product(
        producer,
        name=draft["ten"]["name"],
        group=group,
        criteria_set=chosen,
        by=request.user,
        **draft["mo-ta"],
    )
    request.session.pop(DRAFT, None)
    messages.success(request, f"Đã thêm {product.name}. Hãy thêm vài tấm ảnh.")
    return reverse("products:photos", args=[product.public_code])


@login_required
@require_GET
def vault(request: HttpRequest, code: str) -> HttpResponse:
    """The vault: every kind of paper, why it is asked for, and what is there."""
    producer = producer_or_404(request, code)
    held: dict[str, list[Any]] = {}
    for paper in queries.papers_of(producer):
        held.setdefault(paper.kind, []).append(paper)
    guide = queries.paper_guide()
    rows = [(kind, guide[kind.value], held.get(kind.value, [])) for kind in PaperKind]
    return render(
        request, "products/vault.html",
        {
            "producer": producer, "kinds": rows, "tabs": producer_tabs(producer, request.user, "products.papers"),
            "can_add": bool(permissions.may_add(request.user, producer)),
            "count": sum(map(len, held.values())),
        },
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def add_paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Put a paper of one kind into the vault: its facts, then its file on the paper's own page."""
    producer = producer_or_404(request, code)
    require(permissions.may_add(request.user, producer))
    if kind not in PaperKind.values:
        raise Http404
    form = PaperForm(*sent(request)[:1], producer=producer)

    def act() -> str:
        attached = request.POST.getlist("key") or request.FILES
        file = received(request.POST, request.FILES, by=request.user)[0] if attached else None
        facts = form.facts()
        product = facts.pop("product")
        paper = actions.add_paper(producer, kind=kind, by=request.user, file=file, product=product, **facts)
        messages.success(request, "Đã cất giấy tờ." if file else "Đã ghi giấy tờ. Hãy tải tệp lên.")
        return paper.get_absolute_url()

    return form_page(
        request, form, act, template="products/paper_form.html", producer=producer, kind=PaperKind(kind),
        guide=queries.paper_guide()[kind], tabs=producer_tabs(producer, request.user, "products.papers"),
        held=_held(request) if form.is_bound and not form.is_valid() else (),
    )  # fmt: skip


def _held(request: HttpRequest) -> list[Any]:
    """The files that came with a form that is shown again, so that nobody chooses them anew."""
    try:
        return list(received(request.POST, request.FILES, by=request.user))
    except Refused:
        return []
