"""How the pages of the account look: one form, or one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from store.storefront.form_fields import error_summary
from store.storefront.page_context import render


@dataclass(frozen=True, slots=True)
class FormPage:
    """`hidden`: values that the form sends along; `links`: (address, text) below it. `form` None: a button only."""

    title: str
    button: str = ""
    lead: str = ""
    form: forms.Form | None = None
    hidden: Sequence[tuple[str, str]] = ()
    links: Sequence[tuple[str, str]] = ()
    notice: str = ""
    errors: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def all_errors(self) -> list[tuple[str, str]]:
        return [*self.errors, *(error_summary(self.form) if self.form else ())]


def show(request: HttpRequest, page: FormPage, *, status: int = 200) -> HttpResponse:
    return render(request, "account/form.html", {"page": page, "errors": page.all_errors}, status=status)


def absolute(view: str) -> str:
    """The address of a page in the reader's language, for the link in a mail."""
    return f"{settings.PUBLIC_URL}{reverse(view)}"
