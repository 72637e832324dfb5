"""What a delivery costs and how long it takes, before there is an address: the shipping methods of the market."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from store.saleor.client.fragments import DeliveryOffer as OfferAnswer
from store.saleor.translations import translated_name
from store.storefront.values import Money, money

SATURDAY = 5  # of date.weekday()


@dataclass(frozen=True, slots=True)
class DeliveryOffer:
    """A shipping method for goods worth `at_least` to `at_most`, None without a bound. Days are working days from the
    order to the door; None where the merchant has not entered them.
    """

    name: str
    price: Money
    first_day: int | None
    last_day: int | None
    at_least: Decimal | None
    at_most: Decimal | None

    def fits(self, value: Decimal) -> bool:
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


@dataclass(frozen=True, slots=True)
class DeliveryEstimate:
    """The cheapest delivery of goods of one value. `free_from`: the value from which it costs nothing, None where it
    does not get cheaper. `earliest` and `latest`: if ordered today, both None where the days are not known.
    """

    price: Money
    earliest: date | None
    latest: date | None
    free_from: Money | None
    missing: Money | None


def delivery_offers(answers: Iterable[OfferAnswer] | None) -> list[DeliveryOffer]:
    """Cheapest first."""
    found = [
        DeliveryOffer(
            name=translated_name(one),
            price=money(one.price),
            first_day=one.minimum_delivery_days,
            last_day=one.maximum_delivery_days,
            at_least=money(one.minimum_order_price).amount if one.minimum_order_price else None,
            at_most=money(one.maximum_order_price).amount if one.maximum_order_price else None,
        )
        for one in answers or ()
    ]
    return sorted(found, key=lambda one: one.price.amount)


def estimate(offers: Sequence[DeliveryOffer], value: Money | None) -> DeliveryEstimate | None:
    """Of goods worth `value`; None where no method takes them, so that the page promises nothing."""
    fitting = [
        one for one in offers if value and one.price.currency == value.currency and one.fits(value.amount)
    ]
    if value is None or not fitting:
        return None
    cheapest = fitting[0]
    first, last = cheapest.first_day or cheapest.last_day, cheapest.last_day or cheapest.first_day
    today = timezone.localdate()
    free_from = _free_from(offers, value) if cheapest.price.amount else None
    return DeliveryEstimate(
        price=cheapest.price,
        earliest=working_days_after(today, first) if first else None,
        latest=working_days_after(today, last) if last else None,
        free_from=free_from,
        missing=Money(free_from.amount - value.amount, value.currency) if free_from else None,
    )


def working_days_after(day: date, number: int) -> date:
    """Monday to Friday; public holidays are not known, so a page calls the result an estimate."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


def _free_from(offers: Sequence[DeliveryOffer], value: Money) -> Money | None:
    limits = [
        one.at_least
        for one in offers
        if not one.price.amount and one.at_least and one.at_least > value.amount
    ]
    return Money(min(limits), value.currency) if limits else None
