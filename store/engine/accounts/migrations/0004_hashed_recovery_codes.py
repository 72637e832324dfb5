from typing import Any

from django.db import migrations

from store.engine.accounts import recovery_codes


def hash_codes(apps: Any, _schema_editor: Any) -> None:
    """What is shorter than a hash is a code as it was shown to its owner."""
    for token in apps.get_model("otp_static", "StaticToken").objects.select_related("device"):
        if len(token.token) < recovery_codes.STORED_LENGTH:
            token.token = recovery_codes.stored(token.token, user_id=token.device.user_id)
            token.save(update_fields=["token"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_authenticator_app"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [migrations.RunPython(hash_codes, migrations.RunPython.noop)]
