"""Reads about partners: what the public may know of them on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from ocop.kit.formats import number
from ocop.partners.enums import AgreedField, Grade
from ocop.partners.models import Partner, PartnerAssessment, PartnerConsent


@dataclass(frozen=True)
class PublicPartner:
    """A partner as the public reads it: name, kind, services, and of the rest only the fields that were agreed."""

    partner: Partner
    services: str
    introduction: str = ""
    website: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    grade: str = ""
    grade_year: str = ""


def public_partners(day: date) -> QuerySet[Partner]:
    """Partners published on that day, with services, consents and published assessments at hand."""
    published = PartnerAssessment.objects.published().order_by("-year")
    return (
        Partner.objects.published_on(day)
        .select_related("unit")
        .prefetch_related(
            "services",
            Prefetch("consents", PartnerConsent.objects.in_force(day)),
            Prefetch("assessments", published, to_attr="published_assessments"),
        )
        .order_by("name", "pk")
    )


def shown(partner: Partner, day: date, *, english: bool = False) -> PublicPartner:
    """What of a row of `public_partners` stands on the public site that day; services in the reader's language."""
    consent = partner.consent_on(day)
    agreed = frozenset(consent.fields if consent else ())
    values = {name: value for name, value in _facts(partner).items() if name in agreed and value}
    labels = dict(AgreedField.choices)
    latest: Any = next(iter(partner.published_assessments), None)  # type: ignore[attr-defined]
    graded = latest is not None and AgreedField.GRADE in agreed and latest.grade != Grade.NONE
    return PublicPartner(
        partner=partner,
        services=", ".join(one.name_en if english else one.name for one in partner.services.all()),
        introduction=partner.introduction if AgreedField.INTRODUCTION in agreed else "",
        website=partner.website if AgreedField.WEBSITE in agreed else "",
        facts=tuple((labels[name], value) for name, value in values.items()),
        grade=latest.get_grade_display() if graded else "",
        grade_year=str(latest.year) if graded else "",
    )


def _facts(partner: Partner) -> dict[str, str]:
    """The plain fields that may be published, in words, in the order of the page."""
    held = f"{partner.certificates or ''} {partner.certificate_note}".strip()
    return {
        AgreedField.ADDRESS: partner.address,
        AgreedField.CONTACT_PERSON: partner.contact_person,
        AgreedField.PHONE: partner.phone,
        AgreedField.EMAIL: partner.email,
        AgreedField.AREAS: number(partner.areas) if partner.areas else "",
        AgreedField.VOLUME: partner.volume_words,
        AgreedField.STAFF: number(partner.staff) if partner.staff else "",
        AgreedField.CERTIFICATES: held,
    }


def search(user: Any, folded: str, raw: str, limit: int) -> Iterable[tuple[str, str, str]]:
    """Global search: partners that the person may see."""
    rows = Partner.objects.visible_to(user).found_by(raw)[:limit]
    return [(row.name, row.get_kind_display(), row.get_absolute_url()) for row in rows]
