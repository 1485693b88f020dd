from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "ocop.recognition"
    verbose_name = "Công nhận"

    def ready(self) -> None:
        from django.urls import reverse

        from ocop.accounts.queries import scope_of
        from ocop.kit import registry
        from ocop.kit.indicators import declare
        from ocop.kit.registers import install
        from ocop.products.guards import MergeGuard, merge_guards
        from ocop.products.models import Product
        from ocop.recognition import (
            actions,
            endpoints,
            loader,
            misuse_pages,
            permissions,
            queries,
            reissuing,
            tasks,
            tiles,
            verbs,
            verifying,
        )
        from ocop.recognition import indicators as figures
        from ocop.recognition.actions import reorganising
        from ocop.recognition.actions.misuse import KIND as MISUSE_KIND
        from ocop.recognition.actions.misuse import forget_senders
        from ocop.recognition.actions.reissue import KIND as REISSUE_KIND
        from ocop.recognition.actions.verification import KIND
        from ocop.recognition.enums import ReissueState, VerificationState
        from ocop.recognition.merging import stars_against
        from ocop.recognition.models import Certificate
        from ocop.recognition.models.reissue import COMMUNE
        from ocop.recognition.models.verification import DESK
        from ocop.recognition.presses import PressSource, press_sources
        from ocop.recognition.registers import CERTIFICATES, DECISIONS, officers_only
        from ocop.recognition.rules.reissue import REISSUE
        from ocop.recognition.rules.verification import VERIFY

        registry.handover_parts.add(reorganising.PART)
        registry.cycle_steps.add(
            registry.CycleStepSource(
                "recognition.star",
                Product,
                6,
                "Đang có sao",
                queries.starred_on,
                queries.star_words,
                order=30,
            )
        )
        registry.cycle_steps.add(
            registry.CycleStepSource(
                "recognition.ended", Product, 5, "Sao hết hiệu lực, chờ đánh giá lại", queries.star_ended_by,
                queries.star_words, order=60,
            )
        )  # fmt: skip
        registry.blockers.add(
            registry.BlockerSource(
                "recognition.ended",
                Product,
                "Sao hết hiệu lực",
                queries.star_ended_by,
                queries.star_words,
                order=30,
            )
        )
        registry.name_verbs(verbs.VERBS)
        registry.reference_steps.add(
            registry.ReferenceStep("recognition", loader.load_recognitions, order=70, kinds=(Certificate,))
        )
        registry.search_sources.add(
            registry.SearchSource("recognition", "Giấy chứng nhận", queries.search, order=40)
        )
        registry.file_readers.add(registry.FileReader("recognition.photos", queries.may_see_photo))
        registry.file_readers.add(registry.FileReader("recognition.copies", queries.may_read_copy))
        registry.api_routers.add(endpoints.entry)
        for register in (CERTIFICATES, DECISIONS, misuse_pages.MISUSE):
            install(register)
        registry.notice_kinds.add(
            registry.NoticeKind(actions.watch.KIND, "Sao OCOP sắp hết hạn", ("inbox", "email", "sms"))
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "recognition.expiry", "30 6 * * *", actions.warn_of_expiry, "Báo các sao OCOP sắp hết hạn"
            )
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "recognition.copies",
                "40 * * * *",
                tasks.check_forgotten,
                "Kiểm tra chữ ký số của các tệp còn sót",
            )
        )
        registry.menu.add(
            registry.MenuEntry(
                "recognition.copies", "Chu trình", "Gắn bản giấy nhiều sao", "recognition:copies", icon="scan",
                shown=lambda user: bool(permissions.may_keep_copies(user)), order=14,
            )
        )  # fmt: skip
        registry.menu.add(
            registry.MenuEntry(
                "recognition.roots", "Quản trị", "Chứng thư gốc", "recognition:roots", icon="key",
                shown=lambda user: bool(permissions.may_keep_roots(user)), order=60,
            )
        )  # fmt: skip
        registry.flows.add(registry.FlowEntry(VERIFY.key, VERIFY, labels=dict(VerificationState.choices)))
        registry.todos.add(
            registry.TodoSource(
                "recognition.verification", "Xác minh sao", verifying.verification_todos, order=30
            )
        )
        registry.file_readers.add(registry.FileReader("recognition.verification", verifying.may_see_evidence))
        registry.notice_kinds.add(registry.NoticeKind(KIND, "Xác minh, thu hồi sao OCOP"))
        merge_guards.add(MergeGuard("recognition.stars", stars_against, order=10))
        press_sources.add(PressSource("recognition.verification", verifying.verification_presses))
        registry.todos.add(
            registry.TodoSource(
                "recognition.misuse", "Phản ánh dùng sai sao", misuse_pages.misuse_todos, order=32
            )
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "recognition.senders",
                "40 2 * * *",
                forget_senders,
                "Xóa số điện thoại người phản ánh đã trả lời",
            )
        )
        registry.file_readers.add(registry.FileReader("recognition.misuse", misuse_pages.may_see_photo))
        registry.notice_kinds.add(registry.NoticeKind(MISUSE_KIND, "Phản ánh dùng sai sao OCOP"))
        registry.flows.add(registry.FlowEntry(REISSUE.key, REISSUE, labels=dict(ReissueState.choices)))
        registry.todos.add(
            registry.TodoSource(
                "recognition.reissue", "Cấp lại giấy chứng nhận", reissuing.reissue_todos, order=31
            )
        )
        registry.file_readers.add(registry.FileReader("recognition.reissue", reissuing.may_see_papers))
        registry.notice_kinds.add(registry.NoticeKind(REISSUE_KIND, "Cấp lại giấy chứng nhận OCOP"))
        press_sources.add(PressSource("recognition.reissue", reissuing.reissue_presses))
        registry.menu.add(
            registry.MenuEntry(
                "recognition.reissues", "Chu trình", "Cấp lại giấy chứng nhận", "recognition:reissues",
                icon="certificate", shown=lambda user: scope_of(user).has_any(*DESK, *COMMUNE), order=13,
            )
        )  # fmt: skip
        registry.menu.add(
            registry.MenuEntry(
                "recognition.verifications", "Chu trình", "Xác minh, thu hồi sao", "recognition:verifications",
                icon="shield-check", shown=lambda user: scope_of(user).has_any(*DESK), order=13,
            )
        )  # fmt: skip
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
        declare(*figures.INDICATORS)
        registry.tiles.add(tiles.EXPIRING)
