"""The only reader of the environment. Each setting has a default that makes `make run` work as it is."""

import contextlib
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from store import saleor_connection
from store.garbage_collection import look_seldom

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

look_seldom()  # here, since every process reads this file first

# --- folders -----------------------------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).expanduser().resolve()
GUIDES_DIR = Path(env.str("GUIDES_DIR", default=str(BASE_DIR / "guides")))
CATALOG_SEED_DIR = Path(env.str("CATALOG_SEED_DIR", default=str(BASE_DIR / "catalog_seed")))
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
MAIL_DIR = DATA_DIR / "mail"


def _persistent_secret(name: str) -> str:
    """A secret generated once and stored in the data folder, so that sessions, links and tokens survive a restart."""
    file = DATA_DIR / name
    if not file.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        new_file = DATA_DIR / f".{name}.{secrets.token_hex(4)}"
        new_file.write_text(secrets.token_urlsafe(48))
        new_file.chmod(0o600)
        with contextlib.suppress(FileExistsError):  # one of several starting processes wins
            file.hardlink_to(new_file)
        new_file.unlink()
    return file.read_text().strip()


# --- mode --------------------------------------------------------------------------------------------
DEBUG = False
PRODUCTION = env.bool("PRODUCTION", default=False)
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
WEB_WORKERS = env.int("WEB_WORKERS", default=1)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://{HOST}:{PORT}").rstrip("/")
SECRET_KEY = env.str("SECRET_KEY", default="") or _persistent_secret("secret-key")
# Earlier values, comma-separated: what they signed or encrypted stays valid (docs/deploy.md).
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
_PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or HOST
# The loopback names stay allowed: health checks of containers and of the supervisor ask there.
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[_PUBLIC_HOST, HOST, "testserver"]), *_LOOPBACK]
# Proxies whose X-Forwarded-For is believed: by default this machine and private networks.
TRUSTED_PROXIES = env.list(
    "TRUSTED_PROXIES",
    default=["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"],
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL])

# --- Saleor, or the embedded engine ------------------------------------------------------------------
# By the environment, or as `manage.py connect_saleor` has written it into the data folder.
SECRET_KEYS = [SECRET_KEY, *SECRET_KEY_FALLBACKS]
_CONNECTION = saleor_connection.read(DATA_DIR, SECRET_KEYS)
SALEOR_API_URL = env.str("SALEOR_API_URL", default="") or (_CONNECTION.api_url if _CONNECTION else "")
if _CONNECTION and _CONNECTION.api_url != SALEOR_API_URL:
    _CONNECTION = None  # the environment names another shop
