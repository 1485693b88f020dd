"""Papers: PDF through Typst, Word from templates that offices can replace, QR codes, one PDF out of many files."""

from ocop.kit.papers.codes import qr_png, qr_svg
from ocop.kit.papers.merging import Merged, Part, merge
from ocop.kit.papers.typesetting import pdf
from ocop.kit.papers.word import docx

__all__ = ["Merged", "Part", "docx", "merge", "pdf", "qr_png", "qr_svg"]
