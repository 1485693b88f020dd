from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "ocop.files"
    verbose_name = "Tệp minh chứng"
