"""Tax classes with their rates by country, and how each channel enters and shows prices."""

from collections.abc import Iterator

from store.saleor.client.enums import CountryCode, TaxCalculationStrategy
from store.saleor.client.input_types import (
    CountryRateInput,
    CountryRateUpdateInput,
    TaxClassCreateInput,
    TaxClassUpdateInput,
    TaxConfigurationUpdateInput,
)
from store.seed.read import Catalogue
from store.seed.read.file_models import ChannelTax, TaxClass
from store.seed.write.context import Bench


def write_taxes(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    for one in catalogue.taxes.classes:
        _tax_class(bench, one)
        yield one.name
    for slug, settings in catalogue.taxes.channels.items():
        _channel_tax(bench, slug, settings)
        yield slug


def _tax_class(bench: Bench, one: TaxClass) -> None:
    client = bench.client
    rates = [(CountryCode(country), float(rate)) for country, rate in one.rates.items()]
    created = [CountryRateInput(country_code=code, rate=rate) for code, rate in rates]
    updated = [CountryRateUpdateInput(country_code=code, rate=rate) for code, rate in rates]
    wanted = TaxClassCreateInput(name=one.name, create_country_rates=created)
    changed = TaxClassUpdateInput(name=one.name, update_country_rates=updated)
    bench.keep(
        "tax-class",
        one.name,
        wanted,
        create=lambda: client.tax_class_create(wanted).tax_class_create,
        update=lambda id_: client.tax_class_update(id_, changed).tax_class_update,
    )


def _channel_tax(bench: Bench, slug: str, settings: ChannelTax) -> None:
    """Saleor makes the configuration together with the channel; it can only be changed."""
    wanted = TaxConfigurationUpdateInput(
        charge_taxes=True,
        tax_calculation_strategy=TaxCalculationStrategy.FLAT_RATES,
        display_gross_prices=settings.show_prices_with_tax,
        prices_entered_with_tax=settings.prices_include_tax,
    )
    id_ = bench.id("tax-configuration", slug)
    bench.once(
        "tax-configuration",
        slug,
        wanted,
        lambda: bench.client.tax_configuration_update(id_, wanted).tax_configuration_update,
    )
