"""`manage.py testmail you@example.com`: sends one test mail with the configured transport."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from store.mailer import planning, transport
from store.mailer.message import Mail
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address

TEXT = "This is a test mail of your Cupwell shop. If you can read it, mail leaves the house.\n"


class Command(BaseCommand):
    help = "Send one test mail, and say how far it came when it did not leave."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        mail_transport = transport.current()
        try:
            receipt = mail_transport.deliver(_envelope(to_smtp_address(address)), lambda: None)
        except (InvalidEmailAddress, transport.DeliveryError) as error:
            raise CommandError(f"Not sent by {mail_transport.name}. {error}") from None
        self.stdout.write(f"Sent by {mail_transport.name}: {receipt.reply}")


def _envelope(address: str) -> transport.Envelope:
    mail = Mail(
        subject="Test mail of your shop",
        text=TEXT,
        html=f'<!doctype html><html lang="en"><title>Test mail</title><p>{TEXT}</p></html>',
        recipient=address,
        message_id=planning.new_message_id(),
        lang="en",
    )
    return transport.Envelope(
        message_id=mail.message_id,
        sender=parseaddr(settings.MAIL_FROM)[1],
        recipient=address,
        content=mail.as_bytes(at=timezone.now()),
    )
