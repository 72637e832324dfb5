"""`manage.py seed`: check the catalogue files, then bring the shop to their state."""

import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from store.guidebook import GuidebookError
from store.saleor import clients
from store.saleor.errors import SaleorError
from store.seed import is_empty
from store.seed.progress import Bar, Silence
from store.seed.read import Catalogue, CatalogueError, read
from store.seed.read.pages import from_guidebook
from store.seed.write import SECTIONS, seed
from store.seed.write.context import Declined, NotThere
from store.seed.write.shop import CurrencyDiffers


class Command(BaseCommand):
    help = "Checks catalog_seed/ and guides/, then writes them into the shop. A second run doubles nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when the shop already has products"
        )
        parser.add_argument("--check", action="store_true", help="only check the files, write nothing")
        parser.add_argument(
            "--only",
            nargs="+",
            choices=[section.name for section in SECTIONS],
            default=[],
            help="only these sections; what they build on must be in the shop",
        )
        parser.add_argument(
            "--stock", action="store_true", help="also set every quantity back to what the files say"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            if options["if_empty"] and not is_empty():
                return
            catalogue = self._read()
            if options["check"]:
                self.stdout.write(f"All is well: {_size(catalogue)}.{_note(catalogue)}")
            else:
                self._write(catalogue, options)
        except (NotThere, CurrencyDiffers) as error:
            raise CommandError(str(error)) from error
        except (Declined, SaleorError) as error:
            raise CommandError(
                f"{error}\nWhat was written is whole. Correct the cause, then seed again."
            ) from error

    def _write(self, catalogue: Catalogue, options: dict[str, Any]) -> None:
        bar = Bar() if options["verbosity"] else Silence()
        started = time.monotonic()
        tally = seed(clients.staff(), catalogue, bar, only=options["only"], stock=options["stock"])
        if options["verbosity"]:
            self.stdout.write(_summary(catalogue, tally, time.monotonic() - started))

    def _read(self) -> Catalogue:
        try:
            return read(Path(settings.CATALOG_SEED_DIR), pages=from_guidebook())
        except (CatalogueError, GuidebookError) as error:
            raise CommandError(f"{error}\nNothing was written.") from error


def _size(catalogue: Catalogue) -> str:
    variants = sum(len(product.variants) for product in catalogue.products)
    return (
        f"{len(catalogue.products)} products, {variants} variants, "
        f"{len(catalogue.pictures)} pictures, {len(catalogue.pages)} pages"
    )


def _summary(catalogue: Catalogue, tally: Counter[str], seconds: float) -> str:
    counts = ", ".join(f"{tally[word]} {word}" for word in ("created", "updated", "unchanged"))
    return f"Seeded in {seconds:.1f} s: {_size(catalogue)} ({counts}).{_note(catalogue)}"


def _note(catalogue: Catalogue) -> str:
    missing = catalogue.without_picture
    return f"\nWithout a picture yet: {', '.join(missing)}." if missing else ""
