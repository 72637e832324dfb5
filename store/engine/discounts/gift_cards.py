"""Gift cards: finding one that can be spent, spending it, issuing one."""

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from store.engine import events
from store.engine.accounts.models import User
from store.engine.catalog.models import Product
from store.engine.discounts.models import GiftCard, GiftCardEvent
from store.engine.errors import NotFound, NotUnique, Refusal
from store.engine.money import quantize

MOST_AT_ONCE = 100
# No 0, O, 1 or I: a code is read aloud and typed from paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class NotSpendable(Refusal):
    code = "GIFT_CARD_NOT_APPLICABLE"


def spendable(code: str, *, currency: str) -> GiftCard | None:
    """The card with this code, if it is good for this currency today."""
    today = timezone.now().date()
    return GiftCard.objects.filter(
        Q(expiry_date=None) | Q(expiry_date__gte=today), code=code, currency=currency, is_active=True
    ).first()


def spend(cards: list[GiftCard], total: Decimal, *, order_id: UUID, user: User | None, email: str) -> Decimal:
    """Take as much of `total` as the cards hold, first card first; returns what is left to pay.

    Call inside the order's transaction: rows are locked in primary-key order.
    """
    pks = [card.pk for card in cards]
    locked = {
        card.pk: card for card in GiftCard.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    }
    now = timezone.now()
    for pk in pks:
        card = locked[pk]
        if not card.is_active or (card.expiry_date and card.expiry_date < now.date()):
            raise NotSpendable("Gift card has expired. Order placement cancelled.", field="giftCards")
        taken = min(card.current_balance_amount, total)
        if not taken:
            continue
        before, card.current_balance_amount = card.current_balance_amount, card.current_balance_amount - taken
        card.last_used_on, card.used_by, card.used_by_email = now, user, email
        card.save(update_fields=["current_balance_amount", "last_used_on", "used_by", "used_by_email"])
        balance = {"before": str(before), "after": str(card.current_balance_amount)}
        GiftCardEvent.objects.create(
            gift_card=card,
            type="USED_IN_ORDER",
            user=user,
            order_id=order_id,
            parameters={"balance": balance},
        )
        total -= taken
    return total


def new_code() -> str:
    parts = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(parts)


def create(*, note: str = "", metadata: Mapping[str, str] | None = None, **told: Any) -> GiftCard:
    """Staff makes a card. Raises NotUnique when the wished code is taken."""
    _check(told["amount"], told["currency"], told.get("expiry_date"))
    if told.get("email"):
        _check_email(told["email"])
    with transaction.atomic(durable=True):
        card = issue(**told)
        if metadata or note:
            card.metadata = dict(metadata or {})
            card.save(update_fields=["metadata"])
        if note:
            GiftCardEvent.objects.create(
                gift_card=card, type="NOTE_ADDED", user=told.get("user"), parameters={"message": note}
            )
        events.record("GIFT_CARD_CREATED", kind="GiftCard", pk=card.pk)
    return card


def create_many(*, count: int, **told: Any) -> list[GiftCard]:
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refusal(f"Make between 1 and {MOST_AT_ONCE} at once.", field="count", code="INVALID")
    _check(told["amount"], told["currency"], told.get("expiry_date"))
    with transaction.atomic(durable=True):
        cards = [issue(**told) for _ in range(count)]
        for card in cards:
            events.record("GIFT_CARD_CREATED", kind="GiftCard", pk=card.pk)
    return cards


def update(*, card_id: int, changes: Mapping[str, Any], user: User | None) -> GiftCard:
    with transaction.atomic(durable=True):
        card = lock(card_id)
        if changes.get("balance_amount") is not None:
            amount = quantize(changes["balance_amount"], card.currency)
            before = card.current_balance_amount
            card.initial_balance_amount = card.current_balance_amount = amount
            balance = {"before": str(before), "after": str(amount)}
            GiftCardEvent.objects.create(
                gift_card=card, type="BALANCE_RESET", user=user, parameters={"balance": balance}
            )
        if "expiry_date" in changes:
            _check(Decimal(1), card.currency, changes["expiry_date"])
            card.expiry_date = changes["expiry_date"]
        card.metadata |= changes.get("metadata") or {}
        card.save()
        events.record("GIFT_CARD_UPDATED", kind="GiftCard", pk=card.pk)
    return card


def switch(*, card_id: int, on: bool, user: User | None) -> GiftCard:
    with transaction.atomic(durable=True):
        card = lock(card_id)
        if card.is_active != on:
            card.is_active = on
            card.save(update_fields=["is_active"])
            GiftCardEvent.objects.create(gift_card=card, type="ACTIVATED" if on else "DEACTIVATED", user=user)
            events.record("GIFT_CARD_STATUS_CHANGED", kind="GiftCard", pk=card.pk)
    return card


def lock(pk: int) -> GiftCard:
    card = GiftCard.objects.select_for_update().filter(pk=pk).first()
    if card is None:
        raise NotFound("There is no such gift card.", field="id")
    return card


def _check(amount: Decimal, currency: str, expiry_date: date | None) -> None:
    if amount <= 0:
        raise Refusal("The balance amount must be greater than 0.", field="balance", code="INVALID")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise Refusal(f"{currency[:9]} is no currency.", field="currency", code="INVALID")
    if amount != quantize(amount, currency):
        raise Refusal(f"{amount} is no amount of {currency}.", field="balance", code="INVALID")
    if expiry_date and expiry_date <= timezone.now().date():
        raise Refusal("Expiry date must be in the future.", field="expiryDate", code="INVALID")


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal("Provided email is invalid.", field="email", code="INVALID") from None


def channels_of(cards: Iterable[GiftCard]) -> dict[int, str | None]:
    """The slug of the channel that each was bought in, for those that were bought."""
    rows = GiftCardEvent.objects.filter(gift_card__in=list(cards), type="BOUGHT").order_by("-pk")
    return {event.gift_card_id: event.parameters.get("channel") for event in rows}


def issue(
    *,
    amount: Decimal,
    currency: str,
    code: str | None = None,
    user: User | None = None,
    email: str | None = None,
    expiry_date: date | None = None,
    is_active: bool = True,
    product: Product | None = None,
    order_line_id: UUID | None = None,
) -> GiftCard:
    """A new card. Raises NotUnique when the wished code is taken."""
    if code and GiftCard.objects.filter(code=code).exists():
        raise NotUnique("Gift card with this Code already exists.", field="code", code="ALREADY_EXISTS")
    with transaction.atomic():
        card = GiftCard.objects.create(
            code=code or new_code(),
            is_active=is_active,
            created_by=user,
            created_by_email=email or (user.email if user else None),
            expiry_date=expiry_date,
            currency=currency,
            initial_balance_amount=amount,
            current_balance_amount=amount,
            product=product,
            order_line_id=order_line_id,
        )
        GiftCardEvent.objects.create(
            gift_card=card, type="ISSUED", user=user, parameters={"balance": str(amount)}
        )
    return card
