from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "ocop.development"
    verbose_name = "Phát triển sản phẩm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.development import queries, receivers, tasks  # noqa: F401 - receivers connect
        from ocop.development.registers import ALL
        from ocop.kit import registry
        from ocop.producers.casework import install

        for register in ALL:
            install(register)
        registry.search_sources.add(
            registry.SearchSource("development.obstacles", "Vướng mắc", queries.search, order=70)
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "development.escalate-obstacles",
                "20 6 * * *",
                tasks.escalate_obstacles,
                "Báo cấp trên các vướng mắc quá hạn",
            )
        )
