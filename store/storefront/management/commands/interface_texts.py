"""`manage.py interface_texts`: the translations of the pages, brought up to date, and what is missing in them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from store.storefront import interface_texts


class Command(BaseCommand):
    help = "Add new texts of the pages to the files of translations, compile these, and list what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, only list what is missing")

    def handle(self, *, check: bool, **_options: Any) -> None:
        found: list[str] = []
        for language in interface_texts.LANGUAGES:
            if not check:
                interface_texts.update(language)
            found += interface_texts.problems(language)
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Every text has its translations.")
