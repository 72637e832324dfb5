"""Mutations that add voucher codes and gift cards to a checkout and remove them."""

from typing import Any

from store.engine.checkout import promo_codes
from store.engine.discounts.models import VoucherCode
from store.engine.errors import NotFound
from store.engine.graphql import ids
from store.engine.graphql.checkout.loaded import checkout_payload
from store.engine.graphql.checkout.lookup import checkout_pk, int_of
from store.engine.graphql.registry import Info, mutation


@mutation
def checkout_add_promo_code(info: Info, *, promo_code: str, id: str | None = None) -> dict[str, Any]:
    return checkout_payload(info, promo_codes.add_code(checkout_id=checkout_pk(id), code=promo_code))


@mutation
def checkout_remove_promo_code(
    info: Info,
    *,
    id: str | None = None,
    promo_code: str | None = None,
    promo_code_id: str | None = None,
) -> dict[str, Any]:
    pk = checkout_pk(id)
    gift_card_id = None
    if promo_code_id:
        kind, _ = ids.from_global_id(promo_code_id)
        if kind == "GiftCard":
            gift_card_id = int_of(promo_code_id, "GiftCard", field="promoCodeId")
        else:
            promo_code = _first_code_of_voucher(promo_code_id)
    return checkout_payload(
        info, promo_codes.remove_code(checkout_id=pk, code=promo_code, gift_card_id=gift_card_id)
    )


def _first_code_of_voucher(global_id: str) -> str | None:
    voucher = int_of(global_id, "Voucher", field="promoCodeId")
    codes = list(VoucherCode.objects.filter(voucher=voucher).values_list("code", flat=True))
    if not codes:
        raise NotFound("Promo code does not exist.", field="promoCodeId")
    return str(codes[0])
