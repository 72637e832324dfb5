"""manage.py wording [FILE …]: claims that may not be made, a sentence a line, from files or standard input."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from store.guidebook import wording
from store.guidebook.languages import LANGUAGES
from store.guidebook.wording.lexicon import MARKETS


class Command(BaseCommand):
    help = "Reads sentences, one a line, and prints `line: id: the words` for each claim. Exit 1 if there is one."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="text files; without one, standard input"
        )
        parser.add_argument("--market", choices=MARKETS, help="only the rules of this market (default: all)")
        parser.add_argument("--lang", choices=LANGUAGES, help="the language (default: guessed line by line)")

    def handle(self, *args: Any, **options: Any) -> None:
        named = [(str(name), _read(Path(name))) for name in options["files"]] or [("", sys.stdin.read())]
        found = False
        for name, text in named:
            lead = f"{name}:" if len(named) > 1 else ""
            for finding in wording.check(text, options["market"], options["lang"]):
                found = True
                self.stdout.write(f"{lead}{finding.line}: {finding.id}: {finding.words}")
        if found:
            sys.exit(1)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as bad:
        raise CommandError(f"{file} cannot be read as text ({bad}). Name a UTF-8 text file.") from bad
