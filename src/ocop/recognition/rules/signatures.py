"""What the check of a paper's digital signatures means, in words that an officer acts on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ocop.recognition.enums import CopyStanding

Finding = Mapping[str, Any]
"""What the check says of one signature: signer, issuer, from, to, said_at, stamped_at, revision, revisions, intact,
changed, trusted, problem."""

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(_HERE)


def standing_of(readable: bool, findings: Sequence[Finding]) -> CopyStanding:
    """What the file is worth as a whole; the worst of its signatures speaks. No signature: a scan of a signed paper."""
    if not readable:
        return CopyStanding.UNREADABLE
    if not findings:
        return CopyStanding.SCAN
    if not all(one["intact"] for one in findings):
        return CopyStanding.BROKEN
    if any(one["changed"] for one in findings):
        return CopyStanding.CHANGED
    return CopyStanding.UNCHANGED


def is_trusted(standing: str, findings: Sequence[Finding]) -> bool:
    """Trusted: unchanged since it was signed, and every signature leads to a root that the province loaded."""
    return standing == CopyStanding.UNCHANGED and all(one["trusted"] for one in findings)


def change_words(one: Finding) -> str:
    """Whether the content is what was signed; if not, from which saved revision on."""
    if not one["intact"]:
        return "Nội dung không còn khớp chữ ký: phần được ký đã bị sửa."
    signed, last = one["revision"], one["revisions"]
    if one["changed"] and signed < last:
        where = f"ký ở bản lưu {signed}, nội dung bị sửa từ bản lưu {signed + 1}"
        return f"Đã sửa sau khi ký: {where} (tệp có {last} bản lưu)."
    if one["changed"]:
        return "Đã sửa sau khi ký: có dữ liệu nối thêm sau bản đã ký."
    if signed < last:
        return f"Không đổi từ khi ký ở bản lưu {signed}; các bản lưu sau chỉ thêm chữ ký."
    return "Không đổi từ khi ký."


def trust_words(one: Finding, roots: int) -> str:
    """Whether the signer's certificate leads to a root that the province loaded; if not, why."""
    if one["trusted"] and one["changed"]:
        return "Chưa tin cậy: chứng thư của người ký nối về chứng thư gốc của tỉnh, nhưng nội dung đã đổi sau khi ký."
    if one["trusted"]:
        return "Tin cậy: chứng thư của người ký nối về chứng thư gốc mà tỉnh đã nạp."
    if not one["intact"]:
        return "Chưa tin cậy: chữ ký không khớp nội dung."
    if not roots:
        return "Chưa tin cậy: tỉnh chưa nạp chứng thư gốc nào có hiệu lực vào ngày nhận tệp."
    problem = one["problem"]
    if problem == "NO_CERTIFICATE_CHAIN_FOUND":
        return f"Chưa tin cậy: chứng thư do “{one['issuer']}” cấp, không nối về chứng thư gốc nào mà tỉnh đã nạp."
    if problem.startswith("OUT_OF_BOUNDS"):
        first, last = _local(one["from"]), _local(one["to"])
        return (
            f"Chưa tin cậy: chứng thư của người ký chỉ có hiệu lực từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}, không còn "
            "hiệu lực vào ngày nhận tệp."
        )
    if problem.startswith("REVOKED"):
        return "Chưa tin cậy: chứng thư của người ký đã bị thu hồi."
    if problem == "CHAIN_CONSTRAINTS_FAILURE":
        return "Chưa tin cậy: chứng thư này không được cấp để ký văn bản."
    return f"Chưa tin cậy: chứng thư của người ký không đạt kiểm tra ({problem or 'không rõ lý do'})."


def time_words(one: Finding) -> str:
    """When it was signed, and whether that is the signer's own word."""
    if one["stamped_at"]:
        return f"Ký lúc {_local(one['stamped_at']):%H:%M %d/%m/%Y}, có dấu thời gian tin cậy."
    if one["said_at"]:
        return f"Người ký ghi ký lúc {_local(one['said_at']):%H:%M %d/%m/%Y}, không có dấu thời gian tin cậy."
    return "Không ghi lúc ký."
