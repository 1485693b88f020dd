"""English addresses of the open site: shared, linked to each other, complete."""

import re

import polib
import pytest
import time_machine
from django.conf import settings

from ocop.kit import clock
from ocop.kit.registry import map_layers
from ocop.producers.enums import Standard
from ocop.products.enums import MarkKind
from ocop.products.tests.factories import ProductFactory
from ocop.public.views.about import ANSWERS
from ocop.recognition.enums import ChangeKind, RevocationGround, State
from ocop.recognition.loader import PUBLISHED
from ocop.recognition.models import Certificate, CertificateChange
from ocop.recognition.tests.factories import CertificateFactory, unknown_certificate
from ocop.rulebook.models import ProductGroup
from ocop.rulebook.tests.factories import load_sets
from ocop.units.tests.factories import ProvinceFactory

CATALOGUE = settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 08:00+07:00", tick=False):
        yield


@pytest.fixture
def row(db) -> Certificate:
    ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")
    load_sets(9)
    return CertificateFactory(product=ProductFactory(name="Bưởi Phúc Trạch"))


def pages(row: Certificate) -> list[str]:
    product = row.product
    return [
        "/", "/san-pham/", "/sao-thu-hoi/", "/san-pham/?q=buoi", f"/san-pham/{product.public_code}/",
        f"/chu-the/{product.producer.code}/", "/kiem-tra/", row.check_path, "/tu-cham-diem/",
        "/tu-cham-diem/26-2026/9/", "/ban-do/", "/gioi-thieu/",
    ]  # fmt: skip


def links(answer) -> list[str]:
    """Where the page leads, on this site."""
    return re.findall(r'(?:href|action)="(/[^"]*)"', answer.content.decode())


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_page_has_its_address_in_both_languages(client, row) -> None:
    for page in pages(row):
        for language, address in (("vi", page), ("en", f"/en{page}")):
            answer = client.get(address)
            body = answer.content.decode()
            assert (answer.status_code, answer["Content-Language"]) == (200, language), address
            assert f'<html lang="{language}"' in body
            alternates = re.findall(r'rel="alternate" hreflang="(\w+)" href="([^"]+)"', body)
            assert alternates == [
                ("vi", settings.OCOP_SITE_URL + page),
                ("en", f"{settings.OCOP_SITE_URL}/en{page}"),
            ], address
            other = f"/en{page}" if language == "vi" else page
            assert links(answer).count(other) >= 2, address


def test_links_stay_in_their_language(client, row) -> None:
    outside = ("/static/", "/tai-khoan/", "/api/")
    for page in pages(row):
        strays = {
            link
            for link in links(client.get(f"/en{page}"))
            if not link.startswith(("/en/", *outside)) and link != page
        }
        assert strays == set(), page
        assert {link for link in links(client.get(page)) if link.startswith("/en/")} == {f"/en{page}"}


def test_a_typed_code_keeps_the_language(client, row) -> None:
    assert client.get(f"/en/kiem-tra/?ma={row.code}").url == f"/en{row.check_path}"
    assert client.get(f"/en/kiem-tra/{row.code.lower()}/").url == f"/en{row.check_path}"


def test_the_verdict_in_english(client, row) -> None:
    said = text_of(client.get(f"/en{row.check_path}"))
    assert "Valid until 03/06/2029" in said
    assert "4 stars" in said
    vague = unknown_certificate()
    assert "term not verified" in text_of(client.get(f"/en{vague.check_path}")).lower()


def test_one_product_is_not_one_products(client, row) -> None:
    assert "1 product " in text_of(client.get("/en/san-pham/"))
    assert "1 products" not in text_of(client.get("/en/")) + text_of(client.get("/en/san-pham/"))
    assert "0 products" in text_of(client.get("/en/san-pham/?q=zzqq"))
    assert "1 sản phẩm" in text_of(client.get("/san-pham/"))


def test_the_history_of_a_published_star_is_in_english(client, row) -> None:
    CertificateChange.objects.create(
        certificate=row, kind=ChangeKind.ISSUED, on=row.issued_on, text=PUBLISHED, at=clock.now()
    )
    assert PUBLISHED in text_of(client.get(row.check_path))
    said = text_of(client.get(f"/en{row.check_path}"))
    assert "announced in the press; the certificate has not been seen by this system" in said


