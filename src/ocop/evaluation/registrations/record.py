"""Flows, rounds, the season of the demo, the list and the search of dossiers."""

from ocop.evaluation.actions.handover import move_all_expert_work
from ocop.evaluation.actions.rounds import ensure_rounds_everywhere, ensure_rounds_quietly
from ocop.evaluation.actions.transition import date_old_dossiers
from ocop.evaluation.demo.season import load_season
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import RankingRound
from ocop.evaluation.queries import cycle, effects
from ocop.evaluation.queries.merging import dossiers_against
from ocop.evaluation.queries.mine import first_dossier_todos
from ocop.evaluation.queries.search import find_dossiers
from ocop.evaluation.queries.tiles import DOSSIERS
from ocop.evaluation.queries.todo import todos_of
from ocop.evaluation.reference import write
from ocop.evaluation.rules.workflow import FLOWS
from ocop.evaluation.verbs import VERBS
from ocop.kit import registry
from ocop.products.guards import MergeGuard, merge_guards


def register() -> None:
    """Add them."""
    registry.name_verbs(VERBS)
    for step in cycle.STEPS:
        registry.cycle_steps.add(step)
    for blocker in cycle.BLOCKERS:
        registry.blockers.add(blocker)
    merge_guards.add(MergeGuard("evaluation.dossiers", dossiers_against, order=20))
    for flow in FLOWS.values():
        registry.flows.add(registry.FlowEntry(key=flow.key, flow=flow, labels=dict(DossierState.choices)))
    registry.reference_steps.add(
        registry.ReferenceStep("evaluation.rounds", ensure_rounds_everywhere, order=60, kinds=(RankingRound,))
    )
    registry.load_effects.add(registry.LoadEffect("evaluation", effects.look, effects.words))
    registry.demo_steps.add(registry.DemoStep("evaluation.season", load_season, order=50))
    registry.cron_jobs.add(
        registry.CronJob("evaluation.rounds", "30 0 1 * *", ensure_rounds_quietly, "Các đợt của năm")
    )
    registry.reference_pages.add(registry.ReferencePage("procedures", "Procedures side by side", write))
    registry.cron_jobs.add(
        registry.CronJob(
            "evaluation.transition",
            "10 0 * * *",
            date_old_dossiers,
            "Hạn chuyển tiếp của hồ sơ theo quy định cũ",
        )
    )
    registry.cron_jobs.add(
        registry.CronJob(
            "evaluation.handover",
            "5 0 * * *",
            move_all_expert_work,
            "Chuyển hồ sơ thẩm định theo bàn giao vai trò",
        )
    )
    registry.todos.add(registry.TodoSource("evaluation.dossiers", "Hồ sơ", todos_of, order=10))
    registry.todos.add(
        registry.TodoSource("evaluation.first", "Hồ sơ đầu tiên", first_dossier_todos, order=12)
    )
    registry.tiles.add(DOSSIERS)
    registry.search_sources.add(
        registry.SearchSource("evaluation.dossiers", "Hồ sơ", find_dossiers, order=30)
    )
    registry.menu.add(
        registry.MenuEntry(
            key="evaluation.dossiers",
            section="Hồ sơ",
            label="Hồ sơ đánh giá",
            url_name="evaluation:dossier-list",
            icon="folder",
            order=10,
        )
    )
