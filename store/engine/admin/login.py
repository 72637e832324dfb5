"""The admin's login form, with the same throttling of failed logins as the API."""

from typing import Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm

from store.engine.accounts import login_throttling
from store.engine.errors import OperationError


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
        }
        try:
            login_throttling.start_attempt(**attempt)
        except OperationError as error:
            raise ValidationError(error.message) from None
        cleaned = super().clean()
        login_throttling.reset(**attempt)
        return cleaned
