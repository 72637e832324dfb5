import base64
import hashlib
from typing import Any

from django.db import migrations

STORED_LENGTH = 16


def hash_codes(apps: Any, _schema_editor: Any) -> None:
    """As `recovery_codes.stored` does. What is shorter than a hash is a code as it was shown to its owner."""
    for token in apps.get_model("otp_static", "StaticToken").objects.select_related("device"):
        if len(token.token) < STORED_LENGTH:
            salt = f"store.engine.accounts.recovery-code:{token.device.user_id}".encode()
            digest = hashlib.scrypt(token.token.encode(), salt=salt, n=2**14, r=8, p=1, dklen=12)
            token.token = base64.urlsafe_b64encode(digest).decode()
            token.save(update_fields=["token"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_authenticator_app"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [migrations.RunPython(hash_codes, migrations.RunPython.noop)]
