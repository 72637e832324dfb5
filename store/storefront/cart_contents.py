"""A cart or checkout as the pages show it: frozen values made from the answers of the client.

Amounts come from `order_totals`, addresses from `postal_address`; the pages work out nothing of their own.
"""

import base64
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from store.saleor.checkout_answers import checkout_amounts
from store.saleor.client.checkout_contact_page import CheckoutContactPageCheckout
from store.saleor.client.checkout_page import CheckoutPageCheckout
from store.saleor.client.enums import CheckoutAuthorizeStatusEnum, LanguageCodeEnum
from store.saleor.client.fragments import (
    CheckoutLines,
    CheckoutLinesLines,
    CheckoutLinesLinesVariant,
    CheckoutLinesProblemsCheckoutLineProblemInsufficientStock,
    CheckoutLinesProblemsCheckoutLineProblemVariantNotAvailable,
    CheckoutLinesProblemsCheckoutProblemDeliveryMethodInvalid,
    CheckoutLinesProblemsCheckoutProblemDeliveryMethodStale,
)
from store.saleor.covered_amount import covered_amount
from store.saleor.order_answers import postal_address
from store.saleor.order_totals import RowKind
from store.saleor.postal_address import PostalAddress
from store.saleor.translations import translated_name
from store.storefront import error_messages, guide_content
from store.storefront.totals import Totals, totals
from store.storefront.values import Money, Picture, money, variant_picture


class DeliveryProblem(StrEnum):
    """STALE: the offers must be calculated again before one knows. INVALID: the chosen one is not offered any more."""

    STALE = "STALE"
    INVALID = "INVALID"


@dataclass(frozen=True, slots=True)
class CartLine:
    """`variant` is empty where it equals the product's name; `total` before discounts.

    `available` is how many this cart can hold of it (stock, and the shop's limit), None where that is not known.
    `problem` says why the line can't be ordered; `insert_slug` is the safety insert of its product.
    """

    id: str
    quantity: int
    variant_id: str
    sku: str
    slug: str
    product: str
    variant: str
    picture: Picture | None
    unit: Money
    total: Money
    available: int | None
    problem: str
    insert_slug: str

    @property
    def name(self) -> str:
        """Such as "Silicone Starter Set, Teal, soft"."""
        return f"{self.product}, {self.variant}" if self.variant else self.product


@dataclass(frozen=True, slots=True)
class GiftCard:
    id: str
    last_characters: str


@dataclass(frozen=True, slots=True)
class Cart:
    """`channel` is the slug of the channel that the cart belongs to, whatever the shopper has chosen since.

    `language`: of the order and its mails. `given_back`: what was paid for it before and went back, since the order was
    not finished in time; the embedded shop says so, None from another.
    """

    id: str
    channel: str
    quantity: int
    gross: bool
    lines: tuple[CartLine, ...]
    totals: Totals
    needs_delivery: bool
    delivery_id: str
    delivery_name: str
    delivery_problem: DeliveryProblem | None
    voucher_code: str
    gift_cards: tuple[GiftCard, ...]
    language: LanguageCodeEnum
    given_back: Money | None

    @property
    def can_be_ordered(self) -> bool:
        return bool(self.lines) and not any(line.problem for line in self.lines)

    @property
    def voucher_is_useless(self) -> bool:
        """The code takes nothing off. It has expired or does not apply, and an order with it would be refused."""
        reductions = (RowKind.DISCOUNT, RowKind.SHIPPING_DISCOUNT)
        return bool(self.voucher_code) and not any(row.kind in reductions for row in self.totals.rows)


@dataclass(frozen=True, slots=True)
class Checkout(Cart):
    """`paid` is what was received for it already, `held` what is authorized and not charged, `open` what is left.

    `is_covered`: charged or authorized in full, so that it may become an order.
    """

    email: str
    shipping_address: PostalAddress | None
    billing_address: PostalAddress | None
    paid: Money
    held: Money
    open: Money
    is_covered: bool

    @property
    def reference(self) -> str:
        """How a shopper names this checkout to the shop without giving its id away, which opens it."""
        kind_and_uuid = base64.b64decode(self.id).decode()
        return kind_and_uuid.partition(":")[2][:8]


def cart(answer: CheckoutLines) -> Cart:
    method = answer.delivery.shipping_method if answer.delivery else None
    shown = totals(
        checkout_amounts(answer, answer.lines),
        gross=answer.display_gross_prices,
        delivery_is_open=answer.is_shipping_required and method is None,
    )
    problems = _line_problems(answer)
    available = _available(answer)
    return Cart(
        id=answer.id,
        channel=answer.channel.slug,
        quantity=answer.quantity,
        gross=answer.display_gross_prices,
        lines=tuple(_line(line, shown.lines[line.id], available, problems) for line in answer.lines),
        totals=shown,
        needs_delivery=answer.is_shipping_required,
        delivery_id=answer.delivery.id if answer.delivery else "",
        delivery_name=translated_name(method) if method else "",
        delivery_problem=_delivery_problem(answer),
        voucher_code=answer.voucher_code or "",
        gift_cards=tuple(GiftCard(card.id, card.last_4_code_chars) for card in answer.cards),
        language=answer.language_code,
        given_back=_amount_of(answer.given_back or ""),
    )


