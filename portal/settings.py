"""Every setting, read from the environment (see .env.example); the only settings file."""

import datetime
from pathlib import Path
from urllib.parse import quote

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.environment import Environment, needs_https, secret_key

BASE_DIR = Path(__file__).parent.parent
VAR_DIR = BASE_DIR / "var"
env = Environment.of_process(BASE_DIR / ".env")

# How the site is served
DEBUG = env.flag("DEBUG")
SECRET_KEY = secret_key(env.text("SECRET_KEY"), VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:" + env.text("PORT", "8000")).rstrip("/")
if not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}; it must begin with https:// or http://.")
USE_HTTPS = needs_https(ALLOWED_HOSTS, env.flag("INSECURE_HTTP"))

# Who runs it; what is not set is left out of the pages
SITE_NAME = env.text("SITE_NAME", "明账")
SITE_OWNER = env.text("SITE_OWNER")
SITE_CONTACT = env.text("SITE_CONTACT")
SITE_ID_CODE = env.text("SITE_ID_CODE")
SITE_ICP = env.text("SITE_ICP")
SITE_POLICE_RECORD = env.text("SITE_POLICE_RECORD")
SITE_IS_OFFICIAL = env.flag("SITE_IS_OFFICIAL")
SITE_IS_DEMO = env.flag("SITE_IS_DEMO")
DATA_LICENCE = env.text("DATA_LICENCE")
DATA_LICENCE_URL = env.text("DATA_LICENCE_URL")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "axes",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_tables2",
    "budgets",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # No public page carries a secret that compression could give away; staff pages, which do,
    # are not compressed (`views.staff_access`).
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Sets its cookie only where a page uses a token, so public pages stay without one.
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Lazy: a page that does not ask who is there reads no session and sets no cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "portal.context.site",
            ],
        },
    }
]

# Two databases, one code: SQLite embedded by default, PostgreSQL in production
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'mingzhang.sqlite3'))}")
if not DATABASE_URL.startswith(("sqlite://", "postgres://", "postgresql://")):
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    if DATABASES["default"]["NAME"] != ":memory:":
        # One database whatever folder a command runs in; first runs have no var/ yet.
        DATABASES["default"]["NAME"] = file = BASE_DIR / DATABASES["default"]["NAME"]
        file.parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Files of the pages: hashed names, compressed once, served by the web process itself
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
CHARTS_AVAILABLE = (BASE_DIR / "static/vendor/chart.js/chart.umd.js").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

DJANGO_TABLES2_TEMPLATE = "components/_table.html"

# Security. Public pages carry no cookie; everything comes from this host alone.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = USE_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if USE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USE_HTTPS
SECURE_HSTS_PRELOAD = USE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if USE_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USE_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

# Who works here: sessions end with the browser or after half an hour without a click; five wrong
# passwords for one name from one address lock both for half an hour.
AUTHENTICATION_BACKENDS = (
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "staff_login"
LOGIN_REDIRECT_URL = "staff_home"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 24 * 3600  # of a one-time link
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/staff/"  # public pages never see one
SESSION_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # half an hour, however often one tries
# Behind a proxy every visitor would have its address: say how many proxies write X-Forwarded-For.
TRUSTED_PROXIES = int(env.text("TRUSTED_PROXIES", "0") or 0)
AXES_CLIENT_IP_CALLABLE = "budgets.views.staff_access.client_address"
AXES_LOCKOUT_TEMPLATE = "staff/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Anybody may ask under any name; the 400 they get is answer enough.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL", "propagate": False}},
}
