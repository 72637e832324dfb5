"""Reading a checkout with all that its work needs: the row with its neighbours, and its lines."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from store.engine.accounts.models import Address
from store.engine.catalog import catalog_cache
from store.engine.channels import channels
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.errors import NotFound


def checkouts() -> QuerySet[Checkout]:
    """With the delivery; others are looked at when there are any (a guest has no user, a parcel no shelf)."""
    return Checkout.objects.select_related("delivery")


def find(pk: UUID) -> Checkout | None:
    found = checkouts().filter(pk=pk).order_by().first()
    return with_addresses(found) if found else None


def lock(pk: UUID) -> Checkout:
    """The row, held until commit, so that two changes of one basket come one after the other."""
    found = list(checkouts().select_for_update(of=("self",)).filter(pk=pk).order_by())
    if not found:
        raise NotFound("Couldn't resolve to a node: this basket is gone.", field="id")
    return with_addresses(found[0])


def with_addresses(checkout: Checkout) -> Checkout:
    """Both addresses in one statement, or in none; the channel from memory."""
    checkout.channel = channels.by_pk(checkout.channel_id)
    pks = {checkout.billing_address_id, checkout.shipping_address_id} - {None}
    known = Address.objects.in_bulk(pks) if pks else {}
    checkout.billing_address = known.get(checkout.billing_address_id)
    checkout.shipping_address = known.get(checkout.shipping_address_id)
    return checkout


def lines_of(checkout: Checkout) -> list[CheckoutLine]:
    """The lines with variant, product and product type; read once for each checkout object."""
    kept: list[CheckoutLine] | None = checkout.__dict__.get("_basket")
    if kept is None:
        kept = list(checkout.lines.order_by("created_at", "pk"))
        variants = catalog_cache.variants(line.variant_id for line in kept)
        for line in kept:
            line.checkout, line.variant = checkout, variants[line.variant_id]
        checkout.__dict__["_basket"] = kept
    return kept


def keep_lines(checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    """After a change: what the checkout object knows of its lines and prices is this."""
    checkout.__dict__["_basket"] = list(lines)
    forget_prices(checkout)


def forget_prices(checkout: Checkout) -> None:
    """After a change that touches what it costs or how much of it is paid."""
    for name in ("_quote", "_paid", "_cards"):
        checkout.__dict__.pop(name, None)


def forget(checkout: Checkout) -> None:
    checkout.__dict__.pop("_basket", None)
    forget_prices(checkout)


def needs_shipping(lines: Sequence[CheckoutLine]) -> bool:
    return any(line.variant.product.product_type.is_shipping_required for line in lines)


def country_of(checkout: Checkout) -> str:
    """Where it goes, else who pays, else where the channel is at home."""
    address = checkout.shipping_address or checkout.billing_address
    return address.country if address else checkout.channel.default_country
