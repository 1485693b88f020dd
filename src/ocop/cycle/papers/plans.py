"""The business plan as a paper, and the decision that approves it."""

from ocop.cycle.enums import Appraisal
from ocop.cycle.models import BusinessPlan
from ocop.cycle.papers import POLICY, PROGRAMME, chair_of, committee_name, place_of
from ocop.kit import formats
from ocop.kit.papers.docx_layout import OfficePaper, day_of
from ocop.rulebook.offices import local_level
from ocop.units.models import Unit
from ocop.units.queries import district_of, province_of

PARTS = (
    ("I.", "Thực trạng", ("present",)),
    ("II.", "Phương án phát triển sản phẩm, tính khả thi", ("development", "feasibility", "spec", "technology")),
    ("III.", "Nguyên liệu, lao động, thị trường", (
        "material_area", "material_local_share", "labour_total", "labour_local", "market",
    )),
    ("IV.", "Nguồn lực bảo đảm", ("resources",)),
)  # fmt: skip


def _words(plan: BusinessPlan, name: str) -> str:
    value = getattr(plan, name)
    return formats.number(value) if isinstance(value, int) else str(value or "")


def _support_rows(plan: BusinessPlan) -> list[list[str]]:
    rows = [
        [str(n), one.item.name, one.purpose, formats.number(one.amount)]
        for n, one in enumerate(plan.supports.select_related("item"), start=1)
    ]
    total = sum(plan.supports.values_list("amount", flat=True))
    return [*rows, ["", "Cộng", "", formats.number(total)]] if rows else []


def write_plan(plan: BusinessPlan) -> bytes:
    """The plan with its figures: money, schedule, three years, requested support by item of the policy."""
    paper = OfficePaper(size=13)
    paper.nation()
    paper.title("Phương án sản xuất kinh doanh", plan.title, note="Chương trình Mỗi xã một sản phẩm")
    paper.paragraph(
        f"Chủ thể: {plan.producer.public_name}. Địa bàn: {plan.unit.title}. Năm chu trình: {plan.year}."
    )
    for number, heading, names in PARTS:
        paper.paragraph(heading, lead=number, bold=True)
        for name in names:
            if words := _words(plan, name):
                label = str(plan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
                paper.paragraph(f"{label[:1].upper()}{label[1:]}: {words}")
    money = [("Vốn tự có", plan.own_money), ("Vốn vay", plan.loan_money), ("Vốn khác", plan.other_money)]
    rows = [[label, formats.number(value or 0)] for label, value in money]
    paper.table(
        ("Nguồn vốn", "Số tiền (đồng)"), [*rows, ["Cộng", formats.number(plan.invested)]], widths=[90, 60]
    )
    paper.paragraph("Tiến độ thực hiện", lead="V.", bold=True)
    steps = [[one.title, formats.day(one.due_on)] for one in plan.milestones.all()]
    paper.table(("Việc", "Xong trước ngày"), steps, widths=[110, 40])
    paper.paragraph("Dự báo doanh thu, chi phí, lợi nhuận (đồng)", lead="VI.", bold=True)
    paper.table(("Năm thứ", "Doanh thu", "Chi phí", "Lợi nhuận"), _forecast(plan), widths=[25, 45, 45, 45])
    paper.paragraph(f"Đề xuất hỗ trợ theo {POLICY}", lead="VII.", bold=True)
    if support := _support_rows(plan):
        paper.table(("STT", "Nội dung", "Dùng vào việc", "Số tiền (đồng)"), support, widths=[12, 65, 50, 33])
    else:
        paper.paragraph("Không đề xuất hỗ trợ.")
    paper.dated(place_of(plan.unit))
    paper.closing(position="ĐẠI DIỆN CHỦ THỂ")
    return paper.content()


def _forecast(plan: BusinessPlan) -> list[list[str]]:
    return [
        [str(year), *(
            formats.number(getattr(plan, f"{name}_{year}")) for name in ("revenue", "cost", "profit")
        )]
        for year in (1, 2, 3)
    ]  # fmt: skip


def decider_of(plan: BusinessPlan) -> Unit:
    """The unit whose committee decides: the district to 30/6/2025, afterwards the level of the dated setting."""
    day = plan.decided_on or plan.appraised_on or plan.opened_at.date()
    province = province_of(plan.unit)
    level = local_level(province.code if province else "", day)
    if level == "district":
        return district_of(plan.unit, day) or plan.unit
    return (province or plan.unit) if level == "province" else plan.unit


def write_decision(plan: BusinessPlan) -> bytes:
    """The decision that approves a plan, for signature (plan IV.3.2.a); number and day as they were entered."""
    unit = decider_of(plan)
    paper = OfficePaper(size=14)
    paper.head(
        parent="", issuer=committee_name(unit), symbol="QĐ-UBND", place=place_of(unit),
        number=plan.decision_number or "     ", day=day_of(plan.decided_on),
    )  # fmt: skip
    paper.title("Quyết định", "Về việc chấp thuận phương án sản xuất kinh doanh tham gia Chương trình OCOP")
    paper.signer_title(chair_of(unit))
    paper.grounds([
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        f"Căn cứ {POLICY};",
        f"Căn cứ {PROGRAMME};",
        f"Căn cứ kết luận thẩm định ngày {formats.day(plan.appraised_on)} "
        f"({Appraisal(plan.appraisal).label.lower() if plan.appraisal else 'chưa có'}).",
    ])  # fmt: skip
    paper.centred("QUYẾT ĐỊNH:")
    paper.paragraph(
        f"Chấp thuận “{plan.title}” của {plan.producer.public_name}, {plan.unit}, đủ điều kiện tham gia Chương "
        f"trình OCOP năm {plan.year}" + (", thuộc diện ưu tiên về doanh thu." if plan.has_priority else "."),
        lead="Điều 1.",
    )
    paper.paragraph(
        f"Tổng vốn của chủ thể: {formats.number(plan.invested)} đồng. Doanh thu dự kiến năm thứ nhất: "
        f"{formats.number(plan.revenue_1 or 0)} đồng; năm thứ ba: {formats.number(plan.revenue_3 or 0)} đồng. "
        + ("Nội dung đề nghị hỗ trợ được xem xét theo quy định của chính sách:" if plan.supports.exists() else
           "Phương án không đề nghị hỗ trợ."),
        lead="Điều 2.",
    )  # fmt: skip
    if support := _support_rows(plan):
        paper.table(("STT", "Nội dung", "Dùng vào việc", "Số tiền (đồng)"), support, widths=[12, 65, 50, 33])
    paper.paragraph(
        "Chủ thể tổ chức thực hiện phương án, báo cáo tiến độ hằng quý. Các cơ quan, đơn vị liên quan và chủ thể chịu "
        "trách nhiệm thi hành Quyết định này.",
        lead="Điều 3.",
    )
    paper.closing(position=chair_of(unit), receivers=["Như Điều 3;", "Lưu: VT."])
    return paper.content()
