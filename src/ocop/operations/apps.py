from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "ocop.operations"
    verbose_name = "Vận hành"
