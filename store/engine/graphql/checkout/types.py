"""Checkout, its lines, deliveries and problems, as Saleor words them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from store.engine.checkout import charge_status as checkout_charge_status
from store.engine.checkout import problems, queries
from store.engine.checkout import shipping_methods as checkout_shipping_methods
from store.engine.checkout.models import Checkout as CheckoutRow
from store.engine.checkout.models import CheckoutDelivery
from store.engine.checkout.models import CheckoutLine as CheckoutLineRow
from store.engine.checkout.quote import LinePrice, cards_of, quote
from store.engine.errors import PermissionDenied
from store.engine.graphql.accounts.types import language_out
from store.engine.graphql.batching import bind
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.checkout.lookup import checkout_pk
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Info, SaleorType, query
from store.engine.money import Money, TaxedMoney
from store.engine.payments import gateways
from store.engine.payments.models import TransactionItem
from store.engine.shipping.available_methods import Offered
from store.engine.stock.models import Reservation


@query
def checkout(info: Info, *, id: str | None = None) -> CheckoutRow | None:
    return queries.find(checkout_pk(id)) if id else None


@dataclass(eq=False)
class DeliveryWay:
    """Saleor's ShippingMethod: a way of delivery as one basket or order sees it."""

    pk: int
    name: str
    price: Money
    description: Any = None
    minimum_delivery_days: int | None = None
    maximum_delivery_days: int | None = None
    active: bool = True
    message: str | None = ""
    metadata: dict[str, str] | None = None
    private_metadata: dict[str, str] | None = None

    @classmethod
    def of_offer(cls, offer: Offered, currency: str) -> "DeliveryWay":
        method = offer.method
        return cls(
            pk=method.pk,
            name=method.name,
            price=Money(offer.price, currency),
            description=method.description,
            minimum_delivery_days=method.minimum_delivery_days,
            maximum_delivery_days=method.maximum_delivery_days,
            metadata=method.metadata,
            private_metadata=method.private_metadata,
        )

    @classmethod
    def of_delivery(cls, row: CheckoutDelivery) -> "DeliveryWay":
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


class ShippingMethod(SaleorType, model=DeliveryWay):
    @staticmethod
    def metadata(root: DeliveryWay, info: Info) -> list[dict[str, str]]:
        return [{"key": key, "value": value} for key, value in sorted((root.metadata or {}).items())]

    @staticmethod
    def metafield(root: DeliveryWay, info: Info, *, key: str) -> str | None:
        return (root.metadata or {}).get(key)

    @staticmethod
    def private_metadata(root: DeliveryWay, info: Info) -> list[dict[str, str]]:
        if not info.context.may("MANAGE_SHIPPING"):
            raise PermissionDenied("MANAGE_SHIPPING")
        return [{"key": key, "value": value} for key, value in sorted((root.private_metadata or {}).items())]

    translation = staticmethod(translation_of("ShippingMethod"))


