from django.apps import AppConfig


class ProducersConfig(AppConfig):
    name = "ocop.producers"
    verbose_name = "Chủ thể"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.urls import reverse

        from ocop.kit import registry
        from ocop.producers import demo, loader, maps, permissions, queries, receivers, tasks, verbs, watching  # noqa: F401 - receivers connect
        from ocop.producers.actions import reorganising
        from ocop.producers.casework import install
        from ocop.producers.enums import ClaimState
        from ocop.producers.models import CraftVillage, Producer, ProducerAccess
        from ocop.producers.models.access import ACCESS
        from ocop.producers.registers import REGISTERS
        from ocop.producers.rules.workflow import CLAIM_FLOW

        for part in reorganising.PARTS:
            registry.handover_parts.add(part)
        registry.name_verbs(verbs.VERBS)
        registry.map_layers.add(maps.AREAS_LAYER)
        registry.attachments.add(registry.Attachment(ACCESS, ProducerAccess.objects.valid_on))
        registry.access_sources.add(registry.AccessSource("producers", permissions.roles_of))
        registry.flows.add(registry.FlowEntry(CLAIM_FLOW.key, CLAIM_FLOW, dict(ClaimState.choices), order=20))
        registry.reference_steps.add(
            registry.ReferenceStep(
                "producers", loader.load_reference, order=50, kinds=(Producer, CraftVillage)
            )
        )
        registry.todos.add(
            registry.TodoSource("producers.claims", "Đề nghị nhận cơ sở", queries.claim_todos, order=40)
        )
        registry.todos.add(
            registry.TodoSource("producers.start", "Cơ sở của tôi", queries.start_todos, order=5)
        )
        registry.search_sources.add(registry.SearchSource("producers", "Chủ thể", queries.search, order=30))
        registry.notice_kinds.add(
            registry.NoticeKind("producers.claim", "Kết quả xác nhận cơ sở", ("inbox", "email", "sms"))
        )
        for register, _address in REGISTERS:
            install(register)
        for key, label, todos, order in (
            ("producers.shares", "Lao động, nguyên liệu địa phương", watching.share_todos, 75),
            ("producers.area_certificates", "Chứng nhận vùng nguyên liệu", watching.certificate_todos, 80),
            ("producers.associations", "Tổ chức lại Hội OCOP", watching.association_todos, 85),
        ):
            registry.todos.add(registry.TodoSource(key, label, todos, order=order))
        registry.demo_steps.add(registry.DemoStep("producers.registers", demo.load, order=35))
        registry.search_sources.add(
            registry.SearchSource("producers.areas", "Vùng nguyên liệu, Hội OCOP", watching.search, order=60)
        )
        registry.notice_kinds.add(
            registry.NoticeKind("producers.area_certificate", "Chứng nhận vùng nguyên liệu sắp hết hạn")
        )
        for key, label, page, may, order in (
            ("producers.person", "Người đại diện", "producers:person", permissions.may_see_personal, 30),
            ("producers.people", "Người được phép", "producers:people", permissions.may_see_people, 90),
        ):
            registry.tabs.add(
                registry.Tab(
                    key,
                    Producer,
                    label,
                    lambda row, page=page: reverse(page, args=[row.code]),
                    shown=lambda user, row, may=may: bool(may(user, row)),
                    order=order,
                )
            )
        section = "Chủ thể & sản phẩm"
        for key, label, page, icon, shown, order in (
            (
                "producers.mine",
                "Cơ sở của tôi",
                "producers:mine",
                "building-store",
                queries.is_producer_side,
                5,
            ),
            (
                "producers.claims",
                "Đề nghị nhận cơ sở",
                "producers:claims",
                "user-check",
                permissions.may_register,
                30,
            ),
        ):
            registry.menu.add(registry.MenuEntry(key, section, label, page, icon, shown=shown, order=order))
        registry.cron_jobs.add(
            registry.CronJob(
                "producers.sweep-personal-data",
                "20 2 * * *",
                tasks.sweep_personal_data,
                "Xóa dữ liệu người đại diện đã hết thời hạn lưu giữ",
            )
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "producers.area-certificates",
                "25 6 * * *",
                tasks.remind_of_area_certificates,
                "Nhắc giấy chứng nhận vùng nguyên liệu sắp hết hạn",
            )
        )
