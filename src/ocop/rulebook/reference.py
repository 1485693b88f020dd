"""The reference page of dated settings."""

from ocop.rulebook.rules.settings import KNOWN


def write() -> str:
    """The table of known settings with defaults, sources and whether the source was confirmed."""
    lines = [
        "Dated per province, changed by data and not by code; without a row of the province the default holds.",
        "",
        "| key | kind | default | label | source | confirmed |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for known in KNOWN:
        confirmed = "yes" if known.confirmed else "no"
        lines.append(
            f"| `{known.key}` | {known.kind} | `{known.default}` | {known.label} | {known.source} | {confirmed} |"
        )
    return "\n".join(lines)
