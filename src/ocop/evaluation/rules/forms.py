"""Forms 01 and 02 of Appendix III, Decision 26/2026/QĐ-TTg, as a table of questions.

One entry is one question of the phone wizard and one line of the printed form. The layout is rebuilt from a summary
of the decree; papers printed from it carry "chưa đối chiếu mẫu gốc". Facts that live in registers (names, legal form,
tax code, the representative's personal data) are printed from there and not asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocop.kit.marks import is_blank, mark_of_values


@dataclass(frozen=True)
class Question:
    """One question: `key` is where the answer is kept; `kind` is text, long, number, money, date, choice or many."""

    key: str
    label: str
    kind: str = "long"
    required: bool = True
    help: str = ""
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """A screen of the wizard: a title and the few questions that belong together."""

    key: str
    form: str  # "form01" | "form02"
    title: str
    lead: str
    questions: tuple[Question, ...]


PERMITS = (
    ("business", "Giấy đăng ký kinh doanh"),
    ("food_safety", "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm"),
    ("declaration", "Bản tự công bố hoặc công bố chất lượng sản phẩm"),
    ("test", "Phiếu kết quả kiểm nghiệm"),
    ("environment", "Hồ sơ, thủ tục về môi trường"),
    ("quality_system", "Chứng nhận hệ thống quản lý chất lượng (VietGAP, HACCP, ISO…)"),
    ("trademark", "Giấy chứng nhận đăng ký nhãn hiệu hoặc đơn đã được chấp nhận"),
    ("geographical", "Văn bản cho phép dùng chỉ dẫn địa lý, nhãn hiệu chứng nhận, nhãn hiệu tập thể"),
    ("barcode", "Mã số mã vạch, mã truy xuất nguồn gốc"),
    ("design", "Bằng kiểu dáng công nghiệp, sáng chế, giải pháp hữu ích, quyền tác giả"),
)

STEPS = (
    Step(
        "lien-he",
        "form01",
        "Người đại diện",
        "Người đại diện cơ sở giữ chức vụ gì?",
        (
            Question(
                "contact_position",
                "Chức vụ của người đại diện",
                "text",
                help="Ví dụ: Giám đốc, Chủ nhiệm hợp tác xã, Chủ hộ.",
            ),
            Question(
                "attachments",
                "Tài liệu gửi kèm",
                "long",
                required=False,
                help="Ghi tên những tài liệu khác muốn gửi kèm. Minh chứng theo tiêu chí sẽ hỏi ở phần tự chấm.",
            ),
        ),
    ),
    Step(
        "san-pham",
        "form02",
        "Sản phẩm",
        "Sản phẩm bán ra trông như thế nào?",
        (
            Question(
                "spec",
                "Quy cách sản phẩm",
                "long",
                help="Khối lượng, dung tích, cách đóng gói. Ví dụ: hộp giấy 500 g, chai thủy tinh 330 ml.",
            ),
        ),
    ),
    Step(
        "giay-to",
        "form02",
        "Giấy phép, sở hữu trí tuệ",
        "Cơ sở đã có những giấy tờ nào?",
        (
            Question(
                "permits",
                "Giấy tờ đã có",
                "many",
                required=False,
                choices=PERMITS,
                help="Chỉ đánh dấu giấy tờ đang còn hạn. Chưa có thì để trống, hồ sơ vẫn nộp được.",
            ),
        ),
    ),
    Step(
        "nguyen-lieu",
        "form02",
        "Vùng nguyên liệu",
        "Nguyên liệu lấy ở đâu?",
        (
            Question(
                "material_area",
                "Vùng nguyên liệu, nguồn nguyên liệu",
                "long",
                help="Trồng, nuôi hoặc mua ở đâu, diện tích bao nhiêu, có hợp đồng liên kết không.",
            ),
            Question(
                "material_local_share",
                "Tỷ lệ nguyên liệu trong xã",
                "number",
                unit="%",
                help="Ước lượng cũng được: trong 100 phần nguyên liệu có bao nhiêu phần ở trong xã.",
            ),
        ),
    ),
    Step(
        "lao-dong",
        "form02",
        "Lao động",
        "Có bao nhiêu người làm sản phẩm này?",
        (
            Question("labour_total", "Tổng số lao động", "number", unit="người"),
            Question("labour_local", "Trong đó người trong xã", "number", unit="người"),
        ),
    ),
    Step(
        "san-xuat",
        "form02",
        "Sản xuất",
        "Sản phẩm được làm ra thế nào?",
        (
            Question(
                "technology",
                "Công nghệ, quy trình sản xuất",
                "long",
                help="Làm thủ công hay bằng máy, gồm những bước nào.",
            ),
            Question(
                "quality_change",
                "Cải tiến chất lượng, bao bì",
                "long",
                required=False,
                help="So với trước, sản phẩm và bao bì đã tốt hơn ở điểm nào.",
            ),
        ),
    ),
    Step(
        "thi-truong",
        "form02",
        "Thị trường",
        "Bán ở đâu, cho ai?",
        (
            Question(
                "market",
                "Thị trường, kênh bán hàng",
                "long",
                help="Trong xã, ngoài xã, siêu thị, sàn thương mại điện tử, xuất khẩu; có bao nhiêu đại lý.",
            ),
        ),
    ),
    Step(
        "doanh-thu",
        "form02",
        "Kết quả kinh doanh",
        "Năm vừa rồi bán được bao nhiêu?",
        (
            Question("output", "Sản lượng năm gần nhất", "text", help="Ví dụ: 12 tấn, 30.000 chai."),
            Question("revenue", "Doanh thu năm gần nhất", "money", unit="đồng"),
            Question("profit", "Lợi nhuận năm gần nhất", "money", unit="đồng", required=False),
        ),
    ),
    Step(
        "ke-hoach",
        "form02",
        "Kế hoạch tới",
        "Sắp tới cơ sở định làm gì?",
        (
            Question(
                "plan",
                "Kế hoạch phát triển sản phẩm",
                "long",
                help="Mở rộng vùng nguyên liệu, thêm máy móc, tìm thị trường, nâng hạng sao…",
            ),
        ),
    ),
)

COMMITMENT = Question(
    "commitment",
    "Tôi cam kết thông tin trong hồ sơ là đúng sự thật và chịu trách nhiệm trước pháp luật.",
    "choice",
    choices=(("yes", "Tôi cam kết"),),
)


def step_of(key: str) -> Step | None:
    """The step of that key."""
    return next((step for step in STEPS if step.key == key), None)


def question_of(form: str, key: str) -> Question | None:
    """The question of a form kept under that key."""
    return next((q for step in STEPS if step.form == form for q in step.questions if q.key == key), None)


def step_values(step: Step, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept for the questions of a step; None where nothing is."""
    return {question.key: answers.get(question.key) for question in step.questions}


def step_mark(step: Step, answers: Mapping[str, Any]) -> str:
    """A short digest of a step's answers: a page carries it, so that two people saving one step notice each other."""
    return mark_of_values(step_values(step, answers))


def missing_in(step: Step, answers: Mapping[str, Any]) -> int:
    """How many required questions of a step have no answer."""
    return sum(question.required and is_blank(answers.get(question.key)) for question in step.questions)


def step_done(step: Step, answers: Mapping[str, Any]) -> bool:
    """True when the step was saved once and no required question is open."""
    return all(question.key in answers for question in step.questions) and not missing_in(step, answers)
