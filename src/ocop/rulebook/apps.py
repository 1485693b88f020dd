from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "ocop.rulebook"
    verbose_name = "Bộ tiêu chí và quy trình"
