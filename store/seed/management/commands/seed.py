"""`manage.py seed`: checks the catalog files, then writes them through Saleor's API."""

import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from store.guidebook import GuidebookError
from store.saleor import clients, picture_hosts
from store.saleor.errors import SaleorError
from store.seed import is_empty
from store.seed.progress import NoProgress, ProgressBar
from store.seed.read import Catalog, CatalogError, read_catalog
from store.seed.read.pages import pages_from_guidebook
from store.seed.write import SECTIONS, seed
from store.seed.write.context import MissingObject, ObjectRefused
from store.seed.write.shop import CurrencyDiffers


class Command(BaseCommand):
    help = "Checks catalog_seed/ and guides/, then writes them into the shop. A second run doubles nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing when the shop already has products, or is a real Saleor",
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
            "--overwrite",
            action="store_true",
            help="texts, translations and prices that you have changed, and products, variants and pictures that you "
            "have deleted, become as the files say",
        )
        parser.add_argument(
            "--stock", action="store_true", help="also set every quantity back to what the files say"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            if options["if_empty"] and self._is_left_alone():
                return
            catalog = self._read()
            if options["check"]:
                self.stdout.write(f"All is well: {_catalog_size(catalog)}.{_pictures_note(catalog)}")
            else:
                self._write(catalog, options)
        except (MissingObject, CurrencyDiffers) as error:
            raise CommandError(str(error)) from error
        except (ObjectRefused, SaleorError) as error:
            raise CommandError(
                f"{error}\nWhat was written is whole. Correct the cause, then seed again."
            ) from error

    def _is_left_alone(self) -> bool:
        """Nothing is put into a real Saleor that nobody asked for."""
        if not settings.EMBEDDED:
            self.stdout.write(f"{settings.SALEOR_API_URL} is left as it is; `manage.py seed` fills it.")
        return not settings.EMBEDDED or not is_empty()

    def _write(self, catalog: Catalog, options: dict[str, Any]) -> None:
        progress = ProgressBar() if options["verbosity"] else NoProgress()
        started = time.monotonic()
        notes: list[str] = []
        counts = seed(
            clients.staff(),
            catalog,
            progress,
            only=options["only"],
            stock=options["stock"],
            overwrite=options["overwrite"],
            notes=notes,
        )
        if options["verbosity"]:
            for note in notes:
                self.stdout.write(note)
            if notes:
                self.stdout.write("`manage.py seed --overwrite` makes it as the files say.")
            self.stdout.write(_summary(catalog, counts, time.monotonic() - started))
        if not settings.EMBEDDED and (new := picture_hosts.remember(clients.staff())):
            self.stdout.write(f"Pictures come from {', '.join(new)}: start the shop again to show them.")

    def _read(self) -> Catalog:
        try:
            return read_catalog(Path(settings.CATALOG_SEED_DIR), pages=pages_from_guidebook())
        except (CatalogError, GuidebookError) as error:
            raise CommandError(f"{error}\nNothing was written.") from error


def _catalog_size(catalog: Catalog) -> str:
    variants = sum(len(product.variants) for product in catalog.products)
    return (
        f"{len(catalog.products)} products, {variants} variants, "
        f"{len(catalog.pictures)} pictures, {len(catalog.pages)} pages"
    )


def _summary(catalog: Catalog, counts: Counter[str], seconds: float) -> str:
    summary = ", ".join(f"{counts[word]} {word}" for word in ("created", "updated", "unchanged"))
    return f"Seeded in {seconds:.1f} s: {_catalog_size(catalog)} ({summary}).{_pictures_note(catalog)}"


def _pictures_note(catalog: Catalog) -> str:
    slugs = catalog.products_without_picture
    return f"\nWithout a picture yet: {', '.join(slugs)}." if slugs else ""
