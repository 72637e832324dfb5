"""Promo codes of a checkout: vouchers and gift cards."""

from uuid import UUID

from django.db import transaction

from store.engine.checkout import delivery_options, legacy_error_flow, loaded_checkout, queries
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.discounts import gift_cards, voucher_eligibility
from store.engine.discounts.models import GiftCard, VoucherCode
from store.engine.discounts.voucher_eligibility import NotApplicable
from store.engine.errors import NotFound, OperationError


def add_code(*, checkout_id: UUID, code: str) -> LoadedCheckout:
    """Apply a voucher code or gift card.

    Raises NotFound, and OperationError: INVALID for an unknown code, VOUCHER_NOT_APPLICABLE where it does not fit.
    """
    code = code.strip()
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        legacy_error_flow.require_available_lines(loaded)
        checkout = loaded.checkout
        voucher_code = voucher_eligibility.find_active_code(code, checkout.channel)
        card = None if voucher_code else gift_cards.find_spendable(code, currency=checkout.currency)
        if voucher_code:
            _apply_voucher(loaded, voucher_code)
        elif card:
            if not checkout.channel.allow_legacy_gift_card_use:
                message = "Gift cards are not taken as promo codes in this channel."
                raise OperationError(message, field="promoCode", code="GIFT_CARD_NOT_APPLICABLE")
            _add_gift_card(checkout, card)
        else:
            raise OperationError("Promo code is invalid", field="promoCode", code="INVALID")
        loaded = loaded.changed()
        _check_chosen_delivery(loaded)
    return loaded


def _check_chosen_delivery(loaded: LoadedCheckout) -> None:
    """Mark a chosen delivery invalid that is not offered at the new value: a method may ask for a least one."""
    if loaded.checkout.delivery is not None:
        delivery_options.refresh(loaded)


def _apply_voucher(loaded: LoadedCheckout, voucher_code: VoucherCode) -> None:
    checkout, lines = loaded.checkout, loaded.lines
    checkout.voucher_code = None
    undiscounted = loaded.changed().quote
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


def remove_code(
    *, checkout_id: UUID, code: str | None = None, gift_card_id: int | None = None
) -> LoadedCheckout:
    """Remove a voucher or gift card, by code or card id. Raises NotFound, or OperationError when neither is given."""
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout = loaded.checkout
        if gift_card_id is not None or (code and code != checkout.voucher_code):
            _remove_gift_card(checkout, code, gift_card_id)
        elif code:
            checkout.voucher_code = None
            checkout.save(update_fields=["voucher_code", "last_change"])
        else:
            raise OperationError("Give a promo code or its id.", field="promoCode", code="INVALID")
        loaded = loaded.changed()
        _check_chosen_delivery(loaded)
    return loaded


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
