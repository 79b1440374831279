"""Every setting of an instance. What may differ between instances comes from the environment (docs/reference/settings.md)."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from commonground.config import environment, mail_settings, sso_settings

PACKAGE = Path(__file__).resolve().parent.parent
DATA = environment.data_folder()

GUIDELINES = environment.guidelines_folder()  # an organization's own guidelines

SECRET_KEY = environment.secret_key(DATA)
DEBUG = environment.flag("COMMONGROUND_DEBUG", default=False)
HTTPS = environment.flag("COMMONGROUND_HTTPS", default=False)
ALLOWED_HOSTS = environment.words("COMMONGROUND_HOSTS", default="127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
ADDRESS = environment.address(https=HTTPS, hosts=ALLOWED_HOSTS)  # what links in mail begin with
MAIL = mail_settings.mail_way()  # None: a dry run
SSO = sso_settings.single_sign_on()  # None: sign-in by name and password
SECOND_FACTOR_ROLES = sso_settings.roles_with_second_factor()

# The order is the import order of DESIGN.md: a folder knows those before it, never those after it.
DOMAIN = [
    "ui",
    "access",
    "journal",
    "accounts",
    "outbox",
    "disclosure",
    "events",
    "organization",
    "programs",
    "workflows",
    "realignment",
    "voice",
    "assessments",
    "coalition",
    "communication",
    "adoption",
    "reinforcement",
    "plan",
    "guidance",
    "intake",
    "reports",
    "demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "template_partials",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    *(sso_settings.APPS if SSO else ()),
    *[f"commonground.{folder}" for folder in DOMAIN],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "commonground.accounts.middleware.ActorMiddleware",
    "commonground.programs.middleware.ProgramMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    *(sso_settings.MIDDLEWARE if SSO else ()),
]
ROOT_URLCONF = "commonground.config.urls"
WSGI_APPLICATION = "commonground.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "commonground.ui.context.shell",
                "commonground.guidance.context.marks",
                "commonground.communication.context.answering",
            ],
            "builtins": ["commonground.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "commonground.ui.forms.Renderer"

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA / 'commonground.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete=ON, not FAST: FAST leaves what was deleted on pages that are free by then, and a voice taken back is to be gone
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; "
        "PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "commonground.accounts.backends.CodeBackend",
]
# no page, address or table of allauth is used: it speaks with the identity provider, see accounts/single_sign_on.py
MIGRATION_MODULES = sso_settings.WITHOUT_TABLES
SOCIALACCOUNT_ADAPTER = "commonground.accounts.single_sign_on.FromSettings"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds
ACCOUNT_EMAIL_VERIFICATION = "none"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "start"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False

# One screen page stays a page for eight hours; nothing of a session leaves this host or is readable by a script.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en"
TIME_ZONE = environment.words("COMMONGROUND_TIME_ZONE", default="UTC")[0]
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "commonground.ui.fonts.FontFinder",  # from their wheels
]
STATIC_ROOT = DATA / "static"
# `commonground serve` collects the static files under names that hold their hash, compressed, and lets browsers keep them for good
HASHED_STATIC = environment.flag("COMMONGROUND_HASHED_STATIC", default=False)
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # every page asks for them by these names
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# what is larger is written to the data folder piece by piece, where it stays without being copied
FILE_UPLOAD_TEMP_DIR = DATA / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "commonground.intake.log_receiving.Guard",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
