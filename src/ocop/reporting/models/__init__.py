"""Programme periods, targets, measured and frozen figures, reports."""

from ocop.reporting.models.forms import FormVersion, ReporterRule, ReportRule
from ocop.reporting.models.frozen import Freeze, FrozenFigure, FrozenRows
from ocop.reporting.models.measured import Measured
from ocop.reporting.models.programme import Programme, Target
from ocop.reporting.models.reports import Consolidation, Report, ReportCell, ReportMove, ReportText, Round

__all__ = [
    "Consolidation", "FormVersion", "Freeze", "FrozenFigure", "FrozenRows", "Measured", "Programme", "Report",
    "ReportCell", "ReportMove", "ReportRule", "ReportText", "ReporterRule", "Round", "Target",
]  # fmt: skip
