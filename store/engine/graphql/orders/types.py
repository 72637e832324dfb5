"""GraphQL types of orders, their lines, fulfillments and events.

Who knows an order's id may read it, as in Saleor 3.23, but not who bought it: the email address, the addresses and the
note are null or empty except for the buyer and for staff. Fields for staff only require a permission of their own.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from store.engine.accounts.models import Address
from store.engine.catalog.models import ProductMedia, ProductVariant
from store.engine.discounts.models import GiftCard as GiftCardRow
from store.engine.errors import PermissionDenied
from store.engine.events.models import App
from store.engine.graphql.accounts.types import to_language_enum
from store.engine.graphql.batching import batched, bind_siblings, follow_foreign_key
from store.engine.graphql.catalog.images import image_url
from store.engine.graphql.channels.request_channel import channels_by_pk
from store.engine.graphql.checkout.types import ShippingMethodData
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.metadata.fields import items
from store.engine.graphql.orders.amounts import money, taxed_money
from store.engine.graphql.orders.thumbnails import first_images
from store.engine.graphql.payments.legacy_payments import available_actions
from store.engine.graphql.plain_values import Image, MetadataItem, OrderLineDiscount, Weight
from store.engine.graphql.registry import Info, SaleorType, requires_permission
from store.engine.graphql.shipping.weights import to_weight
from store.engine.money import Money, TaxedMoney
from store.engine.orders import draft_orders
from store.engine.orders.models import (
    ChargeStatus,
    OrderStatus,
)
from store.engine.orders.models import (
    Fulfillment as FulfillmentRow,
)
from store.engine.orders.models import (
    FulfillmentLine as FulfillmentLineRow,
)
from store.engine.orders.models import (
    Order as OrderRow,
)
from store.engine.orders.models import (
    OrderDiscount as DiscountRow,
)
from store.engine.orders.models import (
    OrderEvent as EventRow,
)
from store.engine.orders.models import (
    OrderGrantedRefund as RefundRow,
)
from store.engine.orders.models import (
    OrderGrantedRefundLine as RefundLineRow,
)
from store.engine.orders.models import (
    OrderLine as LineRow,
)
from store.engine.orders.state import refunded_of, states_of
from store.engine.payments.models import Payment, TransactionEvent, TransactionItem
from store.engine.stock.models import Allocation as AllocationRow
from store.engine.stock.models import Warehouse
from store.engine.taxes.models import TaxClass
from store.saleor.order_state import Action, OrderState
from store.saleor.order_state import Payment as PaymentState

PAYMENT_STATUS = {
    ChargeStatus.NONE: "NOT_CHARGED",
    ChargeStatus.PARTIAL: "PARTIALLY_CHARGED",
    ChargeStatus.FULL: "FULLY_CHARGED",
    ChargeStatus.OVERCHARGED: "FULLY_CHARGED",
}
SEE_TAXES = ("MANAGE_TAXES", "MANAGE_ORDERS", "MANAGE_PRODUCTS")
SEE_REFUNDS = ("MANAGE_ORDERS", "HANDLE_PAYMENTS")
PAYMENT_STATUS_DISPLAY = {
    "NOT_CHARGED": "Not charged",
    "PARTIALLY_CHARGED": "Partially charged",
    "FULLY_CHARGED": "Fully charged",
    "PARTIALLY_REFUNDED": "Partially refunded",
    "FULLY_REFUNDED": "Fully refunded",
}


def _by_order(orders: list[OrderRow], rows: Iterable[Any]) -> list[list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.order_id].append(row)
    return [found[order.pk] for order in orders]


def _transaction_total(name: str) -> Any:
    """The resolver of a sum over the order's transactions."""

    def total(root: OrderRow, info: Info) -> Money:
        return money(root, sum((getattr(item, name) for item in _transactions(root, info)), Decimal(0)))

    return staticmethod(total)