class Delivery(SaleorType, model=CheckoutDelivery):
    @staticmethod
    def id(root: CheckoutDelivery, info: Info) -> str:
        return to_global_id("CheckoutDelivery", root.pk)

    @staticmethod
    def shipping_method(root: CheckoutDelivery, info: Info) -> DeliveryWay:
        return DeliveryWay.of_delivery(root)


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
        asker = info.context.user
        if (asker and asker.pk == root.user_id) or info.context.may("MANAGE_USERS", "HANDLE_PAYMENTS"):
            return root.user
        raise PermissionDenied("MANAGE_USERS", "HANDLE_PAYMENTS", "OWNER")

    @staticmethod
    def customer_note(root: CheckoutRow, info: Info) -> str:
        return root.note

    @staticmethod
    def language_code(root: CheckoutRow, info: Info) -> str:
        return language_out(root.language_code)

    @staticmethod
    def lines(root: CheckoutRow, info: Info) -> list[CheckoutLineRow]:
        rows = bind(queries.lines_of(root), channel=root.channel)
        variants = bind((row.variant for row in rows), channel=root.channel)
        bind((variant.product for variant in variants), channel=root.channel)
        return rows

    @staticmethod
    def quantity(root: CheckoutRow, info: Info) -> int:
        return sum(line.quantity for line in queries.lines_of(root))

    @staticmethod
    def is_shipping_required(root: CheckoutRow, info: Info) -> bool:
        return queries.needs_shipping(queries.lines_of(root))

    @staticmethod
    def subtotal_price(root: CheckoutRow, info: Info) -> TaxedMoney:
        return quote(root).subtotal

    @staticmethod
    def shipping_price(root: CheckoutRow, info: Info) -> TaxedMoney:
        return quote(root).shipping

    @staticmethod
    def total_price(root: CheckoutRow, info: Info) -> TaxedMoney:
        return quote(root).total

    @staticmethod
    def total_balance(root: CheckoutRow, info: Info) -> Money:
        charged = checkout_charge_status.paid(root).charged
        return Money(charged - quote(root).total.gross.amount, root.currency)

    @staticmethod
    def charge_status(root: CheckoutRow, info: Info) -> str:
        return checkout_charge_status.paid(root).charge_status

    @staticmethod
    def authorize_status(root: CheckoutRow, info: Info) -> str:
        return checkout_charge_status.paid(root).authorize_status

    @staticmethod
    def transactions(root: CheckoutRow, info: Info) -> list[TransactionItem]:
        if not info.context.may("MANAGE_CHECKOUTS", "HANDLE_PAYMENTS"):
            raise PermissionDenied("MANAGE_CHECKOUTS", "HANDLE_PAYMENTS")
        return bind(checkout_charge_status.transactions_of(root))

    @staticmethod
    def discount(root: CheckoutRow, info: Info) -> Money:
        return Money(quote(root).discount, root.currency)

    @staticmethod
    def discount_name(root: CheckoutRow, info: Info) -> str | None:
        voucher = quote(root).voucher
        return voucher.name if voucher else None

    @staticmethod
    def translated_discount_name(root: CheckoutRow, info: Info) -> str | None:
        return Checkout.discount_name(root, info)

    @staticmethod
    def gift_cards(root: CheckoutRow, info: Info) -> list[Any]:
        return cards_of(root)

    @staticmethod
    def shipping_methods(root: CheckoutRow, info: Info) -> list[DeliveryWay]:
        return [
            DeliveryWay.of_offer(one, root.currency) for one in checkout_shipping_methods.for_checkout(root)
        ]

    @staticmethod
    def available_payment_gateways(root: CheckoutRow, info: Info) -> list[dict[str, Any]]:
        return [
            {"id": one.id, "name": one.name, "config": [], "currencies": [root.currency]}
            for one in gateways.all_open()
        ]

    @staticmethod
    def delivery_method(root: CheckoutRow, info: Info) -> Any:
        if root.collection_point_id:
            return root.collection_point
        return DeliveryWay.of_delivery(root.delivery) if root.delivery else None

    @staticmethod
    def stock_reservation_expires(root: CheckoutRow, info: Info) -> datetime | None:
        lines = [line.pk for line in queries.lines_of(root)]
        held = Reservation.objects.filter(checkout_line_id__in=lines).order_by("-reserved_until").first()
        return held.reserved_until if held else None

    @staticmethod
    def display_gross_prices(root: CheckoutRow, info: Info) -> bool:
        return quote(root).taxation.display_gross_prices

    @staticmethod
    def problems(root: CheckoutRow, info: Info) -> list[problems.Problem]:
        return problems.of_checkout(root)


def _priced(line: CheckoutLineRow) -> LinePrice:
    return quote(line.checkout).of(line)


class CheckoutLine(SaleorType, model=CheckoutLineRow):
    @staticmethod
    def unit_price(root: CheckoutLineRow, info: Info) -> TaxedMoney:
        return _priced(root).unit

    @staticmethod
    def total_price(root: CheckoutLineRow, info: Info) -> TaxedMoney:
        return _priced(root).total

    @staticmethod
    def undiscounted_unit_price(root: CheckoutLineRow, info: Info) -> Money:
        return _money(_priced(root).undiscounted_unit, root)

    @staticmethod
    def undiscounted_total_price(root: CheckoutLineRow, info: Info) -> Money:
        return _money(_priced(root).undiscounted_total, root)

    @staticmethod
    def requires_shipping(root: CheckoutLineRow, info: Info) -> bool:
        return root.variant.product.product_type.is_shipping_required

    @staticmethod
    def is_gift(root: CheckoutLineRow, info: Info) -> bool:
        return False

    @staticmethod
    def problems(root: CheckoutLineRow, info: Info) -> list[problems.LineProblem]:
        found = info.context.once(("problems", root.checkout_id), lambda: problems.of_lines(root.checkout))
        return [one for one in found if one.line.pk == root.pk]


def _money(amount: Decimal, line: CheckoutLineRow) -> Money:
    return Money(amount, line.checkout.currency).rounded()


class CheckoutLineProblemInsufficientStock(SaleorType, model=problems.TooFew):
    @staticmethod
    def variant(root: problems.TooFew, info: Info) -> Any:
        return root.line.variant


class CheckoutLineProblemVariantNotAvailable(SaleorType, model=problems.NotAvailable):
    pass


class CheckoutProblemDeliveryMethodStale(SaleorType, model=problems.DeliveryStale):
    pass


class CheckoutProblemDeliveryMethodInvalid(SaleorType, model=problems.DeliveryInvalid):
    pass


class CheckoutComplete(SaleorType):
    """What a refusal must bring along, because Saleor's schema lets it not be null."""

    @staticmethod
    def confirmation_needed(root: dict[str, Any], info: Info) -> bool:
        return bool(root.get("confirmation_needed"))


class DeliveryOptionsCalculate(SaleorType):
    @staticmethod
    def deliveries(root: dict[str, Any], info: Info) -> list[CheckoutDelivery]:
        return bind(root.get("deliveries") or [])
