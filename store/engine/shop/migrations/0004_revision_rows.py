from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that are only added, in place of one row that every writer has to wait for."""

    dependencies = [("shop", "0003_kept_sentences")]

    operations = [
        migrations.RemoveField("revision", "token"),
        migrations.AddField(
            "revision", "nonce", models.BigIntegerField(default=0), preserve_default=False
        ),
    ]
