"""Ask to return something of an order, or withdraw from the contract (Directive 2011/83/EU, art. 11a).

The request is noted in the order's history and metadata, where the desk lists it; the merchant and the buyer get a
mail. Nothing is decided and no money moves: that is the merchant's answer.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.mailer import orders as mail_orders
from store.mailer import receive_messages
from store.mailer.merchant_messages import Topic
from store.mailer.orders import Line, Order
from store.mailer.receive_messages import Message
from store.saleor import clients
from store.saleor.client.input_types import MetadataInput
from store.saleor.errors import check
from store.saleor.order_return import METADATA_KEY
from store.storefront import form_state, languages, orders, view_decorators
from store.storefront.form_fields import error_summary
from store.storefront.form_state import FormState
from store.storefront.page_context import render
from store.storefront.request_values import whole_number

MAX_TEXT = 1000
REASONS = (
    ("withdrawal", gettext_lazy("I withdraw from the contract (no reason needed)")),
    ("faulty", gettext_lazy("It is faulty or arrived damaged")),
    ("wrong", gettext_lazy("It is not what I ordered")),
    ("other", gettext_lazy("Another reason")),
)
# As the merchant reads them.
REASON_NAMES = {
    "withdrawal": "Withdrawal from the contract",
    "faulty": "Faulty or arrived damaged",
    "wrong": "Not what was ordered",
    "other": "Another reason",
}


class PiecesField(forms.IntegerField):
    """A whole number: Django's own field reads 1.000 as 1."""

    def to_python(self, value: object) -> int | None:
        typed = str(value or "").strip()
        if typed and whole_number(typed) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return whole_number(typed)


class ReturnForm(forms.Form):
    """A number for each line of the order, as `piece-<position>`, from 0 to what was ordered."""

    def __init__(self, data: object, *, lines: Sequence[Line]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.lines = lines
        for position, line in enumerate(lines):
            name = (
                f"{line.product}, {line.variant}" if line.variant not in ("", line.product) else line.product
            )
            self.fields[f"piece-{position}"] = PiecesField(
                label=name,
                required=False,
                min_value=0,
                max_value=line.quantity,
                initial=0,
                help_text=_("of {number}").format(number=line.quantity),
                widget=forms.NumberInput(attrs={"class": "quantity"}),
                error_messages={
                    "invalid": _("Please enter a whole number."),
                    "max_value": _("You ordered {number} of it.").format(number=line.quantity),
                    "min_value": _("Please enter a whole number."),
                },
            )
        self.fields["reason"] = forms.ChoiceField(
            label=_("Why?"),
            choices=[("", _("Please choose")), *REASONS],
            error_messages={"required": _("Please choose one from the list.")},
        )
        self.fields["text"] = forms.CharField(
            label=_("Anything else?"),
            required=False,
            max_length=MAX_TEXT,
            help_text=_("Please leave out details about your health: we don't need them."),
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if not self.errors and not self.pieces:
            raise forms.ValidationError(_("Please say how many pieces come back."))
        return cleaned

    @property
    def pieces(self) -> list[tuple[Line, int]]:
        numbers = [self.cleaned_data.get(f"piece-{position}") or 0 for position in range(len(self.lines))]
        return [(line, number) for line, number in zip(self.lines, numbers, strict=True) if number]


@dataclass(frozen=True, slots=True)
class Request:
    """What the buyer asked for."""

    pieces: Sequence[tuple[Line, int]]
    reason: str
    text: str
    key: str

    def summary(self, reason: str) -> str:
        """Line by line, with the reason in the words of whoever reads it."""
        lines = [f"{number} × {line.product}{_variant(line)}" for line, number in self.pieces]
        return "\n".join([*lines, "", reason, *([self.text] if self.text else [])])


def _variant(line: Line) -> str:
    return f" ({line.variant})" if line.variant not in ("", line.product) else ""


@view_decorators.private
def ask_return(request: HttpRequest, token: str) -> HttpResponse:
    try:
        order_id = orders.read_token(token)
    except signing.BadSignature:
        raise Http404(str(orders.INVALID_LINK)) from None
    order = mail_orders.fetch(order_id)
    if order is None or not orders.returnable_state(order.state):
        return HttpResponseRedirect(reverse("storefront:order", args=[token]), status=303)
    if request.method == "POST":
        return _handle_post(request, token, order)
    state = form_state.read(request)
    form = ReturnForm(dict(state.values) if state else None, lines=order.lines)
    return _render(request, token, order, form)


def _handle_post(request: HttpRequest, token: str, order: Order) -> HttpResponse:
    form = ReturnForm(request.POST, lines=order.lines)
    if not form.is_valid():
        state = FormState({name: request.POST.get(name, "") for name in form.fields})
        again = form_state.redirect(request, request.path, state)
        return again or _render(request, token, order, form, status=422)
    data = form.cleaned_data
    asked = Request(form.pieces, data["reason"], data["text"], request.POST.get("key", "")[:64])
    _receive(order, asked)
    return form_state.leave(request.path, to=f"{reverse('storefront:order', args=[token])}?returned=1")


def _receive(order: Order, asked: Request) -> None:
    """Once for a key. First for the desk, unless it has this request already; then the mails, which are sent once."""
    key = f"{order.id}\n{asked.key}"
    if receive_messages.is_received(Topic.RETURN, key):
        return  # sent twice: the desk may have answered it meanwhile
    asked_at = timezone.now().isoformat()
    note = {
        "at": asked_at,
        "reason": asked.reason,
        "lines": {line.id: number for line, number in asked.pieces},
    }
    client = clients.staff()
    check(
        client.private_metadata_update(
            id=order.id, input=[MetadataInput(key=METADATA_KEY, value=json.dumps(note))]
        ).update_private_metadata
    )
    message = Message(
        topic=Topic.RETURN,
        key=key,
        name=order.buyer_name,
        email=order.email,
        number=order.number,
        text=asked.summary(str(dict(REASONS)[asked.reason])),
        locale=languages.current(),
        asked_at=asked_at,
    )
    if receive_messages.receive_return(message, order):
        text = f"The buyer asks to return:\n{asked.summary(REASON_NAMES[asked.reason])}"
        check(client.order_note_add(order=order.id, message=text).order_note_add)


def _render(
    request: HttpRequest, token: str, order: Order, form: ReturnForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "order": order,
        "token": token,
        "form": form,
        "errors": error_summary(form),
        "key": secrets.token_urlsafe(12),
    }
    return render(request, "order_return.html", context, status=status)
