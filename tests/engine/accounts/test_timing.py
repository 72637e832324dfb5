"""Nobody learns by the time of an answer who has an account.

Compared is the work, not the time of a loaded machine: passwords hashed, and statements outside `even_time.at_least`,
inside which an answer takes a given time whatever is done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection

from store import even_time
from store.engine.accounts import customer_accounts, email_tokens, passwords
from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.errors import OperationError, OperationErrors

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN, UNKNOWN = "ada@example.com", "nobody@example.com"
REDIRECT = "https://cupwell.example/account/"
WRONG_TOKEN = "d123ab-0123456789abcdef0123456789abcdef"


@dataclass
class Work:
    """Passwords hashed, and statements whose time shows; `hidden`: those whose time does not."""

    hashes: int = 0
    statements: int = 0
    hidden: int = field(default=0, compare=False)


def log_in(email: str) -> object:
    return customer_accounts.log_in(email=email, password="wrong wrong wrong")


def request_reset(email: str) -> object:
    return passwords.request_reset(email=email, redirect_url=REDIRECT, channel="us")


def register(email: str) -> object:
    given = {"email": email, "password": "a long way home", "redirect_url": REDIRECT, "channel": "us"}
    return customer_accounts.register(given=given)


def reset(email: str) -> object:
    return passwords.reset(email=email, password="a stranger chose this", token=WRONG_TOKEN)


def confirm(email: str) -> object:
    return customer_accounts.confirm(email=email, token=WRONG_TOKEN)


def work_of(step: Callable[[str], object], email: str, patch: pytest.MonkeyPatch) -> Work:
    work, is_even = Work(), False
    encode = MD5PasswordHasher.encode

    @contextmanager
    def even(_seconds: float) -> Iterator[None]:
        nonlocal is_even
        is_even = True
        try:
            yield
        finally:
            is_even = False

    def hashed(*arguments: Any, **options: Any) -> str:
        work.hashes += 1
        return encode(*arguments, **options)

    def counted(execute: Any, *arguments: Any) -> Any:
        work.statements += not is_even
        work.hidden += is_even
        return execute(*arguments)

    with patch.context() as inner, connection.execute_wrapper(counted):
        inner.setattr(MD5PasswordHasher, "encode", hashed)
        for module in (customer_accounts, passwords):
            inner.setattr(module, "at_least", even)
        with suppress(OperationError, OperationErrors):
            step(email)
    return work


@pytest.mark.parametrize(
    "step", [log_in, request_reset, register, reset, confirm], ids=lambda step: step.__name__
)
def test_a_known_address_takes_the_work_of_an_unknown_one(
    ada: User, step: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.engine.accounts.login_throttling.start_attempt", lambda **_: None)
    Channel.objects.create(name="US", slug="us", currency_code="USD", is_active=True)
    work_of(step, "first@example.com", monkeypatch)  # what a process keeps from its first time
    known, unknown = work_of(step, KNOWN, monkeypatch), work_of(step, UNKNOWN, monkeypatch)
    assert known == unknown
    assert known.statements + known.hidden > 0


def test_an_even_answer_takes_its_time_also_when_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(even_time.time, "sleep", slept.append)
    monkeypatch.setattr(even_time.time, "monotonic", iter([100.0, 100.03]).__next__)
    with pytest.raises(ZeroDivisionError), even_time.at_least(0.2):
        _ = 1 / 0
    assert slept == [pytest.approx(0.17)]


def test_a_wrong_token_of_a_known_address_is_refused_as_one_of_an_unknown_one(ada: User) -> None:
    """Both before a password is hashed: the answers are the same, and no link of somebody else's helps."""
    stranger = User.objects.create_user("ben@example.com", "another way home")
    token = email_tokens.password_reset.make_token(stranger)
    for email in (KNOWN, UNKNOWN):
        with pytest.raises(OperationError) as refused:
            passwords.reset(email=email, password="a stranger chose this", token=token)
        assert (refused.value.field, refused.value.message) == ("token", passwords.INVALID_TOKEN)
