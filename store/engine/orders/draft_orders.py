"""Draft orders: created by staff, repriced at each change, and completed into orders.

Lines of an unconfirmed order can be changed in the same way; its stock allocations are adjusted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, prefetch_related_objects

from store.engine import events
from store.engine.accounts import address_book
from store.engine.accounts.models import Address, User, account_email
from store.engine.catalog.models import ProductChannelListing, ProductVariant, VariantChannelListing
from store.engine.channels.models import Channel
from store.engine.discounts import voucher_eligibility
from store.engine.discounts.models import VoucherCode
from store.engine.errors import NotFound, NotUnique, OperationError, OperationErrors, Required
from store.engine.orders import charge_status, draft_pricing, order_events, queries, state
from store.engine.orders.errors import OrderLineError, VariantError
from store.engine.orders.models import Order, OrderLine, OrderStatus
from store.engine.shipping import available_methods
from store.engine.shipping.models import ShippingMethod
from store.engine.stock.allocations import Demand, allocate, allocated_in, deallocate
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.locking import lock_stocks
from store.engine.stock.models import Stock
from store.engine.taxes import tax_rates

EDITABLE = (OrderStatus.DRAFT, OrderStatus.UNCONFIRMED)
PLAIN_FIELDS = (
    "user_email",
    "customer_note",
    "external_reference",
    "redirect_url",
    "language_code",
)


@dataclass(frozen=True, slots=True)
class NewLine:
    """A quantity of a variant to add."""

    variant_id: int
    quantity: int
    price: Decimal | None = None  # a unit price set by staff instead of the listed one
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
    """Create a draft. Raises NotUnique, NotFound, OperationError or VariantError; then nothing was written."""
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
            **{name: values[name] for name in PLAIN_FIELDS if values.get(name) is not None},
        )
        order.user_email = order.user_email or (user.email if user else "")
        _set_addresses(order, values, shipping_address, billing_address)
        order.save(force_insert=True)
        _add_lines(order, lines, field="lines")
        _set_voucher(order, values)
        if shipping_method is not None:
            _set_shipping_method(order, shipping_method)
        draft_pricing.reprice(order)
        order_events.record(order_events.build(order, "DRAFT_CREATED"))
        events.record_event("DRAFT_ORDER_CREATED", kind="Order", pk=order.pk)
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
    """Change a draft; what is not given stays. Raises NotFound, NotUnique or OperationError."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if order.status != OrderStatus.DRAFT:
            message = "Provided order id belongs to non-draft order. Use `orderUpdate` mutation instead."
            raise OperationError(message, field="id", code="INVALID")
        _check_reference(values.get("external_reference"), exclude=order)
        for name in PLAIN_FIELDS:
            if name in values:
                setattr(order, name, values[name] if name == "external_reference" else values[name] or "")
        if user is not None:
            order.user, order.user_email = user, values.get("user_email") or user.email
        order.metadata |= values.get("metadata") or {}
        order.private_metadata |= values.get("private_metadata") or {}
        _set_addresses(order, values, shipping_address, billing_address)
        _set_voucher(order, values)
        if shipping_method is not None:
            _set_shipping_method(order, shipping_method)
        draft_pricing.reprice(order)
        events.record_event("DRAFT_ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def delete(*, order_id: UUID) -> Order:
    """Delete a draft and return it as it was. Raises NotFound, or OperationError if it is no draft."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if order.status != OrderStatus.DRAFT:
            raise OperationError("Provided order id belongs to non-draft order.", field="id", code="INVALID")
        events.record_deleted_event("DRAFT_ORDER_DELETED", kind="Order", row=order)
        Order.objects.filter(pk=order.pk).delete()
    return order


def add_lines(*, order_id: UUID, lines: Sequence[NewLine]) -> tuple[Order, list[OrderLine]]:
    """Add lines to an editable order; a variant with a line gets more of it.

    Raises NotFound, OperationError, VariantError, or OrderLineError when stock is short.
    """
    with transaction.atomic(durable=True):
        order = lock_editable(order_id)
        added = _add_lines(order, lines, field="input")
        if order.status == OrderStatus.UNCONFIRMED:
            _allocate_anew(
                order,
                {
                    line.pk: Demand(line.pk, new_line.variant_id, line.quantity) for line, new_line in added
                }.values(),
            )
        changed = [line for line, _ in added]
        order_events.record(
            order_events.build(order, "ADDED_PRODUCTS", lines=[str(line.pk) for line in changed])
        )
        reprice_and_record(order)
    return order, changed


def change_line(*, line_id: UUID, quantity: int) -> tuple[Order, OrderLine]:
    """Set the quantity of a line. Raises NotFound, OperationError, or OrderLineError when stock is short."""
    with transaction.atomic(durable=True):
        order, line = lock_line(line_id)
        if quantity < 1:
            raise OperationError(
                "Ensure this value is greater than 0.", field="quantity", code="ZERO_QUANTITY"
            )
        _adjust_allocations(order, line, quantity - line.quantity)
        line.quantity = quantity
        line.save(update_fields=["quantity"])
        reprice_and_record(order)
    line.refresh_from_db()
    return order, line


def delete_line(*, line_id: UUID) -> tuple[Order, OrderLine]:
    """Delete a line and return it as it was. Raises NotFound or OperationError."""
    with transaction.atomic(durable=True):
        order, line = lock_line(line_id)
        _adjust_allocations(order, line, -line.quantity)
        OrderLine.objects.filter(pk=line.pk).delete()
        order_events.record(order_events.build(order, "REMOVED_PRODUCTS", lines=[str(line.pk)]))
        reprice_and_record(order)
    return order, line


def lock_line(
    line_id: UUID, *, lock: Callable[[UUID], Order] | None = None, field: str = "id"
) -> tuple[Order, OrderLine]:
    """The line, read under the lock of its order, which `lock` takes and checks; `lock_editable` by default.

    Raises NotFound on `field`, also for a line that was deleted meanwhile, and what `lock` raises.
    """
    order_id = OrderLine.objects.filter(pk=line_id).values_list("order_id", flat=True).first()
    order = (lock or lock_editable)(order_id) if order_id else None
    line = OrderLine.objects.filter(pk=line_id).first()
    if order is None or line is None:
        raise NotFound("There is no such order line.", field=field)
    return order, line


def lock_editable(order_id: UUID) -> Order:
    """The order, locked. Raises NotFound, or OperationError unless it is a draft or unconfirmed."""
    order = queries.lock(order_id)
    if order.status not in EDITABLE:
        raise OperationError(
            "Only draft and unconfirmed orders can be edited.", field="id", code="NOT_EDITABLE"
        )
    return order


def _adjust_allocations(order: Order, line: OrderLine, difference: int) -> None:
    """Adjust the allocated stock of an unconfirmed order to a changed quantity."""
    if order.status != OrderStatus.UNCONFIRMED or not line.variant_id or not difference:
        return
    if difference < 0:
        deallocate(demand=[Demand(line.pk, line.variant_id, -difference)])
    else:
        _allocate_anew(order, [Demand(line.pk, line.variant_id, line.quantity + difference)])


def _allocate_anew(order: Order, demand: Iterable[Demand]) -> None:
    """Allocate the whole demand of lines that may have some of it already."""
    demand = list(demand)
    rows = Stock.objects.filter(variant_id__in={line.variant_id for line in demand})
    lock_stocks(  # all at once, for both steps
        stock_ids=allocated_in(line.line_id for line in demand) | set(rows.values_list("pk", flat=True))
    )
    deallocate(demand=demand)
    _allocate(order, demand)


def reprice_and_record(order: Order) -> None:
    """After a change of a locked order, inside the caller's transaction: its prices, what is paid, its events."""
    due = state.state_of(order).due
    draft_pricing.reprice(order)
    charge_status.refresh_amounts(order)
    draft = order.status == OrderStatus.DRAFT
    events.record_event("DRAFT_ORDER_UPDATED" if draft else "ORDER_UPDATED", kind="Order", pk=order.pk)
    if not draft:
        charge_status.record_settled_by_price(order, due_before=due)


def set_shipping(*, order_id: UUID, shipping_method: ShippingMethod | None) -> Order:
    """Set the shipping method, or remove it with None. Raises NotFound or OperationError."""
    with transaction.atomic(durable=True):
        order = lock_editable(order_id)
        if shipping_method is None:
            order.shipping_method, order.shipping_method_name = None, None
            order.undiscounted_base_shipping_price_amount = Decimal(0)
        else:
            if order.shipping_address is None:
                raise OperationError(
                    "Cannot choose a shipping method for an order without the shipping address.",
                    field="order",
                    code="ORDER_NO_SHIPPING_ADDRESS",
                )
            _set_shipping_method(order, shipping_method)
        reprice_and_record(order)
    return order


def _set_shipping_method(order: Order, method: ShippingMethod) -> None:
    available = {offer.method.pk: offer for offer in available_shipping_methods(order)}
    if method.pk not in available:
        raise OperationError(
            "Shipping method cannot be used with this order.",
            field="shippingMethod",
            code="SHIPPING_METHOD_NOT_APPLICABLE",
        )
    order.shipping_method, order.shipping_method_name = method, method.name
    order.undiscounted_base_shipping_price_amount = available[method.pk].price


def available_shipping_methods(order: Order) -> list[available_methods.AvailableMethod]:
    """The shipping methods that fit the order as it is now."""
    [methods] = available_shipping_methods_of([order])
    return methods


def available_shipping_methods_of(
    orders: Sequence[Order],
) -> list[list[available_methods.AvailableMethod]]:
    """The shipping methods that fit each order as it is now, in as many statements as for one."""
    lines: dict[Any, list[OrderLine]] = {order.pk: [] for order in orders}
    for line in OrderLine.objects.filter(order__in=lines).select_related("variant__product__product_type"):
        lines[line.order_id].append(line)
    prefetch_related_objects(orders, "channel", "shipping_address")
    return [_methods_for(order, lines[order.pk]) for order in orders]


def _methods_for(order: Order, lines: list[OrderLine]) -> list[available_methods.AvailableMethod]:
    if order.shipping_address is None or not any(line.is_shipping_required for line in lines):
        return []
    return available_methods.find_available(
        channel=order.channel,
        address=order.shipping_address,
        value=sum((line.base_unit_price_amount * line.quantity for line in lines), Decimal(0)),
        weight=sum(
            available_methods.variant_weight(line.variant) * line.quantity for line in lines if line.variant
        ),
        product_ids=[line.variant.product_id for line in lines if line.variant],
    )


def _set_addresses(
    order: Order, values: Mapping[str, Any], shipping: Address | None, billing: Address | None
) -> None:
    """Set the addresses that are given, and whether completion puts them into the customer's address book.

    Raises OperationError if that is said of an address that isn't given.
    """
    for kind, address in (("shipping", shipping), ("billing", billing)):
        keep = values.get(f"save_{kind}_address")
        if address is not None:
            address.save()
            setattr(order, f"{kind}_address", address)
            setattr(order, f"save_{kind}_address", bool(keep))
        elif keep is not None:
            message = f"This option can only be selected if a {kind} address is provided."
            raise OperationError(message, field=f"save{kind.title()}Address", code="MISSING_ADDRESS_DATA")


def _check_reference(reference: str | None, *, exclude: Order | None = None) -> None:
    if not reference:
        return
    others = Order.objects.filter(external_reference=reference)
    if exclude is not None:
        others = others.exclude(pk=exclude.pk)
    if others.exists():
        raise NotUnique("Order with this External reference already exists.", field="externalReference")


def _set_voucher(order: Order, values: Mapping[str, Any]) -> None:
    if "voucher_code" not in values:
        return
    if not values["voucher_code"]:
        order.voucher, order.voucher_code = None, None
        return
    code = voucher_eligibility.find_active_code(values["voucher_code"], order.channel)
    if code is None:
        raise OperationError("Invalid voucher code.", field="voucherCode", code="INVALID_VOUCHER_CODE")
    order.voucher, order.voucher_code = code.voucher, code.code


def _add_lines(order: Order, new_lines: Sequence[NewLine], *, field: str) -> list[tuple[OrderLine, NewLine]]:
    if any(new_line.quantity < 1 for new_line in new_lines):
        raise OperationError("Ensure this value is greater than 0.", field="quantity", code="ZERO_QUANTITY")
    pks = {new_line.variant_id for new_line in new_lines}
    variants = ProductVariant.objects.select_related("product__product_type").in_bulk(pks)
    if len(variants) < len(pks):
        raise NotFound("Could not resolve to a node: there is no such variant.", field="variantId")
    prices = _prices(order.channel, pks)
    if missing := sorted(pks - prices.keys()):
        raise VariantError(
            "Cannot add lines with unavailable variants.",
            field=field,
            code="NOT_AVAILABLE_IN_CHANNEL",
            variants=missing,
        )
    existing = {line.variant_id: line for line in order.lines.all()}
    last = order.lines.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    added = []
    for new_line in new_lines:
        line = None if new_line.force_new_line else existing.get(new_line.variant_id)
        if line is not None:
            line.quantity += new_line.quantity
            line.save(update_fields=["quantity"])
        else:
            unit = prices[new_line.variant_id] if new_line.price is None else new_line.price
            line = _new_line(order, variants[new_line.variant_id], new_line.quantity, unit, position)
            position += 1
            existing.setdefault(new_line.variant_id, line)
        added.append((line, new_line))
    return added


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
        tax_class_name=tax_rates.class_name(product.taxed_as),
        quantity=quantity,
        currency=order.currency,
        undiscounted_base_unit_price_amount=unit,
        base_unit_price_amount=unit,
    )


