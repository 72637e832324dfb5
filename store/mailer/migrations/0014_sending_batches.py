"""Workers hold mails as batches; the words of mails are stored once, compressed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mailer", "0013_closed_return_requests")]

    operations = [
        migrations.CreateModel(
            name="SendingBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(unique=True)),
                ("place", models.PositiveIntegerField(default=0)),
                ("lease_until", models.DateTimeField()),
                ("final_until", models.DateTimeField(null=True)),
            ],
            options={"db_table": "mail_sending_batch"},
        ),
        migrations.CreateModel(
            name="MailWords",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("packed", models.BinaryField()),
            ],
            options={"db_table": "mail_words"},
        ),
        migrations.AddField("mailattempt", "place", models.PositiveIntegerField(default=1)),
        migrations.AddField("mailbody", "values", models.JSONField(default=dict)),
        migrations.AddField(
            "mailbody",
            "words",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="mailer.mailwords"),
        ),
    ]
