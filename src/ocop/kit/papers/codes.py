"""QR codes, level Q: readable with a quarter of the symbol dirty or torn."""

import io

import segno


def _make(text: str) -> segno.QRCode:
    if not text:
        raise ValueError("a QR code needs a text")
    return segno.make_qr(text, error="q")


def qr_svg(text: str, *, title: str = "") -> str:
    """The code as an `<svg>` that fills its box; no style attribute, so a strict CSP lets it through."""
    target = io.BytesIO()
    _make(text).save(
        target, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#fff", title=title or None,
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return target.getvalue().decode()


def qr_png(text: str, *, scale: int = 8) -> bytes:
    """The code as a PNG; `scale` is the width of a module in pixels."""
    target = io.BytesIO()
    _make(text).save(target, kind="png", scale=scale, border=4)
    return target.getvalue()
