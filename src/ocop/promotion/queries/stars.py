"""The stars that speak for products on a day."""

from collections.abc import Collection
from datetime import date

from ocop.promotion.rules.stars import StarFacts
from ocop.recognition.enums import IN_VALIDITY
from ocop.recognition.models import Certificate


def star_facts(product_ids: Collection[int], today: date) -> dict[int, StarFacts]:
    """What is known of the star of each product today; a product that never had one is left out. One query."""
    rows = Certificate.objects.public().latest_of_product(today).with_state(today)
    found = rows.filter(product__in=product_ids).values_list(
        "product_id", "state_that_day", "valid_to", "extended_to", "stars"
    )
    return {
        product: StarFacts(state in IN_VALIDITY, max(filter(None, (last, extended)), default=None), stars)
        for product, state, last, extended, stars in found
    }
