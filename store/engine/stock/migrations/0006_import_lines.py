from typing import Any

from django.db import migrations, models


def number_lines(apps: Any, schema_editor: Any) -> None:
    """The rows of a piece stood one below the other."""
    pieces = apps.get_model("stock", "CatalogImportPiece")
    for piece in pieces.objects.iterator(chunk_size=1):
        piece.lines = {str(row["sku"]): line for line, row in enumerate(piece.rows, start=piece.first_line)}
        piece.save(update_fields=["lines"])


def first_lines(apps: Any, schema_editor: Any) -> None:
    """Where each piece begins; lines between its rows that belong to another piece are lost."""
    pieces = apps.get_model("stock", "CatalogImportPiece")
    for piece in pieces.objects.iterator(chunk_size=1):
        piece.first_line = min(piece.lines.values(), default=2)
        piece.save(update_fields=["first_line"])


class Migration(migrations.Migration):
    dependencies = [("stock", "0005_import_pieces")]

    operations = [
        migrations.AddField("catalogimportpiece", "lines", models.JSONField(default=dict)),
        migrations.RunPython(number_lines, first_lines),
        migrations.RemoveField("catalogimportpiece", "first_line"),
    ]
