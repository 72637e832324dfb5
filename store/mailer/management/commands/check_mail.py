"""`manage.py check_mail [you@example.com]`: whether mail can leave and will be believed; sends a test."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from store.mailer import planning, sender_records, transport
from store.mailer.checks import sending_problems
from store.mailer.message import Mail
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address

TEXT = "This is a test mail of your Cupwell shop. If you can read it, mail leaves the house.\n"


class Command(BaseCommand):
    help = "Check the settings of mail and the DNS of its sender; with an address, also send one test mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", default="")
        parser.add_argument("--dkim-selector", default="", help="the name of your provider's DKIM key")
        parser.add_argument("--offline", action="store_true", help="ask no DNS")

    def handle(self, *args: Any, address: str, dkim_selector: str, offline: bool, **options: Any) -> None:
        problems = [f"{one.msg} {one.hint}" for one in sending_problems()]
        if not offline:
            problems += self._dns_problems(dkim_selector)
        for problem in problems:
            self.stdout.write(f"Look at this: {problem}")
        if address:
            self._send_test(address)
        if problems:
            raise CommandError(f"{len(problems)} to look at.")
        self.stdout.write("All is well.")

    def _dns_problems(self, dkim_selector: str) -> list[str]:
        domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
        try:
            found = sender_records.findings(domain, dkim_selector=dkim_selector)
        except sender_records.LookupFailed as error:
            return [f"The DNS did not answer, so the sender is not checked: {error}"]
        for one in found:
            if one.is_fine:
                self.stdout.write(f"{one.subject}: {one.message}")
        return [f"{one.subject}: {one.message}. {one.remedy}" for one in found if not one.is_fine]

    def _send_test(self, address: str) -> None:
        mail_transport = transport.current()
        try:
            receipt = mail_transport.deliver(_envelope(to_smtp_address(address)), lambda: None)
        except (InvalidEmailAddress, transport.DeliveryError) as error:
            raise CommandError(f"Not sent by {mail_transport.name}. {error}") from None
        self.stdout.write(f"Sent by {mail_transport.name}: {receipt.reply}")


def _envelope(address: str) -> transport.Envelope:
    mail = Mail(
        subject="Test mail of your shop",
        words=(TEXT, f'<!doctype html><html lang="en"><title>Test mail</title><p>{TEXT}</p></html>'),
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
