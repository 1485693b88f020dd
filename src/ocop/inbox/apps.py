from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "ocop.inbox"
    verbose_name = "Thông báo"
