"""Promo codes of a checkout: vouchers and gift cards."""

from uuid import UUID

from django.db import transaction

from store.engine.checkout import queries
from store.engine.checkout.models import Checkout
from store.engine.checkout.quote import calculate
from store.engine.discounts import gift_cards, voucher_eligibility
from store.engine.discounts.models import GiftCard, VoucherCode
from store.engine.discounts.voucher_eligibility import NotApplicable
from store.engine.errors import NotFound, OperationError


def add_code(*, checkout_id: UUID, code: str) -> Checkout:
    """Apply a voucher code or gift card.

    Raises NotFound, and OperationError: INVALID for an unknown code, VOUCHER_NOT_APPLICABLE where it does not fit.
    """
    code = code.strip()
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        voucher_code = voucher_eligibility.find_active_code(code, checkout.channel)
        card = None if voucher_code else gift_cards.find_spendable(code, currency=checkout.currency)
        if voucher_code:
            _apply_voucher(checkout, voucher_code)
        elif card:
            _add_gift_card(checkout, card)
        else:
            raise OperationError("Promo code is invalid", field="promoCode", code="INVALID")
    queries.clear_cache(checkout)
    return checkout


def _apply_voucher(checkout: Checkout, voucher_code: VoucherCode) -> None:
    lines = queries.lines_of(checkout)
    checkout.voucher_code = None
    undiscounted = calculate(checkout, lines)
    try:
        voucher_eligibility.check(
            voucher_code.voucher,
            channel=checkout.channel,
            subtotal=undiscounted.base_subtotal,
            quantity=sum(line.quantity for line in lines),
            email=checkout.user.email if checkout.user else checkout.email,
            user=checkout.user,
            country=queries.country_of(checkout),
        )
    except NotApplicable as error:
        raise NotApplicable(error.message, field="promoCode") from None
    checkout.voucher_code = voucher_code.code
    checkout.save(update_fields=["voucher_code", "last_change"])


def _add_gift_card(checkout: Checkout, card: GiftCard) -> None:
    checkout.gift_cards.add(card)
    checkout.has_gift_cards = True
    checkout.save(update_fields=["has_gift_cards", "last_change"])


def remove_code(*, checkout_id: UUID, code: str | None = None, gift_card_id: int | None = None) -> Checkout:
    """Remove a voucher or gift card, by code or card id. Raises NotFound, or OperationError when neither is given."""
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        if gift_card_id is not None or (code and code != checkout.voucher_code):
            _remove_gift_card(checkout, code, gift_card_id)
        elif code:
            checkout.voucher_code = None
            checkout.save(update_fields=["voucher_code", "last_change"])
        else:
            raise OperationError("Give a promo code or its id.", field="promoCode", code="INVALID")
    queries.clear_cache(checkout)
    return checkout


def _remove_gift_card(checkout: Checkout, code: str | None, pk: int | None) -> None:
    removed = next(
        (
            card
            for card in checkout.gift_cards.all()
            if card.pk == pk or code in (card.code, card.display_code)
        ),
        None,
    )
    if removed is None:
        raise NotFound("Promo code does not exist.", field="promoCode", code="INVALID")
    checkout.gift_cards.remove(removed)
    checkout.has_gift_cards = checkout.gift_cards.exists()
    checkout.save(update_fields=["has_gift_cards", "last_change"])