SALEOR_APP_TOKEN = env.str("SALEOR_APP_TOKEN", default="") or (_CONNECTION.app_token if _CONNECTION else "")
# Where the desk's links to orders and products lead; Saleor's cloud and images serve it there.
SALEOR_DASHBOARD_URL = (
    env.str("SALEOR_DASHBOARD_URL", default="")
    or urlsplit(SALEOR_API_URL)._replace(path="/dashboard", query="").geturl()
).rstrip("/")
# For `connect_saleor` without a terminal; it is not kept.
SALEOR_STAFF_PASSWORD = env.str("SALEOR_STAFF_PASSWORD", default="")
SALEOR_JWKS_URL = env.str("SALEOR_JWKS_URL", default="")
SALEOR_WEBHOOK_SECRET = env.str("SALEOR_WEBHOOK_SECRET", default="")
EMBEDDED = not SALEOR_API_URL
# Names the shop in the records of events and mails, whose ids another shop may have too. Keep the old name where the
# same Saleor gets another address.
SHOP_ID = env.str("SALEOR_ID", default="") or urlsplit(SALEOR_API_URL).netloc.lower() or "embedded"
# The key that signs tokens and webhooks (PEM). Without one a key is generated and stored encrypted in the database.
RSA_PRIVATE_KEY = env.str("RSA_PRIVATE_KEY", default="", multiline=True)
# Webhooks to this machine or a private network are refused against server-side request forgery.
WEBHOOK_ALLOW_PRIVATE_ADDRESSES = env.bool("WEBHOOK_ALLOW_PRIVATE_ADDRESSES", default=False)
DEFAULT_CHANNEL = env.str("DEFAULT_CHANNEL", default="default-channel")
# Hosts that links in account mails may lead to; always the store's own, without which nobody could register.
ALLOWED_CLIENT_HOSTS = [
    _PUBLIC_HOST,
    *env.list("ALLOWED_CLIENT_HOSTS", default=["127.0.0.1", "localhost", HOST]),
]
DUMMY_PAYMENTS = env.bool("DUMMY_PAYMENTS", default=not PRODUCTION)
HEALTH_TOKEN = env.str("HEALTH_TOKEN", default="")
GRAPHIQL = env.bool("GRAPHIQL", default=not PRODUCTION)
GRAPHQL_INTROSPECTION = env.bool("GRAPHQL_INTROSPECTION", default=not PRODUCTION)
GRAPHQL_MAX_DEPTH = env.int("GRAPHQL_MAX_DEPTH", default=24)
GRAPHQL_MAX_COST = env.int("GRAPHQL_MAX_COST", default=50_000)
GRAPHQL_MAX_TOKENS = env.int("GRAPHQL_MAX_TOKENS", default=8_000)
GRAPHQL_MAX_FIELDS = env.int("GRAPHQL_MAX_FIELDS", default=20_000)
GRAPHQL_MAX_ITEMS = env.int("GRAPHQL_MAX_ITEMS", default=100_000)
GRAPHQL_MAX_MUTATIONS = env.int("GRAPHQL_MAX_MUTATIONS", default=50)
# Time limit of a request, and of each database statement.
GRAPHQL_SECONDS = env.int("GRAPHQL_SECONDS", default=15)
GRAPHQL_MAX_BODY = env.int("GRAPHQL_MAX_BODY", default=1_000_000)
GRAPHQL_MAX_UPLOAD = env.int("GRAPHQL_MAX_UPLOAD", default=12_500_000)  # a picture of 12 MB and its envelope
MAX_BODY = env.int(
    "MAX_BODY", default=64_000_000
)  # of any request, such as an import; refused before it is read
# Origins whose pages may ask the API from a browser, such as https://dashboard.example.com; * for all, as in Saleor.
GRAPHQL_ALLOWED_ORIGINS = env.list("GRAPHQL_ALLOWED_ORIGINS", default=["*"])
# How often a client may do a thing: (times, in so many seconds). 0 times is no limit. See store/rate_limits.py.
RATE_LIMITS = {
    "login": (env.int("RATE_LIMIT_LOGIN", default=30), 300),
    "register": (env.int("RATE_LIMIT_REGISTER", default=10), 3600),
    "reset": (env.int("RATE_LIMIT_RESET", default=10), 3600),
    "checkout": (env.int("RATE_LIMIT_CHECKOUT", default=60), 600),
    "cart": (env.int("RATE_LIMIT_CART", default=120), 600),
    "search": (env.int("RATE_LIMIT_SEARCH", default=60), 60),
    "suggestions": (env.int("RATE_LIMIT_SUGGESTIONS", default=240), 60),
    "order lookup": (env.int("RATE_LIMIT_ORDER_LOOKUP", default=60), 60),
    "stored page": (env.int("RATE_LIMIT_STORED_PAGE", default=120), 600),
    "message": (env.int("RATE_LIMIT_MESSAGE", default=10), 3600),
    "graphql cost": (env.int("RATE_LIMIT_GRAPHQL_COST", default=500_000), 60),
}
# Size of the response cache in each web process; 0 switches it off.
RESPONSE_CACHE_BYTES = env.int("RESPONSE_CACHE_BYTES", default=16_000_000)

# Size of the page cache in each web process; 0 switches it off.
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", default=16_000_000)
# Seconds after which a page made of a real Saleor's answers is compared with them anew.
SALEOR_ASK_AGAIN_SECONDS = env.float("SALEOR_ASK_AGAIN_SECONDS", default=10.0)

