from ocop.producers.models.access import ClaimQuerySet, ProducerAccess, ProducerClaim, ProducerClaimMove
from ocop.producers.models.association import (
    Association,
    AssociationActivity,
    AssociationMember,
    AssociationOfficer,
    AssociationSupport,
)
from ocop.producers.models.material import AreaCertificate, AreaInvestment, AreaSupply, MaterialArea
from ocop.producers.models.people import Representative
from ocop.producers.models.producer import (
    VIEWING_ROLES,
    Producer,
    ProducerForm,
    ProducerQuerySet,
    ProducerSite,
)
from ocop.producers.models.share import LocalShare
from ocop.producers.models.village import CraftVillage, VillageProducer, VillageYear

__all__ = [
    "VIEWING_ROLES",
    "AreaCertificate",
    "AreaInvestment",
    "AreaSupply",
    "Association",
    "AssociationActivity",
    "AssociationMember",
    "AssociationOfficer",
    "AssociationSupport",
    "ClaimQuerySet",
    "CraftVillage",
    "LocalShare",
    "MaterialArea",
    "Producer",
    "ProducerAccess",
    "ProducerClaim",
    "ProducerClaimMove",
    "ProducerForm",
    "ProducerQuerySet",
    "ProducerSite",
    "Representative",
    "VillageProducer",
    "VillageYear",
]
