from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "ocop.recognition"
    verbose_name = "Công nhận"

    def ready(self) -> None:
        from django.urls import reverse

        from ocop.kit import registry
        from ocop.kit.registers import install
        from ocop.products.models import Product
        from ocop.recognition import actions, endpoints, loader, permissions, queries, verbs
        from ocop.recognition.registers import CERTIFICATES, DECISIONS, officers_only

        registry.name_verbs(verbs.VERBS)
        registry.reference_steps.add(
            registry.ReferenceStep("recognition", loader.load_recognitions, order=70)
        )
        registry.search_sources.add(
            registry.SearchSource("recognition", "Giấy chứng nhận", queries.search, order=40)
        )
        registry.file_readers.add(registry.FileReader("recognition.photos", queries.may_see_photo))
        registry.api_routers.add(endpoints.entry)
        for register in (CERTIFICATES, DECISIONS):
            install(register)
        registry.notice_kinds.add(
            registry.NoticeKind(actions.watch.KIND, "Sao OCOP sắp hết hạn", ("inbox", "email", "sms"))
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "recognition.expiry", "30 6 * * *", actions.warn_of_expiry, "Báo các sao OCOP sắp hết hạn"
            )
        )
        registry.menu.add(
            registry.MenuEntry(
                "recognition.expiry", "Chu trình", "Sao theo tháng hết hạn", "recognition:expiry_board",
                icon="hourglass", shown=lambda user: bool(officers_only(user)), order=9,
            )
        )  # fmt: skip
        registry.menu.add(
            registry.MenuEntry(
                "recognition.past", "Chu trình", "Nhập sao các năm trước", "recognition:past",
                icon="file-import", shown=lambda user: bool(permissions.may_import_past(user)), order=13,
            )
        )  # fmt: skip
        registry.tabs.add(
            registry.Tab(
                "recognition.certificates",
                Product,
                "Sao OCOP",
                lambda row: reverse("recognition:of_product", args=[row.public_code]),
                count=queries.count_certificates,
                order=5,
            )
        )
