"""Operations on gift cards: create, change, find a spendable one, spend it."""

import re
import secrets
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from store.engine import events
from store.engine.accounts.models import User
from store.engine.catalog.models import Product
from store.engine.channels import shop_settings
from store.engine.discounts.models import GiftCard, GiftCardEvent, GiftCardTag
from store.engine.errors import NotFound, NotUnique, OperationError
from store.engine.errors import Required as Missing
from store.engine.events import current_actor, value_changes
from store.engine.fields import email_or_refusal
from store.engine.money import Money, TaxedMoney, quantize

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
    tags: Sequence[str]
    assigned_to: User | None
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


def spent_on(order_id: UUID) -> dict[int, Decimal]:
    """What each card paid for the order, by primary key, from the cards' own history."""
    events = GiftCardEvent.objects.filter(order_id=order_id, type="USED_IN_ORDER").order_by("pk")
    balances = events.values_list("gift_card_id", "parameters__balance")
    return {pk: Decimal(balance["before"]) - Decimal(balance["after"]) for pk, balance in balances}


def lowered_by_cards(before: TaxedMoney, paid: Decimal) -> TaxedMoney:
    """A total after gift cards: they reduce the gross amount, and net decreases in proportion."""
    if not paid or not before.gross.amount:
        return before
    currency = before.gross.currency
    gross = max(before.gross.amount - paid, Decimal(0))
    net = quantize(before.net.amount * gross / before.gross.amount, currency)
    return TaxedMoney(Money(net, currency), Money(gross, currency))


MAX_CODE = 16  # of a code that staff chooses, as in Saleor, where a longer one could not be moved to


def new_code() -> str:
    parts = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(parts)


def create(
    *,
    note: str = "",
    channel: str | None = None,
    metadata: Mapping[str, str] | None = None,
    private_metadata: Mapping[str, str] | None = None,
    **fields: Unpack[GiftCardFields],
) -> GiftCard:
    """Create a card for staff; with an email and a channel it is mailed there.

    Raises OperationError, and NotUnique when the requested code is taken.
    """
    with transaction.atomic(durable=True):
        return create_in_transaction(
            note=note, channel=channel, metadata=metadata, private_metadata=private_metadata, **fields
        )


def create_in_transaction(
    *,
    note: str = "",
    channel: str | None = None,
    metadata: Mapping[str, str] | None = None,
    private_metadata: Mapping[str, str] | None = None,
    **fields: Unpack[GiftCardFields],
) -> GiftCard:
    """`create` inside the caller's transaction."""
    _check(fields["amount"], fields["currency"], fields.get("expiry_date"))
    if (length := len(fields.get("code") or "")) > MAX_CODE:
        message = f"Ensure this value has at most {MAX_CODE} characters (it has {length})."
        raise OperationError(message, field="code", code="INVALID")
    if email := fields.get("email"):
        email = fields["email"] = email_or_refusal(email)
    card = issue(**fields)
    card.metadata, card.private_metadata = dict(metadata or {}), dict(private_metadata or {})
    card.save(update_fields=["metadata", "private_metadata"])
    if note:
        record(card, "NOTE_ADDED", message=note)
    events.record_event("GIFT_CARD_CREATED", kind="GiftCard", pk=card.pk)
    if email and channel:
        send(card, email=email, channel=channel)
    return card


def send(card: GiftCard, *, email: str, channel: str, again: bool = False) -> None:
    """Have the card mailed to the address, in the caller's transaction."""
    record(card, "RESENT" if again else "SENT_TO_CUSTOMER", email=email)
    events.record_event("GIFT_CARD_SENT", kind="GiftCard", pk=card.pk, channel=channel, sent_to_email=email)


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


def update(*, card_id: int, changes: Mapping[str, Any]) -> GiftCard:
    """Set balance, expiry date, tags or metadata, as far as `changes` has them. Raises NotFound, OperationError."""
    with transaction.atomic(durable=True):
        return update_in_transaction(card_id=card_id, changes=changes)