# A page gives up after so long; a write has longer, since nobody knows what became of one that was given up.
SALEOR_READ_SECONDS = env.float("SALEOR_READ_SECONDS", default=2.0)
SALEOR_WRITE_SECONDS = env.float("SALEOR_WRITE_SECONDS", default=10.0)
# Threads that wait for another machine cost little. Some are always left for what needs no Saleor: guides, inserts,
# webhooks and health.
WEB_THREADS = env.int("WEB_THREADS", default=4 if EMBEDDED else 16)
WEB_CONNECTIONS = env.int("WEB_CONNECTIONS", default=1024)
if min(WEB_WORKERS, WEB_THREADS, WEB_CONNECTIONS) < 1:
    raise ImproperlyConfigured("WEB_WORKERS, WEB_THREADS and WEB_CONNECTIONS are each 1 or more.")
SALEOR_CALLS = max(1, WEB_THREADS - 4)

# --- database ----------------------------------------------------------------------------------------
# FULL: what was answered is on the disk, also after a power cut. NORMAL may lose the last moments before one, never the
# database, and waits for the disk less often (docs/deploy.md).
SQLITE_SYNCHRONOUS = env.str("SQLITE_SYNCHRONOUS", default="FULL" if PRODUCTION else "NORMAL").upper()
if SQLITE_SYNCHRONOUS not in ("NORMAL", "FULL", "EXTRA"):
    raise ImproperlyConfigured("SQLITE_SYNCHRONOUS is NORMAL, FULL or EXTRA.")
SQLITE_ENGINE = "store.fair_sqlite3"
_SQLITE_OPTIONS: dict[str, Any] = {
    # IMMEDIATE: a writer takes the lock at BEGIN, so two checkouts queue up instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SQLITE_SYNCHRONOUS}; PRAGMA foreign_keys=ON;"
    " PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;",
}


def _database() -> dict[str, Any]:
    url = env.str("DATABASE_URL", default="")
    if not url:
        return {
            "ENGINE": SQLITE_ENGINE,
            "NAME": DATA_DIR / "shop.sqlite3",
            "OPTIONS": _SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
        }
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        return config | {"ENGINE": SQLITE_ENGINE, "OPTIONS": _SQLITE_OPTIONS, "CONN_MAX_AGE": None}
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False  # operations own their transaction; a failing page must never undo an order

# --- cache and queue ---------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    # Not imported by a shop without Redis: the client brings megabytes of its own.
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    # One quick second try for a connection that went stale. The client's own default waits more than four seconds for
    # each question while Redis is down, which every page would pass on.
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {
                "socket_connect_timeout": 1,
                "socket_timeout": 1,
                "retry": Retry(NoBackoff(), 1),
            },
        }
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"visibility_timeout": 3600}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 50_000},  # counts of attempts: nobody may push out another's
        }
    }
    _QUEUE = DATA_DIR / "queue"
    CELERY_BROKER_URL = "messagefiles://localhost//"  # store.message_files
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE / "messages"),
        "data_folder_out": str(_QUEUE / "messages"),
        "control_folder": str(_QUEUE / "control"),
        "polling_interval": 0.05,
    }
# Messages carry a row id only: a lost one is delayed until the next sweep, a repeated one does nothing.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ENABLE_UTC = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ETA_TASK_LIMIT = 100
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
# So long the link to an order's page works, which every mail about the order has anew.
ORDER_LINK_DAYS = env.int("ORDER_LINK_DAYS", default=180)
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=20.0)
# What people changed stays in the audit log for so long.
AUDIT_RETENTION_DAYS = env.int("AUDIT_RETENTION_DAYS", default=730)
# Events of the engine with their webhook deliveries: those that arrived, and those that failed.
EVENT_RETENTION_DAYS = env.int("EVENT_RETENTION_DAYS", default=14)
FAILED_DELIVERY_RETENTION_DAYS = env.int("FAILED_DELIVERY_RETENTION_DAYS", default=90)
# Carts without money that nobody has touched for so long are deleted with their addresses; 0 keeps them for ever.
CHECKOUT_RETENTION_DAYS = env.int("CHECKOUT_RETENTION_DAYS", default=90)
# So long what was sent stays readable, with the messages of shoppers and the events that caused mails; 0: for ever.
MAIL_RETENTION_DAYS = env.int("MAIL_RETENTION_DAYS", default=730)
# The same for safety mail and recalls, which show whom the shop warned of what (product liability: ten years).
SAFETY_MAIL_RETENTION_DAYS = env.int("SAFETY_MAIL_RETENTION_DAYS", default=3650)

