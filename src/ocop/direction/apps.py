from django.apps import AppConfig


class DirectionConfig(AppConfig):
    name = "ocop.direction"
    verbose_name = "Chỉ đạo, điều hành"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.direction import loader, tasks, verbs
        from ocop.direction.actions import calling
        from ocop.direction.actions.succession import PART
        from ocop.direction.demo import load_demo
        from ocop.direction.models import Assignment, Project
        from ocop.direction.permissions.tasks import official
        from ocop.direction.registers import ALL, TASKS, overdue_todo
        from ocop.direction.tiles import OVERDUE
        from ocop.kit import registry
        from ocop.producers.casework import install

        for register in ALL:
            install(register)
        registry.name_verbs(verbs.VERBS)
        registry.menu.add(
            registry.MenuEntry(
                "direction.board", TASKS.section, "Nhiệm vụ theo cơ quan", "direction:board", icon="users-group",
                shown=official, order=41,
            )
        )  # fmt: skip
        registry.reference_steps.add(
            registry.ReferenceStep("direction", loader.load_reference, order=910, kinds=(Assignment, Project))
        )
        registry.demo_steps.add(registry.DemoStep("direction", load_demo, order=150))
        registry.handover_parts.add(PART)
        registry.tiles.add(OVERDUE)
        registry.todos.add(
            registry.TodoSource("direction.overdue", "Nhiệm vụ quá hạn", overdue_todo, order=39)
        )
        registry.notice_kinds.add(
            registry.NoticeKind(calling.KIND, "Nhiệm vụ sắp đến hạn, quá hạn", ("inbox", "email", "sms"))
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "direction.calls", "55 6 * * *", tasks.call_today, "Nhắc nhiệm vụ đến hạn, báo nhiệm vụ quá hạn"
            )
        )  # fmt: skip
