import hashlib
from typing import Any

from django.db import migrations, models


def keep_one_of_each(apps: Any, _schema_editor: Any) -> None:
    """The oldest one stays."""
    seen: set[str] = set()
    for row in apps.get_model("saleor_app", "ContentFinding").objects.order_by("found_at", "pk"):
        row.digest = hashlib.sha256("\n".join((row.page, row.rule, row.sentence)).encode()).hexdigest()
        if row.digest in seen:
            row.delete()
            continue
        seen.add(row.digest)
        row.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [("saleor_app", "0001_initial")]

    operations = [
        migrations.AddField("contentfinding", "digest", models.CharField(max_length=64, null=True, editable=False)),
        migrations.RunPython(keep_one_of_each, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "contentfinding", "digest", models.CharField(max_length=64, unique=True, editable=False)
        ),
    ]
