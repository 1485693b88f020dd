from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ocop.audit"
    verbose_name = "Nhật ký hệ thống"

    def ready(self) -> None:
        """Listen to announcements, seal every five minutes, stand in the menu of those who may read the log."""
        from ocop.audit import actions, permissions, receivers
        from ocop.kit import registry

        registry.listen(receivers.on_announcement)
        registry.cron_jobs.add(
            registry.CronJob("audit.seal", "*/5 * * * *", actions.seal_pending, "Niêm phong nhật ký")
        )
        registry.menu.add(
            registry.MenuEntry(
                "audit.log",
                "Quản trị",
                "Nhật ký hệ thống",
                "audit:events",
                "history",
                permissions.may_read,
                900,
            )
        )