def test_a_cookie_changes_nothing(client, row) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Còn hiệu lực" in text_of(client.get(row.check_path))


def test_the_sheet_says_that_the_criteria_are_vietnamese(client, row) -> None:
    words = "The criteria are in Vietnamese, the language of the Decision."
    assert words in text_of(client.get("/en/tu-cham-diem/26-2026/9/"))
    assert words not in text_of(client.get("/tu-cham-diem/26-2026/9/"))
    sent = client.post("/en/tu-cham-diem/26-2026/9/", {"c.1.1": "1"})
    assert sent.url.startswith("/en/tu-cham-diem/26-2026/9/?")


def test_the_site_map_lists_both_languages(client, row) -> None:
    body = client.get("/sitemap.xml").content.decode()
    for page in ("/", "/ban-do/", f"/san-pham/{row.product.public_code}/"):
        for address in (page, f"/en{page}"):
            assert f"<loc>{settings.OCOP_SITE_URL}{address}</loc>" in body


def asked_in(source: str, *, code: bool) -> set[str]:
    """The sentences that a template or a module of ours asks the catalogue for."""
    if code:
        return set(re.findall(r'\b(?:gettext|_)\(\s*"([^"]+)"', source))
    asked = {a or b for a, b in re.findall(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""", source)}
    blocks = re.findall(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate", source, re.DOTALL)
    forms = [form for block in blocks for form in re.split(r"{%\s*plural\s*%}", block)]
    return asked | {re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", form) for form in forms}


@pytest.mark.django_db
def test_every_sentence_has_its_english() -> None:
    load_sets(9)
    source = settings.BASE_DIR / "src/ocop"
    templates = [
        *source.glob("public/templates/**/*"),
        *source.glob("kit/templates/*.html"),
        *source.glob("kit/templates/kit/*.html"),
        *source.glob("kit/templates/kit/ui/*.html"),
        source / "units/templates/units/_province_land.html",
    ]
    modules = [
        *source.glob("public/**/*.py"),
        *source.glob("kit/templatetags/*.py"),
        source / "kit/formats.py",
        source / "producers/maps.py",
    ]
    asked: set[str] = set()
    for path in templates:
        asked |= asked_in(path.read_text(encoding="utf-8"), code=False) if path.is_file() else set()
    for path in modules:
        asked |= asked_in(path.read_text(encoding="utf-8"), code=True) if "tests" not in path.parts else set()
    for labels in (State, ChangeKind, RevocationGround, MarkKind, Standard):
        asked |= {str(one.label) for one in labels}
    asked |= {str(duty.label) for duty in ANSWERS}
    asked |= set(ProductGroup.objects.values_list("name", flat=True))
    asked.add(PUBLISHED)
    asked |= {words for layer in map_layers for words in (layer.label, layer.hint) if words}
    held = {
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        if (entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values()))) and not entry.fuzzy
    }
    assert sorted(asked - held) == []


def test_no_vietnamese_is_left_between_english_sentences(client, row) -> None:
    names = {
        row.product.name,
        row.product.producer.public_name,
        row.product.unit.name,
        "Hà Tĩnh",
        "Tiếng Việt",
    }
    names |= {"Nghệ An", "Quảng Trị"}
    marked = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    left = {}
    for page in (
        "/",
        "/san-pham/",
        "/kiem-tra/",
        "/kiem-tra/KHONGCO",
        "/ban-do/",
        "/gioi-thieu/",
        "/khong-co/",
        "/san-pham/?q=zz",
    ):
        body = client.get(f"/en{page}").content.decode()
        shown = re.sub(r"<[^>]+>", "\n", re.sub(r"<option.*?</option>", "", body, flags=re.DOTALL))
        lines = {line.strip() for line in shown.splitlines() if marked.search(line)}
        left[page] = sorted(line for line in lines if not any(name in line for name in names))
    assert {page: lines for page, lines in left.items() if lines} == {}
