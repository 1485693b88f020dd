"""Flows as drawings and tables."""

from ocop.kit import registry
from ocop.kit.flow import Flow, Transition


def write() -> str:
    """One chapter per registered flow: a drawing, then every move with roles and article."""
    parts = [
        "States and moves as the code runs them. Moves without a target keep the state and leave a move row."
    ]
    parts += [_chapter(entry.flow, dict(entry.labels or {})) for entry in registry.flows]
    return "\n\n".join(parts)


def _chapter(flow: Flow, labels: dict[str, str]) -> str:
    lines = [f"## {flow.title} (`{flow.key}`)", ""]
    if flow.legal_basis:
        lines += [f"Basis: {flow.legal_basis}", ""]
    lines += ["```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{_plain(labels.get(state, state))}" as {_name(state)}' for state in flow.states()]
    lines.append(f"  [*] --> {_name(flow.initial)}")
    for move in flow.transitions:
        for source in sorted(move.source):
            if move.target and move.target != source:
                lines.append(f"  {_name(source)} --> {_name(move.target)}: {_plain(move.label)}")
    lines += [f"  {_name(state)} --> [*]" for state in sorted(flow.final)]
    lines += [
        "```",
        "",
        "| verb | label | from | to | roles | reason asked | basis |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(move) for move in flow.transitions]
    return "\n".join(lines)


def _row(move: Transition) -> str:
    cells = [
        f"`{move.name}`",
        move.label,
        ", ".join(sorted(move.source)),
        move.target or "(stays)",
        ", ".join(sorted(move.roles)),
        "yes" if move.needs_reason else "",
        move.legal_basis,
    ]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _name(state: str) -> str:
    return state.replace("-", "_").replace(".", "_")


def _plain(text: str) -> str:
    return text.replace('"', "'").replace(":", ",").replace(";", ",")
