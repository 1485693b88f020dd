from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "ocop.training"
    verbose_name = "Bộ máy, năng lực"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.kit.indicators import declare
        from ocop.training.indicators import INDICATORS

        declare(*INDICATORS)
        from ocop.kit import registry
        from ocop.producers.casework import install
        from ocop.training import demo, loader, verbs
        from ocop.training.actions.apparatus import PART
        from ocop.training.actions.courses import CERTIFICATE, INVITATION
        from ocop.training.models import Topic
        from ocop.training.queries import mine
        from ocop.training.registers import ALL
        from ocop.training.registers.plans import SECTION

        for register in ALL:
            install(register)
        registry.name_verbs(verbs.VERBS)
        registry.handover_parts.add(PART)
        registry.reference_steps.add(
            registry.ReferenceStep("training", loader.load_topics, order=60, kinds=(Topic,))
        )
        registry.demo_steps.add(registry.DemoStep("training", demo.load, order=130))
        registry.notice_kinds.add(
            registry.NoticeKind(
                INVITATION, "Giấy mời tập huấn, tham quan, hội thi", ("inbox", "email", "sms")
            )
        )
        registry.notice_kinds.add(
            registry.NoticeKind(CERTIFICATE, "Giấy chứng nhận tham dự", ("inbox", "email"))
        )
        registry.todos.add(registry.TodoSource("training.mine", "Khoá của tôi", mine.todos, order=60))
        registry.file_readers.add(registry.FileReader("training.materials", mine.may_read_material))
        for key, section, label, page, icon, shown, order in (
            ("training.mine", SECTION, "Khoá của tôi", "training:mine", "id", mine.has_any, 5),
            ("training.say", SECTION, "Báo nhu cầu học", "training:say_needs", "bulb", mine.may_say, 6),
            (
                "training.chart",
                "Sổ & danh mục",
                "Sơ đồ bộ máy",
                "training:chart",
                "sitemap",
                mine.is_officer,
                19,
            ),
        ):
            registry.menu.add(registry.MenuEntry(key, section, label, page, icon, shown=shown, order=order))