def _allocate(order: Order, demand: Sequence[Demand]) -> None:
    try:
        allocate(demand=demand, channel=order.channel, country=draft_pricing.country_of(order))
    except InsufficientStock as shortage:
        missing = ", ".join(short.sku or str(short.variant_id) for short in shortage.shortages)
        raise OrderLineError(
            f"Insufficient product stock: {missing}",
            field="lines",
            code="INSUFFICIENT_STOCK",
            order_lines=[pk for short in shortage.shortages for pk in short.line_ids],
        ) from shortage


def complete(*, order_id: UUID) -> Order:
    """Turn the draft into an order: check it, allocate its stock and record its events.

    Raises NotFound, OperationError, OperationErrors (all that is missing), or OrderLineError when stock is short.
    """
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if order.status != OrderStatus.DRAFT:
            raise OperationError("The order is not draft.", field="id", code="INVALID")
        _check_completable(order, list(order.lines.select_related("variant__product")))
        code = _lock_voucher_code(order)
        draft_pricing.reprice(order)
        place(order)
        address_book.store_addresses(order)
        if code is not None:
            voucher_eligibility.record_usage(code, email=order.user_email)
    return order


def place(order: Order) -> None:
    """Place a priced draft, inside the caller's transaction: its status, its stock, its events.

    Raises OrderLineError when stock is short.
    """
    confirmed = order.channel.automatically_confirm_all_new_orders
    order.status = OrderStatus.UNFULFILLED if confirmed else OrderStatus.UNCONFIRMED
    if order.user is None and order.user_email:
        order.user = User.objects.filter(email=account_email(order.user_email)).first()
    order.save()
    lines = order.lines.all()
    _allocate(order, [Demand(line.pk, line.variant_id, line.quantity) for line in lines if line.variant_id])
    charge_status.refresh_amounts(order)
    order_events.record(order_events.build(order, "PLACED_FROM_DRAFT"))
    events.record_event("ORDER_CREATED", kind="Order", pk=order.pk)
    if state.state_of(order).settled:
        events.record_event("ORDER_PAID", kind="Order", pk=order.pk)
        charge_status.record_fully_paid(order)
    if confirmed:
        events.record_event("ORDER_CONFIRMED", kind="Order", pk=order.pk)


