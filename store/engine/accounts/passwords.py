"""Password operations: validate, change, request a reset, reset."""

from datetime import timedelta

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from store.engine import events
from store.engine.accounts import email_confirmation, email_tokens, redirect_urls
from store.engine.accounts.models import User
from store.engine.errors import OperationError, OperationErrors
from store.even_time import at_least

EVEN_SECONDS = 0.2  # more than an account that is made or a mail that is planned takes
LOCK_TIME = timedelta(minutes=15)  # at most one mail in this time, however often it is requested
INVALID_TOKEN = "Invalid or expired token."  # noqa: S105 - an error message


def validate_password(password: str, *, user: User | None = None, field: str = "password") -> None:
    """Raises OperationErrors with one error for each rule of AUTH_PASSWORD_VALIDATORS that is not met."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as validation_error:
        errors = [
            OperationError(" ".join(error.messages), field=field, code=(error.code or "invalid").upper())
            for error in validation_error.error_list
        ]
        raise OperationErrors(errors) from None


def change(*, user: User, old: str | None, new: str) -> None:
    """`old` may be None for a user without a password. Raises OperationError INVALID_CREDENTIALS, OperationErrors."""
    if old is None:
        make_password("same duration")  # the duration must not reveal whether the user has a password
    matches = user.check_password(old) if old is not None else not user.has_usable_password()
    if not matches:
        raise OperationError("Old password isn't valid.", field="oldPassword", code="INVALID_CREDENTIALS")
    validate_password(new, user=user, field="newPassword")
    checked, hashed = user.password, make_password(new)  # hashing takes long, so not while others wait
    with transaction.atomic(durable=True):
        user.lock()
        if user.password != checked:
            raise OperationError("Old password isn't valid.", field="oldPassword", code="INVALID_CREDENTIALS")
        user.password = hashed
        user.save(update_fields=["password", "updated_at"])


def request_reset(*, email: str, redirect_url: str, channel: str | None) -> None:
    """Record the event that sends the mail with a reset token. Does nothing for an unknown or inactive account.

    Returns the same after the same time in each case, so that callers can't learn who has an account. Raises
    OperationError (redirect URL).
    """
    redirect_urls.validate(redirect_url)
    with at_least(EVEN_SECONDS):
        _request_reset(email, redirect_url, channel or "")


def _request_reset(email: str, redirect_url: str, channel: str) -> None:
    user = User.objects.by_email(email)
    now = timezone.now()
    last_request = user.last_password_reset_request if user else None
    if user is None or not user.is_active or (last_request and now - last_request < LOCK_TIME):
        return
    kind = "STAFF_SET_PASSWORD_REQUESTED" if user.is_staff else "ACCOUNT_SET_PASSWORD_REQUESTED"
    unasked = User.objects.filter(pk=user.pk, last_password_reset_request=last_request)
    with transaction.atomic(durable=True):
        if not unasked.update(last_password_reset_request=now):
            return  # asked for at the same moment
        events.record_event(kind, kind="User", pk=user.pk, redirect_url=redirect_url, channel=channel)


def reset(*, email: str, password: str, token: str) -> User:
    """Set a password with the token from the mail, which also proves the address: an unconfirmed user is confirmed.

    Raises OperationError INVALID (token), OperationErrors (password).
    """
    user = User.objects.by_email(email)
    if user is None:
        raise OperationError(INVALID_TOKEN, field="token", code="INVALID")
    _check_reset_token(user, token)
    validate_password(password, user=user)
    hashed = make_password(password)
    with transaction.atomic(durable=True):
        email_confirmation.lock_account(user, email=user.email)
        _check_reset_token(user, token)
        user.password = hashed
        user.save(update_fields=["password", "updated_at"])
        if not user.is_confirmed:
            email_confirmation.confirm_user(user)
    return user


def _check_reset_token(user: User, token: str) -> None:
    if not user.is_active or not email_tokens.password_reset.check_token(user, token):
        raise OperationError(INVALID_TOKEN, field="token", code="INVALID")