class Order(SaleorType, model=OrderRow):
    @staticmethod
    def created(root: OrderRow, info: Info) -> Any:
        return root.created_at

    @staticmethod
    def number(root: OrderRow, info: Info) -> str:
        return str(root.number)

    @staticmethod
    def status_display(root: OrderRow, info: Info) -> str:
        return root.get_status_display()

    @staticmethod
    @batched
    def channel(orders: list[OrderRow], info: Info) -> list[Any]:
        known = channels_by_pk(info.context)
        return [known.get(order.channel_id) or order.channel for order in orders]

    @staticmethod
    def user(root: OrderRow, info: Info) -> Any:
        if root.user_id is None:
            return None
        requestor = info.context.user
        if (requestor and requestor.pk == root.user_id) or info.context.has_permission(
            "MANAGE_USERS", "MANAGE_ORDERS", "HANDLE_PAYMENTS"
        ):
            return follow_foreign_key(root, info, "user")
        raise PermissionDenied("MANAGE_USERS", "MANAGE_ORDERS", "HANDLE_PAYMENTS", "OWNER")

    @staticmethod
    def user_email(root: OrderRow, info: Info) -> str | None:
        if not _shows_buyer(root, info):
            return None
        user = None if root.user_email else follow_foreign_key(root, info, "user")
        return root.user_email or (user.email if user else None)

    @staticmethod
    def billing_address(root: OrderRow, info: Info) -> Address | None:
        return follow_foreign_key(root, info, "billing_address") if _shows_buyer(root, info) else None

    @staticmethod
    def shipping_address(root: OrderRow, info: Info) -> Address | None:
        return follow_foreign_key(root, info, "shipping_address") if _shows_buyer(root, info) else None

    @staticmethod
    def customer_note(root: OrderRow, info: Info) -> str:
        return root.customer_note if _shows_buyer(root, info) else ""

    @staticmethod
    def language_code_enum(root: OrderRow, info: Info) -> str:
        return to_language_enum(root.language_code)

    @staticmethod
    def checkout_id(root: OrderRow, info: Info) -> str | None:
        return to_global_id("Checkout", root.checkout_token) if root.checkout_token else None

    @staticmethod
    @batched
    def lines(orders: list[OrderRow], info: Info) -> list[list[LineRow]]:
        lists = _by_order(orders, LineRow.objects.filter(order__in=[order.pk for order in orders]))
        for order, lines in zip(orders, lists, strict=True):
            for line in lines:
                line.order = order
        return [
            bind_siblings(info, lines, channel=Order.channel(order, info))
            for order, lines in zip(orders, lists, strict=True)
        ]

    @staticmethod
    @batched
    def fulfillments(orders: list[OrderRow], info: Info) -> list[list[FulfillmentRow]]:
        return _by_order(orders, FulfillmentRow.objects.filter(order__in=[order.pk for order in orders]))

    @staticmethod
    @batched
    def discounts(orders: list[OrderRow], info: Info) -> list[list[DiscountRow]]:
        return _by_order(orders, DiscountRow.objects.filter(order__in=[order.pk for order in orders]))

    @staticmethod
    @batched
    def gift_cards(orders: list[OrderRow], info: Info) -> list[list[GiftCardRow]]:
        """The cards that paid part of the order, as anybody may see them who knows the order: never the code."""
        uses = OrderRow.gift_cards.through.objects.filter(order__in=[order.pk for order in orders])
        found: dict[Any, list[GiftCardRow]] = defaultdict(list)
        for use in uses.select_related("giftcard").order_by("giftcard_id"):
            found[use.order_id].append(use.giftcard)
        return [found[order.pk] for order in orders]

    @staticmethod
    @requires_permission("MANAGE_ORDERS")
    @batched
    def events(orders: list[OrderRow], info: Info) -> list[list[EventRow]]:
        return _by_order(orders, EventRow.objects.filter(order__in=[order.pk for order in orders]))

    @staticmethod
    @requires_permission("MANAGE_ORDERS", "HANDLE_PAYMENTS")
    def transactions(root: OrderRow, info: Info) -> list[TransactionItem]:
        found: list[TransactionItem] = _transactions(root, info)
        return found

    @staticmethod
    @requires_permission("MANAGE_ORDERS")
    def granted_refunds(root: OrderRow, info: Info) -> list[RefundRow]:
        found: list[RefundRow] = _granted_refunds(root, info)
        return found

    @staticmethod
    def payment_status(root: OrderRow, info: Info) -> str:
        state = _states(root, info)
        if state.payment is PaymentState.REFUNDED:
            return "FULLY_REFUNDED"
        if state.refunded > 0:
            return "PARTIALLY_REFUNDED"
        if payments := Order.payments(root, info):
            return str(payments[-1].charge_status)
        if root.total_gross_amount <= 0:
            return "FULLY_CHARGED"
        return PAYMENT_STATUS[ChargeStatus(root.charge_status)]

    @staticmethod
    def payment_status_display(root: OrderRow, info: Info) -> str:
        return PAYMENT_STATUS_DISPLAY[Order.payment_status(root, info)]

    @staticmethod
    def total(root: OrderRow, info: Info) -> TaxedMoney:
        return taxed_money(root, "total")

    @staticmethod
    def undiscounted_total(root: OrderRow, info: Info) -> TaxedMoney:
        return taxed_money(root, "undiscounted_total")

    @staticmethod
    def subtotal(root: OrderRow, info: Info) -> TaxedMoney:
        return taxed_money(root, "subtotal")

    @staticmethod
    def shipping_price(root: OrderRow, info: Info) -> TaxedMoney:
        return taxed_money(root, "shipping_price")

    @staticmethod
    def total_authorized(root: OrderRow, info: Info) -> Money:
        return money(root, root.total_authorized_amount)

    @staticmethod
    def total_charged(root: OrderRow, info: Info) -> Money:
        return money(root, root.total_charged_amount)

    @staticmethod
    def total_captured(root: OrderRow, info: Info) -> Money:
        return money(root, root.total_charged_amount)

    @staticmethod
    def total_refunded(root: OrderRow, info: Info) -> Money:
        return money(root, _refunded(root, info))

    @staticmethod
    def total_balance(root: OrderRow, info: Info) -> Money:
        return money(root, root.total_charged_amount - (root.total_gross_amount - _granted(root, info)))

    @staticmethod
    @requires_permission(*SEE_REFUNDS)
    def total_granted_refund(root: OrderRow, info: Info) -> Money:
        return money(root, _granted(root, info))

    @staticmethod
    @requires_permission(*SEE_REFUNDS)
    def total_remaining_grant(root: OrderRow, info: Info) -> Money:
        """What was granted and neither refunded nor is on its way back."""
        pending = sum((item.refund_pending_value for item in _transactions(root, info)), Decimal(0))
        return money(root, max(_granted(root, info) - pending - _refunded(root, info), Decimal(0)))

    total_authorize_pending = _transaction_total("authorize_pending_value")
    total_charge_pending = _transaction_total("charge_pending_value")
    total_refund_pending = _transaction_total("refund_pending_value")
    total_cancel_pending = _transaction_total("cancel_pending_value")
    total_canceled = _transaction_total("canceled_value")

    @staticmethod
    def weight(root: OrderRow, info: Info) -> Weight:
        return to_weight(info, root.weight)

    @staticmethod
    def token(root: OrderRow, info: Info) -> str:
        return str(root.pk)

    @staticmethod
    def discount(root: OrderRow, info: Info) -> Money | None:
        found = Order.discounts(root, info)
        return money(root, sum((row.amount_value for row in found), Decimal(0))) if found else None

    @staticmethod
    def discount_name(root: OrderRow, info: Info) -> str | None:
        return next((row.name for row in Order.discounts(root, info)), None)

    @staticmethod
    def translated_discount_name(root: OrderRow, info: Info) -> str | None:
        return next((row.translated_name for row in Order.discounts(root, info)), None)

    @staticmethod
    def shipping_method(root: OrderRow, info: Info) -> ShippingMethodData | None:
        method = Order.delivery_method(root, info)
        return method if isinstance(method, ShippingMethodData) else None

    @staticmethod
    def shipping_tax_class(root: OrderRow, info: Info) -> Any:
        method = follow_foreign_key(root, info, "shipping_method")
        return follow_foreign_key(method, info, "tax_class") if method else None

    @staticmethod
    @batched
    def delivery_method(orders: list[OrderRow], info: Info) -> list[ShippingMethodData | Warehouse | None]:
        found = [_delivery_method(order, info) for order in orders]
        bind_siblings(info, [method for method in found if isinstance(method, ShippingMethodData)])
        return found

    @staticmethod
    @batched
    def shipping_methods(orders: list[OrderRow], info: Info) -> list[list[ShippingMethodData]]:
        """Methods to choose from while the order can be edited; none afterwards."""
        editable = [order for order in orders if order.status in draft_orders.EDITABLE]
        found = draft_orders.available_shipping_methods_of(editable)
        offers = {order.pk: own for order, own in zip(editable, found, strict=True)}
        methods = [
            [ShippingMethodData.from_offer(offer, order.currency) for offer in offers.get(order.pk, ())]
            for order in orders
        ]
        bind_siblings(info, [method for own in methods for method in own])
        return methods

    @staticmethod
    def available_shipping_methods(root: OrderRow, info: Info) -> list[ShippingMethodData]:
        methods: list[ShippingMethodData] = Order.shipping_methods(root, info)
        return methods

    @staticmethod
    @requires_permission(*SEE_TAXES)
    def shipping_tax_class_metadata(root: OrderRow, info: Info) -> list[MetadataItem]:
        return items(_metadata_of(Order.shipping_tax_class(root, info), "metadata"))

    @staticmethod
    @requires_permission(*SEE_TAXES)
    def shipping_tax_class_private_metadata(root: OrderRow, info: Info) -> list[MetadataItem]:
        return items(_metadata_of(Order.shipping_tax_class(root, info), "private_metadata"))

    @staticmethod
    @batched
    def available_collection_points(orders: list[OrderRow], info: Info) -> list[list[Warehouse]]:
        """Of the orders that can still be edited."""
        links = Warehouse.channels.through.objects.exclude(warehouse__click_and_collect_option="DISABLED")
        found: dict[int, list[Warehouse]] = defaultdict(list)
        for link in links.filter(channel__in={order.channel_id for order in orders}).select_related(
            "warehouse"
        ):
            found[link.channel_id].append(link.warehouse)
        return [found[order.channel_id] if order.status in draft_orders.EDITABLE else [] for order in orders]

    @staticmethod
    def undiscounted_shipping_price(root: OrderRow, info: Info) -> Money:
        return money(root, root.undiscounted_base_shipping_price_amount)

    @staticmethod
    def is_shipping_required(root: OrderRow, info: Info) -> bool:
        return any(line.is_shipping_required for line in Order.lines(root, info))

    @staticmethod
    @batched
    def payments(orders: list[OrderRow], info: Info) -> list[list[Payment]]:
        return _by_order(orders, Payment.objects.filter(order_id__in=[order.pk for order in orders]))

    @staticmethod
    def actions(root: OrderRow, info: Info) -> list[str]:
        payments = Order.payments(root, info)
        if payments:
            return available_actions(payments[-1])
        if _transactions(root, info):
            return []
        return ["MARK_AS_PAID"] if Action.MARK_AS_PAID in _states(root, info).actions else []

    @staticmethod
    def can_finalize(root: OrderRow, info: Info) -> bool:
        if root.status != OrderStatus.DRAFT:
            return True
        lines = Order.lines(root, info)
        return bool(lines) and root.billing_address_id is not None


