"""The admin's login form, with the same throttling of failed logins as the API."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.forms import AuthenticationForm

from store.engine.accounts import login_throttling
from store.engine.accounts.requestor import acting_as, requestor_for_user
from store.engine.errors import OperationError
from store.engine.events.outbox import record_audit_entry

DEVICE_COOKIE = "device"


def login(request: HttpRequest) -> HttpResponse:
    """The login page. After a success the device is known: what strangers try never delays it (login_throttling).

    The success stands in the audit log. The session ends after SESSION_COOKIE_AGE, also in use.
    """
    response: HttpResponse = admin.site.login(request)
    user: Any = request.user
    if request.method == "POST" and user.is_authenticated and response.status_code == 302:
        with acting_as(requestor_for_user(user)), transaction.atomic(durable=True):
            record_audit_entry("SIGNED_IN_WITH_PASSWORD", kind="User", pk=user.pk)
        # From the login on, however often the session is written to later.
        request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        response.set_cookie(
            DEVICE_COOKIE,
            login_throttling.device_token(user.email),
            max_age=login_throttling.DEVICE_LIFETIME_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
    return response


class AdminLoginForm(AuthenticationForm):  # type: ignore[misc]
    """Configured in settings.UNFOLD."""

    def confirm_login_allowed(self, user: Any) -> None:
        """Staff who have not opened their invitation have not shown that the address is theirs."""
        super().confirm_login_allowed(user)
        if not user.is_confirmed:
            raise ValidationError("Open the link of your invitation first.", code="unconfirmed")

    def clean(self) -> Any:
        attempt = {
            "origin": self.request.META.get("REMOTE_ADDR", ""),
            "email": self.cleaned_data.get("username") or "",
            "device": self.request.COOKIES.get(DEVICE_COOKIE, ""),
        }
        try:
            login_throttling.start_attempt(**attempt)
        except OperationError as error:
            raise ValidationError(error.message) from None
        cleaned = super().clean()
        login_throttling.reset(**attempt)
        return cleaned
