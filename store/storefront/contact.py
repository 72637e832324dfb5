"""The contact page: the merchant's words, and a form that writes to the merchant. It sends nothing to anybody else."""

import hashlib

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from store.cross_site_forms import checks_origin
from store.mailer import receive_messages
from store.mailer.merchant_messages import Topic
from store.mailer.receive_messages import Message
from store.saleor.shop_pages import CONTACT
from store.storefront import form_state, languages, shop_pages, structured_data, view_decorators
from store.storefront.form_fields import BAIT, EmailAddressField, error_summary
from store.storefront.form_state import FormState
from store.storefront.page_context import render

SENT = "sent"  # parameter of the page after the message has been received
MAX_TEXT = 2000  # characters; what was typed must fit into a cookie when something else is wrong


class ContactForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailAddressField(label=_("Email address"), help_text=_("We answer to this address."))
    number = forms.CharField(
        label=_("Number of your order"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("Your message"),
        max_length=MAX_TEXT,
        help_text=_("Please leave out details about your health: we don't need them."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Please write what it is about."),
            "max_length": _("Please shorten your message a little."),
        },
    )


@checks_origin
@view_decorators.public
def contact(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _handle_post(request)
    state = form_state.read(request)
    form = ContactForm(dict(state.values)) if state else ContactForm()
    return _render(request, form)


def _handle_post(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST)
    if not form.is_valid():
        state = FormState({name: request.POST.get(name, "") for name in form.fields})
        return form_state.redirect(request, request.path, state) or _render(request, form, status=422)
    if not request.POST.get(BAIT):
        receive_messages.receive(_message(form))
    return form_state.leave(request.path, to=f"{reverse('storefront:contact')}?{SENT}=1")


def _message(form: ContactForm) -> Message:
    data = form.cleaned_data
    text = hashlib.sha256(data["text"].encode()).hexdigest()
    return Message(
        topic=Topic.CONTACT,
        key=f"{timezone.now():%Y-%m-%d}\n{data['email']}\n{text}",
        name=data["name"],
        email=data["email"],
        number=data["number"],
        text=data["text"],
        locale=languages.current(),
    )


def _render(request: HttpRequest, form: ContactForm, *, status: int = 200) -> HttpResponse:
    return render(
        request,
        "contact.html",
        {
            "page": shop_pages.find(CONTACT),
            "title": gettext("Contact"),
            "form": form,
            "errors": error_summary(form),
            "is_sent": request.GET.get(SENT) == "1",
            "organization": structured_data.organization(),
        },
        status=status,
    )
