"""Templates of form 01, 02, 03 and the letter of proposal in the layout of Decree 30/2020/NĐ-CP (Annex I, III).

The layout of the forms is rebuilt from a summary of Appendix III of Decision 26/2026/QĐ-TTg, so each carries
`{{ unchecked }}`; printed criteria carry `{{ shortened }}`.
"""

from collections.abc import Callable
from pathlib import Path

from ocop.kit.papers.docx_layout import OfficePaper

HEAD = ("ỦY BAN NHÂN DÂN", "{{ commune_upper }}")


def form01() -> OfficePaper:
    """Form 01: who applies, with what, and the pledge; numbers of receipt stay blank."""
    paper = OfficePaper(size=13)
    paper.nation()
    paper.title("Phiếu đăng ký", "Đánh giá, phân hạng sản phẩm OCOP", "Mẫu 01. {{ unchecked }}")
    paper.table(
        ["Phần ghi của cơ quan tiếp nhận", ""],
        [
            ["Phiếu số cấp xã: ......./PĐK-(T)-(X)-{{ year }}", "Ngày nhận: {{ received_on }}. Người nhận: ........"],
            ["Phiếu số cấp tỉnh: ......./PĐK-(T)-(X)-{{ year }}", "Ngày nhận: ........ Người nhận: ........"],
        ],
        widths=[80, 80],
    )  # fmt: skip
    paper.recipient("UBND {{ commune_low }}")
    for label, field in (
        ("1. Tên chủ thể", "producer"), ("2. Người đại diện", "representative"), ("3. Chức vụ", "position"),
        ("4. Địa chỉ", "address"), ("5. Điện thoại", "phone"), ("6. Thư điện tử", "email"),
        ("7. Tên sản phẩm", "product"), ("8. Mã sản phẩm", "product_code"), ("9. Nhóm sản phẩm", "group"),
        ("10. Phân nhóm", "subgroup"), ("11. Bộ tiêu chí", "set"), ("12. Loại đăng ký", "kind"),
        ("13. Tài liệu gửi kèm", "attachments"),
    ):  # fmt: skip
        paper.paragraph(f"{{{{ {field} }}}}", lead=f"{label}:", indent=False)
    paper.paragraph(
        "Chúng tôi cam kết thông tin trong hồ sơ là đúng sự thật và chịu trách nhiệm trước pháp luật."
    )
    paper.dated("{{ commune_name }}")
    paper.closing(position="ĐẠI DIỆN CHỦ THỂ", name="{{ representative }}")
    return paper


def _answers(paper: OfficePaper, name: str) -> None:
    paper.instruction(f"for row in {name}")
    paper.paragraph("{{ row.text }}", lead="{{ row.label }}:", indent=False)
    paper.instruction("endfor")


def form02() -> OfficePaper:
    """Form 02: general facts, results of the plan, the own score by criterion with evidence in order, the plan."""
    paper = OfficePaper(size=13)
    paper.nation()
    paper.title("Báo cáo", "Tự đánh giá sản phẩm {{ product }}", "Mẫu 02. {{ unchecked }}")
    paper.paragraph("I. THÔNG TIN CHUNG", bold=True, indent=False)
    for label, field in (
        ("Chủ thể", "producer"), ("Loại hình", "legal_form"), ("Đăng ký kinh doanh", "registration"),
        ("Người đại diện", "representative"), ("Giới tính", "gender"), ("Dân tộc", "ethnicity"), ("Địa chỉ", "address"),
        ("Điện thoại", "phone"), ("Sản phẩm", "product"), ("Bộ tiêu chí", "set"),
    ):  # fmt: skip
        paper.paragraph(f"{{{{ {field} }}}}", lead=f"{label}:", indent=False)
    _answers(paper, "general")
    paper.paragraph("II. KẾT QUẢ SẢN XUẤT, KINH DOANH", bold=True, indent=False)
    _answers(paper, "results")
    paper.paragraph("III. TỰ ĐÁNH GIÁ THEO BỘ TIÊU CHÍ", bold=True, indent=False)
    paper.paragraph("{{ shortened }}", italic=True, indent=False)
    paper.rows_table(
        ["TT", "Tiêu chí", "Mức tự chấm, thuyết minh", "Điểm", "Minh chứng"], "row in criteria",
        ["{{ row.code }}", "{{ row.name }}", "{{ row.level }} {{ row.note }}", "{{ row.points }}/{{ row.most }}",
         "{{ row.evidence }}"],
        widths=[12, 38, 58, 17, 35], centred=(0, 3),
    )  # fmt: skip
    paper.paragraph(
        "{{ total }} điểm, tương ứng {{ stars }} sao theo tự đánh giá.",
        lead="Tổng điểm tự chấm:",
        indent=False,
    )
    paper.paragraph("IV. KẾ HOẠCH PHÁT TRIỂN", bold=True, indent=False)
    _answers(paper, "plan")
    paper.dated("{{ commune_name }}")
    paper.closing(position="ĐẠI DIỆN CHỦ THỂ", name="{{ representative }}")
    return paper


