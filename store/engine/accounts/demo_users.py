"""Demo users for development. Never created in production, where `manage.py createsuperuser` is used."""

from django.db import transaction

from store.engine.accounts.models import User

PASSWORD = "cupwell-demo"  # noqa: S105 - public on purpose
MERCHANT = "merchant@cupwell.example"
SHOPPER = "shopper@cupwell.example"


def ensure_demo_users() -> list[str]:
    """Create the missing demo users; returns the email addresses of those created now."""
    created = []
    with transaction.atomic():
        if User.objects.by_email(MERCHANT) is None:
            User.objects.create_superuser(MERCHANT, PASSWORD, first_name="Demo", last_name="Merchant")
            created.append(MERCHANT)
        if User.objects.by_email(SHOPPER) is None:
            User.objects.create_user(SHOPPER, PASSWORD, first_name="Demo", last_name="Shopper")
            created.append(SHOPPER)
    return created
