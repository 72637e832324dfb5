"""The shop's settings, its warehouses, channels and taxes."""

from collections.abc import Iterator
from typing import Any

from store.move.closing import CLOSED
from store.move.context import MoveContext
from store.move.kinds import (
    PRIVATE_METADATA,
    Fields,
    Kind,
    by_key,
    carry_object,
    create_and_update,
    metadata,
)
from store.move.postal import address_input
from store.move.shop_api import Mutation, Node
from store.seed.write.fingerprints import PREFIX as SEED_PREFIX
from store.seed.write.shop import CurrencyDiffers

_NOT_SETTINGS = ("metadata", "privateMetadata")
_SHOP_UPDATE = Mutation("shopSettingsUpdate", "shop", {"input": "ShopSettingsInput!"})


WAREHOUSE = Kind(
    "warehouse",
    Mutation("createWarehouse", "warehouse", {"input": "WarehouseCreateInput!"}),
    Mutation("updateWarehouse", "warehouse", {"id": "ID!", "input": "WarehouseUpdateInput!"}),
    left=("pickup",),
)


def move_settings(context: MoveContext) -> Iterator[str]:
    """Of the former shop's own notes only those of its seed go along, so that a later seed knows what was changed."""
    fields, present = (_settings(api.ask("Shop")["shop"]) for api in (context.former, context.new))

    def update(_: str, changed: Any) -> None:
        own = {name: fields[name] for name in changed if not name.startswith(PRIVATE_METADATA)}
        notes = [
            {"key": name.removeprefix(PRIVATE_METADATA), "value": fields[name]}
            for name in changed
            if name.startswith(PRIVATE_METADATA)
        ]
        context.mutate(
            "shop", "settings", _SHOP_UPDATE, input={**own, **({"privateMetadata": notes} if notes else {})}
        )

    context.carry("shop", "settings", fields, found=("shop", present), create=lambda: "shop", update=update)
    yield "settings"


def _settings(shop: Node) -> Fields:
    notes = {
        name: value
        for name, value in metadata(shop).items()
        if name.startswith(f"{PRIVATE_METADATA}{SEED_PREFIX}")
    }
    return {name: value for name, value in shop.items() if name not in _NOT_SETTINGS} | notes


def move_warehouses(context: MoveContext) -> Iterator[str]:
    former, new = (
        by_key(list(api.nodes("Warehouses", "warehouses")), "slug") for api in (context.former, context.new)
    )
    for slug, node in former.items():
        present = new.get(slug)

        def pickup(id_: str, fields: Fields, slug: str = slug) -> None:
            if fields:
                assert WAREHOUSE.update
                context.mutate("warehouse", slug, WAREHOUSE.update, id=id_, input=fields["pickup"])

        carry_object(
            context,
            WAREHOUSE,
            slug,
            _warehouse(node),
            found=(present["id"], _warehouse(present)) if present else None,
            create_only=lambda slug=slug: {"slug": slug},  # type: ignore[misc]
            after=pickup,
        )
        yield slug


def _warehouse(node: Node) -> Fields:
    """Saleor takes the settings of collecting only when it changes a warehouse."""
    return {
        "name": node["name"],
        "email": node["email"],
        "address": address_input(node["address"]),
        "pickup": {
            "isPrivate": node["isPrivate"],
            "clickAndCollectOption": node["clickAndCollectOption"],
        },
        **metadata(node),
    }


def _channel_input(context: MoveContext, fields: Fields) -> Fields:
    given = dict(fields)
    if "warehouses" in given:
        given["addWarehouses"] = [context.id("warehouse", slug) for slug in given.pop("warehouses")]
    return given


CHANNEL = Kind(
    "channel",
    *create_and_update("channel", ("ChannelCreateInput", "ChannelUpdateInput")),
    to_input=_channel_input,
)


def move_channels(context: MoveContext) -> Iterator[str]:
    """Raises CurrencyDiffers."""
    former = by_key(context.former.ask("Channels")["channels"], "slug")
    new = by_key(context.new.ask("Channels")["channels"], "slug")
    for slug, node in former.items():
        present = new.get(slug)
        if present and present["currencyCode"] != node["currencyCode"]:
            raise CurrencyDiffers(slug, create_input=node["currencyCode"], found=present["currencyCode"])
        carry_object(
            context,
            CHANNEL,
            slug,
            _channel(node),
            found=(present["id"], _channel(present)) if present else None,
            create_only=lambda node=node: {"slug": node["slug"], "currencyCode": node["currencyCode"]},  # type: ignore[misc]
        )
        yield slug


def _channel(node: Node) -> Fields:
    checkout = node["checkoutSettings"]
    closed = any(one["key"] == CLOSED for one in node["privateMetadata"])
    automatic: Fields = {"enabled": checkout["automaticallyCompleteFullyPaidCheckouts"]}
    if automatic["enabled"]:
        automatic["delay"] = checkout["automaticCompletionDelay"]
    return {
        "name": node["name"],
        "isActive": node["isActive"] or closed,
        "defaultCountry": node["defaultCountry"]["code"],
        "warehouses": [one["slug"] for one in node["warehouses"]],
        "stockSettings": node["stockSettings"],
        "orderSettings": _given(node["orderSettings"]),
        "checkoutSettings": {
            "useLegacyErrorFlow": checkout["useLegacyErrorFlow"],
            "automaticCompletion": automatic,
        },
        "paymentSettings": _given(node["paymentSettings"]),
        **{name: value for name, value in metadata(node).items() if name != f"{PRIVATE_METADATA}{CLOSED}"},
    }


