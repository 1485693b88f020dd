from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "ocop.kit"
    verbose_name = "Bộ đồ nghề"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_tasks.signals import task_enqueued
        from simple_history.signals import pre_create_historical_record

        from ocop.kit import housekeeping, registry, verbs
        from ocop.kit.jobs import origins, reaper
        from ocop.kit.models import DayOverride
        from ocop.kit.registers.history import date_by_clock

        task_enqueued.connect(origins.keep, dispatch_uid="kit.origin")
        pre_create_historical_record.connect(date_by_clock, dispatch_uid="kit.history")

        registry.name_verbs(verbs.VERBS)
        registry.reference_steps.add(
            registry.ReferenceStep("kit.days", housekeeping.load_days, order=5, kinds=(DayOverride,))
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "kit.sweep", "17 3 * * *", housekeeping.sweep, "Xoá khoá gửi biểu mẫu, tệp nhập bỏ dở"
            )
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "kit.sweep_tasks", "41 3 * * *", reaper.sweep, "Xoá việc nền đã xong quá 30 ngày"
            )
        )
