"""A copy of a mail to the member of staff who looks at it."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest

from store.mailer import planning, sending, transport
from store.mailer.message import Mail


def send_copy(request: HttpRequest, mail: Mail) -> None:
    """To the mail's recipient, at once; says how it went."""
    copy = replace(mail, subject=f"[Preview] {mail.subject}", message_id=planning.new_message_id())
    try:
        transport.current().deliver(sending.envelope_of(copy), lambda: None)
    except transport.DeliveryError as error:
        messages.error(request, f"Not sent: {error}")
    else:
        messages.success(request, f"A copy is on its way to {copy.recipient}.")
