"""`manage.py announce_insert glass-cups`: mails everybody who has an older major version what has changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from store.mailer.insert_changes import UnknownInsert, announce


class Command(BaseCommand):
    help = "Tell the owners of a product what its new safety insert says. Running it again adds nobody twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("insert", help="the name of its folder in guides/inserts")

    def handle(self, *args: Any, insert: str, **options: Any) -> None:
        try:
            count = announce(insert)
        except UnknownInsert:
            raise CommandError(f"There is no insert `{insert}` in guides/inserts.") from None
        self.stdout.write(f"{count} mails planned; they leave by themselves.")
