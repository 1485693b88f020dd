"""Eligibility by legal form and set, tax codes, the claim's table."""

import pytest

from ocop.kit.errors import ALLOWED
from ocop.producers.enums import LegalForm
from ocop.producers.rules import tax_codes
from ocop.producers.rules.eligibility import CIRCLES, may_apply
from ocop.producers.rules.workflow import CLAIM_FLOW

EVERY = ["cooperative", "cooperative_union", "cooperative_group", "enterprise", "farm", "household"]
TOURISM = ["association", "management_centre"]


@pytest.mark.parametrize("decision", CIRCLES)
@pytest.mark.parametrize("form", EVERY)
@pytest.mark.parametrize("number", range(1, 27))
def test_article_2_every_set(decision, form, number):
    assert may_apply(form, number, decision=decision) == ALLOWED


@pytest.mark.parametrize("decision", CIRCLES)
@pytest.mark.parametrize("form", TOURISM)
@pytest.mark.parametrize("number", range(1, 27))
def test_article_2_tourism_only(decision, form, number):
    verdict = may_apply(form, number, decision=decision)
    assert (verdict.code if not verdict else "") == ("" if number == 26 else "eligibility.tourism_only")


@pytest.mark.parametrize(
    ("form", "size", "code"),
    [
        (None, "", "eligibility.unknown"), ("", "", "eligibility.unknown"), ("unknown", "", "eligibility.unknown"),
        ("enterprise", "large", "eligibility.size"), ("enterprise", "medium", ""), ("enterprise", "micro", ""),
        ("cooperative", "large", ""), ("club", "", "eligibility.form"),
    ],
)  # fmt: skip
def test_article_2_edges(form, size, code):
    verdict = may_apply(form, 26, size=size)
    assert ("" if verdict else verdict.code) == code
    assert verdict or verdict.article == "Điều 2 Quyết định 26/2026/QĐ-TTg"


def test_every_form_is_decided():
    assert {*EVERY, *TOURISM, "unknown"} == set(LegalForm.values)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0100233488", ""), ("0100233488-001", ""), ("0100 233 488", ""), ("042199000123", ""),
        ("0100233489", "tax_code.digit"), ("123", "tax_code.length"), ("01002334880", "tax_code.length"),
        ("01002E3488", "tax_code.signs"),
    ],
)  # fmt: skip
def test_tax_codes(typed, code):
    verdict = tax_codes.check(typed)
    assert ("" if verdict else verdict.code) == code


@pytest.mark.parametrize(
    ("digits", "personal", "shown"),
    [
        ("0100233488", False, "0100233488"), ("0100233488001", False, "0100233488-001"),
        ("042199000123", True, "••••••••0123"), ("", False, ""),
    ],
)  # fmt: skip
def test_personal_numbers_are_masked(digits, personal, shown):
    assert (tax_codes.is_personal(digits), tax_codes.shown(digits)) == (personal, shown)


def test_the_claims_table_is_sound():
    assert CLAIM_FLOW.problems() == []
