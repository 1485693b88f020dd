from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "ocop.kit.tests.sample"
    label = "kit_sample"
    default_auto_field = "django.db.models.BigAutoField"
