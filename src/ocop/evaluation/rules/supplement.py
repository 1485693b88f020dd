"""The text with which a dossier goes back: one numbered line per fault of the checklist (Art. 7.2, 7.3)."""

from collections.abc import Mapping, Sequence

from ocop.evaluation.enums import CheckVerdict
from ocop.evaluation.rules.checklists import CheckItem

FAULTS = (CheckVerdict.MISSING, CheckVerdict.WRONG)


def supplement_text(items: Sequence[CheckItem], verdicts: Mapping[str, tuple[str, str]]) -> str:
    """What to supplement, from the faults of a checklist (item key -> verdict, note); "" when nothing is at fault."""
    lines = []
    for item in items:
        verdict, note = verdicts.get(item.key, ("", ""))
        if verdict in FAULTS:
            lines.append(
                f"{len(lines) + 1}. {item.label} – {CheckVerdict(verdict).label.lower()}: {note.strip()}"
            )
    return "\n".join(["Đề nghị bổ sung, chỉnh sửa:", *lines]) if lines else ""


def unchecked(items: Sequence[CheckItem], verdicts: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """Labels of the lines nobody has looked at yet."""
    return tuple(item.label for item in items if item.key not in verdicts)
