"""The slug of a translation moves from the JSON of its fields into a column that the database keeps unique."""

from typing import Any

from django.db import migrations, models


def move_slugs(apps: Any, _schema_editor: Any) -> None:
    """Of two objects with one slug the older translation keeps it: it is the one that the slug has led to."""
    translation = apps.get_model("channels", "Translation")
    taken: set[tuple[str, str, str]] = set()
    for row in translation.objects.filter(values__has_key="slug").order_by("pk").iterator():
        slug = row.values.pop("slug") or None
        if slug and (row.kind, row.language_code, slug) not in taken:
            taken.add((row.kind, row.language_code, slug))
            row.slug = slug
        row.save(update_fields=["slug", "values"])


class Migration(migrations.Migration):
    dependencies = [("channels", "0002_refused_sentences")]

    operations = [
        migrations.AddField("translation", "slug", models.CharField(blank=True, max_length=255, null=True)),
        migrations.RunPython(move_slugs, migrations.RunPython.noop),
        migrations.AddConstraint(
            "translation",
            models.UniqueConstraint(
                fields=("kind", "language_code", "slug"), name="one_translated_slug_per_kind_and_language"
            ),
        ),
    ]
