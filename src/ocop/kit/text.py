"""Vietnamese text: normal form, folding for search, slugs, and the traces of old encodings."""

import re
import unicodedata

from anyascii import anyascii
from django.utils.text import slugify

_INVISIBLE = dict.fromkeys(map(ord, "\x00\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# TCVN3 (ABC) text read as Latin-1 shows these letters inside words; Vietnamese in Unicode never does.
_TCVN3 = re.compile(r"[A-Za-z][¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô­øõö÷ùýúûüþ]")
_TCVN3_ONLY = set("¸µ¶·¹¨¾»¼½©®ª«¬­§¡¢£¤¥¦")


def nfc(text: str) -> str:
    """NFC without zero-width characters and NUL; what every input is turned into before it is looked at."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def fold(text: str) -> str:
    """Lower-case ASCII without marks, đ as d, single spaces: the form in which search compares."""
    return " ".join(anyascii(nfc(text)).lower().split())


def slug(text: str, limit: int = 80) -> str:
    """An unaccented slug; unlike Django's own it keeps the đ (as d)."""
    return slugify(anyascii(nfc(text)))[:limit].strip("-")


def looks_like_tcvn3(text: str) -> bool:
    """True for text typed in the old TCVN3 (ABC) encoding and pasted as if it were Unicode.

    Two hints are asked for: a letter followed by a TCVN3 symbol, and a symbol that no Vietnamese word holds; a dot that
    stands between words ("Kế hoạch năm 2026 · UBND xã") is neither.
    """
    text = text.replace(" · ", " ")
    return bool(_TCVN3.search(text)) and any(symbol in _TCVN3_ONLY for symbol in text)
