"""A procedure is a register with a flow: one declaration gives list, page, presses, papers, clock and to-dos.

See `docs/how-to/add-a-procedure.md`.
"""

from ocop.kit.cases.bulk import Past, Step, write_past
from ocop.kit.cases.desk import OPENED, Desk, open_case, press
from ocop.kit.cases.models import CaseBase
from ocop.kit.cases.procedure import CasePaper, Procedure

__all__ = [
    "OPENED", "CaseBase", "CasePaper", "Desk", "Past", "Procedure", "Step", "open_case", "press", "write_past",
]  # fmt: skip
