"""Invented contents of every paper: what an office's template is tried with, and the list of fields it may use.

A sample holds the fields of the real paper, no more and no less; a test compares them.
"""

from typing import Any

from ocop.evaluation.papers.marks import SHORTENED, UNCHECKED
from ocop.evaluation.rules.office_papers import PLACES
from ocop.evaluation.rules.workflow import ARTICLES_26

_ROAD = {
    "unchecked": UNCHECKED,
    "shortened": SHORTENED,
    "code": "HS2026-00999",
    "commune": "Xã Thử Nghiệm",
    "commune_upper": "XÃ THỬ NGHIỆM",
    "commune_low": "xã Thử Nghiệm",
    "commune_name": "Thử Nghiệm",
    "province": "Tỉnh Thử Nghiệm",
    "province_low": "tỉnh Thử Nghiệm",
    "producer": "Hợp tác xã Sản xuất, Kinh doanh và Dịch vụ nông nghiệp tổng hợp Thử Nghiệm",
    "product": "Mật ong thử nghiệm",
    "product_code": "(42)-(18547)-(01)-2026",
    "set": "Bộ số 1: Rau, củ, quả tươi",
    "group": "Nhóm thực phẩm",
    "subgroup": "Thực phẩm tươi sống",
    "kind": "Đăng ký lần đầu",
    "round": "Đợt 2 năm 2026",
}
_PERSON = {
    "representative": "Nguyễn Thị Thử",
    "position": "Giám đốc hợp tác xã",
    "phone": "0900 000 000",
    "email": "thu@example.vn",
    "gender": "Nữ",
    "ethnicity": "Kinh",
    "address": "Thôn 1, xã Thử Nghiệm, tỉnh Thử Nghiệm",
}
_ANSWERS = [
    {"label": "Quy cách đóng gói", "text": "Chai thủy tinh 330 ml"},
    {"label": "Thị trường", "text": "Siêu thị trong tỉnh"},
]
_COUNCIL = {
    "unchecked": UNCHECKED,
    "province": "Tỉnh Thử Nghiệm",
    "place": "Thử Nghiệm",
    "province_upper": "TỈNH THỬ NGHIỆM",
}

