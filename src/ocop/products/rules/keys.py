"""The stable key of a row of the real register."""

from ocop.kit.text import slug


def data_key(name: str, district: str) -> str:
    """By the name of the product and the district as the sources write it; what the loaders of other apps join by."""
    return slug(f"{name} {district}", 150)
