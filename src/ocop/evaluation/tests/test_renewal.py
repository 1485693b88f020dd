"""A star renewed: the window, what comes along from the last dossier, the way in, the clock, the extension."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from ocop.evaluation.actions import commune, dossier
from ocop.evaluation.actions.dossier import open_dossier
from ocop.evaluation.actions.extension import extend_star
from ocop.evaluation.actions.renewal import start_renewal
from ocop.evaluation.enums import DossierKind
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.completeness import gaps_of
from ocop.evaluation.queries.renewal import answers_kept, extension_presses, renewal_presses, review_of
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.kinds import carried_over, step_for, steps_for
from ocop.evaluation.rules.renewal import ExtensionFacts, may_extend, window_on
from ocop.evaluation.tests.world import FORM_02, make_world
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.recognition.models import Certificate
from ocop.recognition.tests.factories import CertificateFactory
from ocop.rulebook.models import CriteriaSet, DeadlineRule

LAST = date(2026, 12, 31)
UPDATES = {
    "update_making": "không đổi",
    "update_papers": "đã kiểm nghiệm lại 5/2026",
    "update_market": "2,1 tỷ; 2,3 tỷ",
}


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2026, 7, 3), "before"),
        (date(2026, 7, 4), "in"),
        (date(2026, 9, 2), "in"),
        (date(2026, 9, 3), "after"),
        (date(2026, 12, 31), "after"),
        (date(2027, 1, 1), "expired"),
    ],
)
def test_the_window_is_180_to_120_days_before_the_last_day(day, place):
    window = window_on(LAST, day, opens_before=180, closes_before=120)
    assert (window.place, window.opens, window.closes) == (place, date(2026, 7, 4), date(2026, 9, 2))


def test_without_a_term_there_is_no_window():
    assert window_on(None, LAST, opens_before=180, closes_before=120).place == "unknown"


@pytest.mark.parametrize(
    ("kind", "extra"), [("first", []), ("renewal", ["cap-nhat"]), ("upgrade", ["nang-hang"])]
)
def test_each_kind_asks_its_own_questions_first_of_form_02(kind, extra):
    keys = [step.key for step in steps_for(kind)]
    assert keys[:1] + extra == ["lien-he", *extra] == keys[: 1 + len(extra)]
    assert (step_for("first", "cap-nhat"), step_for("first", "nang-hang")) == (None, None)


def test_figures_of_a_year_and_the_pledge_stay_behind():
    form01, form02 = carried_over(
        {"contact_position": "Chủ nhiệm", "commitment": "yes"}, {**FORM_02, **UPDATES}
    )
    assert form01 == {"contact_position": "Chủ nhiệm"}
    assert sorted(form02) == ["market", "material_area", "material_local_share", "plan", "spec", "technology"]


def facts(**values):
    return ExtensionFacts(
        **{
            "last_day": LAST, "is_gone": False, "extended_to": None, "filed_on": date(2026, 10, 1),
            "closes": date(2026, 9, 2), "longest": date(2027, 6, 29), "needs_dossier": True, "basis": "CV 12",
            **values,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "day", "refused"),
    [
        ({}, date(2027, 6, 29), []),
        ({}, date(2027, 6, 30), ["extend.too_late"]),
        ({"is_gone": True}, LAST, ["extend.gone"]),
        ({"last_day": None, "longest": None, "closes": None}, LAST, ["extend.unknown"]),
        ({"extended_to": date(2027, 6, 29)}, LAST, ["extend.again"]),
        ({"filed_on": None}, LAST, ["extend.dossier"]),
        ({"filed_on": None, "needs_dossier": False}, LAST, []),
        ({"filed_on": date(2026, 9, 2)}, LAST, ["extend.in_window"]),
        ({"filed_on": date(2026, 9, 3)}, LAST, []),
        ({"basis": " "}, LAST, ["extend.basis"]),
    ],
)
def test_who_may_be_extended(values, day, refused):
    assert [one.code for one in may_extend(facts(**values), day)] == refused


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def held(world):
    """The world with a star that runs out in 150 days, given on a stored dossier."""
    row = world.walk_to("awaiting_decision", points=78)
    (certificate,) = world.recognise(row)
    today = clock.today()
    Certificate.objects.filter(pk=certificate.pk).update(
        issued_on=today - timedelta(days=900),
        issued_year=today.year - 3,
        valid_to=today + timedelta(days=150),
    )
    certificate.refresh_from_db()
    return world, row, certificate


def ready(world, certificate) -> Dossier:
    """A re-evaluation that may be handed in."""
    new = start_renewal(certificate, by=world["owner"])
    dossier.save_form(new, form="form01", answers={"commitment": "yes"}, by=world["owner"])
    dossier.save_form(new, form="form02", answers={**FORM_02, **UPDATES}, by=world["owner"])
    new.refresh_from_db()
    return new


def test_a_renewal_starts_from_the_last_dossier(held):
    world, old, certificate = held
    new = start_renewal(certificate, by=world["owner"])
    assert (new.kind, new.renews, new.state, new.answers) == ("renewal", certificate, "draft", old.answers)
    assert new.form02["technology"] == FORM_02["technology"]
    wanted = {gap.code for gap in gaps_of(new) if gap.blocks}
    assert wanted == {
        "form01.commitment", "form02.output", "form02.revenue", "form02.labour_total", "form02.labour_local",
        *(f"form02.{key}" for key in UPDATES),
    }  # fmt: skip
    assert start_renewal(certificate, by=world["owner"]) == new
    review = review_of(new)
    assert (review.source, review.window.is_open, review.to_mark, review.is_other_book) == (
        old,
        True,
        0,
        False,
    )


def test_criteria_that_the_new_book_states_otherwise_are_asked_anew(held):
    world, old, certificate = held
    new = start_renewal(certificate, by=world["owner"])
    assert answers_kept(old, new) == old.answers
    other = CriteriaSet.objects.get(pk=old.criteria_set_id)
    reworded = next(code for code in old.answers if not sheet_for(new).by_code[code].has_cases)
    other.pk, other.number, other.code, other.checksum = None, other.number + 100, "khac", "khac"
    other.document = json.loads(json.dumps(other.document).replace(f'"code": "{reworded}"', '"code": "99.9"'))
    other.save()
    Dossier.objects.filter(pk=new.pk).update(criteria_set=other)
    kept = answers_kept(old, Dossier.objects.get(pk=new.pk))
    assert set(old.answers) - set(kept) == {reworded}


def test_a_star_without_a_stored_dossier_starts_empty(world):
    certificate = CertificateFactory(product=world.product, unit=world.commune)
    new = start_renewal(certificate, by=world["owner"])
    assert (new.renews, new.answers, new.form02, review_of(new).source) == (certificate, {}, {}, None)


def test_where_nothing_says_the_set_it_is_chosen(world, client):
    certificate = CertificateFactory(product=world.product, unit=world.commune)
    world.product.criteria_set = None
    world.product.save()
    client.force_login(world["owner"])
    answer = client.post(reverse("evaluation:renew", args=[certificate.code]))
    there = reverse("evaluation:dossier-open", args=[world.product.public_code]) + "?loai=renewal"
    assert answer.url == there
    page = client.get(there, {"loai": "renewal", "nhom": world.criteria_set.group.code})
    assert page.context["form"]["kind"].value() == "renewal"
    new = open_dossier(world.product, criteria_set=world.criteria_set, by=world["owner"], kind="renewal")
    assert new.renews == certificate


@pytest.mark.parametrize("kind", [DossierKind.RENEWAL, DossierKind.UPGRADE])
def test_a_product_without_a_star_has_nothing_to_renew(world, kind):
    with pytest.raises(Refused) as refused:
        open_dossier(world.product, criteria_set=world.criteria_set, by=world["owner"], kind=kind)
    assert refused.value.refusals[0].code == "dossier.no_star"


def test_a_revoked_star_and_another_dossier_under_way_stop_it(held):
    world, _, certificate = held
    open_dossier(world.product, criteria_set=world.criteria_set, by=world["owner"], kind=DossierKind.UPGRADE)
    with pytest.raises(Refused) as refused:
        start_renewal(certificate, by=world["owner"])
    assert refused.value.refusals[0].code == "renewal.running"
    Certificate.objects.filter(pk=certificate.pk).update(revoked_on=clock.today())
    with pytest.raises(Refused) as refused:
        start_renewal(certificate, by=world["owner"])
    assert refused.value.refusals[0].code == "renewal.gone"


@pytest.mark.parametrize(
    ("who", "presses"),
    [("owner", 1), ("commune_officer", 1), ("other_officer", 0), ("advisory", 0), ("stranger", 0)],
)
def test_who_is_offered_the_press(held, who, presses):
    world, _, certificate = held
    assert len(renewal_presses(world[who], [certificate])) == presses


def test_one_press_from_the_board_and_from_the_product(held, client):
    world, _, certificate = held
    there = reverse("evaluation:renew", args=[certificate.code])
    client.force_login(world["commune_officer"])
    month = f"{certificate.valid_to:%Y-%m}"
    assert (
        f'action="{there}"'
        in client.get(reverse("recognition:expiry_board"), {"thang": month}).content.decode()
    )
    client.force_login(world["owner"])
    product = reverse("recognition:of_product", args=[world.product.public_code])
    assert f'action="{there}"' in client.get(product).content.decode()
    new_page = client.post(there, follow=True).content.decode()
    new = Dossier.objects.get(kind="renewal")
    assert "Đánh giá lại: 4 sao" in new_page
    assert f"Mang theo từ hồ sơ {Dossier.objects.get(state='recognised').code}" in new_page
    assert reverse("evaluation:dossier-step", args=[new.code, "cap-nhat"]) in new_page
    assert "Hồ sơ đánh giá lại đang làm" in client.get(product).content.decode()
    client.force_login(world["stranger"])
    assert client.post(there).status_code == 404


def test_outside_the_window_it_is_warned_of_and_goes_on(held, client):
    world, _, certificate = held
    Certificate.objects.filter(pk=certificate.pk).update(valid_to=clock.today() + timedelta(days=30))
    client.force_login(world["owner"])
    page = client.post(reverse("evaluation:renew", args=[certificate.code]), follow=True).content.decode()
    assert "Đã qua kỳ nộp" in page


def test_a_renewal_has_45_days_at_the_province_and_replaces_the_star(held):
    world, _, certificate = held
    new = ready(world, certificate)
    DeadlineRule.objects.create(
        procedure=new.procedure,
        key="renewal",
        name="Đánh giá lại",
        level="province",
        length=45,
        unit="calendar",
    )
    row = world.walk_on(new, "province_intake")
    assert (row.due_on, row.due_rule) == (clock.today() + timedelta(days=45), "renewal")
    row = world.walk_on(row, "awaiting_decision")
    (star,) = world.recognise(row, number="99/QĐ-UBND", certificate="99/2026")
    certificate.refresh_from_db()
    assert (certificate.replaced_on, star.state_on(clock.today())) == (clock.today(), "valid")


@pytest.fixture
def late(held):
    """The star has run out ten days ago and its re-evaluation was handed in today."""
    world, _, certificate = held
    Certificate.objects.filter(pk=certificate.pk).update(valid_to=clock.today() - timedelta(days=10))
    certificate.refresh_from_db()
    row = world.walk_on(ready(world, certificate), "submitted")
    return world, row, certificate


def test_a_late_renewal_extends_the_star_until_its_result(late, client):
    world, row, certificate = late
    there = reverse("evaluation:extend", args=[certificate.code])
    assert [press.url for press in extension_presses(world["advisory"], [certificate]).values()] == [there]
    client.force_login(world["advisory"])
    assert "Hồ sơ đánh giá lại nộp ngày" in client.get(there).content.decode()
    assert client.post(there, {"basis": ""}).status_code == 422
    assert client.post(there, {"basis": "Công văn 12/VPĐP"}).status_code == 302
    certificate.refresh_from_db()
    until = certificate.valid_to + timedelta(days=180)
    assert (certificate.extended_to, certificate.state_on(clock.today())) == (until, "extended")
    assert "Công văn 12/VPĐP" in certificate.changes.get(kind="extended").text
    again = client.post(there, {"basis": "Lần nữa"})
    assert again.status_code == 422
    assert "đã được kéo dài" in again.content.decode()
    commune.return_to_producer(row, by=world["commune_officer"], reason="Thiếu giấy.")
    dossier.withdraw(row, by=world["owner"], reason="Ngừng sản xuất.")
    certificate.refresh_from_db()
    assert certificate.extended_to == clock.today()
    assert certificate.state_on(clock.today() + timedelta(days=1)) == "expired"


def test_only_the_province_extends(late):
    world, _, certificate = late
    with pytest.raises(Forbidden):
        extend_star(certificate, basis="Công văn", by=world["commune_officer"])
    assert extension_presses(world["commune_officer"], [certificate]) == {}


def test_the_list_of_presses_costs_the_same_for_many(held, django_assert_num_queries):
    world, _, certificate = held
    rows = [certificate] * 40
    with django_assert_num_queries(4):
        renewal_presses(world["commune_officer"], rows)
