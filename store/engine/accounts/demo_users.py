"""Logins to look around with. Never made in production: `manage.py createsuperuser` makes people there."""

from django.db import transaction

from store.engine.accounts.models import User

PASSWORD = "cupwell-demo"  # noqa: S105 - meant to be known
MERCHANT = "merchant@cupwell.example"
SHOPPER = "shopper@cupwell.example"


def ensure_people() -> list[str]:
    """The addresses of those who were made just now; who is there already is left alone."""
    made = []
    with transaction.atomic():
        if User.objects.by_email(MERCHANT) is None:
            User.objects.create_superuser(MERCHANT, PASSWORD, first_name="Demo", last_name="Merchant")
            made.append(MERCHANT)
        if User.objects.by_email(SHOPPER) is None:
            User.objects.create_user(SHOPPER, PASSWORD, first_name="Demo", last_name="Shopper")
            made.append(SHOPPER)
    return made