def update_in_transaction(*, card_id: int, changes: Mapping[str, Any]) -> GiftCard:
    """`update` inside the caller's transaction."""
    card = lock(card_id)
    if changes.get("balance_amount") is not None:
        amount = quantize(changes["balance_amount"], card.currency)
        before = card.current_balance_amount
        card.initial_balance_amount = card.current_balance_amount = amount
        _note(card, "balance", before, amount)
        record(card, "BALANCE_RESET", balance={"before": str(before), "after": str(amount)})
    if "expiry_date" in changes:
        _set_expiry_date(card, changes["expiry_date"])
    _change_tags(card, add=changes.get("add_tags") or (), remove=changes.get("remove_tags") or ())
    card.metadata |= changes.get("metadata") or {}
    card.private_metadata |= changes.get("private_metadata") or {}
    card.save()
    events.record_event("GIFT_CARD_UPDATED", kind="GiftCard", pk=card.pk)
    return card


def adjust_balance(*, card_id: int, amount: Decimal) -> GiftCard:
    """Add an amount to the balance, or take it off when negative. Raises NotFound, OperationError below zero."""
    with transaction.atomic(durable=True):
        return adjust_balance_in_transaction(card_id=card_id, amount=amount)


def adjust_balance_in_transaction(*, card_id: int, amount: Decimal) -> GiftCard:
    """`adjust_balance` inside the caller's transaction."""
    card = lock(card_id)
    before = card.current_balance_amount
    after = before + quantize(amount, card.currency)
    if not amount or after < 0:
        raise OperationError("The balance can't go below zero, and the change can't be zero.", field="amount")
    card.current_balance_amount = after
    card.save(update_fields=["current_balance_amount"])
    _note(card, "balance", before, after)
    record(card, "BALANCE_ADJUSTED", balance={"before": str(before), "after": str(after)})
    events.record_event("GIFT_CARD_UPDATED", kind="GiftCard", pk=card.pk)
    return card


def _set_expiry_date(card: GiftCard, expiry_date: date | None) -> None:
    _check(Decimal(1), card.currency, expiry_date)
    if expiry_date != card.expiry_date:
        old, new = (day.isoformat() if day else None for day in (card.expiry_date, expiry_date))
        _note(card, "expiry_date", old, new)
        record(card, "EXPIRY_DATE_UPDATED", expiry_date=new, old_expiry_date=old)
    card.expiry_date = expiry_date


def _change_tags(card: GiftCard, *, add: Iterable[str], remove: Iterable[str], new: bool = False) -> None:
    """Tags of a `new` card have no event. Raises OperationError DUPLICATED_INPUT_ITEM for a tag in both."""
    added, removed = ({tag.strip().lower() for tag in tags if tag.strip()} for tags in (add, remove))
    if both := sorted(added & removed):
        raise OperationError(
            "The same tag cannot be in both lists.", field="tags", code="DUPLICATED_INPUT_ITEM", tags=both
        )
    before = sorted(card.tags.values_list("name", flat=True))
    for name in sorted(added):
        card.tags.add(GiftCardTag.objects.get_or_create(name=name)[0])
    card.tags.remove(*card.tags.filter(name__in=removed))
    GiftCardTag.objects.filter(name__in=removed, gift_cards=None).delete()
    after = sorted(card.tags.values_list("name", flat=True))
    if after != before and not new:
        _note(card, "tags", ", ".join(before), ", ".join(after))
        record(card, "TAGS_UPDATED", tags=after, old_tags=before)


def set_active(*, card_id: int, active: bool) -> GiftCard:
    """Activate or deactivate a card. Raises NotFound."""
    with transaction.atomic(durable=True):
        return set_active_in_transaction(card_id=card_id, active=active)


def set_active_in_transaction(*, card_id: int, active: bool) -> GiftCard:
    """`set_active` inside the caller's transaction."""
    card = lock(card_id)
    if card.is_active != active:
        card.is_active = active
        card.save(update_fields=["is_active"])
        _note(card, "is_active", not active, active)
        record(card, "ACTIVATED" if active else "DEACTIVATED")
        events.record_event("GIFT_CARD_STATUS_CHANGED", kind="GiftCard", pk=card.pk)
    return card


def delete(*, card_id: int) -> GiftCard:
    """Delete a card that has paid nothing, and return it as it was. Raises NotFound, OperationError."""
    with transaction.atomic(durable=True):
        card = lock(card_id)
        if card.last_used_on is not None:
            message = "This card has paid part of an order. Deactivate it instead."
            raise OperationError(message, field="id", code="INVALID")
        events.record_deleted_event("GIFT_CARD_DELETED", kind="GiftCard", row=card)
        GiftCard.objects.filter(pk=card.pk).delete()
    return card


