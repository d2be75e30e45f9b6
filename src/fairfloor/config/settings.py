"""Settings. What an operator may change comes from the environment; see ``docs/reference/settings.md``."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

PROJECT_ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("FAIRFLOOR_DATA") or PROJECT_ROOT / "var").resolve()
FILES_ROOT = DATA / "files"
STATIC_ROOT = DATA / "static"


def _secret_key() -> str:
    """The key of this installation: from the environment, or made once and kept in the data folder."""
    if os.environ.get("FAIRFLOOR_SECRET_KEY"):
        return os.environ["FAIRFLOOR_SECRET_KEY"]
    path = DATA / "secret_key"
    DATA.mkdir(mode=0o750, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


SECRET_KEY = _secret_key()
DEBUG = False

PUBLIC_URL = os.environ.get("FAIRFLOOR_URL", "").rstrip("/")
_public = urlsplit(PUBLIC_URL)
IS_HTTPS = _public.scheme == "https"
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([_public.hostname] if _public.hostname else []),
    *(host for host in os.environ.get("FAIRFLOOR_HOSTS", "").split(",") if host),
]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"] if _public.netloc else []
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if IS_HTTPS else 0

INSTALLED_APPS = [
    # Before allauth, whose templates it replaces.
    "fairfloor.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "fairfloor.core",
    "fairfloor.organisations",
    "fairfloor.indicators",
    "fairfloor.actions",
    "fairfloor.conversations",
    "fairfloor.safety",
    "fairfloor.suggestions",
    "fairfloor.projects",
    "fairfloor.checklists",
    "fairfloor.surveys",
    "fairfloor.teams",
    "fairfloor.equality",
    "fairfloor.programme",
    "fairfloor.reports",
    "fairfloor.registers",
    "fairfloor.desk",
    "fairfloor.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fairfloor.config.compression.WorkerCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "fairfloor.core.request_size.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "fairfloor.config.gate.GateMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fairfloor.accounts.middleware.OwnPasswordMiddleware",
    "fairfloor.core.access.AccessMiddleware",
]

ROOT_URLCONF = "fairfloor.config.urls"
WSGI_APPLICATION = "fairfloor.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "fairfloor.config.navigation.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# --- database: SQLite in the data folder unless DATABASE_URL names PostgreSQL ---------------------------------------

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=None)}
    if "postgresql" not in DATABASES["default"]["ENGINE"]:
        raise SystemExit("DATABASE_URL must name a PostgreSQL database, or be empty for SQLite.")
    DATABASES["default"]["ENGINE"] = "fairfloor.core.db.postgresql"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    DATABASES = {
        "default": {
            "ENGINE": "fairfloor.core.db.sqlite3",
            "NAME": DATA / "fairfloor.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # Deferred transactions gave thousands of "database is locked" under load; immediate gave none.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
                    "PRAGMA secure_delete=ON;"
                ),
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- messages: one short digest a day at most; see docs/reference/settings.md ---

MAIL_URL = os.environ.get("FAIRFLOOR_MAIL_URL", "")
NOTIFY_URLS = [url for url in os.environ.get("FAIRFLOOR_NOTIFY_URLS", "").split() if url]

# --- sign-in ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "fairfloor.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {
    "login": "fairfloor.accounts.web.forms.SignInForm",
    "change_password": "fairfloor.accounts.web.forms.OwnPasswordForm",
    "reauthenticate": "fairfloor.accounts.web.forms.ConfirmPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_RATE_LIMITS = {"login_failed": "8/5m/key,40/m/ip"}
MFA_ADAPTER = "fairfloor.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "fairfloor.accounts.web.forms.TwoStepForm",
    "reauthenticate": "fairfloor.accounts.web.forms.ConfirmCodeForm",
    "activate_totp": "fairfloor.accounts.web.forms.AuthenticatorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# --- access: the doors into a scope ---

MEMBERSHIP_RESOLVER = "fairfloor.organisations.public.resolve_membership"
WORKER_LINK_RESOLVER = "fairfloor.organisations.public.resolve_worker_link"

# --- languages, time, numbers ---

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("es", "Español"), ("vi", "Tiếng Việt")]
STAFF_LANGUAGES = ["en", "zh-hans"]
LOCALE_PATHS = [PROJECT_ROOT / "locale"]
FORMAT_MODULE_PATH = "fairfloor.config.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files, uploads, headers ---

STATIC_URL = "/static/"
# `serve` collects static files with hashed names first; tests and commands read them where they lie.
_is_collected = os.environ.get("FAIRFLOOR_STATIC") == "collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _is_collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _is_collected
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
MAX_REQUEST_BYTES = 64 * 1024 * 1024
TOO_LARGE_ANSWER = "fairfloor.config.errors.too_large"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        # A voice note is played on the phone before it is sent.
        "media-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

CSRF_FAILURE_VIEW = "fairfloor.config.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "filters": {"discreet": {"()": "fairfloor.config.discretion.DiscreetFilter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet"]}
    },
    "root": {"handlers": ["console"], "level": os.environ.get("FAIRFLOOR_LOG", "WARNING")},
    # A form that needs correcting and a page that is not there are no news; their addresses stay unwritten.
    "loggers": {"django.request": {"level": "ERROR"}},
}
