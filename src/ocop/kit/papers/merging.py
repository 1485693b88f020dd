"""Many files into one ordered PDF: contents page, bookmarks, page numbers; memory stays bounded.

Files are taken one at a time into chunks on disk; the chunks are joined on disk at the end. So no step holds more
than the pages of one chunk.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageOps

from ocop.kit.papers.templates import resolve
from ocop.kit.papers.typesetting import typeset

A4 = (8.27, 11.69)
CHUNK_PAGES = 25
LONG_EDGE = 2200
"""Pixels of the longer edge of a picture: 190 dots an inch on A4, enough to read a certificate."""

Image.MAX_IMAGE_PIXELS = 120_000_000


@dataclass(frozen=True)
class Part:
    """One file: PDF or picture. `group` heads it in contents and bookmarks; `stamp` is printed on its pages."""

    title: str
    path: Path
    group: str = ""
    stamp: str = ""


@dataclass(frozen=True)
class Placed:
    """Where a part landed: first page (from 1), how many pages, and what was wrong with its file."""

    part: Part
    page: int
    pages: int
    problem: str = ""


@dataclass
class Merged:
    """The result: pages in all, the parts in order."""

    path: Path
    pages: int = 0
    parts: list[Placed] = field(default_factory=list)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(title, what was wrong) of every file that could not be taken in."""
        return [(placed.part.title, placed.problem) for placed in self.parts if placed.problem]


def _picture(path: Path, target: Path) -> Path:
    """A picture as a one-page PDF on disk, no larger than A4, upright, without its metadata."""
    with Image.open(path) as opened:
        opened.draft("RGB", (LONG_EDGE, LONG_EDGE))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONG_EDGE, LONG_EDGE))
        flat = Image.new("RGB", upright.size, "white")
        has_alpha = upright.mode in ("RGBA", "LA", "P")
        flat.paste(upright.convert("RGBA") if has_alpha else upright.convert("RGB"), (0, 0),
                   upright.convert("RGBA") if has_alpha else None)  # fmt: skip
    short, long = sorted(flat.size)
    flat.save(target, format="PDF", resolution=max(short / A4[0], long / A4[1]), quality=85)
    return target


def _from_disk(path: Path) -> pikepdf.Pdf:
    """Opened for reading bit by bit; a mapped file would count as memory of the worker."""
    return pikepdf.open(path, access_mode=pikepdf.AccessMode.stream)


def _open(part: Part, spare: Path) -> tuple[pikepdf.Pdf, str]:
    """A part as a PDF, or a page that says why it could not be read, and that reason; `spare` is a file to use."""
    try:
        with part.path.open("rb") as file:
            is_pdf = b"%PDF-" in file.read(1024)
        if is_pdf:
            opened = _from_disk(part.path)
            if len(opened.pages):
                return opened, ""
            opened.close()
            reason = "Tệp không có trang nào."
        else:
            return _from_disk(_picture(part.path, spare)), ""
    except pikepdf.PasswordError:
        reason = "Tệp có mật khẩu, không ghép được."
    except (pikepdf.PdfError, OSError, ValueError, Image.DecompressionBombError):
        reason = "Tệp hỏng hoặc không phải PDF, ảnh; không ghép được."
    page = typeset(resolve("kit/papers/unreadable.typ"), {"title": part.title, "reason": reason})
    return pikepdf.open(BytesIO(page)), reason


def _chunks(
    parts: Sequence[Part], folder: Path, progress: Callable[[int, int], None]
) -> Iterator[tuple[Path, list[tuple[Part, int, str]]]]:
    """Write the parts into chunk files; each with (part, pages, problem) of what it holds.

    A source stays open until its chunk is written, because its pages are read only then.
    """
    for start, batch in enumerate(_batches(parts, folder, progress)):
        with ExitStack() as sources:
            chunk = sources.enter_context(pikepdf.new())
            held = []
            for part, source, problem in batch:
                sources.enter_context(source)
                held.append((part, len(source.pages), problem))
                chunk.pages.extend(source.pages)
            path = folder / f"{start:05d}.pdf"
            chunk.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        yield path, held