SAMPLES: dict[str, dict[str, Any]] = {
    "form01": {
        **_ROAD,
        **_PERSON,
        "attachments": "Báo cáo tự đánh giá (mẫu 02) và minh chứng theo thứ tự tiêu chí.",
        "submitted_on": "01/09/2026",
        "received_on": "03/09/2026",
        "year": 2026,
    },
    "form02": {
        **_ROAD,
        **_PERSON,
        "legal_form": "Hợp tác xã",
        "registration": "280000000, Phòng đăng ký kinh doanh, 12/05/2021",
        "general": _ANSWERS,
        "results": [{"label": "Doanh thu năm trước", "text": "2.400.000.000 đồng"}],
        "plan": [{"label": "Kế hoạch", "text": "Mở rộng nhà xưởng, thêm hai đại lý"}],
        "criteria": [
            {
                "code": "1.1",
                "name": "Nguồn nguyên liệu",
                "level": "Từ 75 % nguyên liệu trong tỉnh",
                "most": 5,
                "points": 3,
                "note": "Ký hợp đồng với 20 hộ",
                "evidence": "hop-dong-nguyen-lieu.pdf",
            }
        ],
        "total": 78,
        "stars": 4,
    },
    "form03": {
        **_ROAD,
        "received_on": "03/09/2026",
        "assessments": [
            {"no": 1, "label": "Sử dụng nguyên liệu", "text": "Nguyên liệu mua trong xã."},
            {"no": 2, "label": "Sử dụng lao động", "text": "10/12 lao động là người trong xã."},
        ],
        "meeting": "Không tổ chức họp.",
        "proposal": "Đề nghị UBND tỉnh đánh giá, phân hạng.",
        "claims": [{"label": "Sử dụng lao động", "text": "Tổng số lao động: 12"}],
    },
    "proposal_letter": {
        **_ROAD,
        "proposal": "Đề nghị UBND tỉnh đánh giá, phân hạng.",
        "samples": 5,
        "received_on": "03/09/2026",
        "law": ARTICLES_26.decision,
        "sent_to": "tỉnh",
    },
    "minutes": {
        **_COUNCIL,
        "council": "Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp tỉnh năm 2026",
        "decision": "01/QĐ-UBND ngày 02/01/2026",
        "law": ARTICLES_26.decision,
        "what": "Họp",
        "time": "ngày 20/09/2026; khai mạc 08:00 20/09/2026, bế mạc 11:30 20/09/2026",
        "here": "Có mặt",
        "closing": "Biên bản được đọc lại trước các thành viên dự họp và thông qua.",
        "chair_title": "CHỦ TRÌ PHIÊN HỌP",
        "held_on": "20/09/2026",
        "place_held": "Phòng họp số 2",
        "opened_at": "08:00 20/09/2026",
        "closed_at": "11:30 20/09/2026",
        "people": [
            {
                "name": "Phạm Văn Thử",
                "role": "Chủ tịch Hội đồng",
                "agency": "UBND tỉnh Thử Nghiệm",
                "present": "Có",
            }
        ],
        "statute": [{"label": "Tỷ lệ có mặt tối thiểu", "value": "75 %", "source": "Quy chế Hội đồng"}],
        "results": [
            {
                "position": 1,
                "code": "HS2026-00999",
                "product": "Mật ong thử nghiệm",
                "producer": "Hợp tác xã Thử Nghiệm",
                "counted": 7,
                "points": "78,43",
                "spread": 6,
                "outcome": "Đề nghị công nhận, 4 sao",
                "lines": ["Không có ý kiến khác."],
            }
        ],
        "notes": ["Không có ý kiến khác."],
        "chair": "Phạm Văn Thử",
        "secretary": "Hoàng Thị Thử",
    },
    "score_sheet": {
        **_COUNCIL,
        "shortened": SHORTENED,
        "product": "Mật ong thử nghiệm",
        "producer": "Hợp tác xã Thử Nghiệm",
        "code": "HS2026-00999",
        "set": "Bộ số 1: Rau, củ, quả tươi",
        "book": "Bộ tiêu chí theo Quyết định 26/2026/QĐ-TTg",
        "round": 1,
        "occasion": "Phiên họp ngày 20/09/2026",
        "held_on": "20/09/2026",
        "member": "Đinh Văn Thử",
        "role": "Ủy viên",
        "agency": "Sở Nông nghiệp và Môi trường",
        "rows": [
            {
                "name": "1.1. Nguồn nguyên liệu",
                "level": "Từ 75 % nguyên liệu trong tỉnh",
                "max": 5,
                "points": 3,
                "note": "",
            }
        ],
        "total": 78,
        "sections": "phần A: 30/35, phần B: 20/25, phần C: 28/40",
        "ticks": [{"text": "Không đủ điều kiện dự thi", "reason": "ví dụ", "evidence": "biên bản"}],
        "opinion": "không",
        "submitted_at": "10:15 20/09/2026",
        "digest": "0123456789abcdef",
    },
    "decision": {
        "unchecked": UNCHECKED,
        "law": ARTICLES_26.decision,
        "level": "tỉnh",
        "committee": "ỦY BAN NHÂN DÂN TỈNH",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH THỬ NGHIỆM",
        "issuer_name": "Ủy ban nhân dân tỉnh Thử Nghiệm",
        "place": "Thử Nghiệm",
        "title": "Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP",
        "about": "về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP",
        "count": 1,
        "rows": [
            {
                "product": "Mật ong thử nghiệm",
                "producer": "Hợp tác xã Thử Nghiệm",
                "unit": "Xã Thử Nghiệm",
                "stars": "4 sao",
                "number": "001/2026",
            }
        ],
    },
    "result_letter": {
        "unchecked": UNCHECKED,
        "level": "tỉnh",
        "basis": "điểm a khoản 1 Điều 4 Quyết định 26/2026/QĐ-TTg",
        "issuer": "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "place": "Thử Nghiệm",
        "recipient": "Ủy ban nhân dân xã Thử Nghiệm",
        "code": "HS2026-00999",
        "product": "Mật ong thử nghiệm",
        "producer": "Hợp tác xã Thử Nghiệm",
        "outcome": "không công nhận",
        "points": "Điểm trung bình của Hội đồng: 42,50, tương ứng 2 sao.",
        "ranked": True,
        "missed": ["Tiêu chí 1.1. Nguồn nguyên liệu: chưa đạt mức tối thiểu của hạng 3 sao."],
        "reasons": ["Không đủ điều kiện dự thi (ví dụ)"],
    },
}


def fields_of(paper: str) -> list[tuple[str, str, bool]]:
    """(field, an example, must it be there) of a paper; of a list also the fields of its rows ("row.name")."""
    needed = PLACES[paper].needed
    lines = []
    for name, value in SAMPLES[paper].items():
        if isinstance(value, list) and isinstance(value[0], dict):
            within = ", ".join(value[0])
            lines.append((name, f"danh sách; mỗi dòng có: {within}", name in needed))
        elif isinstance(value, list):
            lines.append((name, "danh sách câu chữ", name in needed))
        else:
            lines.append((name, "có hoặc không" if isinstance(value, bool) else str(value), name in needed))
    return lines
