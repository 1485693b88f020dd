"""Who is told what after each move of a dossier: verb -> who, title, text with the next step (Art. 7).

Roles are those of the flow: memberships over the dossier's unit, "producer.*" for the producer's people,
"council.*" for seats of the running council, "experts" for those assigned.
"""

from dataclasses import dataclass

from ocop.evaluation.rules.workflow import (
    ADVISORY,
    COMMUNE,
    COMMUNE_LEADER,
    DISTRICT_DESK,
    DISTRICT_LEADER,
    LEADER,
    PRODUCER,
    STANDING,
)

EXPERTS = frozenset({"experts"})
COUNCIL_DESK = frozenset({"council.chair", "council.secretary"})
DESK_OF_LEVEL = frozenset({"desk"})
"""The desk of the level that has the dossier after the move: the province's advisory body or the district's."""


@dataclass(frozen=True)
class Telling:
    """One message of a move. Texts may name product, code, producer, commune, reason, due, round, level in braces."""

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
        Telling(DESK_OF_LEVEL, "Hồ sơ mới xã gửi: {product}",
                "{commune} đề nghị đánh giá, phân hạng hồ sơ {code} ({round}). Hãy tiếp nhận và kiểm tra."),
        Telling(PRODUCER, "Xã đã gửi hồ sơ {product} lên {level}",
                "{commune} đã ký đề nghị và gửi hồ sơ {code} lên {level} ({round}). Hãy chuẩn bị mẫu sản phẩm "
                "theo yêu cầu."),
    ),
    "receive_at_district": (
        Telling(COMMUNE | PRODUCER, "Huyện đã tiếp nhận hồ sơ {product}",
                "Hồ sơ {code} đang được cơ quan phụ trách OCOP cấp huyện kiểm tra."),
    ),
    "supplement_to_district": (
        Telling(DISTRICT_DESK, "Đã bổ sung: {product}", "Hồ sơ {code} đã được nộp bổ sung. Hãy kiểm tra tiếp."),
    ),
    "conclude_forward": (
        Telling(DISTRICT_LEADER, "Từ 70 điểm, cần trình cấp tỉnh: {product}",
                "Hội đồng cấp huyện chấm hồ sơ {code} từ 70 điểm. Hãy ký công văn trình cấp tỉnh."),
    ),
    "forward_to_province": (
        Telling(ADVISORY, "Hồ sơ huyện trình: {product}",
                "Huyện trình hồ sơ {code} đã chấm từ 70 điểm. Hãy tiếp nhận và kiểm tra."),
        Telling(PRODUCER | COMMUNE, "Hồ sơ {product} đã được trình lên tỉnh",
                "Hội đồng cấp huyện chấm hồ sơ {code} từ 70 điểm; cấp tỉnh đánh giá tiếp hạng 4 sao."),
    ),
    "conclude_fall_back": (
        Telling(DISTRICT_LEADER, "Tỉnh chấm dưới 70 điểm: {product}",
                "Hồ sơ {code} chuyển lại huyện. Hãy công nhận 3 sao theo kết quả cấp huyện hoặc giao đánh giá lại."),
        Telling(PRODUCER | COMMUNE | DISTRICT_DESK, "Hồ sơ {product} được chuyển lại huyện",
                "Hội đồng cấp tỉnh chấm hồ sơ {code} dưới 70 điểm; UBND huyện quyết định hạng sao."),
    ),
    "decide_on_district_result": (
        Telling(DISTRICT_DESK, "Công nhận theo kết quả cấp huyện: {product}",
                "Hồ sơ {code} chờ quyết định. Hãy đưa vào dự thảo quyết định công nhận."),
    ),
    "order_district_reranking": (
        Telling(COUNCIL_DESK | DISTRICT_DESK, "Giao đánh giá lại: {product}", "Hồ sơ {code}: {reason}"),
    ),
    "refile": (
        Telling(COMMUNE | DESK_OF_LEVEL, "Hồ sơ lập lại theo quy định mới: {product}",
                "{producer} đóng hồ sơ {code} của quy định cũ để lập lại theo quy định mới."),
    ),
    "receive_at_province": (
        Telling(COMMUNE | PRODUCER, "Tỉnh đã tiếp nhận hồ sơ {product}",
                "Hồ sơ {code} đang được cơ quan tham mưu cấp tỉnh kiểm tra."),
    ),
    "ask_supplement": (
        Telling(PRODUCER | COMMUNE, "Cần bổ sung hồ sơ {product} theo yêu cầu cấp {level}",
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
        Telling(DESK_OF_LEVEL, "Đã thẩm định xong: {product}", "Hồ sơ {code} chờ họp Hội đồng."),
    ),
    "take_off_agenda": (
        Telling(DESK_OF_LEVEL, "Rút khỏi phiên họp: {product}", "Hồ sơ {code} được rút khỏi phiên họp: {reason}"),
    ),
    "conclude_recognise": (
        Telling(DESK_OF_LEVEL, "Hội đồng đề nghị công nhận: {product}",
                "Hồ sơ {code} chờ quyết định. Hãy đưa vào dự thảo quyết định công nhận."),
    ),
    "conclude_five": (
        Telling(LEADER, "Tiềm năng 5 sao, chờ phê duyệt: {product}",
                "Hội đồng chấm hồ sơ {code} từ 90 điểm. Hãy xem và phê duyệt kết quả để gửi trung ương."),
    ),
    "conclude_not_ranked": (
        Telling(DESK_OF_LEVEL, "Cần thông báo kết quả: {product}",
                "Hồ sơ {code} không được công nhận. Hãy lập thông báo bằng văn bản gửi xã và chủ thể."),
    ),
    "tell_result": (
        Telling(PRODUCER | COMMUNE, "Có kết quả hồ sơ {product}",
                "Hồ sơ {code} không được công nhận đợt này. Xem lý do và kết quả từng tiêu chí trong hồ sơ."),
    ),
    "return_to_council": (
        Telling(COUNCIL_DESK | DESK_OF_LEVEL, "Yêu cầu Hội đồng xem lại: {product}", "Hồ sơ {code}: {reason}"),
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
