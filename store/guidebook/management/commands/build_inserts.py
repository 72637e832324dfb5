"""manage.py build_inserts: builds the PDFs of the inserts that are not there yet, at the lowest priority."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from store.guidebook import pdfs_ahead


class Command(BaseCommand):
    help = "Builds the PDF of each insert, language and size that is missing, so that no reader waits for it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--of", type=int, metavar="PID", help="end when this process, which started it, ends"
        )

    def handle(self, *, of: int | None, verbosity: int, **_: Any) -> None:
        pdfs_ahead.yield_to_others(of)
        count = pdfs_ahead.build_missing()
        if verbosity > 1:
            self.stdout.write(f"{count} built.")
