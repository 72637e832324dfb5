"""Start-up checks: a broken EMAIL_URL or file of words is told at once, with what to do."""

from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from store.mailer import mail_texts
from store.mailer.transport.smtp import BadEmailUrl, parse

LANGUAGES = ("en", "de", "es")


@register()
def check_mail_settings(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.EMAIL_URL.strip():
        try:
            parse(settings.EMAIL_URL)
        except BadEmailUrl as error:
            found.append(Error(str(error), id="mailer.E001"))
    for name in ("MAIL_FROM", "MAIL_REPLY_TO"):
        if "@" not in parseaddr(getattr(settings, name))[1]:
            found.append(
                Error(f"{name} must hold an address, such as Cupwell <hello@example.com>", id="mailer.E002")
            )
    return found


@register()
def check_words(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    return [Error(str(error), id="mailer.E003") for error in _broken_words()]


def _broken_words() -> Iterator[mail_texts.WordsError]:
    names = mail_texts.names(mail_texts.FALLBACK)
    for lang in LANGUAGES:
        try:
            mail_texts.phrases(lang)
        except mail_texts.WordsError as error:
            yield error
        for name in names:
            try:
                mail_texts.load(name, lang)
            except mail_texts.WordsError as error:
                yield error
