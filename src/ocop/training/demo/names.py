"""Invented names of people, drawn by number, so that every run makes the same."""

FAMILY = ("Nguyễn", "Trần", "Lê", "Phan", "Hồ", "Đặng", "Võ", "Bùi", "Dương", "Hà", "Thái", "Cao")
MIDDLE_OF_WOMEN = ("Thị", "Thị Thanh", "Thị Kim", "Thị Hồng", "Thị Ngọc")
MIDDLE_OF_MEN = ("Văn", "Đình", "Quốc", "Hữu", "Xuân")
GIVEN_OF_WOMEN = ("Hoa", "Lan", "Hương", "Nhung", "Thủy", "Hạnh", "Yến", "Tâm", "Liên", "Mai", "Oanh")
GIVEN_OF_MEN = ("Hùng", "Dũng", "Sơn", "Thắng", "Tiến", "Bình", "Cường", "Long", "Minh", "Quang", "Tú")


def is_woman(number: int) -> bool:
    """Which of the invented people are women: a good half."""
    return number * 7 % 11 < 6


def name(number: int) -> str:
    """The name of the person of that number."""
    family = FAMILY[number * 5 % len(FAMILY)]
    if is_woman(number):
        middles, given = MIDDLE_OF_WOMEN, GIVEN_OF_WOMEN
    else:
        middles, given = MIDDLE_OF_MEN, GIVEN_OF_MEN
    return f"{family} {middles[number // 3 % len(middles)]} {given[number // 2 % len(given)]}"
