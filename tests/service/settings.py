"""Settings of the processes that tests start: those of service, and the app of the tests' own task."""

from ocop.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "ocop.kit.tests.sample"]  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ROOT_URLCONF = "tests.service.urls"
