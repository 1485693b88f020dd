from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "ocop.units"
    verbose_name = "Đơn vị hành chính và cơ quan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.kit import registry
        from ocop.units import loading, permissions, verbs
        from ocop.units.endpoints import router
        from ocop.units.models import Agency, Succession, Unit

        registry.reference_steps.add(
            registry.ReferenceStep(
                "units", loading.load_reference, order=20, kinds=(Unit, Agency, Succession)
            )
        )
        registry.demo_steps.add(registry.DemoStep("units", loading.load_demo, order=10))
        registry.name_verbs(verbs.VERBS)
        registry.api_routers.add(registry.ApiRouter("units", router, tags=("Đơn vị hành chính",)))
        registry.menu.add(
            registry.MenuEntry(
                "units", "Sổ & danh mục", "Đơn vị hành chính", "units:units", icon="map-pin", order=82
            )
        )
        registry.menu.add(
            registry.MenuEntry(
                "agencies", "Sổ & danh mục", "Cơ quan", "units:agencies", icon="building", order=84
            )
        )
        registry.menu.add(
            registry.MenuEntry(
                "handovers",
                "Quản trị",
                "Bàn giao khi sắp xếp đơn vị",
                "units:handovers",
                icon="switch-horizontal",
                shown=permissions.keeps_handovers,
                order=330,
            )
        )
