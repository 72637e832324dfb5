"""Reads checkouts and their rows."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from store.engine.accounts.models import Address
from store.engine.catalog import catalog_cache
from store.engine.channels import channels
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.errors import NotFound


def checkouts() -> QuerySet[Checkout]:
    """With the delivery joined; other relations are read only where they exist (a guest has no user)."""
    return Checkout.objects.select_related("delivery")


def _with_addresses() -> QuerySet[Checkout]:
    return checkouts().select_related("billing_address", "shipping_address").order_by()


def find(pk: UUID) -> Checkout | None:
    """The checkout with its addresses, or None."""
    found = _with_addresses().filter(pk=pk).first()
    return with_channel(found) if found else None


def lock(pk: UUID) -> Checkout:
    """The checkout, locked until commit, so that changes of one checkout are serialized. Raises NotFound."""
    # Alone: who waited for the row would otherwise get the addresses and the delivery of before the wait with it, or
    # none (PostgreSQL reads only the locked row again). They are read when nobody can change them any more.
    locked = Checkout.objects.select_for_update().filter(pk=pk).first()
    if locked is None:
        raise NotFound("Couldn't resolve to a node: this basket is gone.", field="id")
    if locked.billing_address_id or locked.shipping_address_id or locked.delivery_id:
        locked = _with_addresses().get(pk=pk)
    return with_channel(locked)


def with_channel(checkout: Checkout) -> Checkout:
    """With the channel from the channel cache."""
    checkout.channel = channels.by_pk(checkout.channel_id)
    return checkout


def load_many(rows: Sequence[Checkout]) -> None:
    """Set the addresses of all with at most one statement, and the channels from the channel cache."""
    pks = {pk for row in rows for pk in (row.billing_address_id, row.shipping_address_id)} - {None}
    addresses = Address.objects.in_bulk(pks) if pks else {}
    for row in rows:
        with_channel(row)
        row.billing_address = addresses.get(row.billing_address_id)
        row.shipping_address = addresses.get(row.shipping_address_id)


def read_lines(checkout: Checkout) -> list[CheckoutLine]:
    """The lines with variant, product and product type."""
    lines = list(checkout.lines.order_by("created_at", "pk"))
    variants = catalog_cache.get_variants(line.variant_id for line in lines)
    for line in lines:
        line.checkout, line.variant = checkout, variants[line.variant_id]
    return lines


def needs_shipping(lines: Sequence[CheckoutLine]) -> bool:
    return any(line.variant.product.product_type.is_shipping_required for line in lines)


def country_of(checkout: Checkout) -> str:
    """The country of the shipping address, else of the billing address, else the channel's default."""
    address = checkout.shipping_address or checkout.billing_address
    return address.country if address else checkout.channel.default_country
