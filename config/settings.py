"""One settings file; every deployment differs by environment variables alone (README, "Deploy")."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from . import logs, paths, rates
from .databases import bounded, databases

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# What a deployment sets

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="development-only" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Give the environment a long random SECRET_KEY "
        "(or DEBUG=1 on your own machine)."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("HTTPS", default=SITE_URL.startswith("https://"))
# Proxies of ours before us: only what they add to X-Forwarded-For and X-Forwarded-Proto counts.
PROXIES = env.int("PROXIES", default=0)
READ_ONLY = env.bool("READ_ONLY", default=False)
ADMIN_PATH = paths.admin_path(env.str("ADMIN_PATH", default="admin/"))  # of the desk
# Seconds that PostgreSQL gives to one statement; 0 is no bound. config/wsgi.py bounds the web's.
STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", default=0)
METRICS = env.bool("METRICS", default=False)  # /metrics, for Prometheus
LOGGING = logs.configuration(env.str("LOG_FORMAT", default="text" if DEBUG else "json"))
DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{BASE_DIR / 'tracker.sqlite3'}"
DATABASE_REPLICA_URLS = env.list("DATABASE_REPLICA_URLS", default=[])
DATABASE_REPLICA_LAG = env.float("DATABASE_REPLICA_LAG", default=10.0)  # seconds

# Applications

INSTALLED_APPS = [
    "timeline",
    "disputes",
    "config.admin.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "import_export",
    "corsheaders",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "translated_fields",
]
MIDDLEWARE = [
    "config.logs.RequestIdMiddleware",
    "config.headers.HeadersMiddleware",  # above all that answers or fails
    "timeline.api.rates.RateMiddleware",  # off without RATE_LIMIT; counts remembered answers too
    "config.routing.ReplicasMiddleware",  # above what asks for the record's version
    "timeline.freshness.FreshnessMiddleware",  # above the rest: a remembered answer is whole
    "csp.middleware.CSPMiddleware",  # above WhiteNoise, so that static files carry the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "config.security.SecurityMiddleware",  # below what says whose request it is
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.read_only.ReadOnlyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "timeline.middleware.RefusalsMiddleware",
    "timeline.unavailable.UnavailableMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it answers who tried to sign in too often
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": ["config.translated.Loader"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "timeline.context_processors.record",
                "disputes.context_processors.titles",
            ],
        },
    },
]

# Database

DATABASES = databases(
    DATABASE_URL,
    DATABASE_REPLICA_URLS,
    READ_ONLY,
    bounded(env.str("PGOPTIONS", default=""), STATEMENT_TIMEOUT),
    env.int("CONN_MAX_AGE", default=60),
)
DATABASE_ROUTERS = ["config.routing.Router"] if DATABASE_REPLICA_URLS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean")), ("ja", _("Japanese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Files that the desk imports
FILE_UPLOAD_HANDLERS = [
    "config.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# The JSON API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["timeline.api.rendering.JSON"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "timeline.api.schema.RecordSchema",
    "EXCEPTION_HANDLER": "timeline.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,  # `format` is read, and refused, like every parameter
}
RECORD_TITLE = "Korea–Japan Dispute Tracker"  # as it stands in citations
RECORD_LICENCE = "CC-BY-4.0"  # of the content; an SPDX identifier
SPECTACULAR_SETTINGS = {
    "TITLE": "Korea–Japan Dispute Tracker",
    "DESCRIPTION": (
        "The public record of six disputes between South Korea and Japan. Read-only, no key, every "
        "origin. Each document carries English, Korean and Japanese. `as_of` asks for what this "
        "record said at an instant, `on` for what held in the world on a day."
    ),
    "VERSION": "1.0.0",
    "LICENSE": {
        "name": "Creative Commons Attribution 4.0 International",
        "identifier": "CC-BY-4.0",
    },
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": False,  # in the order of the addresses
    "POSTPROCESSING_HOOKS": ["timeline.api.links.add_links"],  # codes stand where they are used
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Without `validatorUrl: null` Swagger UI asks a site of others to validate ours.
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": False,  # its links would stand inside of buttons
        "defaultModelsExpandDepth": 0,
        "validatorUrl": None,
    },
}
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = (
    "accept accept-datetime accept-language content-type if-none-match range".split()
)
CORS_EXPOSE_HEADERS = [
    "Link",
    "ETag",
    "Memento-Datetime",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Deprecation",
    "Sunset",
    "Content-Language",
]

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:  # no other host of the domain, and nobody without TLS, can set these
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-language"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds; colleagues sign in once a day
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz|metrics)$"]  # asked from inside, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
_OF_DJANGO = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_OF_DJANGO}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_OF_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_OF_DJANGO}.CommonPasswordValidator"},
    {"NAME": f"{_OF_DJANGO}.NumericPasswordValidator"},
    {"NAME": "config.passwords.WordsOfThePlaceValidator"},
]
# Signing in: five wrong passwords for one name from one place close it for a quarter of an hour
# (`manage.py axes_reset_username NAME` opens it), many places or names do so too
# (`config.throttling`); a session ends after twelve hours, whatever is done in it.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesBackend",
    "disputes.second_factor.signing_in.DeskBackend",
]
AXES_FAILURE_LIMIT = 5
OTP_TOTP_ISSUER = RECORD_TITLE  # how an app calls what its code is for
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_HANDLER = "config.throttling.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "config.throttling.place"
AXES_USERNAME_CALLABLE = "config.throttling.counted_name"
HIDDEN = "username ip_address code old_password new_password1 new_password2"
AXES_SENSITIVE_PARAMETERS = HIDDEN.split()
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who goes on cannot keep it closed
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"

# The tracker

# A status assessment without a review date of its own is due this many days after it was recorded.
REVIEW_INTERVAL_DAYS = env.int("REVIEW_INTERVAL_DAYS", default=180)

# What each process keeps in memory: bytes of answers, characters of published documents.
ANSWERS_IN_MEMORY = env.int("ANSWERS_IN_MEMORY", default=64_000_000)
ENTRIES_IN_MEMORY = env.int("ENTRIES_IN_MEMORY", default=16_000_000)

# Nobody approves a proposal of their own, nor publishes what they handed in themselves.
FOUR_EYES = env.bool("FOUR_EYES", default=True)

# Editors may publish what they change at once; without it, their changes are proposals too.
DIRECT_EDITS = env.bool("DIRECT_EDITS", default=True)

# Whoever has no second factor is led to set one up, and can do nothing else on the desk.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)

# Whether the server opens addresses of sources: to offer what a page says of itself, and to find
# dead links. It opens public addresses alone (`disputes.web`).
OPEN_LINKS = env.bool("OPEN_LINKS", default=False)

# Notices to colleagues: none without EMAIL_URL (smtp+tls://user:password@host:587, consolemail://).
vars().update(env.email("EMAIL_URL", default="dummymail://"))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="tracker@localhost")

# How many requests to the API one client may make in how many seconds: 600/60. Off by default.
RATE_LIMIT = rates.limit(env.str("RATE_LIMIT", default=""))

# Where `make_release` puts releases, and where /data/ finds them; on a volume that all nodes share.
RELEASES = env.str("RELEASES", default=str(BASE_DIR / "releases"))
