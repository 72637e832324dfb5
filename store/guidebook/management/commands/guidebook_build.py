"""manage.py guidebook_build: generates what is derived from guides/: figure PNGs, guide versions, evidence, PDFs."""

import datetime
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from store.guidebook import evidence, figure_png, guide_versions
from store.guidebook.library import library


class Command(BaseCommand):
    help = (
        "Makes figure PNGs, counts up the versions of changed guides, makes docs/insert-evidence.md and every PDF; "
        "says size and time of each PDF."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only", choices=("figures", "versions", "evidence", "pdf"), help="just one of the four"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        only = options["only"]
        if only in {None, "figures"}:
            for figure in library().figures.values():
                self.stdout.write(f"{figure_png.write_png(figure)}")
        if only in {None, "versions"}:
            root = Path(settings.GUIDES_DIR)
            changed = guide_versions.write_versions(root, library().guides, datetime.date.today())
            self.stdout.write(f"guides with a new version: {', '.join(changed) or 'none'}")
        if only in {None, "evidence"}:
            file = Path(settings.BASE_DIR) / "docs" / "insert-evidence.md"
            file.write_text(evidence.render_table(library()), encoding="utf-8")
            self.stdout.write(str(file))
        if only in {None, "pdf"}:
            self._pdfs()

    def _pdfs(self) -> None:
        guidebook = library()
        for insert in guidebook.inserts.values():
            for lang in guidebook.languages:
                for size in ("a6", "a4"):
                    start = time.perf_counter()
                    pdf = insert.pdf(lang, size)
                    seconds = time.perf_counter() - start
                    self.stdout.write(
                        f"{insert.slug} {lang} {size}: {len(pdf) / 1000:.0f} kB, {seconds:.2f} s"
                    )
