"""Forms of reports that the province writes without code: copied, changed, put in force; those in use stay."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused, Stale
from ocop.producers.tests.offices import make_offices
from ocop.reporting.actions.reports import open_round, terms_of
from ocop.reporting.actions.versions import (
    change_version,
    copy_version,
    drop_version,
    publish_version,
    seen_of,
)
from ocop.reporting.loader import load_reports
from ocop.reporting.models import FormVersion, Report
from ocop.reporting.rules import layout as rules

LAYOUT = [
    {"key": "a", "title": "A", "kind": "figures", "indicators": ["one", "two", "three"]},
    {"key": "b", "title": "B", "kind": "text", "required": True},
]


@pytest.mark.parametrize(
    ("change", "sections", "figures"),
    [
        (lambda now: rules.move_section(now, "b", -1), "ba", "one two three"),
        (lambda now: rules.move_section(now, "b", 1), "ab", "one two three"),
        (lambda now: rules.remove_section(now, "b"), "a", "one two three"),
        (lambda now: rules.move_figure(now, "a", "three", -1), "ab", "one three two"),
        (lambda now: rules.move_figure(now, "a", "one", -1), "ab", "one two three"),
        (lambda now: rules.remove_figure(now, "a", "two"), "ab", "one three"),
        (lambda now: rules.add_figure(now, "a", "four"), "ab", "one two three four"),
    ],
)
def test_a_change_of_a_layout_leaves_the_given_one_alone(change, sections, figures):
    before = str(LAYOUT)
    found = rules.read(change(LAYOUT))
    table = next(one for one in found if one.key == "a")
    assert ("".join(one.key for one in found), " ".join(table.indicators), str(LAYOUT)) == (
        sections,
        figures,
        before,
    )


def test_a_new_section_gets_a_key_of_its_own():
    one = rules.add_section(LAYOUT, title="C", kind="text")
    two = rules.add_section(one, title="D", kind="figures")
    assert [section["key"] for section in two] == ["a", "b", "phan-1", "phan-2"]
    again = rules.add_section(rules.remove_section(two, "phan-1"), title="E", kind="files")
    assert [section["key"] for section in again] == ["a", "b", "phan-2", "phan-1"]
    with pytest.raises(KeyError):
        rules.move_figure(LAYOUT, "a", "four", 1)


@pytest.fixture
def offices(db):
    with time_machine.travel("2026-09-16T09:00:00+07:00"):
        load_reports(lambda text: None)
        yield make_offices()


@pytest.fixture
def standing(offices):
    return offices[Role.STANDING_OFFICER]


def common(kind="quarter"):
    return FormVersion.objects.get(kind=kind, province="")


def quarter(offices, number):
    terms = terms_of(offices.province, "quarter", 2026, number)
    return open_round(offices.province, terms, by=offices[Role.STANDING_OFFICER])


def test_a_version_put_in_force_is_used_by_later_rounds_alone(offices, standing):
    before = quarter(offices, 3)
    draft = copy_version(common(), offices.province, by=standing)
    assert (draft.number, draft.province, draft.layout) == (2, offices.province.code, common().layout)
    draft = change_version(
        draft, offices.province, lambda now: rules.add_figure(now, "results", "money_disbursed"), seen=seen_of(draft),
        by=standing,
    )  # fmt: skip
    during = FormVersion.objects.in_force("quarter", offices.province.code, date(2026, 12, 31))
    publish_version(draft, offices.province, day=date(2026, 10, 1), seen=seen_of(draft), by=standing)
    after = quarter(offices, 4)
    before.refresh_from_db()
    assert (before.form, during, after.form) == (common(), common(), draft)
    assert (after.form.indicators[-1], "money_disbursed" in before.form.indicators) == (
        "money_disbursed",
        False,
    )
    assert FormVersion.objects.in_force("quarter", "99", date(2026, 12, 31)) == common()


def test_what_is_published_or_common_is_never_changed(offices, standing):
    draft = copy_version(common(), offices.province, by=standing)
    publish_version(draft, offices.province, day=date(2026, 9, 16), seen=seen_of(draft), by=standing)
    for version in (FormVersion.objects.get(pk=draft.pk), common()):
        with pytest.raises(Refused):
            change_version(version, offices.province, seen=seen_of(version), by=standing, title="Khác")
        with pytest.raises(Refused):
            drop_version(version, offices.province, seen=seen_of(version), by=standing)
    assert FormVersion.objects.filter(title="Khác").count() == 0


@pytest.mark.parametrize("role", [Role.ADVISORY_OFFICER, Role.COMMUNE_OFFICER, Role.PROVINCE_LEADER])
def test_only_the_standing_agency_keeps_forms(client, offices, standing, role):
    with pytest.raises(Forbidden):
        copy_version(common(), offices.province, by=offices[role])
    draft = copy_version(common(), offices.province, by=standing)
    client.force_login(offices[role])
    seen = role == Role.ADVISORY_OFFICER
    pages = [reverse("reporting:versions"), reverse("reporting:version", args=[draft.pk])]
    assert [client.get(page).status_code for page in pages] == [200 if seen else 404] * 2
    assert client.get(reverse("reporting:version_edit", args=[draft.pk])).status_code == (
        403 if seen else 404
    )
    press = {"seen": seen_of(draft), "day": "2026-09-20", once.FIELD: "k"}
    assert client.post(pages[1], press).status_code == (403 if seen else 404)


def test_a_bad_version_is_not_put_in_force_and_says_everything(offices, standing):
    draft = copy_version(common(), offices.province, by=standing)

    def spoil(now):
        return rules.add_section(rules.add_figure(now, "results", "no_such"), title="Trống", kind="figures")

    draft = change_version(draft, offices.province, spoil, seen=seen_of(draft), by=standing)
    with pytest.raises(Refused) as refused:
        publish_version(draft, offices.province, day=date(2026, 9, 16), seen=seen_of(draft), by=standing)
    assert refused.value.reason == (
        "Phần “I. Kết quả thực hiện”: không có chỉ tiêu “no_such”. Phần “Trống”: chưa chọn chỉ tiêu nào."
    )
    with pytest.raises(Refused) as refused:
        publish_version(draft, offices.province, day=date(2026, 9, 15), seen=seen_of(draft), by=standing)
    assert refused.value.code == "form.past"


def test_two_who_edit_notice_each_other(offices, standing):
    draft = copy_version(common(), offices.province, by=standing)
    seen = seen_of(draft)
    change_version(draft, offices.province, seen=seen, by=standing, title="Một")
    with pytest.raises(Stale):
        change_version(draft, offices.province, seen=seen, by=standing, title="Hai")
    assert FormVersion.objects.get(pk=draft.pk).title == "Một"


def test_a_form_is_written_on_its_pages_without_scripts(client, offices, standing):
    client.force_login(standing)
    copy = reverse("reporting:version_copy", args=[common().pk])
    pages = {client.post(copy, {once.FIELD: "k"}).url for _ in range(2)}
    draft = FormVersion.objects.get(province=offices.province.code)
    (page,) = pages
    assert page == reverse("reporting:version_edit", args=[draft.pk])

    def press(**data):
        answer = client.post(page, {"seen": client.get(page).context["seen"], **data})
        draft.refresh_from_db()
        return answer

    press(verb="title", title="Báo cáo quý của tỉnh")
    press(verb="add", title="VI. Vốn", kind="figures")
    key = draft.sections[-1].key
    press(verb="figure", key=key, indicator="money_disbursed")
    press(verb="figure", key=key, indicator="money_allocated")
    press(verb="up", key=key, indicator="money_allocated")
    press(verb="up", key=key)
    press(verb="remove", key="requests")
    press(verb="section", key="plan", title="IV. Việc kỳ tới", help="Ngắn gọn.")
    refused = press(verb="figure", key=key, indicator="money_disbursed")
    assert (refused.status_code, press(verb="add", title="", kind="text").status_code) == (422, 422)
    found = {section.key: section for section in draft.sections}
    assert (draft.title, list(found)) == (
        "Báo cáo quý của tỉnh", ["results", "work", "difficulties", "plan", key, "files"],
    )  # fmt: skip
    assert found[key].indicators == ("money_allocated", "money_disbursed")
    assert (found["plan"].title, found["plan"].required) == ("IV. Việc kỳ tới", False)
    preview = reverse("reporting:version", args=[draft.pk])
    shown = client.get(preview)
    assert client.post(preview, {"seen": "cũ", "day": "2026-10-01", once.FIELD: "p0"}).status_code == 422
    client.post(preview, {"seen": shown.context["seen"], "day": "2026-10-01", once.FIELD: "p1"})
    draft.refresh_from_db()
    assert (draft.valid_from, draft.published_at is not None) == (date(2026, 10, 1), True)
    assert client.get(page).url == preview
    report = Report.objects.filter(round=quarter(offices, 4)).first()
    assert report.round.form == draft


def test_a_draft_is_dropped(client, offices, standing):
    draft = copy_version(common(), offices.province, by=standing)
    client.force_login(standing)
    drop = reverse("reporting:version_drop", args=[draft.pk])
    client.post(drop, {"seen": "cũ"})
    assert FormVersion.objects.filter(pk=draft.pk).exists()
    client.post(drop, {"seen": seen_of(draft)})
    assert not FormVersion.objects.filter(pk=draft.pk).exists()
