"""The result of a dossier, the way to the centre and back, the letters of a result without recognition."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.evaluation.actions import decision as actions
from ocop.evaluation.actions.letters import make_result_letters
from ocop.evaluation.enums import DossierState
from ocop.evaluation.forms.decision import CentreForm, SendForm
from ocop.evaluation.permissions import may_answer_centre
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.clock import due_words
from ocop.evaluation.queries.outcome import centre_result, current_result
from ocop.evaluation.queries.record import mark_of, offers_for
from ocop.evaluation.queries.rounds import centre_round
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.queries.tabs import tabs_of_dossier
from ocop.evaluation.queries.transition import old_rules_of
from ocop.evaluation.rules.offices import office_of
from ocop.evaluation.rules.workflow import DISTRICT_LEADER, TO_TELL
from ocop.evaluation.views.record import visible
from ocop.kit import clock, once
from ocop.kit.errors import Refused, require
from ocop.units.queries import agency_with


def _context(request: HttpRequest, dossier, **more) -> dict:
    roles = roles_for(request.user, dossier)
    tabs = tabs_of_dossier(dossier, request.user, roles, active="outcome")
    today = clock.today()
    return {
        "dossier": dossier,
        "mark": mark_of(dossier.state),
        "tabs": tabs,
        "roles": roles,
        "due": due_words(dossier, today),
        "old_rules": old_rules_of(dossier, today),
        "centre_round": centre_round(dossier, today),
        **more,
    }


@login_required
@require_GET
def outcome(request: HttpRequest, code: str) -> HttpResponse:
    """What came out: points, star, missed minimums, the centre's word, the certificate."""
    dossier = visible(request, code)
    result = current_result(dossier)
    names = {code: criterion.name for code, criterion in sheet_for(dossier).by_code.items()}
    stars: dict[str, list[int]] = {}
    for one in result.missed if result else []:
        stars.setdefault(one["criterion"], []).append(one["star"])
    missed = [{"criterion": code, "name": names.get(code, ""), "stars": at} for code, at in stars.items()]
    certificates = dossier.product.recognition_certificates.select_related("decision").order_by("-issued_on")
    roles = roles_for(request.user, dossier)
    decides = (
        office_of(at_district=dossier.at_district or dossier.state == DossierState.FELL_BACK).leader in roles
    )
    context = _context(
        request,
        dossier,
        offers=offers_for(dossier, request.user, roles=roles) if decides else [],
        result=result,
        tells=dossier.state in TO_TELL and office_of(at_district=dossier.at_district).desk in roles,
        forwards=dossier.state == DossierState.DISTRICT_TO_FORWARD and bool(roles & DISTRICT_LEADER),
        falls_back=dossier.state == DossierState.FELL_BACK and bool(roles & DISTRICT_LEADER),
        missed=missed,
        centre=centre_result(dossier),
        certificates=[{"row": row, "state": row.state_on(clock.today())} for row in certificates],
        letters=dossier.generated_papers.filter(kind="result_letter").select_related("file"),
    )
    return render(request, "evaluation/decision/outcome.html", context)


@login_required
def send(request: HttpRequest, code: str) -> HttpResponse:
    """The province sends an approved potential five stars to the centre."""
    dossier = visible(request, code)
    require(may_answer_centre(roles_for(request.user, dossier), "advisory_officer"))
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.send_to_centre(dossier, by=request.user, document=form.cleaned_data["document"])
            messages.success(request, "Đã ghi gửi hồ sơ lên trung ương.")
            return reverse("evaluation:dossier-outcome", args=[dossier.code])

        try:
            return once.run(request, form.once_key, act)
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = _context(
        request,
        dossier,
        form=form,
        result=current_result(dossier),
        title="Gửi hồ sơ lên trung ương",
        press="Ghi đã gửi",
    )
    return render(
        request, "evaluation/decision/centre_form.html", context, status=422 if form.errors else 200
    )


@login_required
def record(request: HttpRequest, code: str) -> HttpResponse:
    """The standing agency records the centre's result."""
    dossier = visible(request, code)
    require(may_answer_centre(roles_for(request.user, dossier), "standing_officer"))
    form = CentreForm(request.POST or None, initial={"received_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        data = {key: value for key, value in form.cleaned_data.items() if key != "once"}

        def act() -> str:
            actions.record_centre_result(
                dossier, by=request.user, issuer=agency_with("centre", clock.today()), **data
            )
            dossier.refresh_from_db()
            messages.success(request, f"Đã ghi kết quả trung ương. {mark_of(dossier.state).label}.")
            return reverse("evaluation:dossier-outcome", args=[dossier.code])

        try:
            return once.run(request, form.once_key, act)
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = _context(
        request,
        dossier,
        form=form,
        result=current_result(dossier),
        title="Ghi kết quả của trung ương",
        press="Ghi kết quả",
    )
    return render(
        request, "evaluation/decision/centre_form.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """Make the letters that tell commune and producer the result (Word)."""
    dossier = visible(request, code)
    make_result_letters(dossier, by=request.user)
    messages.success(request, "Đã lập thông báo cho xã và chủ thể. Kiểm tra rồi bấm “Gửi thông báo kết quả”.")
    return redirect("evaluation:dossier-outcome", code=dossier.code)
