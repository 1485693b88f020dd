from django.apps import AppConfig


class ProducersConfig(AppConfig):
    name = "ocop.producers"
    verbose_name = "Chủ thể"
    default_auto_field = "django.db.models.BigAutoField"