def _metadata_of(row: TaxClass | None, column: str) -> dict[str, str]:
    found: dict[str, str] = getattr(row, column) if row is not None else {}
    return found


def _shows_buyer(order: OrderRow, info: Info) -> bool:
    """Whether who asks may see the person behind the order: the buyer, who placed it in this request, or staff."""
    requestor = info.context.user
    return (
        info.context.rows.of(order).shows_buyer
        or info.context.has_permission("MANAGE_USERS", "MANAGE_ORDERS", "HANDLE_PAYMENTS")
        or (requestor is not None and requestor.pk == order.user_id)
    )


def _delivery_method(root: OrderRow, info: Info) -> ShippingMethodData | Warehouse | None:
    if root.collection_point_id:
        warehouse: Warehouse | None = follow_foreign_key(root, info, "collection_point")
        return warehouse
    method = follow_foreign_key(root, info, "shipping_method")
    if method is None:
        return None
    return ShippingMethodData(
        pk=method.pk,
        name=root.shipping_method_name or method.name,
        price=money(root, root.base_shipping_price_amount),
        description=method.description,
        minimum_delivery_days=method.minimum_delivery_days,
        maximum_delivery_days=method.maximum_delivery_days,
        metadata=method.metadata,
        private_metadata=method.private_metadata,
    )


