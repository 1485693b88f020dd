"""Tax codes: 10 digits (organisation), 13 (branch, 10 + 3), 12 (the personal ID number of a person or household).

Circular 86/2024/TT-BTC, Article 5: since 01/7/2025 the personal identification number takes the place of the tax code
of individuals and households. Twelve digits are therefore personal data (Decree 13/2023/NĐ-CP, Article 2).
"""

from stdnum.vn import mst

from ocop.kit.errors import ALLOWED, Refusal, Verdict

ARTICLE = "Điều 5 Thông tư 86/2024/TT-BTC"


def clean(typed: str) -> str:
    """Digits only; "0100233488-001" gives "0100233488001"."""
    return "".join(sign for sign in typed if sign.isdigit())


def check(typed: str) -> Verdict:
    """Whether the number can be a tax code; the check digit is tested where the number has one."""
    digits = clean(typed)
    if any(not (sign.isdigit() or sign in " .-") for sign in typed):
        return Refusal("tax_code.signs", "Mã số thuế chỉ gồm chữ số.", ARTICLE)
    if len(digits) == 12:
        return ALLOWED
    if len(digits) not in (10, 13):
        return Refusal(
            "tax_code.length", "Mã số thuế có 10, 13 hoặc 12 chữ số (số định danh cá nhân).", ARTICLE
        )
    if not mst.is_valid(digits):
        return Refusal("tax_code.digit", "Mã số thuế sai chữ số kiểm tra, hãy xem lại từng số.", ARTICLE)
    return ALLOWED


def is_personal(digits: str) -> bool:
    """True for the 12 digits of a person."""
    return len(clean(digits)) == 12


def shown(digits: str) -> str:
    """For screens without the right to personal data: whole for organisations, masked for a person."""
    if is_personal(digits):
        return "•" * 8 + clean(digits)[-4:]
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 else digits