def add_note(*, card_id: int, message: str) -> tuple[GiftCard, GiftCardEvent]:
    """Add a note to the card's history. Raises NotFound, Required for an empty one."""
    if not message.strip():
        raise Missing("Message can't be empty.", field="message")
    with transaction.atomic(durable=True):
        card = lock(card_id)
        event = record(card, "NOTE_ADDED", message=message.strip())
        events.record_event("GIFT_CARD_UPDATED", kind="GiftCard", pk=card.pk)
    return card, event


def assign(*, card_id: int, user: User | None) -> GiftCard:
    """Say whose card it is, or with None that it is nobody's. Raises NotFound."""
    with transaction.atomic(durable=True):
        card = lock(card_id)
        before = {"old_user": card.assigned_to_id, "old_email": card.assigned_to_email}
        card.assigned_to, card.assigned_to_email = user, user.email if user else None
        card.save(update_fields=["assigned_to", "assigned_to_email"])
        kind = "ASSIGNED_TO_USER" if user else "UNASSIGNED_FROM_USER"
        now = {"user": card.assigned_to_id, "email": card.assigned_to_email}
        record(card, kind, assignment=before | now)
        events.record_event("GIFT_CARD_UPDATED", kind="GiftCard", pk=card.pk)
    return card


def resend(*, card_id: int, channel: str, email: str | None) -> GiftCard:
    """Have the card mailed to the address, without one to whoever it was for. Raises NotFound, OperationError."""
    with transaction.atomic(durable=True):
        return resend_in_transaction(card_id=card_id, channel=channel, email=email)


def resend_in_transaction(*, card_id: int, channel: str, email: str | None) -> GiftCard:
    """`resend` inside the caller's transaction."""
    card = lock(card_id)
    address = email_or_refusal(email) if email else card.used_by_email or card.created_by_email
    if not address:
        raise Missing("This card knows no address: say one.", field="email")
    if not card.is_active:
        raise OperationError("This card is not active.", field="id", code="INVALID")
    if card.expiry_date is not None and card.expiry_date < timezone.now().date():
        raise OperationError("This card has expired.", field="id", code="EXPIRED_GIFT_CARD")
    send(card, email=address, channel=channel, again=True)
    return card


def record(card: GiftCard, type: str, **parameters: Any) -> GiftCardEvent:
    """Add to the card's history; the current actor is the author."""
    actor = current_actor.current()
    return GiftCardEvent.objects.create(
        gift_card=card,
        type=type,
        user_id=int(actor.pk) if actor.kind == "User" else None,
        app_id=int(actor.pk) if actor.kind == "App" else None,
        parameters=parameters,
    )


def _note(card: GiftCard, name: str, before: object, after: object) -> None:
    """For the audit log, beside the card's own history."""
    value_changes.note("GiftCard", card.pk, {name: (before, after)})


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


def default_expiry_date() -> date | None:
    """Until when a card that is bought today can be spent, by the shop's settings; None: for ever."""
    settings = shop_settings.current()
    period, today = settings.gift_card_expiry_period, timezone.now().date()
    if settings.gift_card_expiry_type != "EXPIRY_PERIOD" or not period:
        return None
    match settings.gift_card_expiry_unit:
        case "DAY":
            return today + timedelta(days=period)
        case "WEEK":
            return today + timedelta(weeks=period)
        case unit:
            return _months_later(today, period * (12 if unit == "YEAR" else 1))


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def issue(
    *,
    amount: Decimal,
    currency: str,
    code: str | None = None,
    user: User | None = None,
    email: str | None = None,
    expiry_date: date | None = None,
    is_active: bool = True,
    tags: Sequence[str] = (),
    assigned_to: User | None = None,
    product: Product | None = None,
    order_line_id: UUID | None = None,
) -> GiftCard:
    """A new card; joins the caller's transaction if there is one. Raises NotUnique when the requested code is taken."""
    if code and GiftCard.objects.filter(code=code).exists():
        raise NotUnique("Gift card with this Code already exists.", field="code", code="ALREADY_EXISTS")
    actor = current_actor.current()
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
            assigned_to=assigned_to,
            assigned_to_email=assigned_to.email if assigned_to else None,
            app_id=int(actor.pk) if actor.kind == "App" else None,
            product=product,
            order_line_id=order_line_id,
        )
        record(card, "ISSUED", balance=str(amount))
        _change_tags(card, add=tags, remove=(), new=True)
    return card