@batched
def _transactions(orders: list[OrderRow], info: Info) -> list[list[TransactionItem]]:
    return _by_order(orders, TransactionItem.objects.filter(order_id__in=[order.pk for order in orders]))


@batched
def _granted_refunds(orders: list[OrderRow], info: Info) -> list[list[RefundRow]]:
    return _by_order(orders, RefundRow.objects.filter(order__in=[order.pk for order in orders]))


@batched
def _states(orders: list[OrderRow], info: Info) -> list[OrderState]:
    states = states_of(orders)
    return [states[order.pk] for order in orders]


def _granted(order: OrderRow, info: Info) -> Decimal:
    return sum((refund.amount_value for refund in _granted_refunds(order, info)), Decimal(0))


@batched
def _refunded(orders: list[OrderRow], info: Info) -> list[Decimal]:
    found = refunded_of(orders, transactions=[one for order in orders for one in _transactions(order, info)])
    return [found[order.pk] for order in orders]


class OrderLine(SaleorType, model=LineRow):
    @staticmethod
    @batched
    def variant(lines: list[LineRow], info: Info) -> list[ProductVariant | None]:
        pks = {line.variant_id for line in lines if line.variant_id}
        found = ProductVariant.objects.select_related("product").in_bulk(pks)
        return [found.get(line.variant_id) for line in lines]

    @staticmethod
    def product_variant_id(root: LineRow, info: Info) -> str | None:
        return to_global_id("ProductVariant", root.product_variant_pk) if root.product_variant_pk else None

    @staticmethod
    def tax_rate(root: LineRow, info: Info) -> float:
        return float(root.tax_rate)

    @staticmethod
    def unit_price(root: LineRow, info: Info) -> TaxedMoney:
        return taxed_money(root, "unit_price")

    @staticmethod
    def total_price(root: LineRow, info: Info) -> TaxedMoney:
        return taxed_money(root, "total_price")

    @staticmethod
    def undiscounted_unit_price(root: LineRow, info: Info) -> TaxedMoney:
        return taxed_money(root, "undiscounted_unit_price")

    @staticmethod
    def undiscounted_total_price(root: LineRow, info: Info) -> TaxedMoney:
        return taxed_money(root, "undiscounted_total_price")

    @staticmethod
    def unit_discount(root: LineRow, info: Info) -> Money:
        return money(root, root.unit_discount_amount)

    @staticmethod
    def unit_discount_type(root: LineRow, info: Info) -> str | None:
        return root.manual_discount_type or ("FIXED" if root.unit_discount_amount else None)

    @staticmethod
    def unit_discount_value(root: LineRow, info: Info) -> Decimal:
        return root.unit_discount_amount if root.manual_discount_value is None else root.manual_discount_value

    @staticmethod
    def discounts(root: LineRow, info: Info) -> list[OrderLineDiscount]:
        """The voucher's part in this line, or what staff took off by hand; without either, none."""
        if not root.unit_discount_amount:
            return []
        unit = money(root, root.unit_discount_amount)
        return [
            {
                "id": to_global_id("OrderLineDiscount", root.pk),
                "type": "MANUAL" if root.manual_discount_type else "VOUCHER",
                "name": root.voucher_code,
                "translated_name": None,
                "value_type": root.manual_discount_type or "FIXED",
                "value": OrderLine.unit_discount_value(root, info),
                "reason": root.unit_discount_reason,
                "total": unit * root.quantity,
                "unit": unit,
            }
        ]

    @staticmethod
    @batched
    def tax_class(lines: list[LineRow], info: Info) -> list[TaxClass | None]:
        """The class of the name that the order keeps."""
        names = {line.tax_class_name for line in lines if line.tax_class_name}
        found = {row.name: row for row in TaxClass.objects.filter(name__in=names)}
        return [found.get(line.tax_class_name or "") for line in lines]

    @staticmethod
    @requires_permission(*SEE_TAXES)
    def tax_class_metadata(root: LineRow, info: Info) -> list[MetadataItem]:
        return items(_metadata_of(OrderLine.tax_class(root, info), "metadata"))

    @staticmethod
    @requires_permission(*SEE_TAXES)
    def tax_class_private_metadata(root: LineRow, info: Info) -> list[MetadataItem]:
        return items(_metadata_of(OrderLine.tax_class(root, info), "private_metadata"))

    @staticmethod
    def is_gift(root: LineRow, info: Info) -> bool:
        return False

    @staticmethod
    def quantity_to_fulfill(root: LineRow, info: Info) -> int:
        return root.quantity_unfulfilled

    @staticmethod
    @batched
    def thumbnail(
        lines: list[LineRow], info: Info, *, size: int | None = None, format: str | None = None
    ) -> list[Image | None]:
        images = first_images([line.variant_id for line in lines if line.variant_id])
        return [_thumbnail(images.get(line.variant_id or 0), size, format) for line in lines]

    @staticmethod
    @requires_permission("MANAGE_PRODUCTS", "MANAGE_ORDERS")
    @batched
    def allocations(lines: list[LineRow], info: Info) -> list[list[AllocationRow]]:
        found: dict[Any, list[AllocationRow]] = defaultdict(list)
        rows = AllocationRow.objects.select_related("stock__warehouse")
        for row in rows.filter(order_line_id__in=[line.pk for line in lines]):
            found[row.order_line_id].append(row)
        return [found[line.pk] for line in lines]