def add_new_lines(order: Order, lines: Sequence[NewLine]) -> list[OrderLine]:
    """Add a line for each of `lines` to a draft, inside the caller's transaction. Raises NotFound or VariantError."""
    return [line for line, _ in _add_lines(order, lines, field="lines")]


def _lock_voucher_code(order: Order) -> VoucherCode | None:
    """The order's voucher code, locked before the order is priced with it. Raises OperationError if it is used up."""
    if not order.voucher_code:
        return None
    code = voucher_eligibility.find_active_code(order.voucher_code, order.channel, lock=True)
    if code is None:
        raise OperationError("Voucher is not active anymore.", field="voucher", code="INVALID_VOUCHER")
    return code


def _check_completable(order: Order, lines: Sequence[OrderLine]) -> None:
    errors: list[OperationError] = []
    if order.billing_address_id is None:
        errors.append(
            OperationError(
                "Can't finalize draft with no billing address.", field="order", code="BILLING_ADDRESS_NOT_SET"
            )
        )
    if any(line.is_shipping_required for line in lines):
        if order.shipping_address_id is None:
            errors.append(
                OperationError(
                    "Can't finalize draft with no shipping address.",
                    field="order",
                    code="ORDER_NO_SHIPPING_ADDRESS",
                )
            )
        if order.shipping_method_id is None:
            errors.append(
                OperationError(
                    "Shipping method is required.", field="shipping", code="SHIPPING_METHOD_REQUIRED"
                )
            )
        elif order.shipping_address_id is not None and not _is_deliverable(order):
            errors.append(
                OperationError(
                    "Shipping method is not valid for your shipping address.",
                    field="shipping",
                    code="SHIPPING_METHOD_NOT_APPLICABLE",
                )
            )
    if not lines:
        errors.append(Required("Could not create order without any products.", field="lines"))
    if not order.channel.is_active:
        message = "Cannot complete draft order with inactive channel."
        errors.append(OperationError(message, field="channel", code="CHANNEL_INACTIVE"))
    errors += _sellability_errors(order, lines)
    if errors:
        raise OperationErrors(errors)


def _is_deliverable(order: Order) -> bool:
    """Whether the chosen method serves the country of the address in the order's channel."""
    methods = available_methods.in_channel(
        order.channel, country=order.shipping_address.country if order.shipping_address else None
    )
    return any(offer.method.pk == order.shipping_method_id for offer in methods)


def _sellability_errors(order: Order, lines: Sequence[OrderLine]) -> list[OperationError]:
    without_variant = [line.pk for line in lines if line.variant is None]
    if without_variant:
        return [
            OrderLineError(
                "Could not create orders with non-existing products.",
                field="lines",
                code="NOT_FOUND",
                order_lines=without_variant,
            )
        ]
    products = {line.variant.product_id for line in lines if line.variant}
    listings = {
        listing.product_id: listing
        for listing in ProductChannelListing.objects.filter(channel=order.channel, product_id__in=products)
    }
    visible = {pk for pk, listing in listings.items() if listing.is_visible()}
    hidden = [line.pk for line in lines if line.variant and line.variant.product_id not in visible]
    if not hidden:
        return []
    return [
        OrderLineError(
            "Can't finalize draft with unpublished product.",
            field="lines",
            code="PRODUCT_NOT_PUBLISHED",
            order_lines=hidden,
        )
    ]
