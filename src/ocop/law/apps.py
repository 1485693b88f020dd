from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "ocop.law"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.kit import registry
        from ocop.law import loader
        from ocop.law.models import Instrument

        registry.reference_steps.add(
            registry.ReferenceStep("law", loader.load_reference, order=10, kinds=(Instrument,))
        )
        registry.menu.add(
            registry.MenuEntry("law", "Sổ & danh mục", "Văn bản", "law:instruments", icon="gavel", order=80)
        )
