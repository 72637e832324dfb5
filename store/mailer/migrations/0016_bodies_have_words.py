"""What the rows no longer hold themselves."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mailer", "0015_bodies_and_leases")]

    operations = [
        migrations.AlterField(
            "mailbody",
            "words",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="mailer.mailwords"),
        ),
        migrations.RemoveField("mailbody", "text"),
        migrations.RemoveField("mailbody", "html"),
        migrations.RemoveField("mailplan", "lease_until"),
        migrations.AlterField("mailplan", "lease_token", models.UUIDField(db_index=True, null=True)),
        migrations.AlterField(
            "mailattempt", "lease_token", models.UUIDField(db_index=True, default=uuid.uuid4)
        ),
    ]
