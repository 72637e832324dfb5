"""Types and queries of tax classes, rates and configurations."""

from typing import Any

from store.engine.channels.models import Channel, TaxConfigurationPerCountry
from store.engine.channels.models import TaxConfiguration as TaxConfigurationRow
from store.engine.graphql import ids
from store.engine.graphql.batching import batched
from store.engine.graphql.channels.channels import country_display
from store.engine.graphql.channels.request_channel import channels_by_pk
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, has_metadata, ids_in, one_of
from store.engine.graphql.plain_values import TaxClassCountryRate, TaxCountryConfiguration
from store.engine.graphql.plain_values import TaxConfigurationPerCountry as ExceptionValues
from store.engine.graphql.registry import Info, SaleorType, query
from store.engine.taxes.models import TaxClass as TaxClassRow
from store.engine.taxes.models import TaxClassCountryRate as RateRow


class TaxClass(SaleorType, model=TaxClassRow):
    @staticmethod
    @batched
    def countries(rows: list[TaxClassRow], _info: Info) -> list[list[TaxClassCountryRate]]:
        by_pk, found = {row.pk: row for row in rows}, {row.pk: list[TaxClassCountryRate]() for row in rows}
        for rate in RateRow.objects.filter(tax_class__in=rows):
            rate.tax_class = by_pk[int(rate.tax_class_id or 0)]
            found[rate.tax_class.pk].append(_rate(rate))
        return [found[row.pk] for row in rows]


def _rate(rate: RateRow) -> TaxClassCountryRate:
    return {"country": country_display(rate.country), "rate": float(rate.rate), "tax_class": rate.tax_class}


class TaxConfiguration(SaleorType, model=TaxConfigurationRow):
    @staticmethod
    def channel(root: TaxConfigurationRow, info: Info) -> Channel:
        return channels_by_pk(info.context)[root.channel_id]

    @staticmethod
    @batched
    def countries(rows: list[TaxConfigurationRow], _info: Info) -> list[list[ExceptionValues]]:
        found: dict[int, list[ExceptionValues]] = {row.pk: [] for row in rows}
        for exception in TaxConfigurationPerCountry.objects.filter(tax_configuration__in=rows):
            found[exception.tax_configuration_id].append(
                {
                    "country": country_display(exception.country),
                    "charge_taxes": exception.charge_taxes,
                    "tax_calculation_strategy": exception.tax_calculation_strategy,
                    "display_gross_prices": exception.display_gross_prices,
                    "tax_app_id": exception.tax_app_id,
                    "use_weighted_tax_for_shipping": exception.use_weighted_tax_for_shipping,
                }
            )
        return [found[row.pk] for row in rows]


TAX_CLASSES = ListArguments(
    columns={
        "ids": ids_in("pk", TaxClassRow),
        "metadata": has_metadata,
        "countries": one_of("country_rates__country"),
    },
    sort={"NAME": ("name",)},
)
TAX_CONFIGURATIONS = ListArguments(
    columns={"ids": ids_in("pk", TaxConfigurationRow), "metadata": has_metadata}
)


@query(permissions=())
def tax_classes(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = TAX_CLASSES.filtered(TaxClassRow.objects.all(), filter)
    return connect(rows, order=TAX_CLASSES.order(sort_by, default=("name", "pk")), **paging)


@query(permissions=())
def tax_class(info: Info, *, id: str) -> TaxClassRow | None:
    return ids.find_row(id, TaxClassRow)


@query(permissions=())
def tax_configurations(info: Info, *, filter: dict[str, Any] | None = None, **paging: Any) -> Connection:
    return connect(TAX_CONFIGURATIONS.filtered(TaxConfigurationRow.objects.all(), filter), **paging)


@query(permissions=())
def tax_configuration(info: Info, *, id: str) -> TaxConfigurationRow | None:
    return ids.find_row(id, TaxConfigurationRow)


@query(permissions=())
def tax_country_configuration(info: Info, *, country_code: str) -> TaxCountryConfiguration:
    return country_configuration(country_code)


@query(permissions=())
def tax_country_configurations(info: Info) -> list[TaxCountryConfiguration]:
    """Of the countries that have a rate."""
    codes = RateRow.objects.order_by("country").values_list("country", flat=True).distinct()
    return [country_configuration(code) for code in codes]


def country_configuration(code: str) -> TaxCountryConfiguration:
    """TaxCountryConfiguration of a country code."""
    rates = RateRow.objects.filter(country=code).select_related("tax_class")
    return {"country": country_display(code), "tax_class_country_rates": [_rate(rate) for rate in rates]}