# --- mail --------------------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", default="")
MAIL_FROM = env.str("MAIL_FROM", default="Cupwell <hello@cupwell.example>")
# Of mails that one can unsubscribe from: with an address of their own their repute does not touch safety mail's.
MAIL_CARE_FROM = env.str("MAIL_CARE_FROM", default="")
MAIL_REPLY_TO = env.str("MAIL_REPLY_TO", default="Cupwell <care@cupwell.example>")
# Who is told, at most once an hour, of what needs a person; by a mail server of its own, since the first may be ill.
MAIL_ALARM_TO = env.str("MAIL_ALARM_TO", default="")
MAIL_ALARM_EMAIL_URL = env.str("MAIL_ALARM_EMAIL_URL", default="")
# Where bounces go (the envelope's sender), and the IMAP mailbox from which they are read every five minutes.
MAIL_BOUNCE_TO = env.str("MAIL_BOUNCE_TO", default="")
MAIL_BOUNCE_URL = env.str("MAIL_BOUNCE_URL", default="")
# Or the provider that tells of them by webhooks at /hooks/mail/<provider>/: postmark, mailgun, brevo, amazon-ses.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", default="")
ANYMAIL = {
    "WEBHOOK_SECRET": env.str("MAIL_WEBHOOK_SECRET", default=""),  # user:password, in the webhook's address
    "MAILGUN_WEBHOOK_SIGNING_KEY": env.str("MAILGUN_SIGNING_KEY", default=""),
}
MAIL_HOWTO_DELAY_SECONDS = env.int("MAIL_HOWTO_DELAY_SECONDS", default=4 * 3600)
# Off for a trial run at night: shipping and CARE mails wait for the morning at the recipient's place.
MAIL_QUIET_HOURS = env.bool("MAIL_QUIET_HOURS", default=True)
MAIL_CARE_SPACING_HOURS = env.int("MAIL_CARE_SPACING_HOURS", default=16)
MAILBOX_ENABLED = env.bool("MAILBOX_ENABLED", default=not PRODUCTION and not EMAIL_URL)

