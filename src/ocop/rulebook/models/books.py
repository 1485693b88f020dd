"""Criteria books (Appendix II of the decisions), product groups (Appendix I) and their sets."""

from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit.models import Dated, DatedQuerySet, dated_check
from ocop.rulebook import enums
from ocop.rulebook.rules.parse import parse_sheet
from ocop.rulebook.rules.sheet import Sheet


class CriteriaBook(Dated):
    """One set of rules as decided: 26 score sheets, star bands, months of a certificate."""

    slug = models.SlugField("mã", max_length=40, unique=True)
    number = models.CharField("số quyết định", max_length=60)
    title = models.CharField("tên", max_length=400)
    instrument = models.ForeignKey(
        "law.Instrument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="criteria_books",
        verbose_name="văn bản",
    )
    bands = models.JSONField("khoảng điểm theo hạng sao", default=list)
    certificate_months = models.PositiveSmallIntegerField("thời hạn giấy chứng nhận (tháng)", default=36)
    wording = models.CharField(
        "câu chữ", max_length=12, choices=enums.wordings, default=enums.Wording.SHORTENED
    )
    source = models.TextField("nguồn", blank=True)
    note = models.TextField("ghi chú", blank=True)
    abbreviations = models.JSONField("chữ viết tắt", default=dict, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField("nạp lúc")
    history = HistoricalRecords()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = "bộ tiêu chí theo quyết định"
        constraints = [dated_check("rulebook_book_dates")]

    def __str__(self) -> str:
        return f"Quyết định {self.number}"

    @property
    def is_shortened(self) -> bool:
        """True when every screen and printed sheet must say that the wording is shortened."""
        return self.wording == enums.Wording.SHORTENED


class ProductGroup(models.Model):
    """One of the six product groups of Appendix I; the same in both decisions."""

    code = models.CharField("mã nhóm", max_length=4, unique=True)
    order = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên nhóm", max_length=120)
    name_en = models.CharField("tên tiếng Anh", max_length=120)
    help_text = models.CharField("gợi ý chọn", max_length=300, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = "nhóm sản phẩm"

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


class CriteriaSet(models.Model):
    """One of the 26 sets of a book. `document` is the sheet as data; read it through `sheet`."""

    book = models.ForeignKey(CriteriaBook, models.PROTECT, related_name="sets", verbose_name="bộ tiêu chí")
    number = models.PositiveSmallIntegerField("số thứ tự")
    code = models.CharField("mã", max_length=20)
    name = models.CharField("tên", max_length=200)
    group = models.ForeignKey(ProductGroup, models.PROTECT, related_name="sets", verbose_name="nhóm")
    subgroup_code = models.CharField("mã phân nhóm", max_length=10)
    subgroup = models.CharField("phân nhóm", max_length=160)
    agencies = models.JSONField("cơ quan quản lý", default=list, blank=True)
    sample_units = models.PositiveSmallIntegerField("số mẫu phải nộp", null=True, blank=True)
    help_text = models.CharField("gợi ý chọn", max_length=300, blank=True)
    status = models.CharField(
        "tình trạng kiểm", max_length=12, choices=enums.set_statuses, default=enums.SetStatus.CONFIRMED
    )
    doubts = models.JSONField("chỗ còn nghi ngờ", default=list, blank=True)
    document = models.JSONField("phiếu", default=dict)
    checksum = models.CharField(max_length=64)
    history = HistoricalRecords(excluded_fields=["document"])

    class Meta:
        ordering = ["book", "number"]
        verbose_name = "bộ tiêu chí của một loại sản phẩm"
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="rulebook_set_number")]

    def __str__(self) -> str:
        return f"Bộ {self.number}. {self.name}"

    @property
    def sheet(self) -> Sheet:
        """The parsed sheet; parsed once per content in this process."""
        return sheet_in_memory(self.checksum) or remember_sheet(self.checksum, self.document)


class SheetVersion(models.Model):
    """A content that a set has had. A dossier keeps the checksum under which it was submitted, so that
    loading corrected or official texts later never changes a sheet already filled in."""

    set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="versions", verbose_name="bộ tiêu chí")
    checksum = models.CharField(max_length=64)
    document = models.JSONField("phiếu")
    loaded_at = models.DateTimeField("nạp lúc")

    class Meta:
        ordering = ["set", "loaded_at"]
        verbose_name = "phiên bản phiếu"
        constraints = [models.UniqueConstraint(fields=["set", "checksum"], name="rulebook_sheet_version")]

    def __str__(self) -> str:
        return f"{self.set} {self.checksum[:8]}"

    @property
    def sheet(self) -> Sheet:
        """The parsed sheet of this version."""
        return sheet_in_memory(self.checksum) or remember_sheet(self.checksum, self.document)


_sheets: dict[str, Sheet] = {}
_KEPT = 300


def sheet_in_memory(checksum: str) -> Sheet | None:
    """The sheet of that content if this process has parsed it before."""
    return _sheets.get(checksum)


def remember_sheet(checksum: str, document: dict) -> Sheet:
    """Parse a set's document and keep the sheet; the oldest goes when too many are kept."""
    if len(_sheets) >= _KEPT:
        _sheets.pop(next(iter(_sheets)), None)
    sheet = _sheets[checksum] = parse_sheet(document)
    return sheet
