"""Makers of people and of files of every kind, good and bad."""

import io

import factory
import pikepdf
import pillow_heif
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody who signs in."""

    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"nguoi{n}")


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a form receives it."""
    return SimpleUploadedFile(name, content)


def pdf(pages: int = 1, edit=None, **save) -> bytes:
    """A PDF, the same bytes every time; `edit(pdf)` changes it before it is saved with `save`'s options."""
    made = pikepdf.new()
    for number in range(pages):
        made.add_blank_page(page_size=(200 + number, 300))
    if edit:
        edit(made)
    out = io.BytesIO()
    # The id of an encrypted file enters its key, so it cannot be told from the content.
    made.save(out, deterministic_id="encryption" not in save, **save)
    return out.getvalue()


def picture(kind: str = "JPEG", size=(64, 48), colour="red", **save) -> bytes:
    """A picture with its left half in another colour, so that turning it shows."""
    image = Image.new("RGB", size, colour)
    image.paste("blue", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **save)
    return out.getvalue()


def exif_with_position(orientation: int = 1) -> Image.Exif:
    """What a phone writes: where, when, which way up, whose."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = "Nguyen Van A"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:06:01 08:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (18.0, 20.0, 0.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return exif


def heic(size=(64, 48)) -> bytes:
    """A photograph of an iPhone."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, "green")).save(out, exif=exif_with_position().tobytes())
    return out.getvalue()
