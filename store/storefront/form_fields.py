"""What forms of several pages share: the field of an email address, and the summary of errors above a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from store.saleor.email_addresses import InvalidEmailAddress, clean_email_address

MAX_EMAIL = 254
BAIT = "website"  # a field that people do not see (parts/bait.html), and programs fill in


class EmailAddressField(forms.CharField):
    """Cleaned as Saleor and the mailer take it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", MAX_EMAIL)
        options.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email"}))
        options.setdefault(
            "error_messages",
            {
                "required": _("Please enter your email address."),
                "invalid": _("Please check your email address: it looks unfinished."),
            },
        )
        super().__init__(**options)

    def clean(self, value: str) -> str:
        address: str = super().clean(value)
        if not address and not self.required:
            return ""
        try:
            return clean_email_address(address)
        except InvalidEmailAddress:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


def error_summary(*shown: forms.Form) -> list[tuple[str, str]]:
    """(field id, message) for the summary above the forms; an empty id is about a form as a whole."""
    summary: list[tuple[str, str]] = []
    for form in shown:
        for name, errors in form.errors.items():
            field_id = "" if name == "__all__" else form[name].id_for_label
            summary += [(field_id, str(error)) for error in errors]
    return summary
