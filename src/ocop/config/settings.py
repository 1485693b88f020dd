"""Settings, read from the environment and nowhere else; `docs/reference/settings.md` lists them."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from ocop.config.environment import (
    local_secret_key,
    parse_day,
    parse_networks,
    parse_rate,
    validated,
    writable,
)
from ocop.kit.logs import configuration

env = Env()
BASE_DIR = Path(__file__).resolve().parents[3]

DEBUG = env.bool("DEBUG", False)
OCOP_DEMO = env.bool("OCOP_DEMO", False)
OCOP_TODAY = parse_day(env.str("OCOP_TODAY", ""))
OCOP_PROVINCE = env.str("OCOP_PROVINCE", "42")
OCOP_DATA_DIR = writable(Path(env.str("OCOP_DATA_DIR", str(BASE_DIR / "var"))).resolve())
OCOP_REFERENCE_DIR = BASE_DIR / "data"
OCOP_UPLOAD_MAX_MB = env.int("OCOP_UPLOAD_MAX_MB", 20)
OCOP_CLAMD = env.str("OCOP_CLAMD", "")
OCOP_SMS = env.str("OCOP_SMS", "file" if OCOP_DEMO else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
OCOP_SITE_URL = env.str("OCOP_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
OCOP_CONTACT_PHONE = env.str("OCOP_CONTACT_PHONE", "")
OCOP_CONTACT_EMAIL = env.str("OCOP_CONTACT_EMAIL", "")
# Lines of JSON for a collector; lines for people in development and in the demo.
OCOP_LOG_FORMAT = env.str("OCOP_LOG_FORMAT", "text" if DEBUG or OCOP_DEMO else "json")
# Both guard /metrics: without a token nobody reads it; networks narrow who may, the token given.
OCOP_METRICS_TOKEN = env.str("OCOP_METRICS_TOKEN", "")
OCOP_METRICS_NETWORKS = parse_networks("OCOP_METRICS_NETWORKS", env.list("OCOP_METRICS_NETWORKS", []))
OCOP_DRAIN_FILE = env.str("OCOP_DRAIN_FILE", "")
OCOP_BACKUP_DIR = env.str("OCOP_BACKUP_DIR", "")
SECRET_KEY = env.str("SECRET_KEY", "") or local_secret_key(OCOP_DATA_DIR, allowed=DEBUG or OCOP_DEMO)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "template_partials",
    *[
        f"ocop.{name}"
        for name in (
            "kit",
            "audit",
            "files",
            "inbox",
            "law",
            "units",
            "accounts",
            "rulebook",
            "producers",
            "products",
            "partners",
            "recognition",
            "cycle",
            "development",
            "promotion",
            "training",
            "quality",
            "evaluation",
            "funding",
            "reporting",
            "direction",
            "workspace",
            "public",
            "api",
            "operations",
        )
    ],
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ocop.kit.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ocop.kit.language.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "ocop.accounts.middleware.SessionEndMiddleware",
    "ocop.accounts.middleware.RequiredStepsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "ocop.kit.middleware.NormaliseInputMiddleware",
    "ocop.kit.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "ocop.config.urls"
WSGI_APPLICATION = "ocop.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            BASE_DIR / "src/ocop" / name / "templates" for name in ("kit", "accounts")
        ],  # before allauth's pages
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ocop.kit.context.chrome",
                "ocop.inbox.context.chrome",
                "ocop.accounts.context.worn",
            ],
            "builtins": ["template_partials.templatetags.partials", "ocop.kit.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "ocop.kit.forms.Renderer"

SQLITE_URL = f"sqlite:///{OCOP_DATA_DIR / 'ocop.sqlite3'}"
DATABASES = {"default": env.dj_db_url("DATABASE_URL", SQLITE_URL)}
_database = DATABASES["default"]
problems = validated(
    debug=DEBUG,
    demo=OCOP_DEMO,
    today=OCOP_TODAY,
    hosts=ALLOWED_HOSTS,
    secret_key=SECRET_KEY,
    engine=_database["ENGINE"],
    site_url=OCOP_SITE_URL,
    upload_mb=OCOP_UPLOAD_MAX_MB,
    log_format=OCOP_LOG_FORMAT,
    metrics_token=OCOP_METRICS_TOKEN,
)
if problems:
    raise ImproperlyConfigured("\n".join(problems))
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "cached_statements": 1024,  # a page asks some twenty questions, and there are hundreds of pages
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
else:
    _database["OPTIONS"] = {
        # A database that is away is answered for after 5 s (503), and looked for anew by every request, so that it is
        # found as soon as it is back.
        "pool": {
            "min_size": 1,
            "max_size": env.int("OCOP_DB_POOL", 10),
            "timeout": 5,
            "reconnect_timeout": 5,
        },
        "options": "-c lock_timeout=20s",  # as long as SQLite waits; then the page says that the system is busy
    }
    _database["CONN_MAX_AGE"] = 0
    _database["CONN_HEALTH_CHECKS"] = (
        True  # a connection that broke while it lay in the pool is not handed out
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kit_cache"}
    ),
    "limits": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "limits",
        }
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "limits",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    ),
}
# How often one address may ask the open API and the searches ("600/m"; empty: as often as it likes).
_RATE = "" if DEBUG or OCOP_DEMO else "600/m"
OCOP_RATE_API = parse_rate("OCOP_RATE_API", env.str("OCOP_RATE_API", _RATE))
OCOP_RATE_SEARCH = parse_rate("OCOP_RATE_SEARCH", env.str("OCOP_RATE_SEARCH", _RATE))
# How often one address may report a misuse of the star mark.
OCOP_RATE_REPORT = parse_rate("OCOP_RATE_REPORT", env.str("OCOP_RATE_REPORT", "20/h" if _RATE else ""))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "reports"]}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# Pages with an address in every language: /ban-do/ and /en/ban-do/.
OCOP_TRANSLATED = ("public", "promotion_public")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("OCOP_STATIC_ROOT", str(BASE_DIR / "static")))
STATICFILES_DIRS = [path for path in (BASE_DIR / "ui" / "dist",) if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = OCOP_DATA_DIR / "files"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/viec-cua-toi/"
LOGOUT_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
OCOP_HTTPS = env.bool("OCOP_HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OCOP_HTTPS
SECURE_SSL_REDIRECT = OCOP_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # asked on the machine itself, where there is no TLS
SECURE_HSTS_SECONDS = 31_536_000 if OCOP_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = OCOP_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OCOP_HTTPS else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = OCOP_DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "OCOP <khong-tra-loi@localhost>")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = env.int(
    "EMAIL_TIMEOUT", 10
)  # seconds; without it a mail server that hangs holds up the scheduler
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)

LOGGING = configuration(form=OCOP_LOG_FORMAT, level=os.environ.get("LOG_LEVEL", "INFO"))

SILENCED_SYSTEM_CHECKS: list[str] = []
from ocop.config.settings_accounts import *  # noqa: E402, F403
