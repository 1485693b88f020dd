"""How values are written for Vietnamese readers: dates, moments, numbers, points, money, distances to a deadline."""

from datetime import date, datetime
from decimal import Decimal

from ocop.kit import clock, days

SOON = 3
"""A deadline this near (in the unit it is counted in) is shown in the colour of care."""


def day(value: date | None) -> str:
    """23/11/2026; "" for None. An aware datetime is taken at its local day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local_day(value) if value.tzinfo else value.date()
    return f"{value:%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    """10:32 23/11/2026 in Asia/Ho_Chi_Minh; "" for None."""
    return "" if value is None else f"{value.astimezone(clock.LOCAL):%H:%M %d/%m/%Y}"


def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """1.234.567,8: dots between thousands, comma before decimals; `places` fixes how many (rounded half up)."""
    if value is None:
        return ""
    if isinstance(value, int) and not places:  # most of what a page counts, many times on a board
        return f"{value:,}".replace(",", ".")
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    text = f"{exact:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def points(value: int | float | Decimal | None) -> str:
    """78,25 with at most two decimals, trailing zeros left out: 78,5 and 78; "" for None."""
    if value is None:
        return ""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return number(exact.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP"))


def money(value: int | Decimal | None) -> str:
    """1.234.567 đ, whole đồng; "" for None."""
    return "" if value is None else f"{number(value, 0)} đ"


def short_money(value: int) -> str:
    """3,4 tỷ, 350 triệu, 12.000: a sum to be read at a glance, in đồng; the exact one stands behind it."""
    for name, size in (("tỷ", 1_000_000_000), ("triệu", 1_000_000)):
        if abs(value) >= size:
            tenths = (Decimal(value) / size).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
            return f"{number(tenths)} {name}"
    return number(value)


BROWSERS = {"Zalo": "Zalo", "FBAN": "Facebook", "FBAV": "Facebook", "Edg": "Edge", "OPR/": "Opera", "CocCoc": "Cốc Cốc",
            "SamsungBrowser": "Samsung", "CriOS": "Chrome", "FxiOS": "Firefox", "Firefox": "Firefox",
            "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip
"""What a browser writes of itself, the more special word first: nearly all of them also call themselves Safari."""
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "máy Mac",
    "Linux": "Linux",
}


def browser(agent: str) -> str:
    """The line by which a browser names itself as "Chrome trên Windows"; cut to 60 signs when it says neither."""
    name = next((words for sign, words in BROWSERS.items() if sign in agent), "")
    system = next((words for sign, words in SYSTEMS.items() if sign in agent), "")
    return " trên ".join(part for part in (name, system) if part) or agent[:60]


def phone(value: str) -> str:
    """+84912345678 and 0912345678 as 0912 345 678, the way a number is read out; anything else as it is."""
    digits = "".join(value.split())
    if digits.startswith("+84"):
        digits = f"0{digits[3:]}"
    if not digits.isdigit() or len(digits) != 10:
        return value
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


def phone_masked(value: str) -> str:
    """0912345678 as 091****678: enough to recognise one's own number, not enough to call."""
    digits = value.strip()
    if len(digits) < 7:
        return "*" * len(digits)
    return f"{digits[:3]}{'*' * (len(digits) - 6)}{digits[-3:]}"


def distance(
    due: date | None, today: date, *, working: bool = False, calendar: "days.Calendar | None" = None
) -> tuple[str, str]:
    """How far a deadline is, and the tone to show it in (`water` in time, `clay` soon, `seal` late, `grey` none).

    ("còn 3 ngày làm việc", "clay"), ("hạn hôm nay", "clay"), ("trễ 2 ngày", "seal"), ("", "grey") without a day.
    Lateness is counted in calendar days; `working` counts what is left in working days.
    """
    if due is None:
        return "", "grey"
    if due < today:
        return f"trễ {number((today - due).days)} ngày", "seal"
    if due == today:
        return "hạn hôm nay", "clay"
    left, unit = (due - today).days, "ngày"
    if working:
        in_work = days.working_days_between(today, due, calendar=calendar)
        if in_work:
            left, unit = in_work, "ngày làm việc"
    return f"còn {number(left)} {unit}", "clay" if left <= SOON else "water"
