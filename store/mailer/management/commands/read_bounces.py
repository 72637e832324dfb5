"""`manage.py read_bounces`: takes in reports of mails that came back, from a pipe or a mailbox."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from store.mailer.bounces import recording, sources


class Command(BaseCommand):
    help = (
        "Read reports about sent mails: from the standard input, --mailbox PATH (mbox or Maildir), or --imap."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mailbox", type=Path, help="an mbox file or a Maildir folder")
        parser.add_argument("--imap", action="store_true", help="the mailbox of the setting MAIL_BOUNCE_URL")

    def handle(self, *args: Any, mailbox: Path | None, imap: bool, **options: Any) -> None:
        try:
            count = self._read(mailbox, imap=imap)
        except sources.SourceError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{count} new.")

    def _read(self, path: Path | None, *, imap: bool) -> int:
        if imap:
            return sources.read_imap(settings.MAIL_BOUNCE_URL)
        return sources.read_mailbox(path) if path else recording.record_message(sys.stdin.buffer.read())
