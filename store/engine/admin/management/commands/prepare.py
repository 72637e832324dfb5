"""`manage.py prepare`: creates what must exist before the first request. Runs at every start and is idempotent."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from store.engine.accounts import demo_users, roles, second_factors, staff
from store.engine.admin.welcome import welcome_url
from store.engine.events import internal_app, signing_keys


class Command(BaseCommand):
    help = "Make the signing key, the store's own app and the demo logins (in production they are closed)."

    def handle(self, *args: Any, **options: Any) -> None:
        signing_keys.key()
        second_factors.encrypt_all_anew()
        internal_app.ensure_app()
        roles.ensure_roles()
        created = [] if settings.PRODUCTION else demo_users.ensure_demo_users()
        for email in demo_users.close_demo_logins() if settings.PRODUCTION else ():
            self.stdout.write(f"The demo login {email} is closed: this is a public shop.")
        if options["verbosity"] > 1:
            self.stdout.write("The signing key and the store's own app are there.")
            for email in created:
                self.stdout.write(f"Demo login made: {email}, password {demo_users.PASSWORD}")
        if settings.PRODUCTION:
            self._invite_owner()

    def _invite_owner(self) -> None:
        """Print a link with which the first owner sets a password, at each start until it was used."""
        if not settings.OWNER_EMAIL:
            if staff.has_owner():
                return
            self.stdout.write("Nobody can log in yet. Set OWNER_EMAIL to your address and start again.")
        elif owner := staff.owner_to_be(settings.OWNER_EMAIL):
            self.stdout.write(
                f"The first login, for {owner.email}: open this link within a day. It works once."
            )
            self.stdout.write(f"  {welcome_url(owner)}")
