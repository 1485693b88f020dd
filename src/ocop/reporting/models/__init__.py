"""Programme periods, targets, measured and frozen figures."""

from ocop.reporting.models.frozen import Freeze, FrozenFigure, FrozenRows
from ocop.reporting.models.measured import Measured
from ocop.reporting.models.programme import Programme, Target

__all__ = ["Freeze", "FrozenFigure", "FrozenRows", "Measured", "Programme", "Target"]
