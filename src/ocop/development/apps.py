from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "ocop.development"
    verbose_name = "Phát triển sản phẩm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.development.indicators import INDICATORS
        from ocop.kit.indicators import declare

        declare(*INDICATORS)
        from ocop.cycle.models import Idea
        from ocop.development import demo, queries, receivers, tasks  # noqa: F401 - receivers connect
        from ocop.development.registers import ALL
        from ocop.kit import registry
        from ocop.producers.casework import install
        from ocop.products.models import Product

        registry.demo_steps.add(registry.DemoStep("development", demo.load, order=1070))
        for register in ALL:
            install(register)
        for key, model, rows, words in (
            ("development.products", Product, queries.held_up_products, queries.product_words),
            ("development.ideas", Idea, queries.held_up_ideas, queries.idea_words),
        ):
            registry.blockers.add(registry.BlockerSource(key, model, "Vướng mắc", rows, words, order=20))
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
