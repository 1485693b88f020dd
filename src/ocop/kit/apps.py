from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "ocop.kit"
    verbose_name = "Bộ đồ nghề"
    default_auto_field = "django.db.models.BigAutoField"
