from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "ocop.cycle"
    verbose_name = "Chu trình OCOP"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.cycle.indicators import INDICATORS
        from ocop.kit.indicators import declare

        declare(*INDICATORS)
        from ocop.accounts.queries import scope_of
        from ocop.cycle import loader, registers, verbs
        from ocop.cycle.demo import load_demo
        from ocop.cycle.merging import seasons_against
        from ocop.cycle.models import IdeaCriterion
        from ocop.cycle.queries.placing import BLOCKERS, STEPS
        from ocop.kit import registry
        from ocop.producers.casework import install
        from ocop.producers.casework.scoping import acts_for_producers
        from ocop.products.guards import MergeGuard, merge_guards

        registry.name_verbs(verbs.VERBS)
        registry.reference_steps.add(
            registry.ReferenceStep("cycle", loader.load_criteria, order=80, kinds=(IdeaCriterion,))
        )
        registry.demo_steps.add(registry.DemoStep("cycle", load_demo, order=60))
        for step in STEPS:
            registry.cycle_steps.add(step)
        for blocker in BLOCKERS:
            registry.blockers.add(blocker)
        merge_guards.add(MergeGuard("cycle.seasons", seasons_against, order=30))
        for register in registers.ALL:
            install(register)
        registry.menu.add(
            registry.MenuEntry(
                "cycle.board", "Chu trình", "Bảng chu trình", "cycle:board", icon="refresh",
                shown=lambda user: scope_of(user).is_official or acts_for_producers(user), order=1,
            )
        )  # fmt: skip