def checkout(
    answer: CheckoutPageCheckout | CheckoutContactPageCheckout, *, authorized: Decimal = Decimal(0)
) -> Checkout:
    """`authorized`: what its payments hold without having charged it; the shop tells a shopper only whether that covers
    the rest.
    """
    base = cart(answer)
    total = base.totals.total
    paid = total.amount + money(answer.total_balance).amount
    is_authorized = answer.authorize_status is CheckoutAuthorizeStatusEnum.FULL
    held = max(authorized, total.amount - paid) if is_authorized else authorized
    covered = covered_amount(
        charged=paid, charge_pending=Decimal(0), authorized=held, authorize_pending=Decimal(0)
    )
    # In the digits in which the API tells amounts: the keys of payments that were begun before hold them.
    left = Decimal(str(float(max(total.amount - covered, Decimal(0)))))
    return Checkout(
        **{name: getattr(base, name) for name in Cart.__slots__},
        email=answer.email or "",
        shipping_address=postal_address(answer.shipping_address) if answer.shipping_address else None,
        billing_address=postal_address(answer.billing_address) if answer.billing_address else None,
        paid=Money(paid, total.currency),
        held=Money(held, total.currency),
        open=Money(left, total.currency),
        is_covered=not left,
    )


def _amount_of(text: str) -> Money | None:
    """Such as "12.50 USD"; None for what is no such text: whoever has the cart may write it."""
    amount, _, currency = text.partition(" ")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,3})?", amount) or not re.fullmatch(r"[A-Z]{3}", currency):
        return None
    return Money(Decimal(amount), currency)


def _line(
    line: CheckoutLinesLines, total: Money, available: Mapping[str, int | None], problems: Mapping[str, str]
) -> CartLine:
    variant = line.variant
    return CartLine(
        id=line.id,
        quantity=line.quantity,
        variant_id=variant.id,
        sku=variant.sku or "",
        slug=variant.product.slug,
        product=translated_name(variant.product),
        variant=_variant_name(variant),
        picture=variant_picture(variant.media, variant.product.thumbnail),
        unit=Money(total.amount / line.quantity, total.currency),
        total=total,
        available=available[variant.id],
        problem=problems.get(line.id, "") or _insert_problem(variant),
        insert_slug=_insert_slug(variant),
    )


def _variant_name(variant: CheckoutLinesLinesVariant) -> str:
    return translated_name(variant) if variant.name != variant.product.name else ""


def _insert_slug(variant: CheckoutLinesLinesVariant) -> str:
    insert = variant.product.insert
    if insert is None or insert.typename__ != "AssignedSinglePageReferenceAttribute":
        return ""
    return insert.value.slug if insert.value else ""


def _insert_problem(variant: CheckoutLinesLinesVariant) -> str:
    """A product that needs a safety insert and has none can't be ordered, whoever put it in the cart."""
    if variant.product.insert is None or guide_content.has_insert(_insert_slug(variant)):
        return ""
    return str(error_messages.WITHOUT_INSERT)


def _available(answer: CheckoutLines) -> dict[str, int | None]:
    """How many of each variant this cart can hold, by variant id. What it has reserved itself counts in."""
    until = answer.stock_reservation_expires
    reserved = Counter[str]()
    if until and until > datetime.now(UTC):
        for line in answer.lines:
            reserved[line.variant.id] += line.quantity
    found: dict[str, int | None] = {}
    for line in answer.lines:
        variant, free = line.variant, line.variant.quantity_available
        limits = [variant.quantity_limit_per_customer, None if free is None else free + reserved[variant.id]]
        found[variant.id] = min((limit for limit in limits if limit is not None), default=None)
    return found


def _line_problems(answer: CheckoutLines) -> dict[str, str]:
    """Why a line can't be ordered, by line id."""
    names = {line.id: line.variant for line in answer.lines}
    problems: dict[str, str] = {}
    for problem in answer.problems or ():
        if isinstance(problem, CheckoutLinesProblemsCheckoutLineProblemInsufficientStock):
            variant = names[problem.line.id]
            name = ", ".join(filter(None, (translated_name(variant.product), _variant_name(variant))))
            problems[problem.line.id] = error_messages.low_stock_message(
                problem.available_quantity or 0, name
            )
        elif isinstance(problem, CheckoutLinesProblemsCheckoutLineProblemVariantNotAvailable):
            problems[problem.line.id] = str(error_messages.MESSAGES["UNAVAILABLE_VARIANT_IN_CHANNEL"])
    return problems


def _delivery_problem(answer: CheckoutLines) -> DeliveryProblem | None:
    kinds = [type(problem) for problem in answer.problems or ()]
    if CheckoutLinesProblemsCheckoutProblemDeliveryMethodInvalid in kinds:
        return DeliveryProblem.INVALID
    if CheckoutLinesProblemsCheckoutProblemDeliveryMethodStale in kinds:
        return DeliveryProblem.STALE
    return None
