"""The page behind an invitation: a colleague, or the first owner, sets a password.

The link holds a signed token that works once and for `settings.PASSWORD_RESET_TIMEOUT`.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.cache import never_cache
from unfold.widgets import UnfoldAdminPasswordWidget

from store.engine.accounts import email_tokens, passwords
from store.engine.accounts.models import User
from store.engine.admin.base import error_message
from store.engine.errors import OperationError, OperationErrors

DEAD_LINK = "This link has been used, is too old or is not complete. Ask for a new invitation."


class PasswordForm(forms.Form):
    password = forms.CharField(
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text="At least 8 characters. A sentence that nobody else would write is good.",
    )
    again = forms.CharField(
        label="The same once more", widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", "The two are not the same.")
        return given


def welcome_url(user: User) -> str:
    """The absolute link with which the user sets a password."""
    uid = urlsafe_base64_encode(str(user.pk).encode())
    token = email_tokens.password_reset.make_token(user)
    return f"{settings.PUBLIC_URL}{reverse('welcome', args=[uid, token])}"


@never_cache
def welcome(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    user = _user(uid)
    if user is None or not email_tokens.password_reset.check_token(user, token):
        return _page(request, status=404, problem=DEAD_LINK)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            passwords.reset(email=user.email, password=form.cleaned_data["password"], token=token)
        except (OperationError, OperationErrors) as error:
            form.add_error("password", error_message(error))
        else:
            messages.success(request, "Your password is set. Log in with it.")
            return HttpResponseRedirect(reverse("admin:login"))
    return _page(request, status=422 if form.errors else 200, form=form, email=user.email)


def _user(uid: str) -> User | None:
    try:
        pk = int(force_str(urlsafe_base64_decode(uid))[:12])
    except ValueError:
        return None
    return User.objects.filter(pk=pk, is_staff=True, is_active=True).first()


def _page(request: HttpRequest, *, status: int, **context: Any) -> HttpResponse:
    shared = admin.site.each_context(request) | {"title": "Welcome"}
    return TemplateResponse(request, "shop_admin/welcome.html", shared | context, status=status)
