"""Operations on gift cards: create, change, find a spendable one, spend it."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from store.engine import events
from store.engine.accounts.models import User
from store.engine.catalog.models import Product
from store.engine.discounts.models import GiftCard, GiftCardEvent
from store.engine.errors import NotFound, NotUnique, OperationError
from store.engine.fields import email_or_refusal
from store.engine.money import quantize

MAX_BULK_COUNT = 100
# Without 0, O, 1 and I, because codes are read aloud and typed from paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class NotSpendable(OperationError):
    """A gift card of the order is inactive or has expired."""

    code = "GIFT_CARD_NOT_APPLICABLE"


class GiftCardFields(TypedDict, total=False):
    """What a new gift card may be given: the arguments of `issue`."""

    amount: Required[Decimal]
    currency: Required[str]
    code: str | None
    user: User | None
    email: str | None
    expiry_date: date | None
    is_active: bool
    product: Product | None
    order_line_id: UUID | None


def is_spendable(card: GiftCard, *, currency: str) -> bool:
    """Whether the card is active, not expired and of this currency."""
    expired = card.expiry_date is not None and card.expiry_date < timezone.now().date()
    return card.is_active and not expired and card.currency == currency


def find_spendable(code: str, *, currency: str) -> GiftCard | None:
    """The card with this code, if it can be spent."""
    card = GiftCard.objects.filter(code=code).first()
    return card if card and is_spendable(card, currency=currency) else None


def lock_all(pks: Iterable[int]) -> list[GiftCard]:
    """The cards, locked in primary-key order until commit."""
    return list(GiftCard.objects.select_for_update().filter(pk__in=list(pks)).order_by("pk"))


def check_spendable(cards: Iterable[GiftCard], *, currency: str) -> None:
    """Raises NotSpendable if one of the cards can't be spent."""
    if not all(is_spendable(card, currency=currency) for card in cards):
        raise NotSpendable(
            "A gift card of this order has expired or is not active. Remove it to go on.", field="giftCards"
        )


def spend(
    cards: Sequence[GiftCard], total: Decimal, *, order_id: UUID, user: User | None, email: str
) -> Decimal:
    """Take as much of `total` from the cards as their balances allow, in the given order; return the remainder to pay.

    The cards are locked in the transaction that makes the order. Raises NotSpendable.
    """
    for card in cards:
        check_spendable([card], currency=card.currency)
        taken = min(card.current_balance_amount, total)
        if not taken:
            continue
        before, card.current_balance_amount = card.current_balance_amount, card.current_balance_amount - taken
        card.last_used_on, card.used_by, card.used_by_email = timezone.now(), user, email
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


def create(
    *, note: str = "", metadata: Mapping[str, str] | None = None, **fields: Unpack[GiftCardFields]
) -> GiftCard:
    """Create a card for staff. Raises OperationError, and NotUnique when the requested code is taken."""
    _check(fields["amount"], fields["currency"], fields.get("expiry_date"))
    if email := fields.get("email"):
        fields["email"] = email_or_refusal(email)
    with transaction.atomic(durable=True):
        card = issue(**fields)
        if metadata or note:
            card.metadata = dict(metadata or {})
            card.save(update_fields=["metadata"])
        if note:
            GiftCardEvent.objects.create(
                gift_card=card, type="NOTE_ADDED", user=fields.get("user"), parameters={"message": note}
            )
        events.record_event("GIFT_CARD_CREATED", kind="GiftCard", pk=card.pk)
    return card


def bulk_create(*, count: int, **fields: Unpack[GiftCardFields]) -> list[GiftCard]:
    """Create `count` cards with the same fields and different codes. Raises OperationError."""
    if not 1 <= count <= MAX_BULK_COUNT:
        raise OperationError(f"Make between 1 and {MAX_BULK_COUNT} at once.", field="count", code="INVALID")
    _check(fields["amount"], fields["currency"], fields.get("expiry_date"))
    with transaction.atomic(durable=True):
        cards = [issue(**fields) for _ in range(count)]
        for card in cards:
            events.record_event("GIFT_CARD_CREATED", kind="GiftCard", pk=card.pk)
    return cards


def update(*, card_id: int, changes: Mapping[str, Any], user: User | None) -> GiftCard:
    """Set balance, expiry date or metadata, as far as `changes` has them. Raises NotFound, OperationError."""
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
        events.record_event("GIFT_CARD_UPDATED", kind="GiftCard", pk=card.pk)
    return card


def set_active(*, card_id: int, active: bool, user: User | None) -> GiftCard:
    """Activate or deactivate a card. Raises NotFound."""
    with transaction.atomic(durable=True):
        card = lock(card_id)
        if card.is_active != active:
            card.is_active = active
            card.save(update_fields=["is_active"])
            GiftCardEvent.objects.create(
                gift_card=card, type="ACTIVATED" if active else "DEACTIVATED", user=user
            )
            events.record_event("GIFT_CARD_STATUS_CHANGED", kind="GiftCard", pk=card.pk)
    return card


def lock(pk: int) -> GiftCard:
    card = GiftCard.objects.select_for_update().filter(pk=pk).first()
    if card is None:
        raise NotFound("There is no such gift card.", field="id")
    return card


def _check(amount: Decimal, currency: str, expiry_date: date | None) -> None:
    if amount <= 0:
        raise OperationError("The balance amount must be greater than 0.", field="balance", code="INVALID")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise OperationError(f"{currency[:9]} is no currency.", field="currency", code="INVALID")
    if amount != quantize(amount, currency):
        raise OperationError(f"{amount} is no amount of {currency}.", field="balance", code="INVALID")
    if expiry_date and expiry_date <= timezone.now().date():
        raise OperationError("Expiry date must be in the future.", field="expiryDate", code="INVALID")


def channel_slugs(cards: Iterable[GiftCard]) -> dict[int, str | None]:
    """By card id the slug of the channel it was bought in; cards that were not bought are missing."""
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
    """A new card; joins the caller's transaction if there is one. Raises NotUnique when the requested code is taken."""
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
