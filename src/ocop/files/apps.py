from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "ocop.files"
    verbose_name = "Tệp minh chứng"

    def ready(self) -> None:
        """Sweep abandoned uploads every night."""
        from ocop.files import actions, verbs
        from ocop.kit import registry

        registry.name_verbs(verbs.VERBS)

        registry.cron_jobs.add(
            registry.CronJob("files.sweep", "40 2 * * *", actions.sweep_uploads, "Dọn tệp gửi dở quá 3 ngày")
        )
