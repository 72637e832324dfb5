"""A customer's own account: made, confirmed, entered, changed, closed."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from store.engine import events
from store.engine.accounts import email_tokens, login_throttling, passwords, redirect_urls
from store.engine.accounts.account_mail_channel import slug_for_mail
from store.engine.accounts.models import User, new_token_key
from store.engine.channels import shop_settings
from store.engine.errors import NotUnique, Refusal
from store.engine.events.metadata import as_mapping

CONFIRMATION_LOCK_TIME = timedelta(seconds=90)
LAST_LOGIN_EVERY = timedelta(minutes=15)

# What the rows above do once an address is proven: orders bought as a guest find their owner.
when_confirmed: list[Callable[[User], None]] = []


def register(*, given: Mapping[str, Any]) -> User:
    """A new account, or, when the address is taken, something that looks the same from outside (and is not
    saved).
    """
    settings = shop_settings.current()
    channel = given.get("channel") or ""
    if settings.enable_account_confirmation_by_email:
        redirect_urls.checked(given.get("redirect_url"))
        channel = slug_for_mail(channel)
    user = User(
        email=clean_email(given["email"]),
        first_name=given.get("first_name") or "",
        last_name=given.get("last_name") or "",
        language_code=given.get("language_code") or "en",
        metadata=as_mapping(given.get("metadata")),
        is_confirmed=False,
    )
    passwords.check_new(given["password"], user=user)
    user.password = make_password(given["password"])  # before looking: the same time for a taken address
    try:
        with transaction.atomic(durable=True):
            _create(user, given, channel, mail=settings.enable_account_confirmation_by_email)
    except IntegrityError:
        user.pk = None
    return user


def _create(user: User, given: Mapping[str, Any], channel: str, *, mail: bool) -> None:
    user.save(force_insert=True)
    events.record("CUSTOMER_CREATED", kind="User", pk=user.pk)
    if mail:
        user.last_confirm_email_request = timezone.now()
        user.save(update_fields=["last_confirm_email_request"])
        _ask_for_confirmation(user, given["redirect_url"], channel)


def send_confirmation(*, user: User, redirect_url: str, channel: str) -> None:
    if user.is_confirmed or not shop_settings.current().enable_account_confirmation_by_email:
        raise Refusal("User is already confirmed", code="ACCOUNT_CONFIRMED")
    asked = user.last_confirm_email_request
    if asked and timezone.now() - asked < CONFIRMATION_LOCK_TIME:
        raise Refusal("Confirmation email already requested", code="CONFIRMATION_ALREADY_REQUESTED")
    redirect_urls.checked(redirect_url)
    slug = slug_for_mail(channel)
    with transaction.atomic(durable=True):
        user.last_confirm_email_request = timezone.now()
        user.save(update_fields=["last_confirm_email_request"])
        _ask_for_confirmation(user, redirect_url, slug)


def confirm(*, email: str, token: str) -> User:
    user = User.objects.by_email(email)
    if user is None or not email_tokens.confirmation.check_token(user, token):
        raise Refusal("Invalid or expired token.", field="token", code="INVALID")
    with transaction.atomic(durable=True):
        confirmed(user)
    return user


def confirmed(user: User) -> None:
    """Runs inside the caller's transaction."""
    user.is_confirmed = True
    user.save(update_fields=["is_confirmed", "updated_at"])
    for adopt in when_confirmed:
        adopt(user)
    events.record("ACCOUNT_CONFIRMED", kind="User", pk=user.pk)


def log_in(*, email: str, password: str, origin: str = "") -> User:
    login_throttling.check(origin=origin, email=email)
    user = User.objects.by_email(email)
    fits = (user or User(password=_nobodys())).check_password(password)
    if user is None or not fits:
        login_throttling.failed(origin=origin, email=email)
        raise Refusal("Please, enter valid credentials", field="email", code="INVALID_CREDENTIALS")
    login_throttling.succeeded(origin=origin, email=email)
    if not user.is_active:
        raise Refusal("Account inactive.", field="email", code="INACTIVE")
    settings = shop_settings.current()
    must_confirm = (
        settings.enable_account_confirmation_by_email and not settings.allow_login_without_confirmation
    )
    if must_confirm and not user.is_confirmed:
        raise Refusal("Account needs to be confirmed via email.", field="email", code="ACCOUNT_NOT_CONFIRMED")
    seen(user)
    return user


