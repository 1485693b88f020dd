from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "ocop.funding"
    verbose_name = "Hỗ trợ và vốn"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.funding.indicators import INDICATORS
        from ocop.kit.indicators import declare

        declare(*INDICATORS)
        from django.urls import reverse

        from ocop.cycle.models import BusinessPlan
        from ocop.funding import demo, loader, verbs
        from ocop.funding.models import Activity
        from ocop.funding.registers import ACTIVITIES, FUND_ENTRIES, MOBILISED_RESOURCES, SUPPORT_REQUESTS
        from ocop.funding.tiles import MONEY
        from ocop.kit import registry
        from ocop.producers.casework import install

        registry.name_verbs(verbs.VERBS)
        for register in (SUPPORT_REQUESTS, FUND_ENTRIES, MOBILISED_RESOURCES, ACTIVITIES):
            install(register)
        registry.tabs.add(
            registry.Tab(
                "funding.from_plan",
                BusinessPlan,
                "Hỗ trợ theo chính sách",
                lambda row: reverse("funding:from_plan", args=[row.pk]),
                count=lambda user, row: row.supports.count(),
            )
        )
        registry.menu.add(
            registry.MenuEntry(
                "funding.totals",
                FUND_ENTRIES.section,
                "Tổng hợp vốn",
                "funding:totals",
                icon="chart-bar",
                shown=lambda user: bool(FUND_ENTRIES.may_export(user)),
                order=50,
            )
        )
        registry.demo_steps.add(registry.DemoStep("funding", demo.load, order=140))
        registry.reference_steps.add(
            registry.ReferenceStep("funding", loader.load_reference, order=70, kinds=(Activity,))
        )
        registry.tiles.add(MONEY)
