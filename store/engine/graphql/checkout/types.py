"""GraphQL types of checkouts, their lines, deliveries and problems."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from store.engine.catalog.models import VariantChannelListing
from store.engine.channels.models import ShopSettings
from store.engine.checkout import delivery_options, problems, queries
from store.engine.checkout import shipping_methods as checkout_shipping_methods
from store.engine.checkout.models import Checkout as CheckoutRow
from store.engine.checkout.models import CheckoutDelivery
from store.engine.checkout.models import CheckoutLine as CheckoutLineRow
from store.engine.checkout.quote import LinePrice
from store.engine.discounts.models import Voucher
from store.engine.errors import PermissionDenied
from store.engine.graphql.accounts.types import to_language_enum
from store.engine.graphql.batching import batched, bind_siblings
from store.engine.graphql.channels.request_channel import channels_by_slug
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.checkout.loaded import loaded_checkout
from store.engine.graphql.checkout.lookup import checkout_pk
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.plain_values import PaymentGateway
from store.engine.graphql.registry import Info, SaleorType, query, requires_permission
from store.engine.graphql.shipping.weights import to_weight
from store.engine.money import Money, TaxedMoney
from store.engine.payments import gateways
from store.engine.payments.models import TransactionItem
from store.engine.shipping.available_methods import AvailableMethod
from store.engine.shipping.models import ShippingMethod as MethodRow
from store.engine.stock.models import Reservation, Warehouse


@query
def checkout(info: Info, *, id: str | None = None) -> CheckoutRow | None:
    return queries.find(checkout_pk(id)) if id else None


@dataclass(eq=False)
class ShippingMethodData:
    """Saleor's ShippingMethod: a shipping method as offered to one checkout or order."""

    pk: int
    name: str
    price: Money
    description: Any = None
    minimum_delivery_days: int | None = None
    maximum_delivery_days: int | None = None
    minimum_order_price: Money | None = None
    maximum_order_price: Money | None = None
    active: bool = True
    message: str | None = ""
    metadata: dict[str, str] | None = None
    private_metadata: dict[str, str] | None = None

    @classmethod
    def from_offer(cls, offer: AvailableMethod, currency: str) -> "ShippingMethodData":
        method, listing = offer.method, offer.listing
        return cls(
            pk=method.pk,
            name=method.name,
            price=Money(offer.price, currency),
            description=method.description,
            minimum_delivery_days=method.minimum_delivery_days,
            maximum_delivery_days=method.maximum_delivery_days,
            minimum_order_price=_amount(listing.minimum_order_price_amount, currency),
            maximum_order_price=_amount(listing.maximum_order_price_amount, currency),
            metadata=method.metadata,
            private_metadata=method.private_metadata,
        )

    @classmethod
    def from_delivery(cls, row: CheckoutDelivery) -> "ShippingMethodData":
        return cls(
            pk=row.shipping_method_id,
            name=row.name,
            price=Money(row.price_amount, row.currency),
            description=row.description,
            minimum_delivery_days=row.minimum_delivery_days,
            maximum_delivery_days=row.maximum_delivery_days,
            active=row.active,
            message=row.message or "",
            metadata=row.metadata,
            private_metadata=row.private_metadata,
        )


