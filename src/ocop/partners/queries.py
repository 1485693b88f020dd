"""Reads about partners: what the public may know of them on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from ocop.partners.enums import AgreedField, Grade
from ocop.partners.models import Partner, PartnerAssessment, PartnerConsent


@dataclass(frozen=True)
class PublicPartner:
    """A partner as the public reads it: what needs no consent of its own, and the fields that were agreed."""

    partner: Partner
    agreed: frozenset[str]
    grade: str = ""
    grade_year: int | None = None

    def shows(self, name: str) -> bool:
        """True when the partner agreed to that field and it says something."""
        return name in self.agreed and bool(getattr(self.partner, name, ""))


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


def shown(partner: Partner, day: date) -> PublicPartner:
    """What of a row of `public_partners` stands on the public site that day."""
    consent = partner.consent_on(day)
    agreed = frozenset(consent.fields if consent else ())
    latest: Any = next(iter(partner.published_assessments), None)  # type: ignore[attr-defined]
    graded = latest is not None and AgreedField.GRADE in agreed and latest.grade != Grade.NONE
    return PublicPartner(
        partner=partner,
        agreed=agreed,
        grade=latest.get_grade_display() if graded else "",
        grade_year=latest.year if graded else None,
    )