# --- Django ------------------------------------------------------------------------------------------
ROOT_URLCONF = "store.urls"
WSGI_APPLICATION = "store.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
INSTALLED_APPS = [
    "store.engine.admin",  # before unfold: its admin/base.html is the one that is used
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "store.engine.events",
    "store.engine.caching",
    "store.engine.channels",
    "store.engine.taxes",
    "store.engine.shipping",
    "store.engine.accounts",
    "store.engine.catalog",
    "store.engine.stock",
    "store.engine.discounts",
    "store.engine.payments",
    "store.engine.orders",
    "store.engine.checkout",
    "graphene_django_graphiql_static",
    "store.engine.graphql",
    "store.guidebook",
    "store.mailer",
    "store.back_in_stock",
    "store.reviews",
    "store.safety",
    "store.saleor_app",
    "store.moved_ids.apps.MovedIds",
    "store.seed",
    "store.storefront",
    "store.wiring.Wiring",
]
MIDDLEWARE = [
    "store.client_addresses.ClientAddressMiddleware",
    "store.storefront.page_cache_middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "store.form_cleaning.FormCleaningMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "store.cross_site_forms.CrossSiteFormMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "store.engine.admin.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "store.redirected_answers.RedirectedAnswerMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "store.content_security.ContentSecurityMiddleware",
    "store.storefront.rate_limits.RequestRateMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["store.storefront.templatetags.cached_url", "store.storefront.templatetags.cards"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = LOGIN_REDIRECT_URL = "/admin/"
LANGUAGE_CODE = "en"  # at the root of the shop; the others are below their code, such as /de/
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "store" / "storefront" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")  # of the merchant: times at the desk, and when a day begins
USE_TZ = True
FORMAT_MODULE_PATH = ["store.date_formats"]
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    ("fonts", BASE_DIR / "store" / "guidebook" / "fonts"),  # one copy for pages and PDFs
    ("guidebook/drawings", GUIDES_DIR / "figures"),  # a twentieth of the bytes of the PNG that mails need
]
# Compressing all takes ten seconds, which a local trial run need not wait for: it compresses the shop's own files.
STATIC_COMPRESS = env.bool("STATIC_COMPRESS", default=PRODUCTION)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_COMPRESS
        else "store.static_storage.ShopCompressedStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# --- browser security --------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool(
    "SECURE_SSL_REDIRECT", default=PRODUCTION and PUBLIC_URL.startswith("https://")
)
# Containers ask from inside; Saleor takes a redirect of a webhook as final and never sends that event again.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^hooks/saleor/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if PRODUCTION else 0)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
# Gets a link to set a password, printed at the start of a public shop that nobody owns yet.
OWNER_EMAIL = env.str("OWNER_EMAIL", default="")
# Whether staff must have a second factor for the desk, or may.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
OTP_TOTP_ISSUER = "Cupwell"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 3600  # of staff; customers have no session
PASSWORD_RESET_TIMEOUT = env.int("MAILED_LINK_HOURS", default=24) * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "store.storefront.errors.csrf_failed"
# Pictures come from this host, or from the host of a real Saleor.
PICTURE_HOSTS = env.list(
    "PICTURE_HOSTS",
    default=sorted(
        {"/".join(SALEOR_API_URL.split("/")[:3]), *(_CONNECTION.picture_hosts if _CONNECTION else ())}
    )
    if SALEOR_API_URL
    else [],
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a parcel has three for each line of its order
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *PICTURE_HOSTS],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}
# Unfold's Alpine evaluates the expressions of its templates and sets styles; GraphiQL's editor sets styles.
CONTENT_SECURITY_ADDITIONS = {
    "/admin/": {"script-src": ["'unsafe-eval'"], "style-src": ["'unsafe-inline'"]},
    "/graphql/": {"style-src": ["'unsafe-inline'"], "font-src": ["data:"]},
}

# --- admin (Unfold) ----------------------------------------------------------------------------------
_STEPS = (50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950)
_SAND = [
    *("#faf8f3", "#f3eee4", "#e6dece", "#d3c9b6", "#a39a8b", "#716a5d"),
    *("#575047", "#413c35", "#2b2823", "#1c1a17", "#121110"),
]
_TEAL = [
    *("#eef7f6", "#d6ebe8", "#afd8d3", "#86cbc3", "#4ea79f", "#2a837e"),
    *("#0e5257", "#0b474b", "#093d41", "#072f32", "#041b1d"),
]
UNFOLD = {
    "SITE_TITLE": "Cupwell",
    "SITE_HEADER": "Cupwell",
    "SITE_SUBHEADER": "Merchant's desk",
    "SITE_SYMBOL": "storefront",
    "SHOW_HISTORY": False,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "6px",
    "STYLES": ["store.engine.admin.theme.stylesheet"],
    "SCRIPTS": ["store.engine.admin.theme.script"],
    "COLORS": {
        "base": {str(step): color for step, color in zip(_STEPS, _SAND, strict=True)},
        "primary": {str(step): color for step, color in zip(_STEPS, _TEAL, strict=True)},
    },
    "SIDEBAR": {"navigation": "store.engine.admin.sidebar.navigation"},
    "DASHBOARD_CALLBACK": "store.engine.admin.home.dashboard_context",
    "ACCOUNT": {"navigation": [{"title": "Second factor", "link": "/admin/second-factor/"}]},
    "LOGIN": {"form": "store.engine.admin.login.AdminLoginForm"},
}

# --- logs --------------------------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"},
        "one line": {
            "()": "store.log_lines.OneLine",
            "format": "{asctime} {levelname:<7} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "refused requests": {"class": "logging.StreamHandler", "formatter": "one line"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        # A wrong Host, too many fields: the client's doing, which anybody can repeat. No traceback of ours for it.
        "django.security": {"handlers": ["refused requests"], "propagate": False},
        "httpx2": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
