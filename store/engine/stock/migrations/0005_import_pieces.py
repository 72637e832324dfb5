from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def into_pieces(apps: Any, schema_editor: Any) -> None:
    """An import that is stored already is one piece."""
    imports, pieces = apps.get_model("stock", "CatalogImport"), apps.get_model("stock", "CatalogImportPiece")
    for row in imports.objects.iterator(chunk_size=1):
        is_applied = row.applied_at is not None and row.undone_at is None
        pieces.objects.create(
            catalog_import=row,
            number=0,
            rows=row.rows,
            before=row.before,
            after=row.rows if row.applied_at else [],
            is_applied=is_applied,
        )
        row.state = "applied" if is_applied else "undone" if row.undone_at else "checked"
        row.value_count = len(row.before)
        row.save(update_fields=["state", "value_count"])


class Migration(migrations.Migration):
    dependencies = [("stock", "0004_catalog_import")]

    operations = [
        migrations.AddField("catalogimport", "state", models.CharField(
            choices=[
                ("checked", "Checked"),
                ("applying", "Applying"),
                ("applied", "Applied"),
                ("withdrawing", "not applied, being put back"),
                ("undoing", "being undone"),
                ("undone", "Undone"),
            ],
            db_index=True, default="checked", max_length=12,
        )),
        migrations.AddField("catalogimport", "errors", models.JSONField(default=list)),
        migrations.AddField("catalogimport", "value_count", models.IntegerField(default=0)),
        migrations.AddField("catalogimport", "progressed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "catalogimport", "undone_by_kind", models.CharField(blank=True, default="", max_length=8)
        ),
        migrations.AddField(
            "catalogimport", "undone_by_pk", models.CharField(blank=True, default="", max_length=64)
        ),
        migrations.CreateModel(
            name="CatalogImportPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("first_line", models.IntegerField(default=2)),
                ("rows", models.JSONField(default=list)),
                ("before", models.JSONField(default=list)),
                ("after", models.JSONField(default=list)),
                ("created", models.JSONField(default=list)),
                ("created_products", models.JSONField(default=list)),
                ("is_applied", models.BooleanField(default=False)),
                (
                    "catalog_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="stock.catalogimport",
                    ),
                ),
            ],
            options={"ordering": ("number",)},
        ),
        migrations.AddConstraint(
            "catalogimportpiece",
            models.UniqueConstraint(fields=("catalog_import", "number"), name="import_piece"),
        ),
        migrations.RunPython(into_pieces, migrations.RunPython.noop),
        migrations.RemoveField("catalogimport", "rows"),
        migrations.RemoveField("catalogimport", "before"),
    ]
