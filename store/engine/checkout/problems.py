"""What prevents a checkout from being completed, reported while the shopper can still correct it."""

from collections import defaultdict
from dataclasses import dataclass

from store.engine.checkout import delivery_options, queries
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import CheckoutDelivery, CheckoutLine
from store.engine.checkout.unavailable_lines import unavailable_line_ids
from store.engine.stock.availability import availability


@dataclass(slots=True)
class InsufficientStockProblem:
    line: CheckoutLine
    available_quantity: int


@dataclass(slots=True)
class VariantNotAvailableProblem:
    line: CheckoutLine


@dataclass(slots=True)
class DeliveryMethodStaleProblem:
    delivery: CheckoutDelivery


@dataclass(slots=True)
class DeliveryMethodInvalidProblem:
    delivery: CheckoutDelivery


LineProblem = InsufficientStockProblem | VariantNotAvailableProblem
Problem = LineProblem | DeliveryMethodStaleProblem | DeliveryMethodInvalidProblem


def line_problems(loaded: LoadedCheckout) -> list[LineProblem]:
    """Lines whose variant is not available or short of stock."""
    checkout, lines = loaded.checkout, loaded.lines
    if not lines:
        return []
    unavailable_ids = unavailable_line_ids(checkout, lines)
    found: list[LineProblem] = [
        VariantNotAvailableProblem(line) for line in lines if line.pk in unavailable_ids
    ]
    available_lines = [
        line for line in lines if line.pk not in unavailable_ids and line.variant.track_inventory
    ]
    quantities: dict[int, int] = defaultdict(int)
    for line in available_lines:
        quantities[line.variant_id] += line.quantity
    if not quantities:
        return found
    available = availability(
        variant_ids=quantities,
        channel=checkout.channel,
        country=queries.country_of(checkout),
        ignoring_lines=[line.pk for line in lines],
    )
    found += [
        InsufficientStockProblem(line, available[line.variant_id])
        for line in available_lines
        if available[line.variant_id] < quantities[line.variant_id]
    ]
    return found


def checkout_problems(loaded: LoadedCheckout) -> list[Problem]:
    """The lines' problems and those of the chosen delivery. A stale delivery is also invalid when it is not among
    today's offers any more.
    """
    found: list[Problem] = list(line_problems(loaded))
    delivery = loaded.checkout.delivery
    if delivery is not None:
        if delivery_options.is_stale(loaded.checkout):
            found.append(DeliveryMethodStaleProblem(delivery))
        if not delivery_options.is_chosen_delivery_valid(loaded):
            found.append(DeliveryMethodInvalidProblem(delivery))
    return found
