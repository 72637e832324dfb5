"""An address with letters outside ASCII before the @ needs a server with SMTPUTF8 (RFC 6531)."""

import socket

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from store.mailer.composition import Mail
from store.mailer.transport.base import Cause, Envelope, NotSent
from store.mailer.transport.smtp import SmtpServer, SmtpTransport


class Inbox:
    def __init__(self):
        self.received = []

    async def handle_DATA(self, server, session, envelope):
        self.received.append(envelope)
        return "250 ok"


@pytest.fixture
def server(request):
    inbox = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, enable_SMTPUTF8=request.param)
    controller.start()
    yield SmtpTransport(SmtpServer(host="127.0.0.1", port=port, security="smtp", user="", password="")), inbox
    controller.stop()


def envelope(recipient):
    mail = Mail(
        subject="Größe",
        words=("Guten Tag", "<p>Guten Tag</p>"),
        recipient=recipient,
        message_id="<1@s.example>",
        lang="de",
    )
    return Envelope(
        sender="shop@s.example",
        recipient=recipient,
        content=mail.as_bytes(at=timezone.now()),
        message_id="<1@s.example>",
    )


@pytest.mark.parametrize("server", [True], indirect=True)
def test_a_server_that_offers_it_gets_the_address_as_it_is(server):
    transport, inbox = server
    transport.deliver(envelope("jörg@xn--strae-oqa.example"), lambda: None)
    [received] = inbox.received
    assert received.rcpt_tos == ["jörg@xn--strae-oqa.example"]
    assert "\r\nTo: jörg@xn--strae-oqa.example\r\n".encode() in received.content


@pytest.mark.parametrize("server", [False], indirect=True)
def test_without_it_the_merchant_is_told_that_the_address_does_not_work(server):
    transport, inbox = server
    with pytest.raises(NotSent) as refused:
        transport.deliver(envelope("jörg@example.com"), lambda: None)
    assert (refused.value.cause, refused.value.is_final) == (Cause.ADDRESS, True)
    assert inbox.received == []


@pytest.mark.parametrize("server", [True], indirect=True)
def test_ascii_addresses_keep_ascii_headers(server):
    transport, inbox = server
    transport.deliver(envelope("joerg@example.com"), lambda: None)
    head = inbox.received[0].content.split(b"\r\n\r\n")[0]
    assert head.isascii()
