"""A re-evaluation opened with one press, from the last dossier of the product where one is stored."""

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.dossier import open_dossier
from ocop.evaluation.actions.refile import carry_over
from ocop.evaluation.enums import DossierKind
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.renewal import last_dossier, set_to_renew_by
from ocop.evaluation.rules.kinds import carried_over
from ocop.evaluation.rules.renewal import ARTICLE
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.products.models import Product
from ocop.recognition.models import Certificate


def start_renewal(certificate: Certificate, *, by: User, at: datetime | None = None) -> Dossier:
    """Open the re-evaluation of a star (Art. 7.6), by the book in force today.

    From the last recognised dossier come forms 01 and 02 without the figures of a year, the evidence, and the answers
    to those criteria whose levels the book in force states in the same words; a star without a stored dossier starts
    empty. A second press answers the dossier opened first. Raises Refused when the certificate was revoked or replaced,
    when another application of the product is under way, or when the book in force has no set for it ("renewal.set").
    """
    at = at or clock.now()
    day = clock.local_day(at)
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=certificate.product_id)
        certificate.refresh_from_db()
        if certificate.revoked_on or certificate.replaced_on:
            raise Refused("renewal.gone", "Giấy chứng nhận này đã bị thu hồi hoặc đã được thay thế.", ARTICLE)
        running = Dossier.objects.filter(product=product).open().first()
        if running is not None:
            if running.kind == DossierKind.RENEWAL:
                return running
            raise Refused(
                "renewal.running",
                f"Sản phẩm đang có hồ sơ {running.code} ({running.get_kind_display().lower()}) chưa xong.",
                ARTICLE,
            )
        old = last_dossier(product)
        criteria_set = set_to_renew_by(product, old, day)
        if criteria_set is None:
            raise Refused("renewal.set", "Hãy chọn bộ tiêu chí của sản phẩm để đánh giá lại.", ARTICLE)
        new = open_dossier(
            product,
            criteria_set=criteria_set,
            by=by,
            kind=DossierKind.RENEWAL,
            at=at,
            is_demo=certificate.is_demo,
        )
        if old is not None:
            new.form01, new.form02 = carried_over(old.form01, old.form02)
            carry_over(old, new, by=by, at=at)
    return new
