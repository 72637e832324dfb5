"""System checks: an invalid EMAIL_URL, sender address or mail text is reported at start-up, with the remedy."""

from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from store.mailer import mail_texts
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
    for name in ("MAIL_FROM", "MAIL_REPLY_TO"):
        if "@" not in parseaddr(getattr(settings, name))[1]:
            errors.append(
                Error(f"{name} must hold an address, such as Cupwell <hello@example.com>", id="mailer.E002")
            )
    return errors


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
