"""`manage.py testmail` tells a merchant how far a mail came."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.faults.smtp_server import Fault, FaultySmtp


def test_it_sends_one_mail_over_the_server_of_email_url(settings: Any, capsys: Any) -> None:
    with FaultySmtp() as server:
        settings.EMAIL_URL = f" {server.url} "  # a copied blank does no harm
        call_command("testmail", "merchant@example.com")
        assert [str(one["To"]) for one in server.letters()] == ["merchant@example.com"]
    assert "queued" in capsys.readouterr().out


def test_a_refusal_is_told_with_its_step(settings: Any) -> None:
    with FaultySmtp([Fault("rcpt", "550 5.1.1 no such user")]) as server:
        settings.EMAIL_URL = server.url
        with pytest.raises(CommandError, match=r"rcpt: 550 5\.1\.1 no such user"):
            call_command("testmail", "merchant@example.com")


def test_a_server_that_is_not_there_is_told(settings: Any) -> None:
    with FaultySmtp() as server:
        settings.EMAIL_URL = server.url
    with pytest.raises(CommandError, match="connect: "):
        call_command("testmail", "merchant@example.com")
