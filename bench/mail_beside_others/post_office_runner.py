"""django-post-office with a process that sends its queue every second:

`python post_office_runner.py prepare | plan MAILS | worker | states`
"""

import json
import os
import sys
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import clock
import django
from django.conf import settings

clock.set_back()
_database = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "post_office"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _database.path.lstrip("/"),
            "USER": _database.username or "",
            "PASSWORD": _database.password or "",
            "HOST": _database.hostname or "",
            "PORT": _database.port or "",
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_BACKEND="post_office.EmailBackend",
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=int(os.environ.get("SMTP_PORT", "25")),
    EMAIL_TIMEOUT=60,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
    # By default a mail that fails once is given up.
    POST_OFFICE={"MAX_RETRIES": 10, "RETRY_INTERVAL": timedelta(seconds=2), "MESSAGE_ID_ENABLED": True},
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from post_office import mail  # noqa: E402
from post_office.models import Email  # noqa: E402


def prepare() -> None:
    call_command("migrate", verbosity=0)


def plan(mails: str) -> None:
    for number in range(int(mails)):
        mail.send(
            f"buyer{number}@example.com",
            "shop@example.com",
            subject="Read this first",
            message="Check the rim of each cup before you use it.\n" * 20,
            scheduled_time=timezone.now(),
        )


def worker() -> None:
    while True:
        mail.send_queued_mail_until_done()
        time.sleep(1)


def states() -> None:
    print(json.dumps(Counter(one.get_status_display() for one in Email.objects.all())))


if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    globals()[verb](*arguments)
