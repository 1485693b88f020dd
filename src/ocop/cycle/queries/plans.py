"""Plans as the apps above read them."""

from typing import Any

from ocop.cycle.enums import PlanState
from ocop.cycle.models import BusinessPlan, PlanProgress
from ocop.products.models import Product

GRANTED = (PlanState.APPROVED, PlanState.FINISHED)


def plan_of(product: Product) -> BusinessPlan | None:
    """The newest plan that was approved and led to this product; None where there is none."""
    rows = BusinessPlan.objects.filter(product=product, state__in=GRANTED).select_related("idea")
    return rows.order_by("-decided_on", "-pk").first()


def revenue_of_last_year(plan: BusinessPlan) -> int | None:
    """Revenue of the newest year for which all four quarters were reported, đồng; None where there is none."""
    by_year: dict[int, list[int]] = {}
    for year, revenue in PlanProgress.objects.filter(plan=plan).values_list("year", "revenue"):
        by_year.setdefault(year, []).append(revenue)
    full = [year for year, quarters in by_year.items() if len(quarters) == 4]
    return sum(by_year[max(full)]) if full else None


def known_answers(plan: BusinessPlan) -> dict[str, Any]:
    """What a plan answers of the questions of form 02, by their keys; only what is known (IV.3.2.a)."""
    found = {
        "spec": plan.spec,
        "material_area": plan.material_area,
        "material_local_share": plan.material_local_share,
        "labour_total": plan.labour_total,
        "labour_local": plan.labour_local,
        "technology": plan.technology,
        "market": plan.market,
        "plan": plan.development,
        "revenue": revenue_of_last_year(plan),
    }
    return {key: value for key, value in found.items() if value not in (None, "")}
