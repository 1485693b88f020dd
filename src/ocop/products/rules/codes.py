"""The product code "(T)-(X)-(STT)-năm" printed on every sheet (Appendix II and III, Decision 26/2026/QĐ-TTg)."""

ARTICLE = "Phụ lục III Quyết định 26/2026/QĐ-TTg; mã đơn vị theo Quyết định 19/2025/QĐ-TTg"
NOTE = "Mã tỉnh và mã xã theo Quyết định 19/2025/QĐ-TTg; số thứ tự do xã giữ, đếm lại mỗi năm."


def official_code(*, province: str, commune: str, serial: int, year: int) -> str:
    """Province, commune, serial of the commune in the year (two digits at least), year: "42-18073-07-2026"."""
    if serial < 1:
        raise ValueError("serials start at 1")
    return f"{province}-{commune}-{serial:02d}-{year}"
