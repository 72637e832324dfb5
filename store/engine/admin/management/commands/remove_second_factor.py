"""`manage.py remove_second_factor EMAIL`: lets in who has lost the phone and the recovery codes, by password alone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from store.engine.accounts import second_factors
from store.engine.accounts.models import User


class Command(BaseCommand):
    help = (
        "Remove the second factor of a member of staff, who can then log in by password and set up a new one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="with which they log in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.by_email(options["email"])
        if user is None or not user.is_staff:
            raise CommandError(f"No member of staff has the address {options['email']}.")
        if not second_factors.has_second_factor(user):
            raise CommandError(f"{user.email} has no second factor.")
        second_factors.remove(user)
        self.stdout.write(f"The second factor of {user.email} is removed.")
