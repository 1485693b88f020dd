from django.apps import AppConfig


class PromotionConfig(AppConfig):
    name = "ocop.promotion"
    verbose_name = "Xúc tiến"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.kit.indicators import declare
        from ocop.promotion.indicators import INDICATORS

        declare(*INDICATORS)
        from ocop.kit import registry
        from ocop.partners.guards import contract_books
        from ocop.producers.casework import install
        from ocop.promotion import demo, loader, maps, todos, verbs
        from ocop.promotion.actions.matching import KIND
        from ocop.promotion.models import SaleCriterion
        from ocop.promotion.permissions import may_watch
        from ocop.promotion.queries.cycle import FAIRS_STEP
        from ocop.promotion.queries.matching import AGREEMENTS_BOOK
        from ocop.promotion.registers import ALL

        registry.name_verbs(verbs.VERBS)
        contract_books.add(AGREEMENTS_BOOK)
        registry.reference_steps.add(
            registry.ReferenceStep("promotion", loader.load_criteria, order=75, kinds=(SaleCriterion,))
        )
        registry.demo_steps.add(registry.DemoStep("promotion", demo.load, order=140))
        registry.demo_steps.add(registry.DemoStep("promotion.talks", demo.load_talks, order=1065))
        registry.cycle_steps.add(FAIRS_STEP)
        for register in ALL:
            install(register)
        registry.notice_kinds.add(registry.NoticeKind(KIND, "Giới thiệu bên mua", ("inbox", "email", "sms")))
        for key, label, items in (
            ("months", "Doanh số điểm bán", todos.month_todos),
            ("signs", "Điểm bán có dấu hiệu ngừng hoạt động", todos.sign_todos),
            ("introductions", "Bên mua chờ trả lời", todos.introduction_todos),
        ):
            registry.todos.add(registry.TodoSource(f"promotion.{key}", label, items, order=60))
        for layer in maps.LAYERS:
            registry.map_layers.add(layer)
        for key, label, icon, order in (
            ("board", "Cảnh báo điểm bán", "trending-down", 11),
            ("coverage", "Độ phủ điểm bán", "map-pin", 12),
        ):
            registry.menu.add(
                registry.MenuEntry(
                    f"promotion.{key}", "Xúc tiến", label, f"promotion:{key}", icon=icon,
                    shown=lambda user: bool(may_watch(user)), order=order,
                )
            )  # fmt: skip
