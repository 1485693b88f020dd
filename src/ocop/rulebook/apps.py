from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "ocop.rulebook"
    verbose_name = "Bộ tiêu chí và quy trình"

    def ready(self) -> None:
        from django.urls import reverse

        from ocop.kit import registry
        from ocop.kit.registers import install
        from ocop.law.models import Instrument
        from ocop.rulebook import endpoints, loader, permissions, queries, reference, verbs
        from ocop.rulebook.registers import SUPPORT_POLICIES

        registry.name_verbs(verbs.VERBS)
        for key, section, label, page, icon, shown, order in (
            (
                "rulebook.settings", "Quản trị", "Thiết lập theo thời gian", "rulebook:settings", "adjustments",
                permissions.may_read, 300,
            ),
            (
                "rulebook.calendar", "Quản trị", "Lịch nghỉ, làm bù", "rulebook:calendar", "calendar",
                permissions.may_read, 310,
            ),
            (
                "rulebook.books", "Sổ & danh mục", "Bộ tiêu chí và quy trình", "rulebook:books", "list-check",
                lambda user: user.is_authenticated, 85,
            ),
        ):  # fmt: skip
            registry.menu.add(registry.MenuEntry(key, section, label, page, icon, shown, order))
        install(SUPPORT_POLICIES)
        registry.tabs.add(
            registry.Tab(
                "rulebook.entitlements",
                Instrument,
                "Quyền lợi",
                lambda row: reverse("rulebook:entitlements", args=[row.slug]),
                shown=lambda user, row: queries.gives_support(row),
            )
        )
        registry.reference_steps.add(
            registry.ReferenceStep("rulebook", loader.load_reference, order=40, kinds=loader.KINDS)
        )
        registry.api_routers.add(endpoints.entry)
        registry.reference_pages.add(
            registry.ReferencePage("dated-settings", "Dated settings", reference.write)
        )
