"""manage.py wording [FILE …]: runs the wording lint on files, standard input or the shop's rendered pages."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from store.guidebook import wording
from store.guidebook.languages import LANGUAGES
from store.guidebook.wording import published_pages
from store.guidebook.wording.lexicon import MARKETS


class Command(BaseCommand):
    help = (
        "Reads sentences, one a line, and prints `line: id: the words` for each claim. "
        "Exit 0 without a claim, 1 with one, 2 when a file cannot be read as UTF-8 text."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="text files; without one, or for -, standard input"
        )
        parser.add_argument(
            "--shop", action="store_true", help="read every page of the shop as rendered, not files"
        )
        parser.add_argument(
            "--market", choices=MARKETS, type=str.upper, help="only the rules of this market (default: all)"
        )
        parser.add_argument(
            "--lang",
            "--language",
            choices=LANGUAGES,
            type=str.lower,
            help="the language (default: guessed sentence by sentence)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["shop"]:
            self._shop(options["market"])
        else:
            self._files(options)

    def _files(self, options: dict[str, Any]) -> None:
        names = options["files"] or ["-"]
        found = False
        for name in names:
            prefix = f"{name}:" if len(names) > 1 else ""
            for number, line in enumerate(_lines(name), start=1):
                for finding in wording.check(line, options["market"], options["lang"]):
                    found = True
                    self.stdout.write(f"{prefix}{number}: {finding.id}: {finding.words}")
        if found:
            sys.exit(1)

    def _shop(self, market: str | None) -> None:
        """Print each claim on the shop's pages once, with its first page. Waived ones do not change the exit status."""
        claims: dict[tuple[str, str], published_pages.PublishedClaim] = {}
        for claim in published_pages.claims(market):
            claims.setdefault((claim.finding.id, claim.finding.sentence), claim)
        for claim in claims.values():
            mark = "kept: " if claim.waived else ""
            self.stdout.write(f"{claim.page}: {mark}{claim.finding.id}: {claim.finding.marked}")
        if any(not claim.waived for claim in claims.values()):
            sys.exit(1)


def _lines(name: str) -> Iterator[str]:
    raw = _bytes(name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CommandError(
            f"{_display_name(name)} is not UTF-8 text (line {line}). Save it as UTF-8.", returncode=2
        ) from error
    if "\0" in text:
        raise CommandError(
            f"{_display_name(name)} holds bytes that are no text. Name a text file.", returncode=2
        )
    yield from text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror or error}.", returncode=2) from error


def _display_name(name: str) -> str:
    return "Standard input" if name == "-" else name
