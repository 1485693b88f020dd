"""Names and ranges."""

import pytest

from ocop.files.rules import limits, names, ranges
from ocop.kit.errors import Refused


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("giấy phép.pdf", "giấy phép.pdf"),
        ("gia\u0302\u0301y.pdf", "giấy.pdf"),  # NFD, as a Mac sends it
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\anh\IMG.JPG", "IMG.JPG"),
        ("a\x00b\r\nc.pdf", "a b c.pdf"),
        ("hoa\u202efdp.exe", "hoa fdp.exe"),
        ("", "tệp"),
        (".pdf", "pdf"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ],
)
def test_clean_name(sent, kept):
    assert names.clean_name(sent) == kept


def test_disposition_has_a_plain_and_a_real_name():
    assert names.disposition("Biên bản đ.pdf", attachment=True) == (
        "attachment; filename=\"Bien ban d.pdf\"; filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n%20%C4%91.pdf"
    )


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=90-", (90, 99)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=0-1,5-6", None),
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("items=0-1", None),
        ("nonsense", None),
    ],
)
def test_byte_range(header, span):
    assert ranges.byte_range(header, 100) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_byte_range_outside(header):
    with pytest.raises(ranges.NotSatisfiableError):
        ranges.byte_range(header, 100)


def test_size_sentence_has_comma_decimals():
    with pytest.raises(Refused) as refused:
        limits.check_size(int(20.5 * 1024 * 1024), 20 * 1024 * 1024)
    assert refused.value.reason == (
        "Tệp nặng 20,5 MB, quá mức 20 MB. Hãy giảm dung lượng hoặc tách thành nhiều tệp."
    )
