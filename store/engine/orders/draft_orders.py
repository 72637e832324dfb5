"""Orders that staff writes: a draft is put together, priced anew at each change, and completed into an order.

Lines of an order that waits for confirmation can be changed in the same way; what is promised of the stock follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from store.engine import events
from store.engine.accounts.models import Address, User
from store.engine.catalog.models import ProductChannelListing, ProductVariant, VariantChannelListing
from store.engine.channels.models import Channel
from store.engine.discounts import voucher_eligibility
from store.engine.errors import NotFound, NotUnique, Refusal, Refusals, Required
from store.engine.orders import charge_status, draft_pricing, order_events, queries
from store.engine.orders.errors import ParcelRefusal, VariantRefusal
from store.engine.orders.models import Order, OrderLine, OrderStatus
from store.engine.shipping import available_methods
from store.engine.shipping.models import ShippingMethod
from store.engine.stock.allocations import Demand, allocate, deallocate
from store.engine.stock.errors import InsufficientStock

EDITABLE = (OrderStatus.DRAFT, OrderStatus.UNCONFIRMED)
VALUES = (
    "user_email",
    "customer_note",
    "external_reference",
    "redirect_url",
    "language_code",
)


@dataclass(frozen=True, slots=True)
class NewLine:
    variant_id: int
    quantity: int
    price: Decimal | None = None  # staff's own price for one piece, instead of the listed one
    force_new_line: bool = False


def create(
    *,
    channel: Channel,
    values: Mapping[str, Any],
    lines: Sequence[NewLine] = (),
    user: User | None = None,
    shipping_address: Address | None = None,
    billing_address: Address | None = None,
    shipping_method: ShippingMethod | None = None,
) -> Order:
    with transaction.atomic(durable=True):
        _check_reference(values.get("external_reference"))
        order = Order(
            number=queries.next_number(),
            status=OrderStatus.DRAFT,
            origin="DRAFT",
            channel=channel,
            currency=channel.currency_code,
            user=user,
            metadata=dict(values.get("metadata") or {}),
            private_metadata=dict(values.get("private_metadata") or {}),
            **{name: values[name] for name in VALUES if values.get(name) is not None},
        )
        order.user_email = order.user_email or (user.email if user else "")
        _take_addresses(order, shipping_address, billing_address)
        order.save(force_insert=True)
        _put_in(order, lines, field="lines")
        _set_voucher(order, values)
        if shipping_method is not None:
            _choose(order, shipping_method)
        draft_pricing.reprice(order)
        order_events.tell(order_events.sentence(order, "DRAFT_CREATED"))
        events.record("DRAFT_ORDER_CREATED", kind="Order", pk=order.pk)
    return order


def update(
    *,
    order_id: UUID,
    values: Mapping[str, Any],
    user: User | None = None,
    shipping_address: Address | None = None,
    billing_address: Address | None = None,
    shipping_method: ShippingMethod | None = None,
) -> Order:
    """What is not named stays."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if order.status != OrderStatus.DRAFT:
            said = "Provided order id belongs to non-draft order. Use `orderUpdate` mutation instead."
            raise Refusal(said, field="id", code="INVALID")
        _check_reference(values.get("external_reference"), but=order)
        for name in VALUES:
            if name in values:
                setattr(order, name, values[name] if name == "external_reference" else values[name] or "")
        if user is not None:
            order.user, order.user_email = user, values.get("user_email") or user.email
        order.metadata |= values.get("metadata") or {}
        order.private_metadata |= values.get("private_metadata") or {}
        _take_addresses(order, shipping_address, billing_address)
        _set_voucher(order, values)
        if shipping_method is not None:
            _choose(order, shipping_method)
        draft_pricing.reprice(order)
        events.record("DRAFT_ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def delete(*, order_id: UUID) -> Order:
    """The draft as it was."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if order.status != OrderStatus.DRAFT:
            raise Refusal("Provided order id belongs to non-draft order.", field="id", code="INVALID")
        events.record_gone("DRAFT_ORDER_DELETED", kind="Order", row=order)
        Order.objects.filter(pk=order.pk).delete()
    return order


def add_lines(*, order_id: UUID, lines: Sequence[NewLine]) -> tuple[Order, list[OrderLine]]:
    with transaction.atomic(durable=True):
        order = editable(order_id)
        made = _put_in(order, lines, field="input")
        if order.status == OrderStatus.UNCONFIRMED:
            _promise(order, [Demand(line.pk, one.variant_id, one.quantity) for line, one in made])
        changed = [line for line, _ in made]
        order_events.tell(
            order_events.sentence(order, "ADDED_PRODUCTS", lines=[str(line.pk) for line in changed])
        )
        _edited(order)
    return order, changed


def change_line(*, line_id: UUID, quantity: int) -> tuple[Order, OrderLine]:
    with transaction.atomic(durable=True):
        order, line = _line(line_id)
        if quantity < 1:
            raise Refusal("Ensure this value is greater than 0.", field="quantity", code="ZERO_QUANTITY")
        _follow(order, line, quantity - line.quantity)
        line.quantity = quantity
        line.save(update_fields=["quantity"])
        _edited(order)
    line.refresh_from_db()
    return order, line


def delete_line(*, line_id: UUID) -> tuple[Order, OrderLine]:
    """The line as it was."""
    with transaction.atomic(durable=True):
        order, line = _line(line_id)
        _follow(order, line, -line.quantity)
        OrderLine.objects.filter(pk=line.pk).delete()
        order_events.tell(order_events.sentence(order, "REMOVED_PRODUCTS", lines=[str(line.pk)]))
        _edited(order)
    return order, line


def _line(line_id: UUID) -> tuple[Order, OrderLine]:
    order_id = OrderLine.objects.filter(pk=line_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound("There is no such order line.", field="id")
    return editable(order_id), OrderLine.objects.get(pk=line_id)


def editable(order_id: UUID) -> Order:
    order = queries.lock(order_id)
    if order.status not in EDITABLE:
        raise Refusal("Only draft and unconfirmed orders can be edited.", field="id", code="NOT_EDITABLE")
    return order


def _follow(order: Order, line: OrderLine, more: int) -> None:
    """What is promised of the stock follows a changed quantity."""
    if order.status != OrderStatus.UNCONFIRMED or not line.variant_id or not more:
        return
    if more < 0:
        deallocate(demand=[Demand(line.pk, line.variant_id, -more)])
    else:
        deallocate(demand=[Demand(line.pk, line.variant_id, line.quantity)])
        _promise(order, [Demand(line.pk, line.variant_id, line.quantity + more)])


def _edited(order: Order) -> None:
    draft_pricing.reprice(order)
    charge_status.refresh_amounts(order)
    draft = order.status == OrderStatus.DRAFT
    events.record("DRAFT_ORDER_UPDATED" if draft else "ORDER_UPDATED", kind="Order", pk=order.pk)


def set_shipping(*, order_id: UUID, shipping_method: ShippingMethod | None) -> Order:
    with transaction.atomic(durable=True):
        order = editable(order_id)
        if shipping_method is None:
            order.shipping_method, order.shipping_method_name = None, None
            order.undiscounted_base_shipping_price_amount = Decimal(0)
        else:
            if order.shipping_address is None:
                raise Refusal(
                    "Cannot choose a shipping method for an order without the shipping address.",
                    field="order",
                    code="ORDER_NO_SHIPPING_ADDRESS",
                )
            _choose(order, shipping_method)
        _edited(order)
    return order


def _choose(order: Order, method: ShippingMethod) -> None:
    offered = {one.method.pk: one for one in offers(order)}
    if method.pk not in offered:
        raise Refusal(
            "Shipping method cannot be used with this order.",
            field="shippingMethod",
            code="SHIPPING_METHOD_NOT_APPLICABLE",
        )
    order.shipping_method, order.shipping_method_name = method, method.name
    order.undiscounted_base_shipping_price_amount = offered[method.pk].price


def offers(order: Order) -> list[available_methods.Offered]:
    """The ways of delivery that fit the order as it is now."""
    lines = list(order.lines.select_related("variant__product__product_type"))
    if order.shipping_address is None or not any(line.is_shipping_required for line in lines):
        return []
    return available_methods.applicable(
        channel=order.channel,
        address=order.shipping_address,
        value=sum((line.base_unit_price_amount * line.quantity for line in lines), Decimal(0)),
        weight=sum(
            available_methods.weight_of(line.variant) * line.quantity for line in lines if line.variant
        ),
    )


def _take_addresses(order: Order, shipping: Address | None, billing: Address | None) -> None:
    for name, address in (("shipping_address", shipping), ("billing_address", billing)):
        if address is not None:
            address.save()
            setattr(order, name, address)


def _check_reference(reference: str | None, *, but: Order | None = None) -> None:
    if not reference:
        return
    others = Order.objects.filter(external_reference=reference)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise NotUnique("Order with this External reference already exists.", field="externalReference")


def _set_voucher(order: Order, values: Mapping[str, Any]) -> None:
    if "voucher_code" not in values:
        return
    if not values["voucher_code"]:
        order.voucher, order.voucher_code = None, None
        return
    code = voucher_eligibility.active_code(values["voucher_code"], order.channel)
    if code is None:
        raise Refusal("Invalid voucher code.", field="voucherCode", code="INVALID_VOUCHER_CODE")
    order.voucher, order.voucher_code = code.voucher, code.code


def _put_in(order: Order, wanted: Sequence[NewLine], *, field: str) -> list[tuple[OrderLine, NewLine]]:
    if any(one.quantity < 1 for one in wanted):
        raise Refusal("Ensure this value is greater than 0.", field="quantity", code="ZERO_QUANTITY")
    pks = {one.variant_id for one in wanted}
    variants = ProductVariant.objects.select_related("product__product_type").in_bulk(pks)
    if len(variants) < len(pks):
        raise NotFound("Could not resolve to a node: there is no such variant.", field="variantId")
    prices = _prices(order.channel, pks)
    if missing := sorted(pks - prices.keys()):
        raise VariantRefusal(
            "Cannot add lines with unavailable variants.",
            field=field,
            code="NOT_AVAILABLE_IN_CHANNEL",
            variants=missing,
        )
    there = {line.variant_id: line for line in order.lines.all()}
    last = order.lines.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    made = []
    for one in wanted:
        line = None if one.force_new_line else there.get(one.variant_id)
        if line is not None:
            line.quantity += one.quantity
            line.save(update_fields=["quantity"])
        else:
            unit = prices[one.variant_id] if one.price is None else one.price
            line = _new_line(order, variants[one.variant_id], one.quantity, unit, position)
            position += 1
            there.setdefault(one.variant_id, line)
        made.append((line, one))
    return made


def _prices(channel: Channel, variant_ids: set[int]) -> dict[int, Decimal]:
    listings = VariantChannelListing.objects.filter(
        channel=channel, variant_id__in=variant_ids, price_amount__isnull=False
    )
    return dict(listings.values_list("variant_id", "price_amount"))


def _new_line(
    order: Order, variant: ProductVariant, quantity: int, unit: Decimal, position: int
) -> OrderLine:
    product = variant.product
    return OrderLine.objects.create(
        order=order,
        position=position,
        variant=variant,
        product_variant_pk=variant.pk,
        product_name=product.name,
        variant_name=str(variant),
        product_sku=variant.sku,
        is_shipping_required=product.product_type.is_shipping_required,
        is_gift_card=product.product_type.kind.upper() == "GIFT_CARD",
        quantity=quantity,
        currency=order.currency,
        undiscounted_base_unit_price_amount=unit,
        base_unit_price_amount=unit,
    )


def _promise(order: Order, demand: Sequence[Demand]) -> None:
    try:
        allocate(demand=demand, channel=order.channel, country=draft_pricing.country_of(order))
    except InsufficientStock as shortage:
        named = ", ".join(one.sku or str(one.variant_id) for one in shortage.shortages)
        raise ParcelRefusal(
            f"Insufficient product stock: {named}",
            field="lines",
            code="INSUFFICIENT_STOCK",
            order_lines=[pk for one in shortage.shortages for pk in one.line_ids],
        ) from shortage


def complete(*, order_id: UUID) -> Order:
    """The draft becomes an order: checked whole, its stock promised, the world told."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if order.status != OrderStatus.DRAFT:
            raise Refusal("The order is not draft.", field="id", code="INVALID")
        lines = list(order.lines.select_related("variant__product"))
        _check_whole(order, lines)
        draft_pricing.reprice(order)
        confirmed = order.channel.automatically_confirm_all_new_orders
        order.status = OrderStatus.UNFULFILLED if confirmed else OrderStatus.UNCONFIRMED
        if order.user is None and order.user_email:
            order.user = User.objects.filter(email=order.user_email.lower()).first()
        order.save()
        _promise(
            order, [Demand(line.pk, line.variant_id, line.quantity) for line in lines if line.variant_id]
        )
        _count_voucher(order)
        charge_status.refresh_amounts(order)
        order_events.tell(order_events.sentence(order, "PLACED_FROM_DRAFT"))
        events.record("ORDER_CREATED", kind="Order", pk=order.pk)
        if order.is_paid:
            charge_status.tell_paid(order)
        if confirmed:
            events.record("ORDER_CONFIRMED", kind="Order", pk=order.pk)
    return order


def _count_voucher(order: Order) -> None:
    if not order.voucher_code:
        return
    code = voucher_eligibility.active_code(order.voucher_code, order.channel, lock=True)
    if code is None:
        raise Refusal("Voucher is not active anymore.", field="voucher", code="INVALID_VOUCHER")
    voucher_eligibility.count_use(code, email=order.user_email)


def _check_whole(order: Order, lines: Sequence[OrderLine]) -> None:
    problems: list[Refusal] = []
    if order.billing_address_id is None:
        problems.append(
            Refusal(
                "Can't finalize draft with no billing address.", field="order", code="BILLING_ADDRESS_NOT_SET"
            )
        )
    if any(line.is_shipping_required for line in lines):
        if order.shipping_address_id is None:
            problems.append(
                Refusal(
                    "Can't finalize draft with no shipping address.",
                    field="order",
                    code="ORDER_NO_SHIPPING_ADDRESS",
                )
            )
        if order.shipping_method_id is None:
            problems.append(
                Refusal("Shipping method is required.", field="shipping", code="SHIPPING_METHOD_REQUIRED")
            )
    if not lines:
        problems.append(Required("Could not create order without any products.", field="lines"))
    if not order.channel.is_active:
        said = "Cannot complete draft order with inactive channel."
        problems.append(Refusal(said, field="channel", code="CHANNEL_INACTIVE"))
    problems += _unsellable(order, lines)
    if problems:
        raise Refusals(problems)


def _unsellable(order: Order, lines: Sequence[OrderLine]) -> list[Refusal]:
    gone = [line.pk for line in lines if line.variant is None]
    if gone:
        return [
            ParcelRefusal(
                "Could not create orders with non-existing products.",
                field="lines",
                code="NOT_FOUND",
                order_lines=gone,
            )
        ]
    products = {line.variant.product_id for line in lines if line.variant}
    listings = {
        one.product_id: one
        for one in ProductChannelListing.objects.filter(channel=order.channel, product_id__in=products)
    }
    visible = {pk for pk, listing in listings.items() if listing.is_visible()}
    hidden = [line.pk for line in lines if line.variant and line.variant.product_id not in visible]
    if not hidden:
        return []
    return [
        ParcelRefusal(
            "Can't finalize draft with unpublished product.",
            field="lines",
            code="PRODUCT_NOT_PUBLISHED",
            order_lines=hidden,
        )
    ]
