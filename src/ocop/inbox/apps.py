from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "ocop.inbox"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        """Deliver every minute."""
        from ocop.inbox import actions, verbs
        from ocop.kit import registry

        registry.name_verbs(verbs.VERBS)
        registry.cron_jobs.add(
            registry.CronJob(
                "inbox.deliver", "* * * * *", actions.deliver_due, "Gửi thư và tin nhắn đang chờ"
            )
        )
