"""Tax classes with their rates by country, and whether each channel enters and shows prices with tax."""

from collections.abc import Iterator

from store.saleor.client.enums import CountryCode, TaxCalculationStrategy
from store.saleor.client.input_types import (
    CountryRateInput,
    CountryRateUpdateInput,
    TaxClassCreateInput,
    TaxClassUpdateInput,
    TaxConfigurationUpdateInput,
)
from store.seed.read import Catalog
from store.seed.read.file_models import ChannelTax, TaxClass
from store.seed.write.context import SeedContext


def write_taxes(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for tax_class in catalog.taxes.classes:
        _tax_class(context, tax_class)
        yield tax_class.name
    for slug, settings in catalog.taxes.channels.items():
        _channel_tax(context, slug, settings)
        yield slug


def _tax_class(context: SeedContext, tax_class: TaxClass) -> None:
    client = context.client
    rates = [(CountryCode(country), float(rate)) for country, rate in tax_class.rates.items()]
    create_rates = [CountryRateInput(country_code=code, rate=rate) for code, rate in rates]
    update_rates = [CountryRateUpdateInput(country_code=code, rate=rate) for code, rate in rates]
    create_input = TaxClassCreateInput(name=tax_class.name, create_country_rates=create_rates)
    update_input = TaxClassUpdateInput(name=tax_class.name, update_country_rates=update_rates)
    context.upsert(
        "tax-class",
        tax_class.name,
        create_input,
        create=lambda: client.tax_class_create(create_input).tax_class_create,
        update=lambda id_: client.tax_class_update(id_, update_input).tax_class_update,
    )


def _channel_tax(context: SeedContext, slug: str, settings: ChannelTax) -> None:
    """Saleor creates the configuration together with the channel, so it can only be updated."""
    create_input = TaxConfigurationUpdateInput(
        charge_taxes=True,
        tax_calculation_strategy=TaxCalculationStrategy.FLAT_RATES,
        display_gross_prices=settings.show_prices_with_tax,
        prices_entered_with_tax=settings.prices_include_tax,
    )
    id_ = context.id("tax-configuration", slug)
    context.send_if_changed(
        "tax-configuration",
        slug,
        create_input,
        lambda: context.client.tax_configuration_update(id_, create_input).tax_configuration_update,
    )
