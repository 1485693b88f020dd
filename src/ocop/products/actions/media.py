"""Photographs of products, and the marks that they bear."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from ocop.accounts.models import User
from ocop.files.models import StoredFile
from ocop.files.permissions import may_read
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused, require
from ocop.kit.registry import announce
from ocop.products import permissions
from ocop.products.models import Mark, MarkUse, Media, Product

MAX_PHOTOS = 12


def add_photo(
    product: Product, file: StoredFile, *, by: User, caption: str = "", at: datetime | None = None
) -> Media:
    """Put a photograph last; the same file again answers the photograph there is.

    Raises `Forbidden`; `Refused` for a file that is no photograph and past twelve.
    """
    require(permissions.may_edit(by, product))
    if not may_read(by, file):
        raise Forbidden("photo.file", "Tệp này không phải của bạn.")
    if not file.is_photo:
        raise Refused("photo.kind", "Hãy chọn một tấm ảnh (JPEG, PNG hoặc HEIC).")
    with transaction.atomic():
        row = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
        same = row.media.filter(file=file).first()
        if same is not None:
            return same
        if row.media.count() >= MAX_PHOTOS:
            raise Refused("photo.many", f"Mỗi sản phẩm có tối đa {MAX_PHOTOS} ảnh. Hãy bỏ bớt ảnh cũ.")
        last = row.media.aggregate(last=Max("order"))["last"] or 0
        photo = Media.objects.create(
            product=row, file=file, caption=caption.strip(), order=last + 1, added_by=by, at=at or clock.now()
        )
        announce("products.photo_added", by=by, subject=row, sha256=file.sha256)
    return photo


def remove_photo(photo: Media, *, by: User) -> None:
    """Take a photograph off the product; raises `Forbidden`."""
    require(permissions.may_edit(by, photo.product))
    announce("products.photo_removed", by=by, subject=photo.product, sha256=photo.file.sha256)
    photo.delete()


def put_first(photo: Media, *, by: User) -> Media:
    """Make a photograph the first, the one that cards show; raises `Forbidden`."""
    require(permissions.may_edit(by, photo.product))
    with transaction.atomic():
        others = photo.product.media.select_for_update().exclude(pk=photo.pk)
        for place, other in enumerate(others, start=2):
            Media.objects.filter(pk=other.pk).update(order=place)
        photo.order = 1
        photo.save(update_fields=["order"])
    return photo


def use_mark(
    product: Product, mark: Mark, *, by: User, since: date | None = None, basis: str = ""
) -> MarkUse:
    """The product may bear the mark from a day on (default today); raises `Forbidden`, `Refused` when it does."""
    require(permissions.may_keep_marks(by, product.unit_id))
    since = since or clock.today()
    with transaction.atomic():
        Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
        if product.mark_uses.overlapping(since, None).filter(mark=mark).exists():
            raise Refused("mark.twice", "Sản phẩm đang dùng nhãn hiệu này.")
        use = MarkUse.objects.create(product=product, mark=mark, valid_from=since, basis=basis.strip())
        announce("products.mark_used", by=by, subject=product, mark=mark.code)
    return use


def end_mark_use(use: MarkUse, *, by: User, on: date | None = None) -> MarkUse:
    """The product bears the mark for the last time on that day (default today); raises `Forbidden`."""
    require(permissions.may_keep_marks(by, use.product.unit_id))
    use.valid_to = max(on or clock.today(), use.valid_from)
    use.save(update_fields=["valid_to"])
    announce("products.mark_ended", by=by, subject=use.product, mark=use.mark.code)
    return use
