"""What every page of the product has in common."""

import re

from tests.architecture.layers import source_files

FRAMES = re.compile(r"{% table_shell|class=\"table-scroll|class=\"table-shell")
# The first two are framed by the pages that include them, the last is the look of a print.
WITHOUT = {"_handover_days.html", "_agencies.html", "patterns/page.html"}


def test_every_table_scrolls_in_a_frame():
    """Outside of a frame the cards of a phone have no labels and a wide table widens the whole page."""
    bare = []
    for path in source_files(".html"):
        words = path.read_text(encoding="utf-8")
        tables = words.count("<table")
        if tables > len(FRAMES.findall(words)) and not str(path).endswith(tuple(WITHOUT)):
            bare.append(f"{path.name}: {tables}")
    assert bare == []


def test_who_has_no_mouse_scrolls_every_frame():
    """A frame that scrolls can be reached by key."""
    unreachable = [
        path.name
        for path in source_files(".html")
        if re.search(r'class="table-scroll"(?![^>]*tabindex="0")', path.read_text(encoding="utf-8"))
    ]
    assert unreachable == []
