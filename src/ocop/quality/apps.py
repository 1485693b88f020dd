from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "ocop.quality"
    verbose_name = "Kiểm tra, chất lượng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.kit.indicators import declare
        from ocop.quality.indicators import INDICATORS

        declare(*INDICATORS)
        from ocop.accounts.queries import scope_of
        from ocop.kit import registry
        from ocop.producers.casework import install
        from ocop.quality import demo, loader, queries
        from ocop.quality.actions import outcomes, receptions
        from ocop.quality.models import Checklist, Question, ReceptionRule
        from ocop.quality.registers import ALL, PROPOSALS, REMEDIES, VIOLATIONS
        from ocop.quality.tiles import INSPECTIONS

        for register in ALL:
            install(register)
        for register in (
            REMEDIES,
            VIOLATIONS,
            PROPOSALS,
        ):  # kept under a visit, asked for across them
            registry.menu.add(register.menu_entry())
        registry.reference_steps.add(
            registry.ReferenceStep(
                "quality", loader.load_reference, order=80, kinds=(Checklist, Question, ReceptionRule)
            )
        )
        registry.file_readers.add(registry.FileReader("quality.photos", queries.may_read_file))
        registry.notice_kinds.add(
            registry.NoticeKind(receptions.REMINDER, "Giấy tờ sắp hết hạn", ("inbox", "email", "sms"))
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "quality.papers", "40 6 * * *", receptions.remind_of_papers,
                "Nhắc giấy tờ sắp hết hạn trước 90, 30, 7 ngày",
            )
        )  # fmt: skip
        registry.cron_jobs.add(
            registry.CronJob(
                "quality.remedies", "50 6 * * *", outcomes.escalate_late_remedies,
                "Báo các điểm khắc phục quá hạn",
            )
        )  # fmt: skip
        registry.menu.add(
            registry.MenuEntry(
                "quality.papers", "Kiểm tra & chất lượng", "Giấy tờ theo ngày hết hạn", "quality:papers_board",
                icon="hourglass", shown=lambda user: scope_of(user).is_official, order=51,
            )
        )  # fmt: skip
        registry.demo_steps.add(registry.DemoStep("quality", demo.load_demo, order=80))
        registry.tiles.add(INSPECTIONS)
