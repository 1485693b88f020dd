from ocop.producers.models.access import ClaimQuerySet, ProducerAccess, ProducerClaim, ProducerClaimMove
from ocop.producers.models.people import Representative
from ocop.producers.models.producer import (
    VIEWING_ROLES,
    Producer,
    ProducerForm,
    ProducerQuerySet,
    ProducerSite,
)
from ocop.producers.models.village import CraftVillage

__all__ = [
    "VIEWING_ROLES",
    "ClaimQuerySet",
    "CraftVillage",
    "Producer",
    "ProducerAccess",
    "ProducerClaim",
    "ProducerClaimMove",
    "ProducerForm",
    "ProducerQuerySet",
    "ProducerSite",
    "Representative",
]
