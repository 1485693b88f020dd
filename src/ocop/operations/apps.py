from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "ocop.operations"
    verbose_name = "Vận hành"

    def ready(self) -> None:
        """Stand in the menu of whoever looks after the system."""
        from ocop.kit import registry
        from ocop.operations.permissions import runs_the_system

        registry.menu.add(
            registry.MenuEntry(
                key="operations.state",
                section="Quản trị",
                label="Vận hành",
                url_name="operations:state",
                icon="checklist",
                shown=runs_the_system,
                order=910,
            )
        )
