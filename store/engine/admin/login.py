"""The door of the desk: the same brake on guessing passwords as the API has."""

from typing import Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm

from store.engine.accounts import login_throttling
from store.engine.errors import Refusal


class DeskLogin(AuthenticationForm):  # type: ignore[misc]
    """settings.UNFOLD names it."""

    def clean(self) -> Any:
        who = {
            "origin": self.request.META.get("REMOTE_ADDR", ""),
            "email": self.cleaned_data.get("username") or "",
        }
        try:
            login_throttling.check(**who)
        except Refusal as refused:
            raise ValidationError(refused.message) from None
        try:
            cleaned = super().clean()
        except ValidationError:
            login_throttling.failed(**who)
            raise
        login_throttling.succeeded(**who)
        return cleaned
