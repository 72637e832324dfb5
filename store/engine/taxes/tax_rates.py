"""Determines tax rates from a channel's configuration, its exceptions by country, and the rates of tax classes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from django.db.models import Q

from store.engine.caching.invalidation import CachedValue
from store.engine.channels.models import Channel, TaxConfiguration
from store.engine.money import TaxedMoney, apply_tax
from store.engine.taxes.models import TaxClass, TaxClassCountryRate

ZERO = Decimal(0)
FLAT_RATES = "FLAT_RATES"


@dataclass(frozen=True, slots=True)
class Taxation:
    """How prices of one channel are taxed in one country (ISO 3166)."""

    country: str
    charge_taxes: bool
    strategy: str | None
    display_gross_prices: bool
    prices_entered_with_tax: bool
    tax_app_id: str | None
    rates: dict[int | None, Decimal]  # percent by pk of the tax class; None: the country's default
    weighs_shipping: bool = False

    @property
    def flat(self) -> bool:
        return self.charge_taxes and self.strategy == FLAT_RATES

    def rate(self, tax_class_id: int | None) -> Decimal:
        """Percent. A class without a rate in the country has the country's default rate; 0 unless rates are flat."""
        if not self.flat:
            return ZERO
        return self.rates.get(tax_class_id, self.rates.get(None, ZERO))

    def shipping_rate(
        self, tax_class_id: int | None, goods: Iterable[tuple[Decimal, Decimal]] = ()
    ) -> Decimal:
        """Percent of the delivery: its tax class's, or the average rate of the goods by their net amounts where the
        channel is set so. `goods`: rate and net amount of each line; free goods weigh nothing.
        """
        if not (self.flat and self.weighs_shipping):
            return self.rate(tax_class_id)
        goods = list(goods)
        net = sum((amount for _, amount in goods), ZERO)
        if not net:
            return self.rate(None)
        return (sum((rate * amount for rate, amount in goods), ZERO) / net).quantize(Decimal("0.0001"))

    def price(
        self, amount: Decimal, currency: str, tax_class_id: int | None, *, rounding: str = ROUND_HALF_EVEN
    ) -> TaxedMoney:
        """Net and gross of a unit price as stored in a listing."""
        return apply_tax(
            amount,
            currency,
            rate=self.rate(tax_class_id),
            with_tax=self.prices_entered_with_tax,
            rounding=rounding,
        )


def taxation(channel: Channel, country: str | None = None) -> Taxation:
    """The taxation of a channel in a country (default: the channel's). Cached until the next write to a watched
    table."""
    country, cached = country or channel.default_country, _cached_taxation()
    key = channel.pk, country
    if key not in cached:
        cached[key] = _load_taxation(channel, country)
    return cached[key]


_cached_taxation: CachedValue[dict[tuple[int, str], Taxation]] = CachedValue(dict)


def _load_taxation(channel: Channel, country: str) -> Taxation:
    configuration = TaxConfiguration.objects.prefetch_related("country_exceptions").get(channel=channel)
    exception = next((row for row in configuration.country_exceptions.all() if row.country == country), None)
    rules = exception or configuration
    return Taxation(
        country=country,
        charge_taxes=rules.charge_taxes,
        strategy=rules.tax_calculation_strategy or configuration.tax_calculation_strategy,
        display_gross_prices=rules.display_gross_prices,
        prices_entered_with_tax=configuration.prices_entered_with_tax,
        tax_app_id=rules.tax_app_id,
        rates=country_rates(country),
        weighs_shipping=rules.use_weighted_tax_for_shipping,
    )


def class_name(pk: int | None) -> str | None:
    """The name of a tax class, from memory."""
    return _class_names().get(pk) if pk is not None else None


_class_names = CachedValue(lambda: dict(TaxClass.objects.values_list("pk", "name")))


def country_rates(country: str, tax_class_ids: Iterable[int] | None = None) -> dict[int | None, Decimal]:
    """Rates of the country in percent by tax class; None: its default rate. `tax_class_ids` limits the classes."""
    rows = TaxClassCountryRate.objects.filter(country=country).order_by()
    if tax_class_ids is not None:
        rows = rows.filter(Q(tax_class_id__in=list(tax_class_ids)) | Q(tax_class=None))
    return dict(rows.values_list("tax_class_id", "rate"))
