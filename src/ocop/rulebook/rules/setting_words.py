"""What a setting and a change of it mean, said in Vietnamese to the person who is about to press the button."""

from datetime import date
from decimal import Decimal
from typing import Any

from ocop.rulebook.rules.settings import KnownSetting

EFFECTS = {
    "task_accept_days": "Cơ quan nhận nhiệm vụ trong {value} ngày từ khi được giao.",
    "task_confirm_days": "Nơi theo dõi xác nhận hoặc trả lại báo cáo trong {value} ngày.",
    "task_remind_days": "Cơ quan được nhắc {value} ngày trước hạn và ngay trong ngày hạn.",
    "task_escalate_days": "Nhiệm vụ quá hạn báo nơi theo dõi ngay hôm sau, báo lãnh đạo sau {value} ngày (ít nhất 2).",
    "report_opens_days": "Kỳ báo cáo mở {value} ngày trước ngày cuối cùng gửi; các cơ quan được báo khi mở.",
    "district_successor:district": "Phần việc mà Kế hoạch giao UBND cấp huyện do cấp huyện làm.",
    "district_successor:commune": "Phần việc mà Kế hoạch giao UBND cấp huyện do UBND cấp xã làm.",
    "district_successor:province": "Phần việc mà Kế hoạch giao UBND cấp huyện do cấp tỉnh làm.",
    "quorum_percent": "Phiên họp chỉ chấm được khi có mặt từ {value} % số thành viên không bị loại trở lên.",
    "quorum_needs_lead:true": "Phiên họp phải có Chủ tịch hoặc Phó Chủ tịch được ủy quyền dự.",
    "quorum_needs_lead:false": "Phiên họp không bắt buộc có Chủ tịch hoặc Phó Chủ tịch được ủy quyền dự.",
    "spread_limit": "Tổng điểm cao nhất và thấp nhất chênh quá {value} điểm thì phải thảo luận và chấm thêm vòng.",
    "minimums_policy:majority": "Mức tối thiểu đạt khi quá nửa số phiếu được tính đạt; đúng một nửa là không đạt.",
    "minimums_policy:mean_points": "Mức tối thiểu đạt khi điểm trung bình của tiêu chí không thấp hơn điểm của mức đó.",
    "minimums_policy:agreed": "Mức tối thiểu xét theo phiếu thống nhất nhập tại phiên họp và ghi vào biên bản.",
    "band_before_rounding:true": "Hạng sao theo điểm xét trên điểm trung bình chưa làm tròn.",
    "band_before_rounding:false": "Hạng sao theo điểm xét trên điểm trung bình đã làm tròn 2 chữ số.",
    "five_star_needs_minimums:true": "Từ 90 điểm mà thiếu mức tối thiểu 5 sao thì xét như 4 sao.",
    "five_star_needs_minimums:false": "Từ 90 điểm là tiềm năng 5 sao, không xét mức tối thiểu 5 sao.",
    "extra_rounds_allowed:true": "Tỉnh được mở đợt đánh giá bổ sung ngoài hai đợt thường kỳ.",
    "extra_rounds_allowed:false": "Tỉnh không mở được đợt đánh giá bổ sung.",
    "certificate_expiring_days": "Giấy chứng nhận mang dấu “sắp hết hạn” từ {value} ngày trước ngày cuối cùng.",
    "mark_renewal_days": "Người giữ sổ nhãn hiệu được nhắc gia hạn từ {value} ngày trước ngày hết bảo hộ.",
    "revocation_days": "Quyết định thu hồi sao ra trong {value} ngày kể từ ngày kết luận hoặc ngày xã xác nhận.",
    "renewal_opens_days": "Kỳ nộp hồ sơ đánh giá lại mở {value} ngày trước ngày cuối cùng của giấy chứng nhận.",
    "renewal_closes_days": "Kỳ nộp hồ sơ đánh giá lại đóng {value} ngày trước ngày cuối cùng của giấy chứng nhận. "
    "Nộp ngoài kỳ vẫn được, hệ thống chỉ nhắc.",
    "extension_longest_days": "Sao được kéo dài đến khi có kết quả, nhiều nhất {value} ngày sau khi hết hạn.",
    "extension_needs_dossier:true": "Chỉ kéo dài được sao đã có hồ sơ đánh giá lại nộp ngoài kỳ.",
    "extension_needs_dossier:false": "Kéo dài được cả sao chưa có hồ sơ đánh giá lại.",
    "transition_days_first": "Hồ sơ lần đầu, nâng hạng nộp theo quy định cũ phải xong trong {value} ngày từ ngày "
    "quy định mới có hiệu lực; quá hạn thì được lập lại theo quy định mới.",
    "transition_days_renewal": "Hồ sơ đánh giá lại nộp theo quy định cũ phải xong trong {value} ngày từ ngày quy định "
    "mới có hiệu lực; quá hạn thì được lập lại theo quy định mới.",
    "forwarded_below_70:district": "Hồ sơ huyện trình mà tỉnh chấm dưới 70 điểm chuyển lại huyện quyết định 3 sao.",
    "forwarded_below_70:province": "Hồ sơ huyện trình mà tỉnh chấm dưới 70 điểm do tỉnh quyết định theo "
    "kết quả của mình.",
    "interim_decider:province": "Khi cấp huyện đã thôi mà quy trình mới chưa có, hồ sơ của xã gửi thẳng cấp tỉnh.",
    "interim_decider:none": "Khi cấp huyện đã thôi mà quy trình mới chưa có, hệ thống chưa nhận hồ sơ mới.",
    "written_answer_days": "Khi xin ý kiến bằng văn bản, hạn trả lời điền sẵn là {value} ngày; Thư ký đổi được.",
    "sale_point_area:district": "Trang độ phủ đếm điểm bán OCOP theo huyện; sau 30/6/2025 theo địa bàn huyện cũ.",
    "sale_point_area:commune": "Trang độ phủ đếm điểm bán OCOP theo từng xã, phường.",
    "sale_points_least": "Nơi có ít hơn {value} điểm bán OCOP đang hoạt động được nêu là còn thiếu.",
    "sale_point_step_days": "Mỗi bước kiểm tra, duyệt, ghi số quyết định của một điểm bán có hạn {value} ngày.",
    "sale_point_check_months": "Điểm bán được nhắc kiểm tra khi quá {value} tháng kể từ lần trước.",
    "sale_point_silent_months": "Điểm bán bị cảnh báo khi {value} tháng liền không báo doanh số.",
    "sale_point_fall_percent": "Điểm bán bị cảnh báo khi doanh số 3 tháng giảm từ {value} % so với 3 tháng trước đó.",
    "sale_point_least_products": "Điểm bán bị cảnh báo khi trên quầy có ít hơn {value} sản phẩm còn sao.",
    "reissue_decider:issuer": "UBND tỉnh cấp lại giấy 3, 4 sao; cơ quan thường trực ghi giấy 5 sao Bộ trưởng cấp lại.",
    "reissue_decider:advisory": "Cơ quan tham mưu cấp tỉnh kiểm tra rồi tự cấp lại giấy.",
    "idea_points_needed": "Phiên xét chọn chỉ chọn được ý tưởng từ {value} điểm trở lên.",
    "plan_priority_first_year": "Phương án có doanh thu năm đầu từ {value} đồng (và đủ mức năm thứ ba) được ưu tiên.",
    "plan_priority_third_year": "Phương án có doanh thu năm thứ ba từ {value} đồng (và đủ mức năm đầu) được ưu tiên.",
    "plan_appraisal_days": "Mỗi bước thẩm định, quyết định phương án có hạn {value} ngày làm việc.",
    "plan_report_days": "Báo cáo tiến độ quý nộp trong {value} ngày sau khi hết quý.",
    "support_appraisal_days": "Đề nghị hỗ trợ phải được thẩm định trong {value} ngày làm việc từ ngày gửi.",
    "support_decision_days": "Quyết định hỗ trợ ra trong {value} ngày làm việc từ ngày thẩm định.",
    "support_payment_days": "Tiền hỗ trợ được chi trong {value} ngày làm việc từ ngày quyết định.",
    "inspection_gap_days": "Hai lượt kiểm tra một cơ sở cách nhau dưới {value} ngày bị coi là trùng.",
    "inspection_plan_days": "Kế hoạch kiểm tra của các cơ quan gửi trước đầu năm {value} ngày.",
    "inspection_conclusion_days": "Kết luận kiểm tra ra trong {value} ngày kể từ ngày ký biên bản.",
    "remedy_days": "Hạn khắc phục được điền sẵn {value} ngày kể từ ngày ghi; trưởng đoàn đổi được.",
    "paper_receive_days": "Cơ quan tiếp nhận giấy tờ chất lượng trong {value} ngày làm việc kể từ ngày nộp.",
    "paper_check_days": "Giấy tờ đã tiếp nhận được kiểm tra trong {value} ngày làm việc.",
    "partner_conclusion_days": "Cơ quan thường trực kết luận đánh giá đối tác trong {value} ngày từ ngày trình.",
    "partner_good_percent": "Đối tác đạt từ {value} % số điểm trở lên được xếp năng lực tốt.",
    "partner_fair_percent": "Đối tác đạt từ {value} % số điểm trở lên được xếp năng lực khá.",
    "partner_message_days": "Lời nhắn gửi từ trang công khai được chuyển đối tác trong {value} ngày.",
    "obstacle_assign_days": "Vướng mắc mới nêu phải được giao xử lý trong {value} ngày.",
    "obstacle_answer_days": "Vướng mắc được giao mà không ghi hạn thì phải trả lời trong {value} ngày.",
    "obstacle_escalate_days": "Quá hạn thì báo lãnh đạo địa phương; quá hạn thêm {value} ngày thì báo cấp tỉnh.",
    "obstacle_confirm_days": "Chủ thể xác nhận hoặc nêu lại trong {value} ngày từ ngày cơ quan báo đã gỡ.",
    "organisation_advice_days": "Cơ quan địa phương tư vấn trong {value} ngày từ ngày có đề nghị.",
    "technology_need_days": "Cơ quan địa phương rà soát đề xuất công nghệ trong {value} ngày.",
    "training_certificate_percent": "Ai dự từ {value} % số buổi trở lên được cấp giấy chứng nhận tham dự.",
    "training_report_days": "Kết quả một lớp, chuyến tham quan, hội thi phải chốt trong {value} ngày sau ngày cuối.",
    "cooperative_least_members": "Hợp tác xã thành lập mới phải có ít nhất {value} thành viên.",
    "union_least_members": "Liên hiệp hợp tác xã thành lập mới phải có ít nhất {value} hợp tác xã.",
    "group_least_members": "Tổ hợp tác thành lập mới phải có ít nhất {value} thành viên.",
    "dossier_retention_years": "Hồ sơ phải lưu {value} năm. Hệ thống không tự xóa hồ sơ; con số này để cơ quan lưu trữ "
    "đối chiếu.",
    "personal_data_retention_years": "Dữ liệu của người đại diện bị xóa tự động mỗi đêm khi người đó đã thôi đại diện "
    "quá {value} năm.",
}
COUNCIL = frozenset(
    {"quorum_percent", "quorum_needs_lead", "spread_limit", "minimums_policy", "band_before_rounding",
     "five_star_needs_minimums"}
)  # fmt: skip


def value_words(known: KnownSetting, value: Any) -> str:
    """A typed value as people say it: yes and no, the label of a choice, a number with a comma."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if known.kind == "choice":
        return dict(known.choices)[str(value)]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def effect(known: KnownSetting, value: Any) -> str:
    """What holds in the work with that value, one sentence."""
    case = f"{known.key}:{str(value).lower()}"
    return EFFECTS.get(case, EFFECTS.get(known.key, "")).format(value=value_words(known, value))


def change_words(known: KnownSetting, before: Any, after: Any, since: date, today: date) -> list[str]:
    """What a change does, before it is made: from what to what, from when, and what of the past it touches."""
    day = f"{since:%d/%m/%Y}"
    if before == after:
        lines = [f"Giá trị không đổi ({value_words(known, after)}); chỉ ghi lại căn cứ từ ngày {day}."]
    else:
        lines = [f"Từ ngày {day}: {value_words(known, before)} → {value_words(known, after)}."]
    lines.append(effect(known, after))
    if since < today:
        lines.append(f"Ngày {day} đã qua: mọi việc tính theo ngày từ hôm đó sẽ được tính theo giá trị mới.")
    if known.key in COUNCIL:
        lines.append("Kết quả phiên họp đã chốt không đổi.")
    return lines
