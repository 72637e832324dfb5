"""`manage.py testmail` reports the SMTP phase in which a delivery failed."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.faults.smtp_server import Fault, FaultySmtp


def test_it_sends_one_mail_over_the_server_of_email_url(settings: Any, capsys: Any) -> None:
    with FaultySmtp() as server:
        settings.EMAIL_URL = f" {server.url} "  # surrounding blanks are ignored
        call_command("testmail", "merchant@example.com")
        assert [str(mail["To"]) for mail in server.messages()] == ["merchant@example.com"]
    assert "queued" in capsys.readouterr().out


def test_a_rejection_is_reported_with_its_phase(settings: Any) -> None:
    with FaultySmtp([Fault("rcpt", "550 5.1.1 no such user")]) as server:
        settings.EMAIL_URL = server.url
        with pytest.raises(CommandError, match=r"rcpt: 550 5\.1\.1 no such user"):
            call_command("testmail", "merchant@example.com")


def test_an_unreachable_server_is_reported(settings: Any) -> None:
    with FaultySmtp() as server:
        settings.EMAIL_URL = server.url
    with pytest.raises(CommandError, match="connect: "):
        call_command("testmail", "merchant@example.com")
