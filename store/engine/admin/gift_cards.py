"""Gift cards: made and sent to somebody, changed, switched off, sent again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from unfold.widgets import UnfoldAdminSelectWidget

from store.channel_limits import SHARED
from store.engine.admin import one_time_forms
from store.engine.admin.amount_field import AmountField
from store.engine.admin.base import View, column, posted_data, run_operation
from store.engine.admin.currency_format import format_money
from store.engine.admin.settings_admin import Fields, SettingAdmin, choice, day, switch
from store.engine.admin.stock_forms import text
from store.engine.channels.models import Channel
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard
from store.engine.money import quantize
from store.engine.orders import request_keys
from store.typed_numbers import TypedNumberField

MAX_AMOUNT = 10**6
CODE_SHOWN_FOR = timedelta(minutes=10)


class SendForm(forms.Form):
    """To whom the card goes, and in which shop's name and language."""

    def __init__(self, data: Any = None, *, email: str, channels: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"email": email})
        self.fields["email"] = text("E-mail of the recipient", required=True, max_length=254)
        self.fields["channel"] = forms.ChoiceField(
            label="Sent by the shop", choices=channels, widget=UnfoldAdminSelectWidget
        )


@admin.register(GiftCard)
class GiftCardAdmin(SettingAdmin):
    required_permissions = ("MANAGE_GIFT_CARD",)
    channel_path = SHARED
    list_display = ("ending", "balance", "active", "expires", "owner")
    search_fields = ("code", "used_by_email", "created_by_email")
    search_help_text = "Code or e-mail"
    ordering = ("-pk",)
    can_add = True
    new_words = "With an e-mail address it is sent there at once. Without one its code is shown on the next page, once."
    delete_words = "Only a card that has paid nothing can be deleted. Its code stops working."

    @column("Code ends in")
    def ending(self, card: GiftCard) -> str:
        return card.code[-4:]

    @column("Balance", ordering="current_balance_amount")
    def balance(self, card: GiftCard) -> str:
        return format_money(card.current_balance_amount, card.currency)

    @column("Active", ordering="is_active", boolean=True)
    def active(self, card: GiftCard) -> bool:
        return card.is_active

    @column("Expires", ordering="expiry_date")
    def expires(self, card: GiftCard) -> str:
        return f"{card.expiry_date:%-d %b %Y}" if card.expiry_date else "does not"

    @column("Used by", ordering="used_by_email")
    def owner(self, card: GiftCard) -> str:
        return card.used_by_email or ""

    def row_title(self, row: Any) -> str:
        return f"Gift card ending in {row.code[-4:]}"

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        sent = row.events.filter(type__in=("SENT_TO_CUSTOMER", "RESENT")).order_by("-pk").first()
        return [
            ("Worth at first", format_money(row.initial_balance_amount, row.currency)),
            ("Balance", self.balance(row)),
            ("For", row.created_by_email or "nobody named"),
            ("Sent", f"to {sent.parameters.get('email')}" if sent else "not yet"),
            ("Used by", row.used_by_email or "nobody yet"),
        ]

    def links(self, row: Any) -> list[tuple[str, str]]:
        return [(self.view_url("send", row), "Send to its recipient")] if row.is_active else []

    def row_views(self) -> dict[str, View]:
        return super().row_views() | {"send": self.send, "code": self.code}

    def new_fields(self) -> Fields:
        amount = TypedNumberField(minimum=0, maximum=MAX_AMOUNT, label="Worth")
        return {
            "amount": (amount, None),
            "channel": (choice("In the currency of", _channels()), _channels()[0][0] if _channels() else ""),
            "email": (text("E-mail of the recipient", max_length=254), ""),
            "expiry_date": (day("Expires on"), gift_cards.default_expiry_date()),
            "note": (text("Note for colleagues", max_length=500), ""),
        }

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> GiftCard:
        channel = Channel.objects.get(slug=data["channel"])
        return gift_cards.create_in_transaction(
            amount=data["amount"],
            currency=channel.currency_code,
            email=data["email"] or None,
            channel=channel.slug if data["email"] else None,
            expiry_date=data["expiry_date"],
            note=data["note"],
        )

    def url_of_new(self, row: Any) -> str:
        return self.row_url(row) if row.created_by_email else self.view_url("code", row)

    def code(self, request: HttpRequest, card: GiftCard) -> HttpResponse:
        """The code of a card that was made just now for nobody, who would get it by mail. No message carries it, which
        would lay it into a cookie.
        """
        if card.created_by_email or card.created < timezone.now() - CODE_SHOWN_FOR:
            return HttpResponseRedirect(self.row_url(card))
        return self.render_page(
            request,
            "shop_admin/setting.html",
            row=card,
            title="The code of the new gift card",
            facts=[("Code", card.code), ("Write it down", "in ten minutes it is not shown any more")],
            links=[(self.row_url(card), "Go on to the card")],
        )

    def fields_of(self, row: Any) -> Fields:
        balance = AmountField(
            currency=row.currency, minimum=0, maximum=MAX_AMOUNT, label=f"Balance, in {row.currency}"
        )
        return {
            "balance": (balance, quantize(row.current_balance_amount, row.currency)),
            "is_active": (switch("Can be used"), row.is_active),
            "expiry_date": (day("Expires on"), row.expiry_date),
        }

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        if change := data["balance"] - row.current_balance_amount:
            gift_cards.adjust_balance_in_transaction(card_id=row.pk, amount=change)
        if data["expiry_date"] != row.expiry_date:
            gift_cards.update_in_transaction(card_id=row.pk, changes={"expiry_date": data["expiry_date"]})
        gift_cards.set_active_in_transaction(card_id=row.pk, active=data["is_active"])

    def delete_row(self, row: Any) -> None:
        gift_cards.delete(card_id=row.pk)

    def send(self, request: HttpRequest, card: GiftCard) -> HttpResponse:
        """Send the card by mail, to whoever it was for or to another address."""
        if one_time_forms.was_done_before(request):
            return HttpResponseRedirect(self.row_url(card))
        form = SendForm(
            posted_data(request),
            email=card.created_by_email or "",
            channels=_channels(currency=card.currency) or _channels(),
        )
        failure = None
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            failure = run_operation(
                request,
                lambda: self._send_once(request, card, email=data["email"], channel=data["channel"]),
                success_message=f"The card is on its way to {data['email']}.",
            )
            if failure is None:
                return HttpResponseRedirect(self.row_url(card))
            form.add_error(None, failure.message)
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if form.errors else 200,
            row=card,
            form=form,
            title=f"Send the gift card ending in {card.code[-4:]}",
            words="The mail has the code and how to use it. Whoever has the code can spend it.",
            button="Send",
            back=self.row_url(card),
        )

    def _send_once(self, request: HttpRequest, card: GiftCard, *, email: str, channel: str) -> None:
        key = one_time_forms.key_of(request)
        with transaction.atomic(durable=True):
            if request_keys.first_result(key, operation="send_gift_card", target=card.pk) is not None:
                return
            gift_cards.resend_in_transaction(card_id=card.pk, channel=channel, email=email)
            request_keys.record(key, operation="send_gift_card", target=card.pk)


def _channels(currency: str = "") -> list[tuple[str, str]]:
    rows = Channel.objects.filter(is_active=True).order_by("name")
    rows = rows.filter(currency_code=currency) if currency else rows
    return [(row.slug, f"{row.name} ({row.currency_code})") for row in rows]
