"""A procedure is a register with a flow: one declaration gives list, page, presses, papers, clock and to-dos.

See `docs/how-to/add-a-procedure.md`.
"""

from ocop.kit.cases.desk import OPENED, Desk, open_case, press
from ocop.kit.cases.history import Pressed, replay
from ocop.kit.cases.models import CaseBase
from ocop.kit.cases.procedure import CasePaper, Procedure

__all__ = [
    "OPENED", "CaseBase", "CasePaper", "Desk", "Pressed", "Procedure", "open_case", "press", "replay",
]  # fmt: skip
