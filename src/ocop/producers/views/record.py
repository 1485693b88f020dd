"""Pages of one producer: representative, people with access, legal form and address over time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.kit import clock, formats, once
from ocop.kit.errors import Forbidden, Refused, require
from ocop.producers import actions, permissions
from ocop.producers.enums import Gender
from ocop.producers.forms import ChangeForm, HelperForm, MoveForm, PersonForm, ReasonForm, RepresentativeForm
from ocop.producers.models import ProducerAccess, Representative
from ocop.producers.pages import form_page, producer_or_404, producer_tabs, sent


def in_words(person: Representative | None) -> dict[str, list]:
    """What is known of a representative as (label, text), and the labels of what was left out."""
    if person is None:
        return {"known": [], "blank": []}
    gender = person.get_gender_display() if person.gender != Gender.UNSAID else ""
    pairs = [
        ("Chức vụ", person.position), ("Giới tính", gender), ("Dân tộc", person.ethnicity),
        ("Điện thoại", formats.phone(person.phone)), ("Thư điện tử", person.email),
        ("Số định danh", person.personal_id),
    ]  # fmt: skip
    return {
        "known": [(label, text) for label, text in pairs if text],
        "blank": [label.lower() for label, text in pairs if not text],
    }


@login_required
@require_GET
def person(request: HttpRequest, code: str) -> HttpResponse:
    """The representative, for whose work needs it: masked until one asks to see; an officer's look is logged."""
    producer = producer_or_404(request, code)
    require(permissions.may_see_personal(request.user, producer))
    open_ = bool(request.GET.get("xem")) or bool(permissions.access_kinds_of(request.user, producer))
    shown = actions.view_representative(producer, by=request.user, request=request) if open_ else None
    rows = producer.representatives.filter(erased_at__isnull=True).valid_on(clock.today())
    context = {
        "producer": producer, "tabs": producer_tabs(producer, request.user, "producers.person"),
        "person": shown or rows.first(), "open": open_,
        "can_edit": bool(permissions.may_edit(request.user, producer)), **in_words(shown),
    }  # fmt: skip
    return render(request, "producers/person.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, code: str, new: bool = False) -> HttpResponse:
    """Record a representative with consent, or correct the data of the one there is."""
    producer = producer_or_404(request, code)
    require(permissions.may_edit(request.user, producer))
    known = None if new else actions.view_representative(producer, by=request.user, request=request)
    form = RepresentativeForm(*sent(request), instance=known)
    there = reverse("producers:person", args=[code])

    def act() -> str:
        if known is None:
            agreed = form.cleaned_data["agreed"]
            actions.record_representative(producer, by=request.user, agreed=agreed, **form.details())
        else:
            actions.correct_representative(known, by=request.user, changes=form.details())
        messages.success(request, "Đã lưu thông tin người đại diện.")
        return there

    title = "Sửa thông tin người đại diện" if known else "Ghi người đại diện"
    return form_page(request, form, act, title=title, submit="Lưu", back=there, producer=producer)


@login_required
@require_http_methods(["GET", "POST"])
def person_erase(request: HttpRequest, code: str) -> HttpResponse:
    """Erase the representative's personal data, with a reason."""
    producer = producer_or_404(request, code)
    require(permissions.may_erase(request.user, producer))
    known = get_object_or_404(producer.representatives.filter(erased_at__isnull=True).valid_on(clock.today()))
    form = ReasonForm(*sent(request))
    there = reverse("producers:person", args=[code])

    def act() -> str:
        actions.erase_representative(known, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã xóa dữ liệu cá nhân của người đại diện.")
        return there

    return form_page(
        request, form, act, title="Xóa dữ liệu người đại diện", submit="Xóa dữ liệu", back=there, producer=producer,
        danger=True, text="Họ tên, điện thoại, số định danh và các dữ liệu khác sẽ bị xóa hẳn, không lấy lại được.",
    )  # fmt: skip


@login_required
@require_GET
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Who may act for the producer, since when, until when, with which consent."""
    producer = producer_or_404(request, code)
    require(permissions.may_see_people(request.user, producer))
    today = clock.today()
    rows = producer.accesses.overlapping(today, None).select_related("user")
    return render(
        request, "producers/people.html",
        {
            "producer": producer, "rows": rows, "tabs": producer_tabs(producer, request.user, "producers.people"),
            "can_manage": bool(permissions.may_manage_access(request.user, producer)),
            "can_consent": bool(permissions.may_consent(request.user, producer)),
        },
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def helper(request: HttpRequest, code: str) -> HttpResponse:
    """The owner agrees that somebody helps."""
    producer = producer_or_404(request, code)
    require(permissions.may_consent(request.user, producer))
    form = HelperForm(*sent(request))
    there = reverse("producers:people", args=[code])

    def act() -> str:
        data = form.cleaned_data
        actions.let_help(
            producer, data["person"], by=request.user, until=data["until"], agreed=data["agreed"]
        )
        messages.success(request, "Đã cho phép giúp. Bạn có thể dừng bất cứ lúc nào.")
        return there

    return form_page(
        request, form, act, template="producers/field_form.html", title="Nhờ người giúp làm hồ sơ",
        text=producer.public_name, submit="Đồng ý cho giúp", back=there,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def colleague(request: HttpRequest, code: str) -> HttpResponse:
    """Add staff or another owner."""
    producer = producer_or_404(request, code)
    require(permissions.may_manage_access(request.user, producer))
    form = PersonForm(*sent(request))
    there = reverse("producers:people", args=[code])

    def act() -> str:
        actions.let_in(producer, form.cleaned_data["person"], kind=form.cleaned_data["kind"], by=request.user)
        messages.success(request, "Đã thêm người.")
        return there

    return form_page(
        request, form, act, title="Thêm người của cơ sở", submit="Thêm", back=there, producer=producer
    )


@login_required
@require_POST
def access_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End an access at once."""
    producer = producer_or_404(request, code)
    row = get_object_or_404(ProducerAccess, pk=pk, producer=producer)
    there = (
        reverse("producers:people", args=[code])
        if row.user_id != request.user.pk
        else reverse("producers:mine")
    )

    def act() -> str:
        actions.end_access(row, by=request.user)
        messages.success(request, "Đã kết thúc quyền.")
        return there

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return HttpResponseRedirect(reverse("producers:people", args=[code]))


@login_required
@require_http_methods(["GET", "POST"])
def change_form(request: HttpRequest, code: str) -> HttpResponse:
    """A new legal form or size class from a day on."""
    producer = producer_or_404(request, code)
    require(permissions.may_edit(request.user, producer))
    row = producer.form_row()
    form = ChangeForm(*sent(request), initial={"form": row.form, "size": row.size} if row else {})
    there = producer.get_absolute_url()

    def act() -> str:
        actions.change_form(
            producer, by=request.user, **{k: v for k, v in form.cleaned_data.items() if k != "once"}
        )
        messages.success(request, "Đã ghi loại hình.")
        return there

    return form_page(
        request, form, act, title="Đổi loại hình, quy mô", submit="Lưu", back=there, producer=producer
    )


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """A new main address from a day on; products already on the register keep their unit."""
    producer = producer_or_404(request, code)
    require(permissions.may_edit(request.user, producer))
    site = producer.site_on()
    form = MoveForm(*sent(request), initial={"address": site.address} if site else {})
    there = producer.get_absolute_url()

    def act() -> str:
        data = form.cleaned_data
        actions.move_producer(
            producer, unit=data["unit"], address=data["address"], since=data["since"], by=request.user
        )
        messages.success(request, "Đã ghi địa chỉ mới.")
        return there

    return form_page(request, form, act, title="Chuyển địa chỉ", submit="Lưu", back=there, producer=producer)
