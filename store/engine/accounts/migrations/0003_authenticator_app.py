from django.db import migrations

from store.engine.accounts import sealed_seeds


def seal(apps, schema_editor):
    """The seeds that stood there as they are."""
    devices = apps.get_model("otp_totp", "TOTPDevice")
    for device in devices.objects.exclude(key__startswith=sealed_seeds.PREFIX):
        key = sealed_seeds.seal(bytes.fromhex(device.key), user_id=device.user_id)
        devices.objects.filter(pk=device.pk).update(key=key)


def unseal(apps, schema_editor):
    devices = apps.get_model("otp_totp", "TOTPDevice")
    for device in devices.objects.filter(key__startswith=sealed_seeds.PREFIX):
        key = sealed_seeds.unseal(device.key, user_id=device.user_id).hex()
        devices.objects.filter(pk=device.pk).update(key=key)


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
