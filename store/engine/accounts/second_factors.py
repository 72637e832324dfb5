"""The second factor of staff: a code from an app on their phone (TOTP), or one of their recovery codes.

The codes are those of django-otp, which also makes guessing slower with each failure.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from store.engine.accounts.models import User

RECOVERY_CODES = 10


def has_second_factor(user: User) -> bool:
    """One statement, since each page of the desk asks."""
    devices = [
        Exists(device.objects.filter(user=OuterRef("pk"), confirmed=True))
        for device in (TOTPDevice, StaticDevice)
    ]
    return User.objects.filter(devices[0] | devices[1], pk=user.pk).exists()


def begin(user: User) -> TOTPDevice:
    """The device that is not confirmed yet; the same as long as it was not."""
    device: TOTPDevice = TOTPDevice.objects.filter(
        user=user, confirmed=False
    ).first() or TOTPDevice.objects.create(user=user, name="app", confirmed=False)
    return device


def confirm(device: TOTPDevice, code: str) -> list[str]:
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
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes
