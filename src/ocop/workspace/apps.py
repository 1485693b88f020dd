from django.apps import AppConfig

from ocop.kit import registry


class WorkspaceConfig(AppConfig):
    name = "ocop.workspace"
    verbose_name = "Bàn làm việc"

    def ready(self) -> None:
        registry.menu.add(
            registry.MenuEntry(
                key="workspace.home",
                section="Việc của tôi",
                label="Việc của tôi",
                url_name="workspace:home",
                icon="checklist",
                order=0,
            )
        )
