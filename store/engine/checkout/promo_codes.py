"""Codes that a shopper types: a voucher or a gift card."""

from uuid import UUID

from django.db import transaction

from store.engine.checkout import queries
from store.engine.checkout.models import Checkout
from store.engine.checkout.quote import work_out
from store.engine.discounts import gift_cards, voucher_eligibility
from store.engine.discounts.models import GiftCard, VoucherCode
from store.engine.discounts.voucher_eligibility import NotApplicable
from store.engine.errors import NotFound, Refusal


def add_code(*, checkout_id: UUID, code: str) -> Checkout:
    """Raises Refusal: INVALID for an unknown code, VOUCHER_NOT_APPLICABLE where it does not fit this basket."""
    code = code.strip()
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        found = voucher_eligibility.active_code(code, checkout.channel)
        card = None if found else gift_cards.spendable(code, currency=checkout.currency)
        if found:
            _use_voucher(checkout, found)
        elif card:
            _use_card(checkout, card)
        else:
            raise Refusal("Promo code is invalid", field="promoCode", code="INVALID")
    queries.forget(checkout)
    return checkout


def _use_voucher(checkout: Checkout, found: VoucherCode) -> None:
    lines = queries.lines_of(checkout)
    checkout.voucher_code = None
    plain = work_out(checkout, lines)
    try:
        voucher_eligibility.check(
            found.voucher,
            channel=checkout.channel,
            subtotal=plain.base_subtotal,
            quantity=sum(line.quantity for line in lines),
            email=checkout.user.email if checkout.user else checkout.email,
            user=checkout.user,
            country=queries.country_of(checkout),
        )
    except NotApplicable as refusal:
        raise NotApplicable(refusal.message, field="promoCode") from None
    checkout.voucher_code = found.code
    checkout.save(update_fields=["voucher_code", "last_change"])


def _use_card(checkout: Checkout, card: GiftCard) -> None:
    checkout.gift_cards.add(card)
    checkout.has_gift_cards = True
    checkout.save(update_fields=["has_gift_cards", "last_change"])


def remove_code(*, checkout_id: UUID, code: str | None = None, gift_card_id: int | None = None) -> Checkout:
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        if gift_card_id is not None or (code and code != checkout.voucher_code):
            _drop_card(checkout, code, gift_card_id)
        elif code:
            checkout.voucher_code = None
            checkout.save(update_fields=["voucher_code", "last_change"])
        else:
            raise Refusal("Give a promo code or its id.", field="promoCode", code="INVALID")
    queries.forget(checkout)
    return checkout


def _drop_card(checkout: Checkout, code: str | None, pk: int | None) -> None:
    found = next(
        (
            card
            for card in checkout.gift_cards.all()
            if card.pk == pk or code in (card.code, card.display_code)
        ),
        None,
    )
    if found is None:
        raise NotFound("Promo code does not exist.", field="promoCode", code="INVALID")
    checkout.gift_cards.remove(found)
    checkout.has_gift_cards = checkout.gift_cards.exists()
    checkout.save(update_fields=["has_gift_cards", "last_change"])
