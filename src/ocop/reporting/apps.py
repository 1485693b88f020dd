from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "ocop.reporting"
    verbose_name = "Số liệu, báo cáo"

    def ready(self) -> None:
        from ocop.accounts.queries import scope_of
        from ocop.kit import registry
        from ocop.producers.casework import install
        from ocop.producers.models import VIEWING_ROLES
        from ocop.reporting import demo, loader, reference, tasks, verbs
        from ocop.reporting.actions import reorganising
        from ocop.reporting.models import FormVersion, Programme, ReportRule, Target
        from ocop.reporting.queries.tiles import REPORTS_TILE, TARGETS_TILE
        from ocop.reporting.registers import TARGETS
        from ocop.reporting.report_register import REPORTS

        install(TARGETS)
        install(REPORTS)
        registry.tiles.add(TARGETS_TILE)
        registry.tiles.add(REPORTS_TILE)
        registry.name_verbs(verbs.VERBS)
        registry.handover_parts.add(reorganising.PART)
        registry.reference_pages.add(registry.ReferencePage("indicators", "Indicators", reference.write))
        registry.menu.add(
            registry.MenuEntry(
                key="reporting.board",
                section="Số liệu & báo cáo",
                label="Chỉ tiêu, số liệu",
                url_name="reporting:board",
                icon="chart-bar",
                shown=lambda user: scope_of(user).has_any(*VIEWING_ROLES),
                order=10,
            )
        )
        registry.menu.add(
            registry.MenuEntry(
                key="reporting.rounds",
                section="Số liệu & báo cáo",
                label="Kỳ báo cáo",
                url_name="reporting:rounds",
                icon="calendar-event",
                shown=lambda user: scope_of(user).has_any(*VIEWING_ROLES),
                order=28,
            )
        )
        registry.reference_steps.add(
            registry.ReferenceStep(
                "reporting",
                loader.load_reference,
                order=900,
                kinds=(Programme, Target, ReportRule, FormVersion),
            )
        )
        registry.demo_steps.add(registry.DemoStep("reporting", demo.load, order=150))
        registry.demo_steps.add(registry.DemoStep("reporting.figures", demo.measure_figures, order=2000))
        registry.cron_jobs.add(
            registry.CronJob(
                "reporting.measure",
                "20 4 * * *",
                tasks.measure_today,
                "Tính số liệu của các địa bàn cho hôm nay",
            )
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "reporting.rounds", "50 6 * * *", tasks.prepare_rounds, "Mở kỳ báo cáo, lấy số, nhắc báo cáo"
            )
        )
