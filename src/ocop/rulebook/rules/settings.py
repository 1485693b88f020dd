"""The known dated settings: one table of keys, types, defaults and where each comes from.

Decision 26/2026/QĐ-TTg leaves quorum, spread, rounding and the handling of minimums to the council's statute
(Quy chế); until the province's own text is known these stand as unconfirmed defaults.
"""

from dataclasses import dataclass
from decimal import Decimal

from ocop.rulebook.rules.setting_kinds import KnownSetting

_STATUTE = "Quy chế Hội đồng một số tỉnh; Quyết định 26/2026/QĐ-TTg giao Quy chế Hội đồng"
_READING = "Cách hiểu của hệ thống; Quyết định 26/2026/QĐ-TTg không ghi"
_RENEWAL = "Điều 7 khoản 6 Quyết định 26/2026/QĐ-TTg"
_TRANSITION = "Điều 12 khoản 3 Quyết định 26/2026/QĐ-TTg"
_OLD_RULES = "Điều 12 Quyết định 26/2026/QĐ-TTg"
_SALE_POINTS = (
    "Kế hoạch của tỉnh giai đoạn 2023-2025, phần II: mỗi huyện, thành phố, thị xã ít nhất một điểm bán"
)
_UNKNOWN = "Chưa có căn cứ"
_TRAINING = "Kế hoạch mục IV.2.2 không ghi; lấy theo thông lệ"
_CYCLE = "Kế hoạch Chương trình OCOP tỉnh Hà Tĩnh 2023-2025, mục IV.3.2.b"
_INSPECTION = "Mục IV.4 Kế hoạch tỉnh nêu nguyên tắc, không ghi số ngày"
_PARTNERS = "Kế hoạch mục IV.9 giao đánh giá, công khai hằng năm, không ghi số ngày và mức điểm"
_OBSTACLES = "Kế hoạch mục IV.3.2.b giao tháo gỡ thường xuyên, không ghi số ngày"
_COOPERATIVES = "Luật Hợp tác xã của từng thời kỳ, chưa đối chiếu văn bản"
_ADVICE = "Kế hoạch mục IV.3.2.c, IV.6 không ghi số ngày"

_TASKS = "Kế hoạch mục VI giao nhiệm vụ, không ghi số ngày"

