"""Settings of the test runs: the real ones, on a data folder that is thrown away."""

import os
import tempfile

_folder = tempfile.mkdtemp(prefix="ocop-test-")
os.environ["OCOP_DATA_DIR"] = _folder
os.environ.setdefault("SECRET_KEY", "only-for-tests-and-never-anywhere-else-0123456789abcdef")
os.environ["OCOP_DEMO"] = "0"
os.environ.pop("OCOP_TODAY", None)

from ocop.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
}
# Tests ask from one address; the tests of the limits set their own.
OCOP_RATE_API = OCOP_RATE_SEARCH = OCOP_RATE_REPORT = None
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "reports"],
    }
}
LOGGING = {}
# Tests of pages sign officials in without a second factor; the tests of accounts turn it on.
OCOP_MFA_REQUIRED = False
STATIC_ROOT = tempfile.mkdtemp(prefix="static-", dir=_folder)
# A register that exists in tests only, on which the machinery of registers is tried.
INSTALLED_APPS = [*INSTALLED_APPS, "ocop.kit.tests.sample"]  # noqa: F405