def _batches(
    parts: Sequence[Part], folder: Path, progress: Callable[[int, int], None]
) -> Iterator[list[tuple[Part, pikepdf.Pdf, str]]]:
    """Opened parts, as many as fill a chunk."""
    batch: list[tuple[Part, pikepdf.Pdf, str]] = []
    pages = 0
    for number, part in enumerate(parts, 1):
        source, problem = _open(part, folder / f"part-{number:05d}.pdf")
        batch.append((part, source, problem))
        pages += len(source.pages)
        progress(number, len(parts))
        if pages >= CHUNK_PAGES:
            yield batch
            batch, pages = [], 0
    if batch:
        yield batch


def _contents(title: str, subtitle: str, placed: Sequence[Placed], offset: int) -> bytes:
    entries, group = [], ""
    for number, one in enumerate(placed, 1):
        entries.append({
            "number": number, "title": one.part.title, "page": one.page + offset, "problem": one.problem,
            "group": one.part.group if one.part.group != group else "",
        })  # fmt: skip
        group = one.part.group
    data = {"title": title, "subtitle": subtitle, "entries": entries}
    return typeset(resolve("kit/papers/contents.typ"), data)


def _mark(pdf: pikepdf.Pdf, words: Sequence[str], first: int, total: int) -> None:
    """Print words and "Trang 12/500" at the foot of every page of a chunk."""
    strips = [{"words": text, "number": f"Trang {first + place}/{total}"} for place, text in enumerate(words)]
    marks = typeset(resolve("kit/papers/strips.typ"), {"strips": strips})
    with pikepdf.open(BytesIO(marks)) as strip:
        for page, mark in zip(pdf.pages, strip.pages, strict=True):
            left, bottom, right, _top = (float(edge) for edge in page.mediabox)
            height = (right - left) * 7 / 190
            page.add_overlay(mark, pikepdf.Rectangle(left, bottom + 4, right, bottom + 4 + height))


def _bookmarks(pdf: pikepdf.Pdf, placed: Sequence[Placed], contents: int) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Mục lục", 0))
        parent, group = outline.root, None
        for one in placed:
            target = contents + one.page - 1
            if one.part.group != group:
                group, parent = one.part.group, outline.root
                if group:
                    head = pikepdf.OutlineItem(group, target)
                    outline.root.append(head)
                    parent = head.children
            parent.append(pikepdf.OutlineItem(one.part.title, target))


def merge(
    parts: Sequence[Part],
    out_path: Path,
    *,
    title: str,
    subtitle: str = "",
    numbered: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Merged:
    """Write the parts, in order, into one PDF at `out_path`; meant for a job.

    A file that cannot be read gets a page that says so and is named in `Merged.problems`; nothing is left out in
    silence. The result replaces `out_path` in one step. `progress(done, total)` counts parts.
    """
    out_path.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="merge-", dir=out_path.parent))
    try:
        chunks, placed, page = [], [], 1
        for path, held in _chunks(parts, folder, progress):
            chunks.append((path, page, [part.stamp for part, count, _ in held for _ in range(count)]))
            for part, count, problem in held:
                placed.append(Placed(part, page, count, problem))
                page += count
        with pikepdf.open(BytesIO(_contents(title, subtitle, placed, 0))) as first:
            contents = len(first.pages)
        total = contents + page - 1
        front = folder / "contents.pdf"
        front.write_bytes(_contents(title, subtitle, placed, contents))
        files = [front]
        files += [
            _marked(path, words, start + contents, total) if numbered else path
            for path, start, words in chunks
        ]
        with _from_disk(_joined(files, folder / "joined.pdf")) as final:
            _bookmarks(final, placed, contents)
            final.docinfo["/Title"] = title
            final.Root.PageMode = pikepdf.Name.UseOutlines
            ready = folder / "ready.pdf"
            final.save(ready, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        ready.replace(out_path)
        moved = [Placed(one.part, one.page + contents, one.pages, one.problem) for one in placed]
        return Merged(out_path, total, moved)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _joined(files: Sequence[Path], target: Path) -> Path:
    """The files one after the other. Run as a job of the PDF library, which leaves page contents on disk; taking
    pages from one open file into another would copy them all into memory."""
    pikepdf.Job(["merge", "--empty", "--pages", *map(str, files), "--", str(target)]).run()
    return target


def _marked(path: Path, words: Sequence[str], first: int, total: int) -> Path:
    marked = path.with_suffix(".marked.pdf")
    with _from_disk(path) as opened:
        _mark(opened, words, first, total)
        opened.save(marked, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return marked
