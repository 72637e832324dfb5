"""Pages of the second factor, and the middleware that lets nobody past without it."""

from collections.abc import Callable
from typing import Any

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminTextInputWidget

from store.engine.accounts import second_factors
from store.engine.accounts.models import User
from store.redirected_answers import PageWithSecret

WRONG_CODE = "This code is not right, or too old. After some wrong ones you have to wait a little."
UNREADABLE_SEED = (
    "The shop can't read the key of your app any more, since its SECRET_KEY was changed: no code of it can be right. "
    "Use a recovery code, or have the second factor removed (docs/deploy.md, Changing SECRET_KEY)."
)
OPEN_PATHS = ("/admin/login/", "/admin/logout/", "/admin/second-factor/", "/admin/welcome/", "/admin/jsi18n/")


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=20,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split()).lower()


class SecondFactorMiddleware:
    """Sends who has logged in without the second factor to the page that asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/admin/") and not request.path_info.startswith(OPEN_PATHS):
            user: Any = request.user
            if user.is_authenticated and user.is_staff and not user.is_verified() and _needs_code(user):
                query = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse('second-factor')}?{query}")
        return self.get_response(request)


def _needs_code(user: User) -> bool:
    return bool(settings.SECOND_FACTOR_REQUIRED) or second_factors.has_second_factor(user)


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Asks for a code; sets the factor up for who has none; offers a new one to who has shown the old one."""
    user: Any = request.user
    if not user.is_staff:
        return HttpResponseRedirect(reverse("admin:login"))
    if user.is_verified():
        return _page(request, "on")
    if not second_factors.has_second_factor(user):
        return _set_up(request, user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        device = second_factors.match(user, form.cleaned_data["code"])
        if device is not None:
            _remember(request, device)
            return HttpResponseRedirect(_goal(request))
        form.add_error("code", UNREADABLE_SEED if second_factors.is_unreadable(user) else WRONG_CODE)
    return _page(request, "ask", form=form, status=422 if form.errors else 200)


def _set_up(request: HttpRequest, user: User) -> HttpResponse:
    device = second_factors.begin(user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if codes := second_factors.confirm(device, form.cleaned_data["code"]):
            _remember(request, device)
            return _page(request, "codes", codes=codes)
        form.add_error("code", WRONG_CODE)
    picture = segno.make(device.config_url, micro=False).svg_data_uri(scale=5, border=4, light="#fff")
    key = device.config_url.partition("secret=")[2].partition("&")[0]
    return _page(request, "set up", form=form, picture=picture, key=key, status=422 if form.errors else 200)


@require_POST
def remove_second_factor(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if user.is_staff and user.is_verified():
        second_factors.remove(user)
        messages.success(request, "The second factor is removed. You can set up a new one now.")
    return HttpResponseRedirect(reverse("second-factor"))


def _remember(request: HttpRequest, device: Any) -> None:
    django_otp.login(request, device)
    request.session.cycle_key()


def _goal(request: HttpRequest) -> str:
    goal = request.GET.get("next", "")
    is_own = url_has_allowed_host_and_scheme(goal, allowed_hosts=None) and goal.startswith("/admin/")
    return goal if is_own else reverse("admin:index")


def _page(request: HttpRequest, step: str, *, status: int = 200, **context: Any) -> HttpResponse:
    shared = admin.site.each_context(request) | {
        "title": "Second factor", "step": step, "is_required": settings.SECOND_FACTOR_REQUIRED,
    }  # fmt: skip
    return PageWithSecret(request, "shop_admin/second_factor.html", shared | context, status=status)
