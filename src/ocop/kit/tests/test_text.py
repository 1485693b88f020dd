import pytest

from ocop.kit.text import looks_like_tcvn3


@pytest.mark.parametrize(
    ("text", "is_old"),
    [
        ("H¬ng rõng", True),
        ("Hương rừng", False),
        ("Kế hoạch kiểm tra năm 2026 · UBND xã Phúc Trạch", False),
        ("s·n xuÊt", True),
    ],
)
def test_the_old_encoding_is_told_from_words_with_a_dot_between(text, is_old):
    assert looks_like_tcvn3(text) is is_old
