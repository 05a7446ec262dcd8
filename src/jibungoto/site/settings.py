"""Django's settings, built from the home that the environment names.

Read from the environment: ``JIBUNGOTO_HOME`` (the folder), ``JIBUNGOTO_ADDRESS`` (the public
address, ``https://...``, where the site is not only used on its own machine), ``JIBUNGOTO_MAIL``
(the mail server, see ``site/mail.py``) with ``JIBUNGOTO_MAIL_FROM``, and ``JIBUNGOTO_DEBUG`` (``1``
shows tracebacks and the component sheet).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from jibungoto.site.home import database_file, home_from_environment, kept_secret, uploads
from jibungoto.site.mail import mail_settings
from jibungoto.site.static_files import fingerprint, kept_for_ever

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home_from_environment()
ADDRESS = urlsplit(os.environ.get("JIBUNGOTO_ADDRESS", "").strip())
PUBLIC = ADDRESS.scheme == "https"

DEBUG = os.environ.get("JIBUNGOTO_DEBUG") == "1"
# Without a home nothing is written: a type checker imports these settings too.
SECRET_KEY = kept_secret(HOME) if HOME else secrets.token_urlsafe(64)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
if ADDRESS.hostname:
    ALLOWED_HOSTS.append(ADDRESS.hostname)
    CSRF_TRUSTED_ORIGINS = [f"{ADDRESS.scheme}://{ADDRESS.netloc}"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "axes",
    "jibungoto.records",
    "jibungoto.web",
]
MIDDLEWARE = [
    "jibungoto.site.headers.AnswerHeaders",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "jibungoto.web.problems.WrongWayIn",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jibungoto.web.signing_in_demo.SignInDemo",  # only with JIBUNGOTO_DEMO=1
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "jibungoto.site.urls"
WSGI_APPLICATION = "jibungoto.site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jibungoto.web.surroundings.surroundings",
            ],
        },
    }
]

# With Django's defaults concurrent registrations got errors; see DESIGN, Operations.
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(database_file(HOME)) if HOME else ":memory:",
        "ATOMIC_REQUESTS": False,
        # A file in tests too: several connections to a database in memory do not wait for locks.
        "TEST": {"NAME": str(database_file(HOME).with_suffix(".test.sqlite3")) if HOME else None},
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
# Uploads pass through the home: a temporary folder in memory could not hold a large one.
FILE_UPLOAD_TEMP_DIR = uploads(HOME) if HOME else None
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "jibungoto.web.spool.Spool",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign_in"
AXES_VERBOSE = False
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "jibungoto.web.problems.locked_out"

globals().update(
    mail_settings(
        os.environ.get("JIBUNGOTO_MAIL", ""), os.environ.get("JIBUNGOTO_MAIL_FROM", ""), home=HOME
    )
)

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = f"static/{fingerprint(PACKAGE / 'web' / 'static')}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = kept_for_ever

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PUBLIC
SECURE_SSL_REDIRECT = False  # the proxy in front redirects; we only speak plain HTTP to it
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if PUBLIC else 0
if PUBLIC:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "jibungoto.web.problems.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
