"""manage.py guidebook_build: the things made from guides/ that are kept: figure PNGs, the evidence table, all PDFs."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from store.guidebook import evidence, figure_png
from store.guidebook.library import library


class Command(BaseCommand):
    help = "Makes figure PNGs, docs/insert-evidence.md and every PDF; says size and time of each PDF."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=("figures", "evidence", "pdf"), help="just one of the three")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["only"]
        if wanted in {None, "figures"}:
            for figure in library().figures.values():
                self.stdout.write(f"{figure_png.write(figure)}")
        if wanted in {None, "evidence"}:
            file = Path(settings.BASE_DIR) / "docs" / "insert-evidence.md"
            file.write_text(evidence.table(library()), encoding="utf-8")
            self.stdout.write(str(file))
        if wanted in {None, "pdf"}:
            self._pdfs()

    def _pdfs(self) -> None:
        found = library()
        for insert in found.inserts.values():
            for lang in found.languages:
                for size in ("a6", "a4"):
                    start = time.perf_counter()
                    made = insert.pdf(lang, size)
                    took = time.perf_counter() - start
                    self.stdout.write(f"{insert.slug} {lang} {size}: {len(made) / 1000:.0f} kB, {took:.2f} s")
