"""Operations of customers on their own account: register, confirm, log in, change, delete."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from store.engine import events, ports
from store.engine.accounts import (
    account_deletion,
    address_book,
    email_confirmation,
    email_tokens,
    login_throttling,
    passwords,
    redirect_urls,
    second_factors,
)
from store.engine.accounts.account_mail_channel import channel_slug_for_mail
from store.engine.accounts.models import User
from store.engine.channels import shop_settings
from store.engine.errors import NotUnique, OperationError
from store.engine.events.metadata import as_mapping
from store.engine.fields import email_or_refusal
from store.even_time import at_least
from store.saleor.text import single_line

CONFIRMATION_LOCK_TIME = timedelta(seconds=90)
LAST_LOGIN_INTERVAL = timedelta(minutes=15)


def register(*, given: Mapping[str, Any]) -> User:
    """Create an account. For a taken address it returns an unsaved user after the same time, so that callers can't tell
    who has an account.

    Raises OperationError (email, redirect URL, channel) and OperationErrors (password).
    """
    settings = shop_settings.current()
    channel = given.get("channel") or ""
    if settings.enable_account_confirmation_by_email:
        redirect_urls.validate(given.get("redirect_url"))
        channel = channel_slug_for_mail(channel)
    user = User(
        email=clean_email(given["email"]),
        first_name=single_line(given.get("first_name") or ""),
        last_name=single_line(given.get("last_name") or ""),
        language_code=given.get("language_code") or "en",
        metadata=as_mapping(given.get("metadata")),
        is_confirmed=False,
    )
    passwords.validate_password(given["password"], user=user)
    with at_least(passwords.EVEN_SECONDS):
        user.password = make_password(given["password"])
        try:
            with transaction.atomic(durable=True):
                _create(user, given, channel, mail=settings.enable_account_confirmation_by_email)
        except IntegrityError:
            user.pk = None
    return user


def _create(user: User, given: Mapping[str, Any], channel: str, *, mail: bool) -> None:
    user.save(force_insert=True)
    events.record_event("CUSTOMER_CREATED", kind="User", pk=user.pk)
    if mail:
        user.last_confirm_email_request = timezone.now()
        user.save(update_fields=["last_confirm_email_request"])
        _record_confirmation_request(user, given["redirect_url"], channel)


def send_confirmation(*, user: User, redirect_url: str, channel: str) -> None:
    """Request the confirmation mail again, at most every 90 seconds.

    Raises OperationError ACCOUNT_CONFIRMED or CONFIRMATION_ALREADY_REQUESTED.
    """
    if user.is_confirmed or not shop_settings.current().enable_account_confirmation_by_email:
        raise OperationError("User is already confirmed", code="ACCOUNT_CONFIRMED")
    last_request = user.last_confirm_email_request
    if last_request and timezone.now() - last_request < CONFIRMATION_LOCK_TIME:
        raise OperationError("Confirmation email already requested", code="CONFIRMATION_ALREADY_REQUESTED")
    redirect_urls.validate(redirect_url)
    slug = channel_slug_for_mail(channel)
    with transaction.atomic(durable=True):
        user.lock()
        if user.is_confirmed or user.last_confirm_email_request != last_request:
            raise OperationError(
                "Confirmation email already requested", code="CONFIRMATION_ALREADY_REQUESTED"
            )
        user.last_confirm_email_request = timezone.now()
        user.save(update_fields=["last_confirm_email_request"])
        _record_confirmation_request(user, redirect_url, slug)


def confirm(*, email: str, token: str) -> User:
    """Confirm the address with the token from the mail. Raises OperationError INVALID."""
    user = User.objects.by_email(email)
    if user is None or not email_tokens.confirmation.check_token(user, token):
        raise OperationError(passwords.INVALID_TOKEN, field="token", code="INVALID")
    with transaction.atomic(durable=True):
        email_confirmation.lock_account(user, email=user.email)
        if not email_tokens.confirmation.check_token(user, token):
            raise OperationError(passwords.INVALID_TOKEN, field="token", code="INVALID")
        email_confirmation.confirm_user(user)
    return user


def log_in(*, email: str, password: str, origin: str = "", device: str = "") -> User:
    """The user with these credentials; failures are throttled by `origin` (client IP), email and known `device`.

    Raises OperationError LOGIN_ATTEMPT_DELAYED, INVALID_CREDENTIALS, INACTIVE or ACCOUNT_NOT_CONFIRMED.
    """
    login_throttling.start_attempt(origin=origin, email=email, device=device)
    user = User.objects.by_email(email)
    matches = (user or User(password=_dummy_password_hash())).check_password(password)
    if user is None or not matches:
        raise OperationError("Please, enter valid credentials", field="email", code="INVALID_CREDENTIALS")
    login_throttling.reset(origin=origin, email=email, device=device)
    if not user.is_active:
        raise OperationError("Account inactive.", field="email", code="INACTIVE")
    settings = shop_settings.current()
    must_confirm = (
        settings.enable_account_confirmation_by_email and not settings.allow_login_without_confirmation
    )
    if must_confirm and not user.is_confirmed:
        raise OperationError(
            "Account needs to be confirmed via email.", field="email", code="ACCOUNT_NOT_CONFIRMED"
        )
    if user.is_staff and (django_settings.SECOND_FACTOR_REQUIRED or second_factors.has_second_factor(user)):
        raise OperationError(
            "This account has a second factor, which the API can't ask for. Use the token of an app.",
            field="email",
            code="INVALID_CREDENTIALS",
        )
    update_last_login(user)
    return user


@cache
def _dummy_password_hash() -> str:
    """Hash to check for an unknown address, so that the response takes as long as for a known one."""
    return make_password("nobody has this password")


def update_last_login(user: User) -> None:
    """Set `last_login` to now, at most every quarter of an hour."""
    now = timezone.now()
    if user.last_login is None or now - user.last_login > LAST_LOGIN_INTERVAL:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(last_login=now)
        user.last_login = now


def deactivate_all_tokens(*, user: User) -> None:
    """Invalidate every access and refresh token issued so far."""
    with transaction.atomic(durable=True):
        user.lock()
        user.end_sessions()
        user.save(update_fields=["jwt_token_key", "updated_at"])


def update(*, user: User, given: Mapping[str, Any]) -> None:
    with transaction.atomic(durable=True):
        user.lock()
        for name in ("first_name", "last_name"):
            if given.get(name) is not None:
                setattr(user, name, single_line(given[name]))
        user.language_code = given.get("language_code") or user.language_code
        user.metadata |= as_mapping(given.get("metadata"))
        user.save()
        address_book.set_defaults(user, given)
        events.record_event("CUSTOMER_UPDATED", kind="User", pk=user.pk)


def request_email_change(
    *, user: User, password: str, new_email: str, redirect_url: str, channel: str | None
) -> None:
    """Record the event that sends a confirmation mail to the new address. Raises OperationError."""
    if not user.check_password(password):
        raise OperationError("Password isn't valid.", field="password", code="INVALID_CREDENTIALS")
    redirect_urls.validate(redirect_url)
    new_email = clean_email(new_email, field="newEmail")
    slug = channel_slug_for_mail(channel)
    with transaction.atomic(durable=True):
        events.record_event(
            "ACCOUNT_CHANGE_EMAIL_REQUESTED",
            kind="User",
            pk=user.pk,
            redirect_url=redirect_url,
            channel=slug,
            new_email=new_email,
        )


def confirm_email_change(*, user: User, token: str) -> None:
    """Change the address with the token from the mail. Raises OperationError JWT_INVALID_TOKEN, NotUnique."""
    new_email = email_tokens.email_change_claims(user, token)["new_email"]
    with transaction.atomic(durable=True):
        email_confirmation.lock_account(user, email=new_email)
        claims = email_tokens.email_change_claims(user, token)
        new_email = clean_email(claims["new_email"], field="newEmail")
        if User.objects.filter(email=new_email).exclude(pk=user.pk).exists():
            raise NotUnique("Email is used by other user.", field="newEmail")
        user.email = new_email
        user.save(update_fields=["email", "updated_at"])
        email_confirmation.run_confirmed_callbacks(user)
        events.record_event("CUSTOMER_UPDATED", kind="User", pk=user.pk)
        events.record_event("ACCOUNT_EMAIL_CHANGED", kind="User", pk=user.pk, old_email=claims["old_email"])


def request_deletion(*, user: User, redirect_url: str, channel: str | None) -> None:
    redirect_urls.validate(redirect_url)
    slug = channel_slug_for_mail(channel)
    with transaction.atomic(durable=True):
        events.record_event(
            "ACCOUNT_DELETE_REQUESTED", kind="User", pk=user.pk, redirect_url=redirect_url, channel=slug
        )


def delete(*, user: User, token: str) -> int:
    """Delete the account with the token from the mail; returns its former pk. Orders stay, for the accounts.

    Raises OperationError DELETE_STAFF_ACCOUNT or INVALID.
    """
    pk: int = user.pk
    with transaction.atomic(durable=True):
        account_deletion.lock_account(user)
        if user.is_staff:
            raise OperationError("Cannot delete a staff account.", code="DELETE_STAFF_ACCOUNT")
        if not email_tokens.deletion.check_token(user, token):
            raise OperationError(passwords.INVALID_TOKEN, field="token", code="INVALID")
        events.record_event("ACCOUNT_DELETED", kind="User", pk=pk, email=user.email)
        erase(user)
    return pk


def erase(user: User) -> None:
    """Delete the account, its addresses, and what other parts of the shop keep of its e-mail address, whoever asked for
    it; inside the caller's transaction, after `account_deletion.lock_account`. What stays, and why, is in
    docs/personal-data.md.
    """
    ports.connected().forget_address(user.email)
    user.addresses.all().delete()
    user.delete()


def clean_email(email: str, *, field: str = "email") -> str:
    """The address as an account has it, in lower case. Raises OperationError INVALID."""
    return email_or_refusal(email, field=field).lower()


def _record_confirmation_request(user: User, redirect_url: str, channel: str) -> None:
    events.record_event(
        "ACCOUNT_CONFIRMATION_REQUESTED", kind="User", pk=user.pk, redirect_url=redirect_url, channel=channel
    )
