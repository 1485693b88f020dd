"""Photographs: opened, turned upright, written anew without position data; smaller pictures of them."""

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

import pillow_heif
from PIL import ExifTags, Image, ImageOps

from ocop.files.rules import limits
from ocop.kit.busy import is_full

_TAKEN_AT = ExifTags.Base.DateTimeOriginal
# Unpacked, one photograph of 64 megapixels takes some 200 MB: one at a time in a process.
_one_at_a_time = BoundedSemaphore(1)


@dataclass(frozen=True)
class Photo:
    """The photograph as it was written."""

    content_type: str
    width: int
    height: int


def _opened(path: Path, content_type: str) -> Image.Image:
    """The picture, its size checked before one pixel is unpacked."""
    if content_type == limits.HEIC:
        heif = pillow_heif.open_heif(path, convert_hdr_to_8bit=True)
        _check_pixels(*heif.size)
        return heif.to_pillow()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(path, formats=["JPEG", "MPO"] if content_type == limits.JPEG else ["PNG"])
    _check_pixels(*image.size)
    return image


def _check_pixels(width: int, height: int) -> None:
    if width * height > limits.MAX_PIXELS:
        raise limits.refuse("photo.too_big", limit=limits.MAX_PIXELS // 1_000_000)


def _kept_exif(image: Image.Image) -> Image.Exif:
    """When the picture was taken, and nothing else: no position, no owner, no serial number."""
    kept = Image.Exif()
    taken = image.getexif().get_ifd(ExifTags.IFD.Exif).get(_TAKEN_AT)
    if isinstance(taken, str):
        kept.get_ifd(ExifTags.IFD.Exif)[_TAKEN_AT] = taken
    return kept


def clean(path: Path, content_type: str) -> Photo:
    """Rewrite the picture at `path`: upright, without position data, HEIC as JPEG. Raises `Refused`.

    Writing anew also leaves behind whatever was hidden after or between the parts of the picture.
    """
    with _one_at_a_time:
        try:
            image = _opened(path, content_type)
            image.load()
            exif = _kept_exif(image)
            upright = ImageOps.exif_transpose(image)
            profile = image.info.get("icc_profile")
            written = limits.PNG if content_type == limits.PNG else limits.JPEG
            upright.info = {}
            if written == limits.PNG:
                upright.save(path, "PNG", exif=exif, icc_profile=profile)
            else:
                if upright.mode not in ("RGB", "L"):
                    upright, profile = upright.convert("RGB"), None
                upright.save(path, "JPEG", quality=90, exif=exif, icc_profile=profile)
        except Image.DecompressionBombError as error:
            raise limits.refuse("photo.too_big", limit=limits.MAX_PIXELS // 1_000_000) from error
        except (OSError, ValueError, SyntaxError, EOFError, KeyError, RuntimeError) as error:
            if is_full(error):  # of the disk, not of the picture
                raise
            raise limits.refuse("photo.broken") from error
    return Photo(written, *upright.size)


def shrink(source: Path, target: Path, width: int) -> None:
    """Write the picture at most `width` wide as WebP; `target` appears whole or not at all."""
    with _one_at_a_time:
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(source) as image:
            image.draft("RGB", (width, width))
            image.thumbnail((width, width * 4), Image.Resampling.LANCZOS)
            small = (
                image
                if image.mode in ("RGB", "RGBA")
                else image.convert("RGBA" if "A" in image.mode or image.mode == "P" else "RGB")
            )
            part = target.with_suffix(f".{os.getpid()}.part")
            try:
                small.save(part, "WEBP", quality=80, method=4)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
