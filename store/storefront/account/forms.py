"""The forms of the account. A form with errors redirects to its page (`form_state`); passwords are never kept."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from store.saleor.errors import Refused
from store.storefront import error_messages, form_state
from store.storefront.form_fields import EmailAddressField
from store.storefront.form_state import FormState

MAX_PASSWORD = 128
SECRET = ("password", "old_password", "new_password")
# Field of the form by the field that Saleor names in an error.
FIELDS = {
    "email": "email",
    "newEmail": "email",
    "password": "password",
    "oldPassword": "old_password",
    "newPassword": "new_password",
    "firstName": "first_name",
    "lastName": "last_name",
}
F = TypeVar("F", bound=forms.Form)


class PasswordField(forms.CharField):
    """Never cleaned of blanks: they may be part of it."""

    def __init__(self, *, is_new: bool, **options: Any) -> None:
        autocomplete = "new-password" if is_new else "current-password"
        super().__init__(
            max_length=MAX_PASSWORD,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
            error_messages={"required": _("Please enter a password.")},
            **options,
        )


def _name(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, required=False, max_length=120, widget=widget)


def _new_password(label: Any) -> PasswordField:
    return PasswordField(is_new=True, label=label, help_text=_("At least 8 characters, and no common word."))


class LogInForm(forms.Form):
    email = EmailAddressField(
        label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = PasswordField(is_new=False, label=_("Password"))


class RegisterForm(forms.Form):
    email = EmailAddressField(label=_("Email address"))
    password = _new_password(_("Password"))
    first_name = _name(_("First name"), "given-name")
    last_name = _name(_("Last name"), "family-name")


class EmailOnlyForm(forms.Form):
    email = EmailAddressField(label=_("Email address"))


class NewPasswordForm(forms.Form):
    password = _new_password(_("New password"))


class DetailsForm(forms.Form):
    first_name = _name(_("First name"), "given-name")
    last_name = _name(_("Last name"), "family-name")
    language = forms.ChoiceField(label=_("Language of your mails"), choices=settings.LANGUAGES)


class PasswordChangeForm(forms.Form):
    old_password = PasswordField(is_new=False, label=_("Current password"))
    new_password = _new_password(_("New password"))


class EmailChangeForm(forms.Form):
    email = EmailAddressField(label=_("New email address"))
    password = PasswordField(is_new=False, label=_("Password"))


def is_taken(refused: Refused) -> bool:
    """Whether the only objection is that the address has an account already. Saleor says so; no page does, since
    nobody is to learn who has one."""
    return all(problem.code == "UNIQUE" for problem in refused.problems)


def from_request(request: HttpRequest, kind: type[F], initial: Mapping[str, str] | None = None) -> F:
    """The form as the page shows it: as it was sent with errors, or else with what is saved."""
    state = form_state.read(request)
    if state is None:
        return kind(initial=dict(initial or {}))
    form = kind(dict(state.values))
    form.full_clean()
    form.errors.clear()
    for name, message in state.errors.items():
        form.add_error(name if name in form.fields else None, message)
    return form


def show_again(request: HttpRequest, form: forms.Form, refused: Refused | None = None) -> HttpResponse:
    """Back to the page, with what was typed and what was wrong. Only passwords have to be typed again."""
    errors = {name: " ".join(map(str, found)) for name, found in form.errors.items()}
    for problem in refused.problems if refused else ():
        name = FIELDS.get(problem.field or "", "")
        errors.setdefault(name if name in form.fields else "__all__", error_messages.message_for(problem))
    values = {name: request.POST.get(name, "")[:200] for name in form.fields if name not in SECRET}
    response = form_state.redirect(request, request.get_full_path(), FormState(values, errors=errors))
    assert response is not None, "a form of few short fields always fits"
    return response
