"""What keeps a shop from being opened to the internet as it is, and what to set instead.

A shop whose PUBLIC_URL is not on this machine is reachable by others. It does not start while it would give itself
away: demo settings, secrets that others know, mail that goes nowhere, an example maker. `manage.py make_env` writes
settings that pass; `manage.py check --deploy` says the same list without starting anything.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

MIN_SECRET_LENGTH = 32
# Values that stood in examples of ours or are commonly left in place.
KNOWN_SECRETS = frozenset({"only-for-this-machine", "only for tests", "changeme", "secret", "cupwell"})
# They keep every mail for whoever looks and send none on; docker compose starts one.
TRIAL_MAIL_HOSTS = frozenset({"mailpit", "mailhog"})
KNOWN_PASSWORDS = frozenset({"", "cupwell", "postgres", "password", "changeme"})


@dataclass(frozen=True, slots=True)
class Problem:
    """`id` is the id of the system check, `remedy` what to set."""

    id: str
    message: str
    remedy: str


class UnsafeDeployment(SystemExit):
    """The shop refuses to start; `problems` say why. The exit code is 1, the message goes to standard error."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        lines = [f"The shop does not start: {settings.PUBLIC_URL} can be reached by others, and"]
        lines += [f"  - {problem.message}\n    {problem.remedy}" for problem in problems]
        lines += ["`manage.py make_env` writes settings for a public shop; docs/deploy.md has the steps."]
        super().__init__("\n".join(lines))


def require_safe_deployment() -> None:
    """Raise UnsafeDeployment when the shop is reachable and has a problem. Called where a process begins to serve."""
    if is_reachable(settings.PUBLIC_URL) and (problems := list(find_problems())):
        raise UnsafeDeployment(problems)


def is_reachable(url: str) -> bool:
    """Whether others than this machine use this address: its host is no loopback name or address."""
    host = (urlsplit(url).hostname or "").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


def find_problems() -> Iterator[Problem]:
    """Every problem, so that a merchant sees all of them at once."""
    if not settings.PRODUCTION:
        yield Problem(
            "deployment.E001", "it runs in demo mode, with demo logins and payments.", "Set PRODUCTION=1."
        )
    if len(settings.SECRET_KEY) < MIN_SECRET_LENGTH or settings.SECRET_KEY in KNOWN_SECRETS:
        yield Problem(
            "deployment.E002",
            "SECRET_KEY is short or known; whoever knows it can log in as anybody.",
            "Leave it out (one is made in the data folder), or set one of 50 random characters.",
        )
    if settings.DUMMY_PAYMENTS:
        yield Problem(
            "deployment.E003",
            "payments are made up; orders would be paid without money.",
            "Set DUMMY_PAYMENTS=0.",
        )
    yield from _mail_problems()
    yield from _database_problems()
    if urlsplit(settings.PUBLIC_URL).scheme != "https":
        yield Problem(
            "deployment.E007",
            "PUBLIC_URL has no https; passwords and addresses would travel in the clear.",
            "Put a proxy with a certificate in front and set PUBLIC_URL=https://…",
        )
    yield from _example_maker()


def _mail_problems() -> Iterator[Problem]:
    if not settings.EMAIL_URL.strip() or urlsplit(settings.EMAIL_URL).hostname in TRIAL_MAIL_HOSTS:
        yield Problem(
            "deployment.E004",
            "EMAIL_URL names no mail server: no confirmation and no safety mail would reach a customer.",
            "Set EMAIL_URL, such as smtp+tls://user:password@mail.example:587.",
        )
    sender = parseaddr(settings.MAIL_FROM)[1]
    if sender.endswith((".example", "@localhost")):
        yield Problem(
            "deployment.E005",
            f"mails would come from {sender}, which does not exist.",
            "Set MAIL_FROM (and MAIL_REPLY_TO).",
        )


def _database_problems() -> Iterator[Problem]:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql") and database.get("PASSWORD", "") in KNOWN_PASSWORDS:
        yield Problem(
            "deployment.E006",
            "the password of the database is a default.",
            "Set POSTGRES_PASSWORD (and DATABASE_URL) to one of your own.",
        )


def _example_maker() -> Iterator[Problem]:
    from store.guidebook.checks import example_maker_problem  # reads guides/: only when it is asked

    if message := example_maker_problem():
        yield Problem(
            "deployment.E008", message, "Write your own names and addresses into guides/maker.toml."
        )


@register(Tags.security, deploy=True)
def check_deployment(**_: Any) -> list[CheckMessage]:
    return [Error(problem.message, hint=problem.remedy, id=problem.id) for problem in find_problems()]
