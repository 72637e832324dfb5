"""Passwords: what makes a good one, how one is changed, and how a lost one is replaced."""

from datetime import timedelta

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from store.engine import events
from store.engine.accounts import email_tokens, redirect_urls
from store.engine.accounts.models import User
from store.engine.errors import Refusal, Refusals

LOCK_TIME = timedelta(minutes=15)  # one mail in this time, whoever asks how often
INVALID_TOKEN = "Invalid or expired token."  # noqa: S105 - a sentence


def check_new(password: str, *, user: User | None = None, field: str = "password") -> None:
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        problems = [
            Refusal(" ".join(one.messages), field=field, code=(one.code or "invalid").upper())
            for one in error.error_list
        ]
        raise Refusals(problems) from None


def change(*, user: User, old: str | None, new: str) -> None:
    if old is None:
        make_password("spend the same time")  # the answer's time must not tell whether there is a password
    fits = user.check_password(old) if old is not None else not user.has_usable_password()
    if not fits:
        raise Refusal("Old password isn't valid.", field="oldPassword", code="INVALID_CREDENTIALS")
    check_new(new, user=user, field="newPassword")
    with transaction.atomic(durable=True):
        user.set_password(new)
        user.save(update_fields=["password", "updated_at"])


def request_reset(*, email: str, redirect_url: str, channel: str | None) -> None:
    """Always looks the same from outside: who asks must not learn whether there is such an account."""
    redirect_urls.checked(redirect_url)
    user = User.objects.by_email(email)
    now = timezone.now()
    asked = user.last_password_reset_request if user else None
    if user is None or not user.is_active or (asked and now - asked < LOCK_TIME):
        return
    kind = "STAFF_SET_PASSWORD_REQUESTED" if user.is_staff else "ACCOUNT_SET_PASSWORD_REQUESTED"
    with transaction.atomic(durable=True):
        User.objects.filter(pk=user.pk).update(last_password_reset_request=now)
        events.record(kind, kind="User", pk=user.pk, redirect_url=redirect_url, channel=channel or "")


def set_new(*, email: str, password: str, token: str) -> User:
    """With the token from the mail. Whoever can read that mail owns the address, so it is confirmed, too."""
    user = User.objects.by_email(email)
    if user is None or not user.is_active or not email_tokens.password_reset.check_token(user, token):
        raise Refusal(INVALID_TOKEN, field="token", code="INVALID")
    check_new(password, user=user)
    from store.engine.accounts.customer_accounts import confirmed

    with transaction.atomic(durable=True):
        user.set_password(password)
        user.save(update_fields=["password", "updated_at"])
        if not user.is_confirmed:
            confirmed(user)
    return user