def form03() -> OfficePaper:
    """Form 03: the commune's four assessments, the meeting, the proposal; the commune gives no marks (Art. 7.2)."""
    paper = OfficePaper(size=14)
    paper.head(parent=HEAD[0], issuer=HEAD[1], symbol="BC-UBND", place="{{ commune_name }}")
    paper.title("Báo cáo", "Đánh giá sản phẩm đăng ký tham gia Chương trình OCOP", "Mẫu 03. {{ unchecked }}")
    paper.recipient("UBND {{ province_low }}")
    paper.paragraph(
        "Ngày {{ received_on }}, UBND {{ commune_low }} tiếp nhận hồ sơ sản phẩm “{{ product }}” "
        "(mã {{ product_code }}) của {{ producer }}, đăng ký theo {{ set }}. Kết quả đánh giá như sau:"
    )  # fmt: skip
    paper.instruction("for row in assessments")
    paper.paragraph("{{ row.no }}. {{ row.label }}", bold=True)
    paper.paragraph("{{ row.text }}")
    paper.instruction("endfor")
    paper.paragraph("5. Họp lấy ý kiến", bold=True)
    paper.paragraph("{{ meeting }}")
    paper.paragraph("6. Đề nghị", bold=True)
    paper.paragraph("{{ proposal }}")
    paper.closing(
        position="CHỦ TỊCH",
        on_behalf="TM. ỦY BAN NHÂN DÂN",
        receivers=["Như trên;", "Chủ thể sản phẩm;", "Lưu: VT."],
    )
    return paper


def proposal_letter() -> OfficePaper:
    """The letter with which the commune sends the dossier on (Art. 7.2, Appendix III)."""
    paper = OfficePaper(size=14)
    paper.head(
        parent=HEAD[0], issuer=HEAD[1], symbol="UBND", place="{{ commune_name }}",
        subject="đề nghị đánh giá, phân hạng sản phẩm OCOP",
    )  # fmt: skip
    paper.recipient("UBND {{ province_low }}")
    paper.paragraph("Căn cứ {{ law }};", italic=True)
    paper.paragraph(
        "UBND {{ commune_low }} đã tiếp nhận ngày {{ received_on }} và đánh giá hồ sơ sản phẩm “{{ product }}” "
        "(mã {{ product_code }}) của {{ producer }}."
    )
    paper.paragraph("{{ proposal }}")
    paper.paragraph("Hồ sơ gửi kèm: báo cáo đánh giá (mẫu 03); hồ sơ sản phẩm (mẫu 01, mẫu 02 và minh chứng)"
                    "{% if samples %}; {{ samples }} đơn vị mẫu sản phẩm{% endif %}.")  # fmt: skip
    paper.paragraph("{{ unchecked }}", italic=True)
    paper.closing(
        position="CHỦ TỊCH", on_behalf="TM. ỦY BAN NHÂN DÂN",
        receivers=["Như trên;", "Cơ quan phụ trách OCOP cấp {{ sent_to }};", "Lưu: VT."],
    )  # fmt: skip
    return paper


def _saved(layout: Callable[[], OfficePaper]) -> Callable[[Path], object]:
    return lambda path: layout().save(path)


TEMPLATES = {
    "evaluation/mau-01.docx": _saved(form01),
    "evaluation/mau-02.docx": _saved(form02),
    "evaluation/mau-03.docx": _saved(form03),
    "evaluation/cong-van-de-nghi.docx": _saved(proposal_letter),
}
"""Template name -> what writes it; `manage.py build_paper_templates` writes them all."""
