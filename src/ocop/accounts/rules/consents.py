"""The texts that people agree to, each with its version; a changed text gets a new version."""

from dataclasses import dataclass

from ocop.accounts.enums import ConsentPurpose


@dataclass(frozen=True)
class ConsentText:
    """One purpose in words: what for, whether the account works without it."""

    purpose: str
    version: str
    text: str
    required: bool = False


TEXTS: dict[str, ConsentText] = {
    text.purpose: text
    for text in (
        ConsentText(
            ConsentPurpose.ACCOUNT,
            "2026-01",
            "Tôi đồng ý để UBND cấp xã và cơ quan quản lý OCOP của tỉnh dùng họ tên và số điện thoại của tôi để mở "
            "tài khoản và xử lý hồ sơ OCOP của tôi.",
            required=True,
        ),
        ConsentText(
            ConsentPurpose.CONTACT,
            "2026-01",
            "Tôi đồng ý nhận tin nhắn SMS hoặc Zalo về hồ sơ OCOP của tôi.",
        ),
    )
}


def asked_of_producers() -> list[ConsentText]:
    """The purposes that the registration page asks about, each on its own, none ticked beforehand."""
    return list(TEXTS.values())
