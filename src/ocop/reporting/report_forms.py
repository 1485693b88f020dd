"""The form of a report, made from its layout; rounds, and consolidated reports."""

from datetime import date
from typing import Any

from django import forms

from ocop.kit.once import OnceMixin
from ocop.producers.casework import FilesForm
from ocop.reporting.actions.reports import Correction
from ocop.reporting.enums import ReportType
from ocop.reporting.models import Consolidation, Report
from ocop.reporting.queries.reports import tables_of
from ocop.reporting.rules.layout import Section


def _day(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class WriteForm(OnceMixin, FilesForm, forms.Form):
    """Words of every section, and for every figure a number of one's own with its reason.

    An empty number means the system's figure. `edits` is what the page was opened on.
    """

    edits = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.tables = report, tables_of(report)
        self.fields["edits"].initial = report.edits
        for section, rows, text in self.tables:
            if section.kind == "text":
                self._text(section, text)
            for row in rows:
                self._figure(row)

    def _text(self, section: Section, text: str) -> None:
        self.fields[f"text-{section.key}"] = forms.CharField(
            label=section.title, required=False, initial=text, help_text=section.help,
            widget=forms.Textarea(attrs={"rows": 6}),
        )  # fmt: skip

    def _figure(self, row: Any) -> None:
        key, cell = row.indicator.key, row.cell
        number = {"required": False, "min_value": 0, "max_value": 10**15}
        top = cell.corrected_top if cell else None
        self.fields[f"top-{key}"] = forms.IntegerField(label="Số báo cáo", initial=top, **number)
        if row.indicator.is_share:
            bottom = cell.corrected_bottom if cell else None
            self.fields[f"bottom-{key}"] = forms.IntegerField(label="Trên tổng", initial=bottom, **number)
        self.fields[f"reason-{key}"] = forms.CharField(
            label="Lý do khác", required=False, max_length=300, initial=cell.reason if cell else ""
        )

    def lines(self) -> list[tuple[Section, list[tuple[Any, list[Any]]], Any]]:
        """Sections with the bound fields of each figure, and the bound text; for the template."""
        found = []
        for section, rows, _ in self.tables:
            figures = [
                (row, [self[name] for name in self._names(row.indicator.key) if name in self.fields])
                for row in rows
            ]
            words = self[f"text-{section.key}"] if section.kind == "text" else None
            found.append((section, figures, words))
        return found

    @staticmethod
    def _names(key: str) -> tuple[str, str, str]:
        return f"top-{key}", f"bottom-{key}", f"reason-{key}"

    def clean(self) -> dict[str, Any]:
        """A part is not larger than its whole; a whole alone says nothing."""
        data = super().clean() or {}
        for _, rows, _ in self.tables:
            for row in rows:
                top, bottom = data.get(f"top-{row.indicator.key}"), data.get(f"bottom-{row.indicator.key}")
                if top is None and bottom is not None:
                    self.add_error(f"top-{row.indicator.key}", "Hãy ghi cả số được tính.")
                if top is not None and bottom is not None and top > bottom:
                    self.add_error(f"top-{row.indicator.key}", "Số được tính lớn hơn tổng.")
        return data

    @property
    def texts(self) -> dict[str, str]:
        """Words by the key of the section."""
        data = self.cleaned_data
        return {name.removeprefix("text-"): value for name, value in data.items() if name.startswith("text-")}

    @property
    def corrections(self) -> dict[str, Correction]:
        """What the reporter says of each figure."""
        data = self.cleaned_data
        return {
            row.indicator.key: Correction(*(data.get(name) for name in self._names(row.indicator.key)[:2]),
                                          reason=data.get(f"reason-{row.indicator.key}", ""))
            for _, rows, _ in self.tables
            for row in rows
        }  # fmt: skip


class RoundForm(OnceMixin, forms.Form):
    """A call for reports: one with a rhythm by year and number, another with its days."""

    kind = forms.ChoiceField(label="Loại báo cáo", choices=ReportType.choices)
    year = forms.IntegerField(label="Năm", min_value=2023, max_value=2100, required=False)
    number = forms.IntegerField(
        label="Quý", min_value=1, max_value=4, required=False, help_text="Chỉ ghi với báo cáo quý."
    )
    title = forms.CharField(
        label="Tên kỳ", max_length=120, required=False, help_text="Ghi với báo cáo đột xuất, cả giai đoạn."
    )
    first = _day("Số liệu từ ngày", required=False)
    last = _day("Số liệu đến hết ngày", required=False)
    due_on = _day("Ngày cuối cùng gửi", required=False)
    basis = forms.CharField(label="Căn cứ yêu cầu", max_length=300, required=False)

    RHYTHM = (ReportType.QUARTER, ReportType.HALF_YEAR, ReportType.YEAR)

    def clean(self) -> dict[str, Any]:
        """What each kind needs."""
        data = super().clean() or {}
        has_rhythm = data.get("kind") in self.RHYTHM
        needed = ("year",) if has_rhythm else ("title", "first", "last", "due_on")
        for name in needed:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "Cần ghi với loại báo cáo này.")
        if data.get("kind") == ReportType.QUARTER and not data.get("number"):
            self.add_error("number", "Hãy ghi quý.")
        return data


class ConsolidationForm(OnceMixin, forms.Form):
    """The words of a consolidated report, section by section."""

    def __init__(self, *args: Any, row: Consolidation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in row.round.form.sections:
            if section.kind == "text":
                self.fields[section.key] = forms.CharField(
                    label=section.title, required=False, initial=row.texts.get(section.key, ""),
                    help_text=section.help, widget=forms.Textarea(attrs={"rows": 5}),
                )  # fmt: skip


class SendForm(OnceMixin, forms.Form):
    """Under which number and on which day it went up."""

    number = forms.CharField(label="Số văn bản", max_length=60)
    sent_on = _day("Ngày gửi")


class FilledForm(forms.Form):
    """The Excel form of a report, filled in."""

    file = forms.FileField(
        label="Tệp Excel đã điền", widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="Đúng tệp tải từ báo cáo này; không đổi cột và không xóa dòng đầu.",
    )  # fmt: skip


def days_of(form: RoundForm) -> tuple[date, date, date]:
    """First and last day of the figures, and the day due, of a round without a rhythm."""
    return form.cleaned_data["first"], form.cleaned_data["last"], form.cleaned_data["due_on"]