class Allocation(SaleorType, model=AllocationRow):
    @staticmethod
    def warehouse(root: AllocationRow, info: Info) -> Warehouse:
        return root.stock.warehouse


def _thumbnail(media: ProductMedia | None, size: int | None, format: str | None) -> Image | None:
    if media is None:
        return None
    url = image_url("ProductMedia", media.pk, media.image, 256 if size is None else size, format)
    return {"url": url, "alt": media.alt}


class Fulfillment(SaleorType, model=FulfillmentRow):
    @staticmethod
    def shipping_refunded_amount(root: FulfillmentRow, info: Info) -> Money | None:
        return _refunded_amount(root, info, root.shipping_refund_amount)

    @staticmethod
    def total_refunded_amount(root: FulfillmentRow, info: Info) -> Money | None:
        return _refunded_amount(root, info, root.total_refund_amount)

    @staticmethod
    def created(root: FulfillmentRow, info: Info) -> Any:
        return root.created_at

    @staticmethod
    def status_display(root: FulfillmentRow, info: Info) -> str:
        return root.get_status_display()

    @staticmethod
    @batched
    def lines(fulfillments: list[FulfillmentRow], info: Info) -> list[list[FulfillmentLineRow]]:
        found: dict[Any, list[FulfillmentLineRow]] = defaultdict(list)
        for line in FulfillmentLineRow.objects.filter(
            fulfillment__in=[fulfillment.pk for fulfillment in fulfillments]
        ):
            found[line.fulfillment_id].append(line)
        return [found[fulfillment.pk] for fulfillment in fulfillments]

    @staticmethod
    @batched
    def warehouse(fulfillments: list[FulfillmentRow], info: Info) -> list[Warehouse | None]:
        rows = FulfillmentLineRow.objects.filter(
            fulfillment__in=[fulfillment.pk for fulfillment in fulfillments]
        ).select_related("warehouse")
        found: dict[int, Warehouse | None] = {}
        for line in rows:
            found.setdefault(line.fulfillment_id, line.warehouse)
        return [found.get(fulfillment.pk) for fulfillment in fulfillments]


