"""Texts with forbidden claims in the admin: shows the claims, and lets permitted users waive them with a reason.

A waiver (`channels.Waiver`) allows one sentence. It is created with the text that is saved, or beforehand for texts
saved elsewhere (a description through the API, a translation). Waivers can't be changed or deleted here.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.channel_limits import SHARED
from store.engine.accounts import staff
from store.engine.accounts.requestor import acting_as, requestor_for_user
from store.engine.admin import forms
from store.engine.admin.base import ReadOnlyAdmin, column, error_message, permission_codes_of, posted_data
from store.engine.admin.dates import time_text
from store.engine.channels import refused_sentences, wording
from store.engine.channels.models import Waiver
from store.engine.channels.wording import ClaimRefused, WaiverRequest
from store.engine.errors import ChangedValue, OperationError, OperationErrors, ValuesChanged
from store.engine.events.current_actor import Actor

MAX_LIST_LENGTH = 80  # characters of a sentence in the list
WAIVER_PERMISSION = "MANAGE_SETTINGS"  # permission to waive a claim: that of the shop-wide settings


@dataclass(slots=True)
class SaveFailure:
    """Why a text was not saved: its claims, or another error message."""

    claims: list[ClaimRefused] = field(default_factory=list)
    problem: str | None = None
    changes: Sequence[ChangedValue] = ()  # by somebody else, meanwhile


def save_texts(
    request: HttpRequest, form: Form, operation: Callable[[], Any], *, success_message: str
) -> tuple[SaveFailure | None, forms.WaiverForm]:
    """Run an operation that saves texts.

    Returns (None, _) on success, else the failure, whose claims are added to the form's fields, and the waiver form to
    show.
    """
    waiver_form = forms.WaiverForm(posted_data(request) if "seen" in request.POST else None)
    waiver = _waiver_request(request, waiver_form)
    try:
        with (
            acting_as(requestor_for_user(request.user)),  # type: ignore[arg-type]
            refused_sentences.recording(),
            wording.waiving(waiver) if waiver else nullcontext(),
        ):
            operation()
    except (OperationError, OperationErrors) as error:
        shown = _all_were_shown(error, request)
        return _add_to_form(error, form), waiver_form if shown else forms.WaiverForm()
    messages.success(request, success_message)
    return None, waiver_form


def _waiver_request(request: HttpRequest, waiver_form: forms.WaiverForm) -> WaiverRequest | None:
    if (
        not may_waive(request)
        or not waiver_form.is_bound
        or not waiver_form.is_valid()
        or not waiver_form.cleaned_data["keep"]
    ):
        return None
    seen = frozenset(request.POST.getlist("seen"))
    return WaiverRequest(who=str(request.user), why=waiver_form.cleaned_data["why"], seen=seen)


def may_waive(request: HttpRequest, *, writer: Actor | None = None) -> bool:
    """Whether the user may let a refused sentence pass; `writer`: who wanted to save it, the user if None.

    Two persons stand by it: the writer can't, unless nobody else here has the permission.
    """
    if WAIVER_PERMISSION not in permission_codes_of(request):
        return False
    user: Any = request.user
    own = writer is None or writer == Actor("User", str(user.pk))
    return not (own and staff.has_colleague_with(WAIVER_PERMISSION, beside=user))


def _all_were_shown(error: OperationError | OperationErrors, request: HttpRequest) -> bool:
    """Whether all claims of this error were on the submitted page: consent to other sentences does not cover them."""
    return {claim.digest for claim in _claims(error)} <= set(request.POST.getlist("seen"))


def _claims(error: OperationError | OperationErrors) -> list[ClaimRefused]:
    errors = error.errors if isinstance(error, OperationErrors) else [error]
    return [refused for refused in errors if isinstance(refused, ClaimRefused)]


def _add_to_form(error: OperationError | OperationErrors, form: Form) -> SaveFailure:
    claims = _claims(error)
    if not claims:
        changes = error.changes if isinstance(error, ValuesChanged) else ()
        return SaveFailure(problem=error_message(error), changes=changes)
    for refused in claims:
        name = re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", refused.field or "")
        form.add_error(
            name if name in form.fields else None, f"“{refused.claim.words}”: {refused.claim.about}."
        )
    return SaveFailure(claims=claims)


def waiver_context(
    request: HttpRequest, failure: SaveFailure | None, waiver_form: forms.WaiverForm
) -> dict[str, Any]:
    """Template context for `shop_admin/claims.html`: the claims and the waiver form."""
    claims = failure.claims if failure else []
    return {
        "claims": {refused.digest: refused for refused in claims}.values(),
        "waiver_form": waiver_form,
        "may_waive": bool(claims) and may_waive(request),
        "has_permission": WAIVER_PERMISSION in permission_codes_of(request),
    }


def short(text: str) -> str:
    """As much of a sentence as a list shows."""
    return text if len(text) <= MAX_LIST_LENGTH else f"{text[: MAX_LIST_LENGTH - 1]}…"


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_PRODUCTS", "MANAGE_PAGES", WAIVER_PERMISSION)
    channel_path = SHARED
    template = "shop_admin/waiver.html"
    list_before_template = "shop_admin/add_link.html"
    show_add_link = False
    list_display = ("what", "rule", "because", "by", "when")
    list_display_links = ("what",)
    search_fields = ("sentence", "why", "who")
    search_help_text = "Sentence, reason or person"
    ordering = ("-pk",)

    @column("Sentence")
    def what(self, waiver: Waiver) -> str:
        return short(waiver.sentence)

    @column("Why")
    def because(self, waiver: Waiver) -> str:
        return short(waiver.why)

    @column("Who", ordering="who")
    def by(self, waiver: Waiver) -> str:
        return waiver.who

    @column("When", ordering="created_at")
    def when(self, waiver: Waiver) -> str:
        return time_text(waiver.created_at)

    def row_title(self, row: Waiver) -> str:
        return f"Kept: {short(row.words)}"

    def row_context(self, request: HttpRequest, row: Waiver) -> dict[str, Any]:
        return {"around": row.sentence.partition(row.words), "markets": ", ".join(row.markets)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.is_permitted(request) and may_waive(request)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """For the navigation of every page, which need not know whether there is a second person."""
        return {"add": False, "change": False, "delete": False, "view": self.is_permitted(request)}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Create a waiver for a text that is saved elsewhere: enter the sentence, see its claims, give a reason."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = forms.WaiverTextForm(posted_data(request))
        failure, waiver_form = None, forms.WaiverForm()
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            if not wording.find_claims(text):
                form.add_error(
                    "text", "This makes no claim that we know of, or was kept before. Save it as it is."
                )
            else:
                failure, waiver_form = save_texts(
                    request, form, lambda: wording.waive_text(text), success_message="The sentence is kept."
                )
                if failure is None:
                    return HttpResponseRedirect(self._list_url())
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if form.errors else 200,
            form=form,
            title="Keep a sentence",
            words="For words that are saved elsewhere, such as a description or a translation through the API.",
            button="Keep it" if failure else "Look at it",
            back=self._list_url(),
            **waiver_context(request, failure, waiver_form),
        )

    def _list_url(self) -> str:
        return reverse("admin:channels_waiver_changelist")
