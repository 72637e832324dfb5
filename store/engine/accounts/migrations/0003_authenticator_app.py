"""The seeds of one-time codes are encrypted, as `sealed_seeds` did when this migration was written."""

import base64
import secrets
from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils.crypto import salted_hmac

PREFIX = "aes:"
NONCE_BYTES = 12


def _cipher(secret: str) -> Any:
    """AES-256-GCM under a key derived from a SECRET_KEY."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    found = salted_hmac("store.engine.accounts.second-factor", "key", secret=secret, algorithm="sha256")
    return AESGCM(found.digest())


def _bound_to(user_id: int) -> bytes:
    return f"user {user_id}".encode()


def _seal(seed: bytes, user_id: int) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(settings.SECRET_KEY).encrypt(nonce, seed, _bound_to(user_id))
    return PREFIX + base64.urlsafe_b64encode(nonce + sealed).decode()


def _unseal(text: str, user_id: int) -> bytes:
    from cryptography.exceptions import InvalidTag

    stored = base64.urlsafe_b64decode(text.removeprefix(PREFIX))
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return bytes(
                _cipher(secret).decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], _bound_to(user_id))
            )
        except InvalidTag:
            continue
    raise ValueError("SECRET_KEY is another one than when this second factor was set up.")


def seal(apps: Any, _schema_editor: Any) -> None:
    """The seeds that stood there as they are."""
    devices = apps.get_model("otp_totp", "TOTPDevice")
    for device in devices.objects.exclude(key__startswith=PREFIX):
        key = _seal(bytes.fromhex(device.key), device.user_id)
        devices.objects.filter(pk=device.pk).update(key=key)


def unseal(apps: Any, _schema_editor: Any) -> None:
    devices = apps.get_model("otp_totp", "TOTPDevice")
    for device in devices.objects.filter(key__startswith=PREFIX):
        devices.objects.filter(pk=device.pk).update(key=_unseal(device.key, device.user_id).hex())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_staff_member"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthenticatorApp",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
        migrations.RunPython(seal, unseal),
    ]