def _amount(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


class ShippingMethod(SaleorType, model=ShippingMethodData):
    @staticmethod
    def metadata(root: ShippingMethodData, info: Info) -> list[dict[str, str]]:
        return [{"key": key, "value": value} for key, value in sorted((root.metadata or {}).items())]

    @staticmethod
    def metafield(root: ShippingMethodData, info: Info, *, key: str) -> str | None:
        return (root.metadata or {}).get(key)

    @staticmethod
    def private_metadata(root: ShippingMethodData, info: Info) -> list[dict[str, str]]:
        if not info.context.has_permission("MANAGE_SHIPPING"):
            raise PermissionDenied("MANAGE_SHIPPING")
        return [{"key": key, "value": value} for key, value in sorted((root.private_metadata or {}).items())]

    translation = staticmethod(translation_of("ShippingMethodType"))  # the same rows

    @staticmethod
    def type(root: ShippingMethodData, info: Info) -> str | None:
        method = _method_of(root, info)
        return method.type if method else None

    @staticmethod
    def minimum_order_weight(root: ShippingMethodData, info: Info) -> Any:
        method = _method_of(root, info)
        return to_weight(info, method.minimum_order_weight) if method else None

    @staticmethod
    def maximum_order_weight(root: ShippingMethodData, info: Info) -> Any:
        method = _method_of(root, info)
        return to_weight(info, method.maximum_order_weight) if method else None

    @staticmethod
    def minimum_order_price(root: ShippingMethodData, info: Info) -> Money | None:
        return _limit(root, info, "minimum_order_price_amount")

    @staticmethod
    def maximum_order_price(root: ShippingMethodData, info: Info) -> Money | None:
        return _limit(root, info, "maximum_order_price_amount")


@batched
def _method_of(rows: list[ShippingMethodData], _info: Info) -> list[MethodRow | None]:
    """The row that was offered; None when it has been deleted meanwhile."""
    found = MethodRow.objects.prefetch_related("channel_listings").in_bulk({row.pk for row in rows})
    return [found.get(row.pk) for row in rows]


def _limit(root: ShippingMethodData, info: Info, column: str) -> Money | None:
    """Of the listing in the currency in which the method is offered."""
    method = _method_of(root, info)
    for listing in method.channel_listings.all() if method else ():
        if listing.currency == root.price.currency and getattr(listing, column) is not None:
            return Money(getattr(listing, column), listing.currency)
    return None


class Delivery(SaleorType, model=CheckoutDelivery):
    @staticmethod
    def id(root: CheckoutDelivery, info: Info) -> str:
        return to_global_id("CheckoutDelivery", root.pk)

    @staticmethod
    def shipping_method(root: CheckoutDelivery, info: Info) -> ShippingMethodData:
        return ShippingMethodData.from_delivery(root)


class Checkout(SaleorType, model=CheckoutRow):
    @staticmethod
    def created(root: CheckoutRow, info: Info) -> datetime:
        return root.created_at

    @staticmethod
    def updated_at(root: CheckoutRow, info: Info) -> datetime:
        return root.last_change

    @staticmethod
    def token(root: CheckoutRow, info: Info) -> Any:
        return root.pk

    @staticmethod
    def user(root: CheckoutRow, info: Info) -> Any:
        if root.user is None:
            return None
        requestor = info.context.user
        if (requestor and requestor.pk == root.user_id) or info.context.has_permission(
            "MANAGE_USERS", "HANDLE_PAYMENTS"
        ):
            return root.user
        raise PermissionDenied("MANAGE_USERS", "HANDLE_PAYMENTS", "OWNER")

    @staticmethod
    def customer_note(root: CheckoutRow, info: Info) -> str:
        return root.note

    @staticmethod
    def language_code(root: CheckoutRow, info: Info) -> str:
        return to_language_enum(root.language_code)

    @staticmethod
    def lines(root: CheckoutRow, info: Info) -> list[CheckoutLineRow]:
        return bind_siblings(info, loaded_checkout(root, info).lines, channel=root.channel)

    @staticmethod
    def quantity(root: CheckoutRow, info: Info) -> int:
        return sum(line.quantity for line in loaded_checkout(root, info).lines)

    @staticmethod
    def is_shipping_required(root: CheckoutRow, info: Info) -> bool:
        return loaded_checkout(root, info).needs_shipping

    @staticmethod
    def subtotal_price(root: CheckoutRow, info: Info) -> TaxedMoney:
        return loaded_checkout(root, info).quote.subtotal

    @staticmethod
    def shipping_price(root: CheckoutRow, info: Info) -> TaxedMoney:
        return loaded_checkout(root, info).quote.shipping

    @staticmethod
    def total_price(root: CheckoutRow, info: Info) -> TaxedMoney:
        return loaded_checkout(root, info).quote.total

    @staticmethod
    def total_balance(root: CheckoutRow, info: Info) -> Money:
        loaded = loaded_checkout(root, info)
        return Money(loaded.payment_status.charged - loaded.quote.total.gross.amount, root.currency)

    @staticmethod
    def charge_status(root: CheckoutRow, info: Info) -> str:
        return loaded_checkout(root, info).payment_status.charge_status

    @staticmethod
    def authorize_status(root: CheckoutRow, info: Info) -> str:
        return loaded_checkout(root, info).payment_status.authorize_status

    @staticmethod
    def transactions(root: CheckoutRow, info: Info) -> list[TransactionItem]:
        if not info.context.has_permission("MANAGE_CHECKOUTS", "HANDLE_PAYMENTS"):
            raise PermissionDenied("MANAGE_CHECKOUTS", "HANDLE_PAYMENTS")
        return bind_siblings(info, loaded_checkout(root, info).transactions)

    @staticmethod
    def discount(root: CheckoutRow, info: Info) -> Money:
        return Money(loaded_checkout(root, info).quote.discount, root.currency)

    @staticmethod
    def discount_name(root: CheckoutRow, info: Info) -> str | None:
        voucher = loaded_checkout(root, info).quote.voucher
        return voucher.name if voucher else None

    @staticmethod
    def translated_discount_name(root: CheckoutRow, info: Info) -> str | None:
        return Checkout.discount_name(root, info)

    @staticmethod
    def gift_cards(root: CheckoutRow, info: Info) -> list[Any]:
        return loaded_checkout(root, info).gift_cards

    @staticmethod
    def shipping_methods(root: CheckoutRow, info: Info) -> list[ShippingMethodData]:
        return [
            ShippingMethodData.from_offer(method, root.currency)
            for method in checkout_shipping_methods.for_checkout(loaded_checkout(root, info))
        ]

    @staticmethod
    def available_payment_gateways(root: CheckoutRow, info: Info) -> list[PaymentGateway]:
        return _gateways([root.currency])

    @staticmethod
    def available_shipping_methods(root: CheckoutRow, info: Info) -> list[ShippingMethodData]:
        return Checkout.shipping_methods(root, info)

    @staticmethod
    def shipping_method(root: CheckoutRow, info: Info) -> ShippingMethodData | None:
        return ShippingMethodData.from_delivery(root.delivery) if root.delivery else None

    @staticmethod
    def available_collection_points(root: CheckoutRow, info: Info) -> list[Warehouse]:
        return bind_siblings(info, delivery_options.collection_points(root))

    @staticmethod
    @requires_permission("MANAGE_DISCOUNTS")
    def voucher(root: CheckoutRow, info: Info) -> Voucher | None:
        code = root.voucher_code
        return Voucher.objects.filter(codes__code=code).first() if code else None

    @staticmethod
    def delivery_method(root: CheckoutRow, info: Info) -> Any:
        if root.collection_point_id:
            return root.collection_point
        return ShippingMethodData.from_delivery(root.delivery) if root.delivery else None

    @staticmethod
    def stock_reservation_expires(root: CheckoutRow, info: Info) -> datetime | None:
        lines = [line.pk for line in loaded_checkout(root, info).lines]
        reservation = (
            Reservation.objects.filter(checkout_line_id__in=lines).order_by("-reserved_until").first()
        )
        return reservation.reserved_until if reservation else None

    @staticmethod
    def display_gross_prices(root: CheckoutRow, info: Info) -> bool:
        return loaded_checkout(root, info).quote.taxation.display_gross_prices

    @staticmethod
    def problems(root: CheckoutRow, info: Info) -> list[problems.Problem]:
        return problems.checkout_problems(loaded_checkout(root, info))


def _line_price(line: CheckoutLineRow, info: Info) -> LinePrice:
    return loaded_checkout(line.checkout, info).quote.price_of(line)


class CheckoutLine(SaleorType, model=CheckoutLineRow):
    @staticmethod
    def unit_price(root: CheckoutLineRow, info: Info) -> TaxedMoney:
        return _line_price(root, info).unit

    @staticmethod
    def total_price(root: CheckoutLineRow, info: Info) -> TaxedMoney:
        return _line_price(root, info).total

    @staticmethod
    def undiscounted_unit_price(root: CheckoutLineRow, info: Info) -> Money:
        return _money(_line_price(root, info).undiscounted_unit, root)

    @staticmethod
    def undiscounted_total_price(root: CheckoutLineRow, info: Info) -> Money:
        return _money(_line_price(root, info).undiscounted_total, root)

    @staticmethod
    def prior_unit_price(root: CheckoutLineRow, info: Info) -> Money | None:
        amount = _prior_amount(root, info)
        return _money(amount, root) if amount else None

    @staticmethod
    def prior_total_price(root: CheckoutLineRow, info: Info) -> Money | None:
        amount = _prior_amount(root, info)
        return _money(amount * root.quantity, root) if amount else None

    @staticmethod
    def requires_shipping(root: CheckoutLineRow, info: Info) -> bool:
        return root.variant.product.product_type.is_shipping_required

    @staticmethod
    def is_gift(root: CheckoutLineRow, info: Info) -> bool:
        return False

    @staticmethod
    def problems(root: CheckoutLineRow, info: Info) -> list[problems.LineProblem]:
        found = info.context.get_or_set(
            ("problems", id(root.checkout)),
            lambda: problems.line_problems(loaded_checkout(root.checkout, info)),
        )
        return [problem for problem in found if problem.line.pk == root.pk]


@batched
def _prior_amount(rows: list[CheckoutLineRow], _info: Info) -> list[Decimal | None]:
    """What the variant of each line of a checkout cost before its price was lowered."""
    listings = VariantChannelListing.objects.filter(
        channel_id=rows[0].checkout.channel_id,
        variant__in=[row.variant_id for row in rows],
        prior_price_amount__isnull=False,
    )
    found = dict(listings.order_by().values_list("variant_id", "prior_price_amount"))
    return [found.get(row.variant_id) for row in rows]


def _money(amount: Decimal, line: CheckoutLineRow) -> Money:
    return Money(amount, line.checkout.currency).rounded()


class CheckoutLineProblemInsufficientStock(SaleorType, model=problems.InsufficientStockProblem):
    @staticmethod
    def variant(root: problems.InsufficientStockProblem, info: Info) -> Any:
        return root.line.variant


class CheckoutLineProblemVariantNotAvailable(SaleorType, model=problems.VariantNotAvailableProblem):
    pass


class CheckoutProblemDeliveryMethodStale(SaleorType, model=problems.DeliveryMethodStaleProblem):
    pass


class CheckoutProblemDeliveryMethodInvalid(SaleorType, model=problems.DeliveryMethodInvalidProblem):
    pass


class CheckoutComplete(SaleorType):
    """Saleor's schema has this field non-null, also in the payload of a failed mutation."""

    @staticmethod
    def confirmation_needed(root: dict[str, Any], info: Info) -> bool:
        return bool(root.get("confirmation_needed"))


class DeliveryOptionsCalculate(SaleorType):
    @staticmethod
    def deliveries(root: dict[str, Any], info: Info) -> list[CheckoutDelivery]:
        return bind_siblings(info, root.get("deliveries") or [])


def _gateways(currencies: list[str]) -> list[PaymentGateway]:
    return [
        {"id": gateway.id, "name": gateway.name, "config": [], "currencies": currencies}
        for gateway in gateways.available()
    ]


def gateways_of_shop(
    _root: ShopSettings, info: Info, *, currency: str | None = None, channel: str | None = None
) -> list[PaymentGateway]:
    """Each takes every currency of the shop's channels, so none takes a currency that no channel has."""
    known = channels_by_slug(info.context)
    rows = [known[channel]] if channel in known else list(known.values()) if channel is None else []
    currencies = sorted({row.currency_code for row in rows})
    return _gateways(currencies) if currency is None or currency in currencies else []
