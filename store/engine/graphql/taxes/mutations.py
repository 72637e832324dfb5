"""Mutations of tax classes, rates and configurations."""

from typing import Any

from store.engine.channels.models import TaxConfiguration
from store.engine.graphql import ids
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.taxes.types import country_configuration
from store.engine.taxes import tax_classes
from store.engine.taxes.models import TaxClass

Payload = dict[str, Any]


@mutation(permissions="MANAGE_TAXES")
def tax_class_create(info: Info, *, input: dict[str, Any]) -> Payload:
    rates = [(rate["country_code"], rate["rate"]) for rate in input.get("create_country_rates") or ()]
    return {"tax_class": tax_classes.create(name=input["name"], rates=rates)}


@mutation(permissions="MANAGE_TAXES")
def tax_class_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    tax_class = tax_classes.update(
        tax_class=ids.get_row(id, TaxClass),
        name=input.get("name"),
        rates=[(rate["country_code"], rate.get("rate")) for rate in input.get("update_country_rates") or ()],
        remove=input.get("remove_country_rates") or (),
    )
    return {"tax_class": tax_class}


@mutation(permissions="MANAGE_TAXES")
def tax_class_delete(info: Info, *, id: str) -> Payload:
    tax_class = ids.get_row(id, TaxClass)
    return {"tax_class": delete_and_return(tax_class, lambda: tax_classes.delete(tax_class=tax_class))}


@mutation(permissions="MANAGE_TAXES")
def tax_configuration_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    countries = input.pop("update_countries_configuration", None) or ()
    remove = input.pop("remove_countries_configuration", None) or ()
    configuration = tax_classes.update_configuration(
        configuration=ids.get_row(id, TaxConfiguration), changes=input, countries=countries, remove=remove
    )
    return {"tax_configuration": configuration}


@mutation(permissions="MANAGE_TAXES")
def tax_country_configuration_update(
    info: Info, *, country_code: str, update_tax_class_rates: list[dict[str, Any]]
) -> Payload:
    rates = [(_tax_class(rate.get("tax_class_id")), rate.get("rate")) for rate in update_tax_class_rates]
    tax_classes.set_country_rates(country=country_code, rates=rates)
    return {"tax_country_configuration": country_configuration(country_code)}


@mutation(permissions="MANAGE_TAXES")
def tax_country_configuration_delete(info: Info, *, country_code: str) -> Payload:
    tax_classes.delete_country_rates(country=country_code)
    return {"tax_country_configuration": country_configuration(country_code)}


def _tax_class(global_id: str | None) -> TaxClass | None:
    return ids.get_row(global_id, TaxClass, field="updateTaxClassRates") if global_id else None