KNOWN: tuple[KnownSetting, ...] = (
    *(
        KnownSetting(key, "integer", count, label, _TASKS, at_least=1, at_most=90)
        for key, count, label in (
            ("task_accept_days", 10, "Số ngày để cơ quan nhận nhiệm vụ được giao"),
            ("task_confirm_days", 15, "Số ngày để xác nhận báo cáo kết quả nhiệm vụ"),
            ("task_remind_days", 7, "Nhắc nhiệm vụ trước hạn (ngày)"),
            ("task_escalate_days", 5, "Báo lãnh đạo nhiệm vụ quá hạn sau (ngày)"),
        )
    ),
    KnownSetting(
        "report_opens_days",
        "integer",
        20,
        "Mở kỳ báo cáo trước ngày cuối cùng gửi (ngày)",
        "Cách làm của hệ thống; Kế hoạch của tỉnh không ghi",
        at_most=90,
    ),
    KnownSetting(
        "district_successor",
        "choice",
        "commune",
        "Cấp làm phần việc mà Kế hoạch giao UBND cấp huyện",
        "Kế hoạch của tỉnh giai đoạn 2023-2025 giao cấp huyện; từ ngày 01/7/2025 chưa có văn bản giao lại",
        choices=(("district", "Cấp huyện"), ("commune", "Cấp xã"), ("province", "Cấp tỉnh")),
    ),
    KnownSetting(
        "quorum_percent",
        "integer",
        75,
        "Tỷ lệ thành viên có mặt để họp (%)",
        _STATUTE,
        at_least=1,
        at_most=100,
    ),
    KnownSetting(
        "quorum_needs_lead",
        "boolean",
        True,
        "Phải có Chủ tịch hoặc Phó Chủ tịch được ủy quyền dự họp",
        _STATUTE,
    ),
    KnownSetting(
        "spread_limit", "decimal", Decimal(10), "Chênh lệch điểm tối đa giữa các phiếu", _STATUTE, at_most=100
    ),
    KnownSetting(
        "minimums_policy",
        "choice",
        "majority",
        "Cách xét mức tối thiểu trên nhiều phiếu",
        _READING,
        choices=(
            ("majority", "Quá nửa số phiếu đạt"),
            ("mean_points", "Điểm trung bình của tiêu chí đạt mức"),
            ("agreed", "Theo phiếu thống nhất ghi trong biên bản"),
        ),
    ),
    KnownSetting("band_before_rounding", "boolean", False, "Xếp khoảng điểm trước khi làm tròn", _READING),
    KnownSetting(
        "five_star_needs_minimums",
        "boolean",
        True,
        "Tiềm năng 5 sao phải đạt cả mức tối thiểu 5 sao",
        "Điều 7 Quyết định 26/2026/QĐ-TTg ghi từ 90 điểm; phần mức tối thiểu là cách hiểu",
    ),
    KnownSetting(
        "extra_rounds_allowed",
        "boolean",
        True,
        "Được tổ chức đợt đánh giá bổ sung",
        "Điều 5 Quyết định 26/2026/QĐ-TTg",
    ),
    KnownSetting(
        "certificate_expiring_days",
        "integer",
        180,
        "Số ngày báo trước khi giấy chứng nhận hết hạn",
        "Điều 7 Quyết định 26/2026/QĐ-TTg",
        confirmed=True,
    ),
    KnownSetting(
        "mark_renewal_days",
        "integer",
        180,
        "Số ngày báo trước khi nhãn hiệu hết bảo hộ",
        "Nghị định 65/2023/NĐ-CP: đơn gia hạn nộp trong 6 tháng trước ngày hết hiệu lực",
    ),
    KnownSetting(
        "revocation_days",
        "integer",
        15,
        "Số ngày từ kết luận (hoặc xác nhận của xã) đến quyết định thu hồi",
        "Điều 8 Quyết định 26/2026/QĐ-TTg",
        confirmed=True,
        at_least=1,
    ),
    KnownSetting(
        "renewal_opens_days",
        "integer",
        180,
        "Số ngày trước khi giấy chứng nhận hết hạn mà kỳ nộp hồ sơ đánh giá lại mở",
        _RENEWAL,
        confirmed=True,
    ),
    KnownSetting(
        "renewal_closes_days",
        "integer",
        120,
        "Số ngày trước khi giấy chứng nhận hết hạn mà kỳ nộp hồ sơ đánh giá lại đóng",
        _RENEWAL,
        confirmed=True,
    ),
    KnownSetting(
        "extension_longest_days",
        "integer",
        180,
        "Số ngày nhiều nhất được kéo dài sau khi giấy chứng nhận hết hạn",
        _TRANSITION,
        confirmed=True,
    ),
    KnownSetting(
        "extension_needs_dossier",
        "boolean",
        True,
        "Kéo dài hiệu lực chỉ khi hồ sơ đánh giá lại đã nộp",
        _TRANSITION,
    ),
    KnownSetting(
        "transition_days_first",
        "integer",
        60,
        "Số ngày hoàn thành hồ sơ lần đầu, nâng hạng đã nộp theo quy định cũ",
        _OLD_RULES,
        confirmed=True,
    ),
    KnownSetting(
        "transition_days_renewal",
        "integer",
        30,
        "Số ngày hoàn thành hồ sơ đánh giá lại đã nộp theo quy định cũ",
        _OLD_RULES,
        confirmed=True,
    ),
    KnownSetting(
        "forwarded_below_70",
        "choice",
        "district",
        "Hồ sơ huyện trình mà Hội đồng cấp tỉnh chấm dưới 70 điểm",
        _UNKNOWN,
        choices=(
            ("district", "Chuyển lại huyện quyết định 3 sao theo kết quả cấp huyện"),
            ("province", "Cấp tỉnh quyết định theo kết quả của mình"),
        ),
    ),
    KnownSetting(
        "interim_decider",
        "choice",
        "province",
        "Cấp xếp hạng từ ngày thôi cấp huyện (01/7/2025) đến khi có quy trình mới (06/7/2025)",
        _UNKNOWN,
        choices=(("province", "Cấp tỉnh"), ("none", "Chưa nhận hồ sơ mới")),
    ),
    KnownSetting(
        "partner_conclusion_days",
        "integer",
        30,
        "Số ngày kết luận đánh giá năng lực đối tác sau khi trình",
        _PARTNERS,
        at_least=1,
    ),
    KnownSetting(
        "partner_good_percent",
        "integer",
        80,
        "Tỷ lệ điểm thấp nhất của đối tác năng lực tốt (%)",
        _PARTNERS,
        at_least=1,
        at_most=100,
    ),
    KnownSetting(
        "partner_fair_percent",
        "integer",
        50,
        "Tỷ lệ điểm thấp nhất của đối tác năng lực khá (%)",
        _PARTNERS,
        at_least=1,
        at_most=100,
    ),
    KnownSetting(
        "partner_message_days", "integer", 3, "Số ngày chuyển lời nhắn tới đối tác", _PARTNERS, at_least=1
    ),
    KnownSetting(
        "obstacle_assign_days", "integer", 3, "Số ngày giao xử lý một vướng mắc", _OBSTACLES, at_least=1
    ),
    KnownSetting(
        "obstacle_answer_days",
        "integer",
        10,
        "Số ngày trả lời vướng mắc khi người giao không ghi hạn",
        _OBSTACLES,
        at_least=1,
    ),
    KnownSetting(
        "obstacle_escalate_days",
        "integer",
        5,
        "Số ngày quá hạn thì vướng mắc từ lãnh đạo địa phương lên cấp tỉnh",
        _OBSTACLES,
        at_least=1,
    ),
    KnownSetting(
        "obstacle_confirm_days",
        "integer",
        15,
        "Số ngày chủ thể xác nhận vướng mắc đã gỡ",
        _OBSTACLES,
        at_least=1,
    ),
    KnownSetting(
        "organisation_advice_days",
        "integer",
        15,
        "Số ngày tư vấn sau khi có đề nghị lập, củng cố tổ chức sản xuất",
        _ADVICE,
        at_least=1,
    ),
    KnownSetting(
        "cooperative_least_members",
        "integer",
        5,
        "Số thành viên ít nhất của hợp tác xã",
        _COOPERATIVES,
        at_least=1,
    ),
    KnownSetting(
        "union_least_members",
        "integer",
        3,
        "Số hợp tác xã ít nhất của liên hiệp hợp tác xã",
        _COOPERATIVES,
        at_least=1,
    ),
    KnownSetting(
        "group_least_members", "integer", 2, "Số thành viên ít nhất của tổ hợp tác", _COOPERATIVES, at_least=1
    ),
    KnownSetting(
        "technology_need_days",
        "integer",
        20,
        "Số ngày rà soát một đề xuất nhu cầu công nghệ",
        _ADVICE,
        at_least=1,
    ),
    KnownSetting(
        "written_answer_days",
        "integer",
        7,
        "Số ngày thành viên Hội đồng trả lời khi lấy ý kiến bằng văn bản",
        _READING,
        at_least=1,
    ),
    KnownSetting(
        "sale_point_area",
        "choice",
        "district",
        "Nơi nào phải có điểm giới thiệu và bán sản phẩm OCOP",
        _SALE_POINTS,
        choices=(
            ("district", "Mỗi huyện (sau 30/6/2025: mỗi địa bàn huyện cũ)"),
            ("commune", "Mỗi xã, phường"),
        ),
    ),
    KnownSetting(
        "sale_points_least",
        "integer",
        1,
        "Số điểm giới thiệu và bán sản phẩm OCOP ít nhất ở mỗi nơi",
        _SALE_POINTS,
    ),
    KnownSetting(
        "sale_point_step_days",
        "integer",
        15,
        "Số ngày cho mỗi bước công nhận điểm giới thiệu và bán sản phẩm OCOP",
        _UNKNOWN,
        at_least=1,
    ),
    KnownSetting(
        "sale_point_check_months",
        "integer",
        12,
        "Số tháng giữa hai lần kiểm tra điểm bán OCOP",
        _UNKNOWN,
        at_least=1,
    ),
    KnownSetting(
        "sale_point_silent_months",
        "integer",
        2,
        "Số tháng liền không báo doanh số thì cảnh báo điểm bán OCOP",
        _UNKNOWN,
        at_least=1,
    ),
    KnownSetting(
        "sale_point_fall_percent",
        "integer",
        30,
        "Doanh số 3 tháng giảm bao nhiêu phần trăm thì cảnh báo điểm bán OCOP",
        _UNKNOWN,
        at_least=1,
        at_most=100,
    ),
    KnownSetting(
        "sale_point_least_products",
        "integer",
        3,
        "Số sản phẩm còn sao trên quầy ít hơn bao nhiêu thì cảnh báo điểm bán OCOP",
        _UNKNOWN,
        at_least=1,
    ),
    KnownSetting(
        "reissue_decider",
        "choice",
        "issuer",
        "Ai cấp lại giấy chứng nhận (mất, đổi tên, đổi địa chỉ, sửa sai sót)",
        _READING,
        choices=(("issuer", "Cơ quan đã cấp giấy"), ("advisory", "Cơ quan tham mưu cấp tỉnh")),
    ),
    KnownSetting(
        "training_certificate_percent",
        "integer",
        80,
        "Tỷ lệ buổi phải dự để được cấp giấy chứng nhận tham dự (%)",
        _TRAINING,
        at_least=1,
        at_most=100,
    ),
    KnownSetting(
        "training_report_days",
        "integer",
        15,
        "Số ngày chốt kết quả sau khi lớp tập huấn, tham quan, hội thi kết thúc",
        _TRAINING,
        at_least=1,
    ),
    KnownSetting(
        "idea_points_needed",
        "integer",
        50,
        "Số điểm tối thiểu để ý tưởng được chọn (trên 100)",
        "Kế hoạch Chương trình OCOP tỉnh 2023-2025, mục IV.3.2.a nêu tiêu chí, không nêu điểm",
        at_most=100,
    ),
    KnownSetting(
        "plan_priority_first_year",
        "integer",
        500_000_000,
        "Doanh thu năm đầu để phương án được ưu tiên (đồng)",
        _CYCLE,
        confirmed=True,
    ),
    KnownSetting(
        "plan_priority_third_year",
        "integer",
        2_000_000_000,
        "Doanh thu năm thứ ba để phương án được ưu tiên (đồng)",
        _CYCLE,
        confirmed=True,
    ),
    KnownSetting(
        "plan_appraisal_days",
        "integer",
        15,
        "Số ngày làm việc thẩm định, quyết định phương án sản xuất kinh doanh",
        _UNKNOWN,
        at_least=1,
    ),
    KnownSetting(
        "plan_report_days",
        "integer",
        10,
        "Số ngày sau khi hết quý phải báo cáo tiến độ phương án",
        _UNKNOWN,
    ),
    KnownSetting(
        "inspection_gap_days",
        "integer",
        90,
        "Số ngày tối thiểu giữa hai lượt kiểm tra một cơ sở",
        _INSPECTION,
        at_least=1,
    ),
    KnownSetting(
        "inspection_plan_days",
        "integer",
        30,
        "Số ngày trước đầu năm mà kế hoạch kiểm tra phải gửi cơ quan thường trực",
        _INSPECTION,
    ),
    KnownSetting(
        "inspection_conclusion_days",
        "integer",
        15,
        "Số ngày từ khi ký biên bản đến kết luận kiểm tra",
        _INSPECTION,
        at_least=1,
    ),
    KnownSetting("remedy_days", "integer", 30, "Số ngày điền sẵn cho hạn khắc phục", _INSPECTION, at_least=1),
    *(
        KnownSetting(key, "integer", count, label, source, at_least=1)
        for key, count, label, source in (
            ("paper_receive_days", 3, "Số ngày làm việc để tiếp nhận giấy tờ chất lượng", _INSPECTION),
            (
                "paper_check_days",
                7,
                "Số ngày làm việc để kiểm tra giấy tờ chất lượng đã tiếp nhận",
                _INSPECTION,
            ),
            (
                "support_appraisal_days",
                15,
                "Số ngày làm việc để thẩm định đề nghị hỗ trợ theo chính sách",
                _UNKNOWN,
            ),
            ("support_decision_days", 7, "Số ngày làm việc để quyết định hỗ trợ sau khi thẩm định", _UNKNOWN),
            ("support_payment_days", 30, "Số ngày làm việc để chi hỗ trợ sau khi có quyết định", _UNKNOWN),
            ("dossier_retention_years", 10, "Số năm lưu hồ sơ", _UNKNOWN),
            ("personal_data_retention_years", 5, "Số năm giữ dữ liệu cá nhân", _UNKNOWN),
        )
    ),
)

BY_KEY: dict[str, KnownSetting] = {known.key: known for known in KNOWN}


@dataclass(frozen=True)
class ResultSettings:
    """The settings that a council result depends on, as they stood on one day in one province."""

    quorum_percent: int = 75
    quorum_needs_lead: bool = True
    spread_limit: Decimal = Decimal(10)
    minimums_policy: str = "majority"
    band_before_rounding: bool = False
    five_star_needs_minimums: bool = True
