"""Vietnamese telephone numbers as people type them, and the one form in which they are kept."""

import phonenumbers

MASK = "•"


def normalise(typed: str) -> str | None:
    """The number in E.164 ("0912 345 678", "+84 912.345.678", "84912345678" give "+84912345678").

    None when the text is no possible Vietnamese number. Numbers of other countries need their "+" code.
    """
    text = (typed or "").strip()
    if not text or any(letter.isalpha() for letter in text) or "@" in text:
        return None
    digits = "".join(letter for letter in text if letter.isdigit())
    if digits.startswith("84") and len(digits) in (11, 12) and not text.startswith("+"):
        text = "+" + digits
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(e164: str | None) -> str:
    """The number as people in the country write it: "0912 345 678"; '' for none."""
    if not e164:
        return ""
    number = phonenumbers.parse(e164, "VN")
    style = phonenumbers.PhoneNumberFormat
    national = number.country_code == 84
    return phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)


def masked(e164: str | None) -> str:
    """The number with all but the first three and the last three digits hidden, for pages that only confirm it."""
    digits = shown(e164).replace(" ", "")
    if len(digits) < 8:
        return ""
    return f"{digits[:3]} {MASK * (len(digits) - 6)} {digits[-3:]}"
