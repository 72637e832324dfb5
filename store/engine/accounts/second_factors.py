"""The second factor of staff: a code from an app on their phone (TOTP), or one of their recovery codes.

The codes are those of django-otp, which also makes guessing slower with each failure.
"""

import secrets
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from store.engine.accounts import recovery_codes, sealed_seeds
from store.engine.accounts.models import AuthenticatorApp, User

RECOVERY_CODES = 10
SEED_BYTES = 20  # RFC 4226


def has_second_factor(user: User) -> bool:
    """One statement, since each page of the desk asks."""
    devices = [
        Exists(device.objects.filter(user=OuterRef("pk"), confirmed=True))
        for device in (TOTPDevice, StaticDevice)
    ]
    return User.objects.filter(devices[0] | devices[1], pk=user.pk).exists()


def begin(user: User) -> AuthenticatorApp:
    """The device that is not confirmed yet; the same as long as it was not."""
    unconfirmed = AuthenticatorApp.objects.filter(user=user, confirmed=False).first()
    if unconfirmed is not None and unconfirmed.is_readable:
        return unconfirmed  # type: ignore[no-any-return]
    seed = sealed_seeds.seal(secrets.token_bytes(SEED_BYTES), user_id=user.pk)
    AuthenticatorApp.objects.filter(user=user, confirmed=False).delete()
    made: AuthenticatorApp = AuthenticatorApp.objects.create(user=user, name="app", confirmed=False, key=seed)
    return made


def match(user: User, code: str) -> Any:
    """The device that this code is of, or None. It works once; after failures a next one has to wait."""
    with transaction.atomic():
        for kind in (AuthenticatorApp, StaticDevice):
            for device in kind.objects.select_for_update().filter(user=user, confirmed=True):
                is_app = kind is AuthenticatorApp
                if device.verify_token(code if is_app else recovery_codes.stored(code, user_id=user.pk)):
                    return device
    return None


def is_unreadable(user: User) -> bool:
    """Whether an app is set up whose seed no SECRET_KEY at hand decrypts: each of its codes is refused."""
    return any(
        not device.is_readable for device in AuthenticatorApp.objects.filter(user=user, confirmed=True)
    )


def encrypt_all_anew() -> None:
    """At each start, so that a former SECRET_KEY may leave SECRET_KEY_FALLBACKS before everybody has logged in."""
    for device in AuthenticatorApp.objects.all():
        device.encrypt_anew()


def confirm(device: AuthenticatorApp, code: str) -> list[str]:
    """Switch it on with a first code; returns new recovery codes, which can't be read later, or [] for a wrong code."""
    with transaction.atomic():
        if not device.verify_token(code):
            return []
        TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
        return _new_recovery_codes(device.user)


def remove(user: User) -> None:
    """For who has lost the phone and the recovery codes, and who wants another app."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def _new_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=recovery_codes.stored(code, user_id=user.pk)) for code in codes
    )
    return codes