def _refunded_amount(row: FulfillmentRow, info: Info, amount: Decimal | None) -> Money | None:
    return None if amount is None else money(follow_foreign_key(row, info, "order"), amount)


class FulfillmentLine(SaleorType, model=FulfillmentLineRow):
    @staticmethod
    @batched
    def order_line(lines: list[FulfillmentLineRow], info: Info) -> list[LineRow | None]:
        rows = LineRow.objects.select_related("order").filter(pk__in={line.order_line_id for line in lines})
        known = channels_by_pk(info.context)
        found = {row.pk: info.context.rows.in_channel(row, known[row.order.channel_id]).row for row in rows}
        return [found.get(line.order_line_id) for line in lines]


class OrderDiscount(SaleorType, model=DiscountRow):
    @staticmethod
    def amount(root: DiscountRow, info: Info) -> Money:
        return money(root, root.amount_value)

    @staticmethod
    def total(root: DiscountRow, info: Info) -> Money:
        return money(root, root.amount_value)


class OrderGrantedRefund(SaleorType, model=RefundRow):
    @staticmethod
    def amount(root: RefundRow, info: Info) -> Money:
        return money(root, root.amount_value)

    @staticmethod
    @batched
    def app(refunds: list[RefundRow], info: Info) -> list[App | None]:
        found = App.objects.in_bulk({refund.app_id for refund in refunds} - {None})
        return [found.get(refund.app_id) for refund in refunds]

    @staticmethod
    def transaction(root: RefundRow, info: Info) -> Any:
        return follow_foreign_key(root, info, "transaction_item")

    @staticmethod
    @batched
    def transaction_events(refunds: list[RefundRow], info: Info) -> list[list[TransactionEvent]]:
        found: dict[Any, list[TransactionEvent]] = defaultdict(list)
        for event in TransactionEvent.objects.filter(granted_refund_id__in=[refund.pk for refund in refunds]):
            found[event.granted_refund_id].append(event)
        return [found[refund.pk] for refund in refunds]


class OrderGrantedRefundLine(SaleorType, model=RefundLineRow):
    pass
