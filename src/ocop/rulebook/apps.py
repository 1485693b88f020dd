from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "ocop.rulebook"
    verbose_name = "Bộ tiêu chí và quy trình"

    def ready(self) -> None:
        from ocop.kit import registry
        from ocop.rulebook import endpoints, loader, reference

        registry.reference_steps.add(registry.ReferenceStep("rulebook", loader.load_all, order=40))
        registry.api_routers.add(endpoints.entry)
        registry.reference_pages.add(
            registry.ReferencePage("dated-settings", "Dated settings", reference.write)
        )
