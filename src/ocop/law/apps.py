from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "ocop.law"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"
