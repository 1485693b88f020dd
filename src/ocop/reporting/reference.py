"""The reference page of indicators: what each counts, by which article, and how it divides."""

from ocop.kit.indicators import Facts, Indicator, indicators


def write() -> str:
    """A row per indicator, in the order of boards."""
    lines = [
        "Declared by the apps that own the facts (`<app>/indicators.py`, [0026](../adr/0026-indicators.md)). A figure",
        "of a standing fact is that of the day; one of events counts from the first of January, or over the days of a",
        "report.",
        "",
        "| key | name | unit of measure | formula | what counts | article | clause | counts | splits |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*lines, *(_row(one) for one in indicators)])


def _row(one: Indicator) -> str:
    cells = (
        f"`{one.key}`", one.name, one.measure, one.formula, one.what, one.article, one.clause, _counts(one.facts),
        ", ".join(f"{split.label} (`{split.key}`)" for split in one.facts.splits),
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _counts(facts: Facts) -> str:
    """Events or what stands on a day; rows, different values, or a sum."""
    when = "events of a period" if facts.are_events else "on a day"
    how = (
        f"sum of `{facts.value}`"
        if facts.value
        else f"different `{facts.distinct}`"
        if facts.distinct
        else "rows"
    )
    return f"{how}, {when}"
