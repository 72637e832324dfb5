"""`manage.py check_mail` reports settings to look at, and the SMTP phase in which a delivery failed."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.faults.smtp_server import Fault, FaultySmtp


@pytest.fixture(autouse=True)
def public_shop(settings: Any) -> None:
    settings.PUBLIC_URL = "https://shop.cupwell.org"
    settings.MAIL_FROM = settings.MAIL_REPLY_TO = "Cupwell <hello@cupwell.org>"
    settings.MAIL_ALARM_TO = "merchant@cupwell.org"


def check(address: str) -> None:
    call_command("check_mail", address, "--offline")


def test_it_sends_one_mail_over_the_server_of_email_url(settings: Any, capsys: Any) -> None:
    with FaultySmtp() as server:
        settings.EMAIL_URL = f" {server.url} "  # surrounding blanks are ignored
        check("merchant@example.com")
        assert [str(mail["To"]) for mail in server.messages()] == ["merchant@example.com"]
    assert "queued" in capsys.readouterr().out


def test_a_rejection_is_reported_with_its_phase(settings: Any) -> None:
    with FaultySmtp([Fault("rcpt", "550 5.1.1 no such user")]) as server:
        settings.EMAIL_URL = server.url
        with pytest.raises(CommandError, match=r"rcpt: 550 5\.1\.1 no such user"):
            check("merchant@example.com")


def test_an_unreachable_server_is_reported(settings: Any) -> None:
    with FaultySmtp() as server:
        settings.EMAIL_URL = server.url
    with pytest.raises(CommandError, match="connect: "):
        check("merchant@example.com")


def test_it_says_what_would_not_work_for_a_customer(settings: Any, capsys: Any) -> None:
    settings.EMAIL_URL, settings.MAIL_ALARM_TO = "", ""
    settings.PUBLIC_URL = "http://localhost:8000"
    settings.MAIL_FROM = "Cupwell <hello@cupwell.example>"
    with pytest.raises(CommandError, match="4 to look at"):
        check("")
    found = capsys.readouterr().out
    assert all(name in found for name in ("EMAIL_URL", "PUBLIC_URL", "MAIL_FROM", "MAIL_ALARM_TO"))
