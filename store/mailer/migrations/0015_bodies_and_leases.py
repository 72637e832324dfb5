"""Bodies move to their words; mails that a worker holds while the tables change are those of a batch of one."""

import hashlib
import json
import zlib
from typing import Any

from django.db import migrations

FINAL = "final"


def pack(text: str, html: str) -> tuple[str, bytes]:
    """As words were kept when this migration was written, whatever `mail_words` does by now."""
    plain = json.dumps([text, html], ensure_ascii=False).encode()
    return hashlib.sha256(plain).hexdigest(), zlib.compress(plain)


def move_bodies(apps: Any, schema_editor: Any) -> None:
    words, bodies = apps.get_model("mailer", "MailWords"), apps.get_model("mailer", "MailBody")
    for body in bodies.objects.order_by("pk").iterator(chunk_size=500):
        digest, packed = pack(body.text, body.html)
        words.objects.get_or_create(digest=digest, defaults={"packed": packed})
        bodies.objects.filter(pk=body.pk).update(words_id=digest)


def make_batches(apps: Any, schema_editor: Any) -> None:
    plans, attempts = apps.get_model("mailer", "MailPlan"), apps.get_model("mailer", "MailAttempt")
    held = plans.objects.filter(state__in=("claimed", "sending"), lease_token__isnull=False)
    for row in held.exclude(lease_until=None):
        last = attempts.objects.filter(lease_token=row.lease_token).order_by("-no").first()
        apps.get_model("mailer", "SendingBatch").objects.get_or_create(
            token=row.lease_token,
            defaults={
                "lease_until": row.lease_until,
                "place": int(last is not None and last.phase_reached == FINAL),
                "final_until": row.lease_until,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("mailer", "0014_sending_batches")]

    operations = [
        migrations.RunPython(move_bodies, migrations.RunPython.noop),
        migrations.RunPython(make_batches, migrations.RunPython.noop),
    ]
