"""Which rate applies where: a channel's configuration, its exceptions by country, the rates of a class."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from django.db.models import Q

from store.engine.caching.invalidation import Kept
from store.engine.channels.models import Channel, TaxConfiguration
from store.engine.money import TaxedMoney, taxed
from store.engine.taxes.models import TaxClassCountryRate

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Taxation:
    """What taxes mean in one channel for one country; ask it for the rate of a tax class."""

    country: str
    charge_taxes: bool
    strategy: str | None
    display_gross_prices: bool
    prices_entered_with_tax: bool
    tax_app_id: str | None
    rates: dict[int | None, Decimal]  # by tax class; None: the country's default

    @property
    def flat(self) -> bool:
        return self.charge_taxes and self.strategy == "FLAT_RATES"

    def rate(self, tax_class_id: int | None) -> Decimal:
        """In percent. A class without a rate of its own pays the country's default."""
        if not self.flat:
            return NOTHING
        return self.rates.get(tax_class_id, self.rates.get(None, NOTHING))

    def price(
        self, amount: Decimal, currency: str, tax_class_id: int | None, *, rounding: str = ROUND_HALF_EVEN
    ) -> TaxedMoney:
        """One piece's price, as a product page shows it."""
        return taxed(
            amount,
            currency,
            rate=self.rate(tax_class_id),
            with_tax=self.prices_entered_with_tax,
            rounding=rounding,
        )


def taxation(channel: Channel, country: str | None = None) -> Taxation:
    """Kept in memory until somebody changes taxes (see `revision`): one small statement."""
    country, kept = country or channel.default_country, _kept()
    key = channel.pk, country
    if key not in kept:
        kept[key] = _read(channel, country)
    return kept[key]


_kept: Kept[dict[tuple[int, str], Taxation]] = Kept(dict)


def _read(channel: Channel, country: str) -> Taxation:
    configuration = TaxConfiguration.objects.prefetch_related("country_exceptions").get(channel=channel)
    exception = next((one for one in configuration.country_exceptions.all() if one.country == country), None)
    rules = exception or configuration
    return Taxation(
        country=country,
        charge_taxes=rules.charge_taxes,
        strategy=rules.tax_calculation_strategy or configuration.tax_calculation_strategy,
        display_gross_prices=rules.display_gross_prices,
        prices_entered_with_tax=configuration.prices_entered_with_tax,
        tax_app_id=rules.tax_app_id,
        rates=rates_of(country),
    )


def rates_of(country: str, tax_class_ids: Iterable[int] | None = None) -> dict[int | None, Decimal]:
    rows = TaxClassCountryRate.objects.filter(country=country).order_by()
    if tax_class_ids is not None:
        rows = rows.filter(Q(tax_class_id__in=list(tax_class_ids)) | Q(tax_class=None))
    return dict(rows.values_list("tax_class_id", "rate"))
