"""Words that make a claim: marked where they stand, kept only by a person who says why, and listed for good.

A waiver lets one sentence pass. It comes with the words that are saved, or beforehand for words that are saved
elsewhere (a description through the API, a translation). It is never changed here and never taken back silently.
"""

import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.engine.accounts.requestor import acting, of_user
from store.engine.admin import forms
from store.engine.admin.base import DeskAdmin, codes_of, column, posted, sentence
from store.engine.channels import wording
from store.engine.channels.models import Waiver
from store.engine.channels.wording import ClaimRefused, Keeping
from store.engine.errors import Refusal, Refusals

LONGEST = 80  # letters of a sentence in the list
KEEPER = "MANAGE_SETTINGS"  # whoever may change what holds for the whole shop may answer for its words


@dataclass(slots=True)
class Objection:
    """Why words were not saved: sentences that claim something, and whatever else is wrong."""

    claims: list[ClaimRefused] = field(default_factory=list)
    problem: str | None = None


def save_words(
    request: HttpRequest, form: Form, operation: Callable[[], Any], *, said: str
) -> tuple[Objection | None, forms.Keep]:
    """Carry out an operation that saves words. None and it is done; else what stands against it, told at its field."""
    keep = forms.Keep(posted(request) if "seen" in request.POST else None)
    wish = _wish(request, keep)
    try:
        with acting(of_user(request.user)), wording.keeping(wish) if wish else nullcontext():  # type: ignore[arg-type]
            operation()
    except (Refusal, Refusals) as error:
        return _told(error, form), keep if _were_shown(error, request) else forms.Keep()
    messages.success(request, said)
    return None, keep


def _wish(request: HttpRequest, keep: forms.Keep) -> Keeping | None:
    if not may_keep(request) or not keep.is_bound or not keep.is_valid() or not keep.cleaned_data["keep"]:
        return None
    seen = frozenset(request.POST.getlist("seen"))
    return Keeping(who=str(request.user), why=keep.cleaned_data["why"], seen=seen)


def may_keep(request: HttpRequest) -> bool:
    return KEEPER in codes_of(request)


def _were_shown(error: Refusal | Refusals, request: HttpRequest) -> bool:
    """A tick for other sentences says nothing about these."""
    return {one.digest for one in _claims(error)} <= set(request.POST.getlist("seen"))


def _claims(error: Refusal | Refusals) -> list[ClaimRefused]:
    problems = error.problems if isinstance(error, Refusals) else [error]
    return [one for one in problems if isinstance(one, ClaimRefused)]


def _told(error: Refusal | Refusals, form: Form) -> Objection:
    found = _claims(error)
    if not found:
        return Objection(problem=sentence(error))
    for one in found:
        name = re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", one.field or "")
        form.add_error(name if name in form.fields else None, f"“{one.claim.words}” makes a claim.")
    return Objection(claims=found)


def shown(request: HttpRequest, objection: Objection | None, keep: forms.Keep) -> dict[str, Any]:
    """What `shop_admin/form.html` needs to mark the sentences and to offer keeping them."""
    claims = objection.claims if objection else []
    return {
        "claims": {one.digest: one for one in claims}.values(),
        "keep": keep,
        "may_keep": may_keep(request),
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@admin.register(Waiver)
class WaiverAdmin(DeskAdmin):
    needs = ("MANAGE_PRODUCTS", "MANAGE_PAGES", KEEPER)
    template = "shop_admin/waiver.html"
    list_display = ("what", "rule", "because", "by", "when")
    list_display_links = ("what",)
    search_fields = ("sentence", "why", "who")
    search_help_text = "Sentence, reason or person"
    ordering = ("-pk",)

    @column("Sentence")
    def what(self, waiver: Waiver) -> str:
        return _short(waiver.sentence)

    @column("Why")
    def because(self, waiver: Waiver) -> str:
        return _short(waiver.why)

    @column("Who", ordering="who")
    def by(self, waiver: Waiver) -> str:
        return waiver.who

    @column("When", ordering="created_at")
    def when(self, waiver: Waiver) -> str:
        return f"{waiver.created_at:%-d %b %Y, %H:%M}"

    def name_of(self, row: Waiver) -> str:
        return f"Kept: {_short(row.words)}"

    def details(self, request: HttpRequest, row: Waiver) -> dict[str, Any]:
        return {"around": row.sentence.partition(row.words), "markets": ", ".join(row.markets)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_keep(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """For words that are saved elsewhere: write the sentence down, see what is in it, say why it stays."""
        if not may_keep(request):
            return HttpResponseRedirect(self._list())
        form = forms.Sentence(posted(request))
        objection, keep = None, forms.Keep()
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            if not wording.claims_in(text):
                form.add_error(
                    "text", "This makes no claim that we know of, or was kept before. Save it as it is."
                )
            else:
                objection, keep = save_words(
                    request, form, lambda: wording.waive(text), said="The sentence is kept."
                )
                if objection is None:
                    return HttpResponseRedirect(self._list())
        return self.drawn(
            request,
            "shop_admin/form.html",
            status=422 if form.errors else 200,
            form=form,
            title="Keep a sentence",
            words="For words that are saved elsewhere, such as a description or a translation through the API.",
            button="Keep it" if objection else "Look at it",
            back=self._list(),
            **shown(request, objection, keep),
        )

    def _list(self) -> str:
        return reverse("admin:channels_waiver_changelist")
