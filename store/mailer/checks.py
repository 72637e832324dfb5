"""System checks: an invalid EMAIL_URL, sender address or mail text is reported at start-up, with the remedy.

What only matters to customers' mail (a mail server, addresses that exist) is said by `check --deploy` and `check_mail`.
"""

from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from store.mailer import mail_texts, providers
from store.mailer.transport.smtp import InvalidEmailUrl, parse_email_url

LANGUAGES = ("en", "de", "es")


@register()
def check_mail_settings(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    if settings.EMAIL_URL.strip():
        try:
            parse_email_url(settings.EMAIL_URL)
        except InvalidEmailUrl as error:
            errors.append(Error(str(error), id="mailer.E001"))
    errors += provider_problems()
    for name in _sender_settings():
        if "@" not in parseaddr(getattr(settings, name))[1]:
            errors.append(
                Error(f"{name} must hold an address, such as Cupwell <hello@example.com>", id="mailer.E002")
            )
    return errors


def _sender_settings() -> list[str]:
    """The settings that hold an address."""
    return ["MAIL_FROM", "MAIL_REPLY_TO", *(["MAIL_CARE_FROM"] if settings.MAIL_CARE_FROM else [])]


def provider_problems() -> Iterator[CheckMessage]:
    """Without its secret anybody could tell the shop that mails came back, so such a provider is not listened to."""
    name, secrets = settings.MAIL_PROVIDER, settings.ANYMAIL
    if not name:
        return
    if name not in providers.PROVIDERS:
        known = ", ".join(providers.PROVIDERS)
        yield Error(f"MAIL_PROVIDER is {name}, which is none of {known}.", id="mailer.E004")
    if ":" not in secrets["WEBHOOK_SECRET"]:
        yield Error("MAIL_PROVIDER needs MAIL_WEBHOOK_SECRET, as user:password.", id="mailer.E005")
    if name == "mailgun" and not secrets["MAILGUN_WEBHOOK_SIGNING_KEY"]:
        yield Error("MAIL_PROVIDER=mailgun needs MAILGUN_SIGNING_KEY.", id="mailer.E006")


@register(Tags.security, deploy=True)
def check_sending(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    return list(sending_problems())


def sending_problems() -> Iterator[CheckMessage]:
    """What keeps mail from leaving, or its links and sender from working for a customer."""
    if not settings.EMAIL_URL.strip():
        yield Warning(
            "EMAIL_URL is not set: mails are written into a folder and reach nobody.",
            hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example:587.",
            id="mailer.W001",
        )
    if _is_loopback(urlsplit(settings.PUBLIC_URL).hostname or ""):
        yield Warning(
            f"The links in mails lead to {settings.PUBLIC_URL}, which is this machine only.",
            hint="Set PUBLIC_URL to the address of the shop.",
            id="mailer.W002",
        )
    for name in _sender_settings():
        address = parseaddr(getattr(settings, name))[1]
        if address.rpartition("@")[2].rpartition(".")[2] in _RESERVED_DOMAINS:
            yield Warning(
                f"{name} is {address}, which does not exist.",
                hint=f"Set {name} to an address of your domain.",
                id="mailer.W003",
            )
    if not settings.MAIL_ALARM_TO:
        yield Warning(
            "Nobody is told by mail when mails do not leave.",
            hint="Set MAIL_ALARM_TO, and MAIL_ALARM_EMAIL_URL to a second mail server.",
            id="mailer.W004",
        )


# RFC 2606
_RESERVED_DOMAINS = ("example", "invalid", "localhost", "test")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@register()
def check_mail_texts(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    return [Error(str(error), id="mailer.E003") for error in _mail_text_errors()]


def _mail_text_errors() -> Iterator[mail_texts.MailTextError]:
    names = mail_texts.names(mail_texts.FALLBACK)
    for lang in LANGUAGES:
        try:
            mail_texts.phrases(lang)
        except mail_texts.MailTextError as error:
            yield error
        for name in names:
            try:
                mail_texts.load(name, lang)
            except mail_texts.MailTextError as error:
                yield error
