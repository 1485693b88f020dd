"""Who is told what after each move of a dossier: verb -> who, title, text with the next step (Art. 7).

Roles are those of the flow: memberships over the dossier's unit, "producer.*" for the producer's people,
"council.*" for seats of the running council, "experts" for those assigned.
"""

from dataclasses import dataclass

from ocop.evaluation.rules.workflow import ADVISORY, COMMUNE, COMMUNE_LEADER, LEADER, PRODUCER, STANDING

EXPERTS = frozenset({"experts"})
COUNCIL_DESK = frozenset({"council.chair", "council.secretary"})
CLERK = frozenset({"province_clerk"})


@dataclass(frozen=True)
class Telling:
    """One message of a move. Texts may name {product}, {code}, {producer}, {commune}, {reason}, {due}, {round}."""

    to: frozenset[str]
    title: str
    text: str


KIND_WORK = "evaluation.work"
KIND_NEWS = "evaluation.news"
KIND_DEADLINE = "evaluation.deadline"

TELLINGS: dict[str, tuple[Telling, ...]] = {
    "submit": (
        Telling(COMMUNE, "Hồ sơ mới chờ tiếp nhận: {product}",
                "{producer} vừa nộp hồ sơ {code}. Hãy kiểm tra và tiếp nhận; thời hạn của xã tính từ ngày "
                "sau ngày tiếp nhận."),
    ),
    "receive": (
        Telling(PRODUCER, "Xã đã tiếp nhận hồ sơ {product}",
                "Hồ sơ {code} đã được {commune} tiếp nhận. Xã đánh giá và gửi tỉnh trước hết ngày {due}. "
                "Hiện chưa phải làm gì thêm."),
    ),
    "return_to_producer": (
        Telling(PRODUCER, "Cần bổ sung hồ sơ {product}",
                "{commune} trả lại hồ sơ {code} để bổ sung:\n{reason}\nMở hồ sơ, bổ sung rồi bấm “Nộp bổ sung”."),
    ),
    "supplement": (
        Telling(COMMUNE, "Đã nộp bổ sung: {product}",
                "{producer} đã nộp bổ sung hồ sơ {code}. Đồng hồ chạy tiếp, hạn hết ngày {due}."),
    ),
    "propose": (
        Telling(ADVISORY, "Hồ sơ mới xã gửi: {product}",
                "{commune} đề nghị đánh giá, phân hạng hồ sơ {code} ({round}). Hãy tiếp nhận và kiểm tra."),
        Telling(PRODUCER, "Xã đã gửi hồ sơ {product} lên tỉnh",
                "{commune} đã ký đề nghị và gửi hồ sơ {code} lên tỉnh ({round}). Hãy chuẩn bị mẫu sản phẩm "
                "theo yêu cầu."),
    ),
    "transfer": (
        Telling(PRODUCER, "Hồ sơ {product} được bàn giao cho cơ quan kế tục",
                "Cơ quan đang giữ hồ sơ {code} đã sắp xếp lại: {reason}\nBạn không phải nộp lại hồ sơ."),
    ),
    "receive_at_province": (
        Telling(COMMUNE | PRODUCER, "Tỉnh đã tiếp nhận hồ sơ {product}",
                "Hồ sơ {code} đang được cơ quan tham mưu cấp tỉnh kiểm tra."),
    ),
    "ask_supplement": (
        Telling(PRODUCER | COMMUNE, "Tỉnh yêu cầu bổ sung hồ sơ {product}",
                "Hồ sơ {code} cần bổ sung:\n{reason}\nMở hồ sơ, bổ sung rồi bấm “Nộp bổ sung”."),
    ),
    "supplement_to_province": (
        Telling(ADVISORY, "Đã bổ sung: {product}", "Hồ sơ {code} đã được nộp bổ sung. Hãy kiểm tra tiếp."),
    ),
    "hand_to_experts": (
        Telling(EXPERTS, "Hồ sơ cần thẩm định: {product}",
                "Bạn được phân công thẩm định hồ sơ {code}. Mở hồ sơ, ghi nhận xét và kiến nghị; người chủ "
                "trì báo cáo "
                "Chủ tịch Hội đồng."),
    ),
    "report_to_chair": (
        Telling(COUNCIL_DESK, "Hồ sơ chờ họp Hội đồng: {product}",
                "Tổ tư vấn đã có báo cáo thẩm định hồ sơ {code}. Hãy đưa vào chương trình phiên họp."),
        Telling(ADVISORY, "Đã thẩm định xong: {product}", "Hồ sơ {code} chờ họp Hội đồng."),
    ),
    "take_off_agenda": (
        Telling(ADVISORY, "Rút khỏi phiên họp: {product}", "Hồ sơ {code} được rút khỏi phiên họp: {reason}"),
    ),
    "conclude_recognise": (
        Telling(ADVISORY, "Hội đồng đề nghị công nhận: {product}",
                "Hồ sơ {code} chờ quyết định. Hãy đưa vào dự thảo quyết định công nhận."),
    ),
    "conclude_five": (
        Telling(LEADER, "Tiềm năng 5 sao, chờ phê duyệt: {product}",
                "Hội đồng chấm hồ sơ {code} từ 90 điểm. Hãy xem và phê duyệt kết quả để gửi trung ương."),
    ),
    "conclude_not_ranked": (
        Telling(ADVISORY, "Cần thông báo kết quả: {product}",
                "Hồ sơ {code} không được công nhận. Hãy lập thông báo bằng văn bản gửi xã và chủ thể."),
    ),
    "tell_result": (
        Telling(PRODUCER | COMMUNE, "Có kết quả hồ sơ {product}",
                "Hồ sơ {code} không được công nhận đợt này. Xem lý do và kết quả từng tiêu chí trong hồ sơ."),
    ),
    "return_to_council": (
        Telling(COUNCIL_DESK | ADVISORY, "Yêu cầu Hội đồng xem lại: {product}", "Hồ sơ {code}: {reason}"),
    ),
    "recognise": (
        Telling(PRODUCER | COMMUNE, "Đã công nhận OCOP: {product}",
                "Sản phẩm của hồ sơ {code} đã được công nhận. Xem giấy chứng nhận và trang kiểm tra sao "
                "trong hồ sơ."),
    ),
    "approve_for_centre": (
        Telling(ADVISORY, "Đã phê duyệt, cần gửi trung ương: {product}",
                "Hồ sơ {code} đã được phê duyệt kết quả. Hãy gửi hồ sơ về trung ương."),
        Telling(PRODUCER | COMMUNE, "Hồ sơ {product} được gửi trung ương",
                "Kết quả cấp tỉnh của hồ sơ {code} đã được phê duyệt; hồ sơ sẽ gửi trung ương đánh giá 5 sao."),
    ),
    "send_to_centre": (
        Telling(STANDING, "Chờ kết quả trung ương: {product}",
                "Hồ sơ {code} đã gửi trung ương. Khi có kết quả, hãy ghi vào hệ thống."),
    ),
    "record_five_stars": (
        Telling(PRODUCER | COMMUNE | ADVISORY, "Được công nhận 5 sao: {product}",
                "Trung ương đã công nhận 5 sao cho sản phẩm của hồ sơ {code}."),
    ),
    "record_below_ninety": (
        Telling(LEADER | ADVISORY, "Trung ương chấm dưới 90 điểm: {product}",
                "Hồ sơ {code}: {reason}\nHãy công nhận 3, 4 sao theo kết quả này hoặc giao đánh giá lại."),
    ),
    "decide_on_centre_result": (
        Telling(ADVISORY, "Công nhận theo kết quả trung ương: {product}",
                "Hồ sơ {code} chờ quyết định. Hãy đưa vào dự thảo quyết định công nhận."),
    ),
    "order_reranking": (
        Telling(COUNCIL_DESK | ADVISORY, "Giao đánh giá lại: {product}", "Hồ sơ {code}: {reason}"),
    ),
    "withdraw": (
        Telling(COMMUNE, "Chủ thể rút hồ sơ {product}", "Hồ sơ {code} đã được rút. Lý do: {reason}"),
    ),
}  # fmt: skip
SILENT = frozenset({"put_before_council"})
"""Moves that tell nobody: members are called to the session itself."""

REMINDERS = {
    3: ("Còn 3 ngày làm việc: {product}", "Hồ sơ {code} phải gửi tỉnh trước hết ngày {due}."),
    0: ("Hạn cuối hôm nay: {product}", "Hôm nay, {due}, là ngày cuối để gửi hồ sơ {code} lên tỉnh."),
    -1: ("Quá hạn: {product}", "Hồ sơ {code} đã quá hạn {due}. Hãy hoàn thành mẫu 03 và gửi tỉnh ngay."),
}
"""Working days left of the commune's deadline -> title and text; -1 once it has passed."""

DESK = COMMUNE | COMMUNE_LEADER


def reminder_for(left: int, *, late: bool) -> int | None:
    """Which reminder is due with that many working days left: 3, 0, -1 when late; None on other days."""
    if late:
        return -1
    return left if left in (3, 0) else None