@cache
def _nobodys() -> str:
    """Checked for an unknown address, so that the answer takes as long as for a known one."""
    return make_password("nobody has this password")


def seen(user: User) -> None:
    """Note the time of the last visit, at most every quarter of an hour."""
    now = timezone.now()
    if user.last_login is None or now - user.last_login > LAST_LOGIN_EVERY:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(last_login=now)
        user.last_login = now


def log_out_everywhere(*, user: User) -> None:
    """Every token given out so far is worthless from now on."""
    with transaction.atomic(durable=True):
        user.jwt_token_key = new_token_key()
        user.save(update_fields=["jwt_token_key", "updated_at"])


def change(*, user: User, given: Mapping[str, Any]) -> None:
    with transaction.atomic(durable=True):
        for name in ("first_name", "last_name", "language_code"):
            if given.get(name) is not None:
                setattr(user, name, given[name])
        user.metadata |= as_mapping(given.get("metadata"))
        user.save()
        events.record("CUSTOMER_UPDATED", kind="User", pk=user.pk)


def request_email_change(
    *, user: User, password: str, new_email: str, redirect_url: str, channel: str | None
) -> None:
    if not user.check_password(password):
        raise Refusal("Password isn't valid.", field="password", code="INVALID_CREDENTIALS")
    redirect_urls.checked(redirect_url)
    new_email = clean_email(new_email, field="newEmail")
    slug = slug_for_mail(channel)
    with transaction.atomic(durable=True):
        events.record(
            "ACCOUNT_CHANGE_EMAIL_REQUESTED",
            kind="User",
            pk=user.pk,
            redirect_url=redirect_url,
            channel=slug,
            new_email=new_email,
        )


def confirm_email_change(*, user: User, token: str) -> None:
    claims = email_tokens.email_change_claims(user, token)
    new_email = clean_email(claims["new_email"], field="newEmail")
    if User.objects.filter(email=new_email).exclude(pk=user.pk).exists():
        raise NotUnique("Email is used by other user.", field="newEmail")
    with transaction.atomic(durable=True):
        user.email = new_email
        user.save(update_fields=["email", "updated_at"])
        for adopt in when_confirmed:
            adopt(user)
        events.record("CUSTOMER_UPDATED", kind="User", pk=user.pk)
        events.record("ACCOUNT_EMAIL_CHANGED", kind="User", pk=user.pk, old_email=claims["old_email"])


def request_deletion(*, user: User, redirect_url: str, channel: str | None) -> None:
    redirect_urls.checked(redirect_url)
    slug = slug_for_mail(channel)
    with transaction.atomic(durable=True):
        events.record(
            "ACCOUNT_DELETE_REQUESTED", kind="User", pk=user.pk, redirect_url=redirect_url, channel=slug
        )


def delete(*, user: User, token: str) -> int:
    """The pk it had. Orders stay: they are the shop's books."""
    if user.is_staff:
        raise Refusal("Cannot delete a staff account.", code="DELETE_STAFF_ACCOUNT")
    if not email_tokens.deletion.check_token(user, token):
        raise Refusal("Invalid or expired token.", field="token", code="INVALID")
    pk: int = user.pk
    with transaction.atomic(durable=True):
        events.record("ACCOUNT_DELETED", kind="User", pk=pk, email=user.email)
        user.addresses.all().delete()
        user.delete()
    return pk


def clean_email(email: str, *, field: str = "email") -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal("Enter a valid email address.", field=field, code="INVALID") from None
    return email


def _ask_for_confirmation(user: User, redirect_url: str, channel: str) -> None:
    events.record(
        "ACCOUNT_CONFIRMATION_REQUESTED", kind="User", pk=user.pk, redirect_url=redirect_url, channel=channel
    )
