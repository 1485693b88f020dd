from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "ocop.reporting"
    verbose_name = "Số liệu, báo cáo"
