"""The reference page that lays the procedures side by side."""

from ocop.evaluation.enums import DossierState
from ocop.evaluation.rules.workflow import ARTICLES, FLOWS
from ocop.kit.flow import Flow, Transition

NOTHING = "–"


def write() -> str:
    """One row per verb, one column per procedure: from which state to which, and who presses it."""
    flows = list(FLOWS.values())
    verbs = list(dict.fromkeys(one.name for flow in flows for one in flow.transitions))
    lines = [
        "The same verb in the three procedures: from → to (roles). A dash: the procedure does not know it.",
        "",
        "| | " + " | ".join(f"`{flow.key}`" for flow in flows) + " |",
        "| --- |" + " --- |" * len(flows),
        "| basis | " + " | ".join(ARTICLES[flow.key].whole for flow in flows) + " |",
        "| states | " + " | ".join(str(len(flow.states())) for flow in flows) + " |",
    ]
    lines += [f"| `{verb}` | " + " | ".join(_cell(flow, verb) for flow in flows) + " |" for verb in verbs]
    lines += ["", "## States that only some procedures know", ""]
    everywhere = set.intersection(*(set(flow.states()) for flow in flows))
    lines += ["| state | label | procedures |", "| --- | --- | --- |"]
    lines += [
        f"| `{state.value}` | {state.label} | "
        + ", ".join(f"`{flow.key}`" for flow in flows if state.value in flow.states())
        + " |"
        for state in DossierState
        if state.value not in everywhere
    ]
    return "\n".join(lines)


def _cell(flow: Flow, verb: str) -> str:
    moves = [one for one in flow.transitions if one.name == verb]
    return "<br>".join(_move(one) for one in moves) or NOTHING


def _move(one: Transition) -> str:
    sources = ", ".join(sorted(one.source)) if len(one.source) < 5 else f"{len(one.source)} states"
    return f"{sources} → {one.target or 'stays'} ({', '.join(sorted(one.roles))})"
