"""manage.py insert_release [SLUG …]: stores the text of an insert's current version, for comparison with later ones."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from store.guidebook import insert_versions
from store.guidebook.inserts import Insert
from store.guidebook.library import library


class Command(BaseCommand):
    help = "Publishes the version named in insert.toml. Refuses a version that is already published with other words."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="inserts (default: all)")
        parser.add_argument("--show", action="store_true", help="print version and digest, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        inserts = library().inserts
        for slug in options["slugs"] or inserts:
            if slug not in inserts:
                raise CommandError(f"There is no insert {slug}. There are: {', '.join(inserts)}.")
            self.stdout.write(f"{slug} {inserts[slug].version} digest {inserts[slug].fingerprint}")
            if not options["show"]:
                self.stdout.write(publish(inserts[slug], Path(settings.GUIDES_DIR)))


def publish(insert: Insert, root: Path) -> str:
    """Write the release file of the current version; returns a line for the log.

    Raises CommandError if the text changed without the version number that this needs.
    """
    problems = insert_versions.version_problems(insert) if insert.releases else []
    if problems:
        raise CommandError(" ".join(problems))
    file = root / "inserts" / insert.slug / "published" / f"{insert.version}.json"
    if file.exists():
        return "  already published, unchanged"
    file.parent.mkdir(parents=True, exist_ok=True)
    release = {
        "insert": insert.slug,
        "version": insert.version,
        "date": insert.date,
        "fingerprint": insert.fingerprint,
    } | insert_versions.insert_content(insert)
    file.write_text(json.dumps(release, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return f"  published: {file.relative_to(root)}"
