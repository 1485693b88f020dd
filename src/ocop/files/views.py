"""Sending files in pieces, and giving them out to those who may read them."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    JsonResponse,
    StreamingHttpResponse,
    UnreadablePostError,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.files import actions, disk, permissions
from ocop.files.enums import FileKind, Origin
from ocop.files.forms import UploadForm
from ocop.files.inspect import photo
from ocop.files.models import StoredFile, Upload
from ocop.files.rules import limits, names, ranges
from ocop.kit.errors import Refused, Stale
from ocop.kit.registry import announce

_SIGNED_OUT = "Phiên làm việc đã hết hạn. Hãy đăng nhập lại, tệp đang gửi dở vẫn còn."


def _problem(error: Refused, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"code": error.code, "reason": error.reason, **more}, status=status)


def _done(stored: StoredFile, status: int = 200) -> JsonResponse:
    answer = {
        "key": str(stored.key),
        "name": stored.name,
        "size": stored.size,
        "url": stored.get_absolute_url(),
    }
    return JsonResponse(answer, status=status)


def _state(upload: Upload, status: int = 200) -> JsonResponse:
    response = JsonResponse(
        {"id": str(upload.key), "offset": upload.offset, "size": upload.size}, status=status
    )
    response["Upload-Offset"] = str(upload.offset)
    return response


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open an upload: `name`, `size`, perhaps `sha256`. 201 with id and offset, or 200 with the file held already."""
    if not request.user.is_authenticated:
        return _problem(Refused("signed_out", _SIGNED_OUT), 401)
    form = UploadForm(request.POST)
    if not form.is_valid():
        return _problem(Refused("upload.form", "Thiếu tên hoặc dung lượng tệp."), 422)
    try:
        begun = actions.begin_upload(by=request.user, **form.cleaned_data)
    except Refused as error:
        return _problem(error, 422)
    return _done(begun) if isinstance(begun, StoredFile) else _state(begun, 201)


@require_http_methods(["HEAD", "GET", "PATCH"])
def piece(request: HttpRequest, key: UUID) -> HttpResponse:
    """HEAD: how many bytes are here. PATCH: the next piece, at `Upload-Offset`; the last one answers the file."""
    if not request.user.is_authenticated:
        return _problem(Refused("signed_out", _SIGNED_OUT), 401)
    upload = get_object_or_404(Upload, key=key, uploaded_by=request.user)
    if request.method != "PATCH":
        return _state(upload)
    offset, length = request.headers.get("Upload-Offset", ""), request.META.get("CONTENT_LENGTH") or "0"
    if not offset.isdigit() or not length.isdigit():
        return _problem(Refused("upload.header", "Thiếu Upload-Offset hoặc Content-Length."), 400)
    if int(length) > limits.MAX_CHUNK:
        return _problem(Refused("upload.chunk", "Đoạn gửi lên quá lớn."), 413)
    try:
        chunk = request.read(int(length))
    except UnreadablePostError:
        chunk = b""
    if len(chunk) != int(length):  # the line broke in the middle: nothing of this piece counts
        return _problem(Refused("upload.cut", "Đoạn gửi lên bị đứt giữa chừng."), 400, offset=upload.offset)
    try:
        upload = actions.add_chunk(upload, chunk, offset=int(offset), by=request.user)
        if upload.is_open and upload.offset < upload.size:
            return _state(upload)
        return _done(actions.finish_upload(upload, by=request.user), 201)
    except Stale as error:
        upload.refresh_from_db()
        return _problem(error, 409, offset=upload.offset)
    except Refused as error:
        return _problem(error, 503 if error.code in limits.LATER else 422)


def _readable(request: HttpRequest, key: UUID) -> StoredFile:
    """The file, or 404 for a file that is not there, not theirs or erased."""
    stored = get_object_or_404(StoredFile.objects.kept(), key=key)
    if not permissions.may_read(request.user, stored):
        raise Http404
    return stored


def _given_name(stored: StoredFile) -> str:
    """The name of the copy on the reader's machine: ours; a name that a person typed may hold personal data."""
    if stored.origin == Origin.GENERATED:
        return stored.name
    return f"tep-ocop-{stored.key.hex[:8]}.{limits.EXTENSIONS[stored.content_type][0]}"


def _guarded(
    response: HttpResponseBase, request: HttpRequest, stored: StoredFile, etag: str
) -> HttpResponseBase:
    """The headers of every answer that carries bytes.

    A PDF gets no `sandbox`: browsers refuse to show one in a sandbox at all. It was checked to hold nothing that
    acts, and no content but its own may load.
    """
    inside = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
    response["Content-Security-Policy"] = inside if stored.kind == FileKind.PDF else f"{inside}; sandbox"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    is_public = permissions.may_read(AnonymousUser(), stored) if not request.user.is_authenticated else False
    response["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def download(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The bytes, whole or a range; inline for PDF and pictures, as a copy to keep with `?tai=1`."""
    stored = _readable(request, key)
    path, etag = disk.path_of(stored.sha256), f'"{stored.sha256}"'
    if not path.exists():
        raise Http404
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _guarded(HttpResponseNotModified(), request, stored, etag)
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    try:
        span = ranges.byte_range(wanted, stored.size) if wanted else None
    except ranges.NotSatisfiableError:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{stored.size}"
        return _guarded(response, request, stored, etag)
    first, last = span or (0, stored.size - 1)
    if stored.sensitive and first == 0 and request.method == "GET":
        announce("file.viewed", by=request.user, subject=stored, request=request)
    body = disk.blocks_of(path, first, last) if request.method == "GET" else []
    response = StreamingHttpResponse(body, status=206 if span else 200, content_type=stored.content_type)
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    if span:
        response["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
    attachment = "tai" in request.GET or stored.kind == FileKind.OTHER
    response["Content-Disposition"] = names.disposition(_given_name(stored), attachment=attachment)
    return _guarded(response, request, stored, etag)


@require_safe
def rendition(request: HttpRequest, key: UUID, width: int) -> HttpResponseBase:
    """A photograph at one of the fixed widths, made on first demand, one at a time, and kept."""
    stored = _readable(request, key)
    if not stored.is_photo or width not in limits.RENDITION_WIDTHS:
        raise Http404
    etag = f'"{stored.sha256}-{width}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _guarded(HttpResponseNotModified(), request, stored, etag)
    path = disk.rendition_path(stored.sha256, width)
    if not path.exists():
        photo.shrink(disk.path_of(stored.sha256), path, width)
    response = StreamingHttpResponse(disk.blocks_of(path), content_type="image/webp")
    response["Content-Length"] = str(path.stat().st_size)
    return _guarded(response, request, stored, etag)