def _given(settings: Fields) -> Fields:
    return {name: value for name, value in settings.items() if value is not None}


def _tax_class_input(_: MoveContext, fields: Fields) -> Fields:
    given = dict(fields)
    given["createCountryRates"] = _rates(given.pop("rates"))
    return given


TAX_CLASS = Kind(
    "tax-class",
    Mutation("taxClassCreate", "taxClass", {"input": "TaxClassCreateInput!"}),
    None,
    to_input=_tax_class_input,
    left=("rate ",),
)
_TAX_CLASS_UPDATE = Mutation("taxClassUpdate", "taxClass", {"id": "ID!", "input": "TaxClassUpdateInput!"})
_TAX_CONFIGURATION = Mutation(
    "taxConfigurationUpdate", "taxConfiguration", {"id": "ID!", "input": "TaxConfigurationUpdateInput!"}
)


def _rates(rates: Fields) -> list[Fields]:
    return [{"countryCode": country, "rate": rate} for country, rate in rates.items()]


def move_taxes(context: MoveContext) -> Iterator[str]:
    """A tax class is known by its name; its rates are merged country by country."""
    former, new = (
        by_key(list(api.nodes("TaxClasses", "taxClasses")), "name") for api in (context.former, context.new)
    )
    for name, node in former.items():
        present = new.get(name)

        def write_rates(id_: str, fields: Fields, name: str = name) -> None:
            if fields:
                rates = {field.removeprefix("rate "): rate for field, rate in fields.items()}
                context.mutate(
                    "tax-class", name, _TAX_CLASS_UPDATE, id=id_, input={"updateCountryRates": _rates(rates)}
                )

        carry_object(
            context,
            TAX_CLASS,
            name,
            _tax_class(node),
            found=(present["id"], _tax_class(present)) if present else None,
            create_only=lambda name=name: {"name": name, "rates": {}},  # type: ignore[misc]
            after=write_rates,
        )
    _configure_taxes(context)
    yield "taxes"


def _tax_class(node: Node) -> Fields:
    return {f"rate {one['country']['code']}": one["rate"] for one in node["countries"]} | metadata(node)


def _configure_taxes(context: MoveContext) -> None:
    """Saleor makes the configuration together with the channel, with values that nobody has chosen."""
    new = by_key(context.new.ask("Channels")["channels"], "slug")
    for channel in context.former.ask("Channels")["channels"]:
        slug, present = channel["slug"], new.get(channel["slug"])
        if present is None:  # in a dry run
            continue
        fields, found = (_tax_configuration(one) for one in (channel, present))
        id_ = present["taxConfiguration"]["id"]

        def send(changed: Any, id_: str = id_, fields: Fields = fields, slug: str = slug) -> None:
            given = _tax_configuration_input({name: fields[name] for name in changed})
            context.mutate("tax-configuration", slug, _TAX_CONFIGURATION, id=id_, input=given)

        if ("channel", slug) in context.created:
            send(list(fields))
            context.note_fields("tax-configuration", slug, fields)
            continue
        context.carry(
            "tax-configuration",
            slug,
            fields,
            found=(id_, found),
            create=lambda: "",
            update=lambda _, changed, send=send: send(changed),  # type: ignore[misc]
        )


def _tax_configuration(channel: Node) -> Fields:
    """Exceptions by country are a field each (`country DE`), so that those of both shops are merged."""
    configuration = channel["taxConfiguration"]
    exceptions = {
        f"country {one['country']['code']}": {
            "countryCode": one["country"]["code"],
            "chargeTaxes": one["chargeTaxes"],
            "taxCalculationStrategy": one["taxCalculationStrategy"] or "FLAT_RATES",
            "displayGrossPrices": one["displayGrossPrices"],
            "useWeightedTaxForShipping": bool(one["useWeightedTaxForShipping"]),
        }
        for one in configuration["countries"]
    }
    return exceptions | {
        "chargeTaxes": configuration["chargeTaxes"],
        "taxCalculationStrategy": configuration["taxCalculationStrategy"] or "FLAT_RATES",
        "displayGrossPrices": configuration["displayGrossPrices"],
        "pricesEnteredWithTax": configuration["pricesEnteredWithTax"],
        "useWeightedTaxForShipping": bool(configuration["useWeightedTaxForShipping"]),
    }


def _tax_configuration_input(fields: Fields) -> Fields:
    countries = [value for name, value in fields.items() if name.startswith("country ")]
    given = {name: value for name, value in fields.items() if not name.startswith("country ")}
    return given | ({"updateCountriesConfiguration": countries} if countries else {})
