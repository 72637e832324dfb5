"""Demo users for development. Never created in production, where `manage.py createsuperuser` is used.

Data that was looked at in development may go public later: then their logins, whose password everybody can read, are
closed.
"""

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


def close_demo_logins() -> list[str]:
    """Deactivate the users that still have the demo password, and end their sessions and tokens.

    Returns the email addresses closed now. Who gave such a user a password of their own keeps it.
    """
    closed = []
    with transaction.atomic():
        for email in (MERCHANT, SHOPPER):
            user = User.objects.by_email(email)
            if user and user.check_password(PASSWORD):
                user.is_active = False
                user.set_unusable_password()
                user.save(update_fields=["is_active", "password"])
                closed.append(email)
    return closed
